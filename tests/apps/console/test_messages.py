"""A crowded gate on the plan page, and the messages that wait until somebody releases them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.figures import plan as figures
from safepassage.apps.console.views import messages, plan
from safepassage.apps.movement.models import Booking
from safepassage.apps.movement.selectors import network_read, network_record_now, plan_read, plan_record_now
from safepassage.apps.movement.services import network_keep, plan_make
from safepassage.apps.outreach.messages import drafts_waiting
from safepassage.apps.outreach.models import Call
from safepassage.apps.outreach.relief import crowds_seen, relief_key
from safepassage.apps.outreach.services import call_record
from safepassage.core.movement import relieve
from tests.apps.outreach.crowded import crowded_gate
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


@pytest.mark.parametrize("minute", [0, 15, 31, 47])
def test_the_planner_moves_them_and_another_releases_the_messages(signed_in, settings, tmp_path, monkeypatch, minute):
    settings.HOME = tmp_path
    now = NOW.replace(minute=minute)
    for room in (messages, figures, plan):
        monkeypatch.setattr(room.timezone, "now", lambda: now)
    gate = crowded_gate(tmp_path, now)
    told = Booking.objects.order_by("party")[0].party
    call_record(party=told, outcome=Call.Outcome.REACHED, account="clerk-9", now=now)
    planner, reader = signed_in(Role.PLANNER), signed_in(Role.LIAISON)
    page = planner.get("/plan/").text
    assert "Move these, and draft the messages" in page
    assert "Move these" not in reader.get("/plan/").text
    assert reader.post("/plan/relieve/", {"point": gate}).status_code == 403
    record = plan_record_now()
    (found,) = relieve(network_read(record.network), plan_read(record), now=now, tallies=crowds_seen(now))
    key = relief_key(found)
    after = planner.post("/plan/relieve/", {"point": gate, "key": key}, follow=True).text
    assert "3 messages wait for their release" in after
    assert "Arrivals moved, since North Gate would have been too full" in reader.get("/plan/").text
    assert reader.get("/calls/messages/").status_code == 403
    page = planner.get("/calls/messages/").text
    assert told in page
    assert "nobody has approved the words" in page
    ticked = [one.draft.pk for one in drafts_waiting() if not one.held]
    page = planner.post("/calls/messages/release/", {"draft": ticked}, follow=True).text
    assert "1 message is released." in page
    assert f"{told}-moved-en.txt" in page
    assert planner.post("/calls/messages/release/", {}).status_code == 403


def test_the_pages_of_calls_and_party_say_who_is_to_be_told_again(signed_in, tmp_path):
    now = timezone.now()
    crowded_gate(tmp_path, now)
    told = Booking.objects.order_by("party")[0].party
    call_record(party=told, outcome=Call.Outcome.REACHED, account="clerk-9", now=now)
    reader = signed_in(Role.SUPERVISOR)
    pages = (f"/parties/{told}/", "/calls/")
    assert ["to be told again" in reader.get(page).text for page in pages] == [False, False]
    network = network_read(network_record_now())
    later = tuple(
        replace(leg, departs=leg.departs + timedelta(minutes=90), arrives=leg.arrives + timedelta(minutes=90))
        for leg in network.legs
    )
    network_keep(network=replace(network, legs=later), account="planner-9", now=now)
    draft = plan_make(account="planner-9", now=now)
    after = signed_in(Role.PLANNER).post(f"/plan/{draft.pk}/publish/", follow=True).text
    assert "3 messages wait for their release" in after
    assert [reader.get(page).text.count("told another hour or place: to be told again") for page in pages] == [1, 1]
