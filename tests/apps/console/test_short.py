"""A booked party of which somebody has no seat says so on its page, and is found in the list of parties."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.registry.confirming import member_confirm
from safepassage.apps.registry.selectors import parties_now, persons_now
from tests.apps.movement.test_short import LATER, NEW_SON
from tests.make import TESTANIS, resolved, taken_in, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


def test_the_page_names_who_has_no_seat_and_the_list_has_a_tab(tmp_path, signed_in) -> None:
    with_bookings(tmp_path, TESTANIS)
    taken_in(tmp_path, NEW_SON, source="NGO list")
    resolved()
    (party,), planner = parties_now(), signed_in(Role.PLANNER)
    (nuri,) = [key for key, one in persons_now().items() if one.name == "Nuri Testani"]
    assert "short-of-seats" not in planner.get("/parties/").text
    member_confirm(party=party.id, person=nuri, account="adjudicator-1", now=LATER)
    page = planner.get(f"/parties/{party.id}/").text
    assert "1 member of this booked party has no seat:" in page
    assert "confirmed as a member. It counts from the next run" in " ".join(page.split())
    assert "proposed: takes no seat" not in page
    assert "<bdi>Nuri Testani</bdi>. Run the matcher" in " ".join(page.split())
    listed = planner.get("/parties/?outcome=short-of-seats").text
    assert party.id in listed
    assert "a member without a seat" in listed
