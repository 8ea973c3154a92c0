"""The page that verifies: the verifier's verdict, who is expected, and a note of each look."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.movement.selectors import access_points_known, network_read, network_record_now
from safepassage.apps.passes.models import PassRecord
from safepassage.apps.passes.services import passes_issue_due
from safepassage.apps.registry.models import PartyRecord, PersonRecord
from safepassage.core.movement import PointKind
from tests.make import NOW, with_bookings

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(operation, tmp_path):
    from safepassage.apps.passes.keyring import keys_make

    keys_make()
    with_bookings(tmp_path)
    return passes_issue_due(parties=None, account="planner", now=NOW)[0]


def names() -> list[str]:
    return [one.content["name_latin"] or one.content["name"] for one in PersonRecord.objects.exclude(content={})]


def shown(client, text: str, point: str = "") -> str:
    response = client.post("/passes/verify/", {"text": text, "point": point or access_points_known()[0][0]})
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize("how", ["text", "short_code", "recognition_code"])
def test_the_square_its_code_and_the_code_by_heart_lead_to_the_same_people(
    how, issued, signed_in, monkeypatch
) -> None:
    monkeypatch.setattr("safepassage.apps.console.views.verify.timezone.now", lambda: NOW)
    page = shown(signed_in(Role.GATE_OFFICER), getattr(issued, how))
    assert f"{issued.content.heads} people expected" in page or "1 person expected" in page
    assert sum(name in page for name in names()) == issued.content.heads
    assert AccessEntry.objects.filter(act="verify pass").count() == issued.content.heads


def test_whoever_says_that_they_are_watched_is_told_by_a_dot_alone(issued, signed_in, monkeypatch) -> None:
    monkeypatch.setattr("safepassage.apps.console.views.verify.timezone.now", lambda: NOW)
    client = signed_in(Role.GATE_OFFICER)
    plain, watched = shown(client, issued.recognition_code), shown(client, issued.watched_code)
    assert "watched" not in watched.lower()
    assert plain.count("</span>.</p>") == 0
    assert watched.count("</span>.</p>") == 1


def test_a_pass_is_verified_where_passes_are_checked_and_not_where_people_gather(issued, signed_in) -> None:
    page = signed_in(Role.GATE_OFFICER).get("/passes/verify/").text
    assert f'value="{PassRecord.objects.first().access_point}"' in page
    network = network_read(network_record_now())
    others = {one.id for one in network.points if one.kind is not PointKind.ACCESS_POINT}
    assert others
    assert not [point for point in others if f'value="{point}"' in page]


def test_a_photograph_of_something_else_is_unreadable_and_noted_too(issued, signed_in) -> None:
    page = shown(signed_in(Role.GATE_OFFICER), "a photograph of something else")
    assert "this is no pass, or its text came only in part" in page
    assert page.count("unreadable") == 1, "the code, once"
    assert "look at their documents" in page
    assert AccessEntry.objects.filter(act="verify pass").count() == 1


def test_protected_people_are_expected_without_their_names(issued, signed_in, monkeypatch) -> None:
    monkeypatch.setattr("safepassage.apps.console.views.verify.timezone.now", lambda: NOW)
    for party in PartyRecord.objects.all():
        party.content = {**party.content, "hidden_from": ["P-00000000"]}
        party.save()
    page = shown(signed_in(Role.GATE_OFFICER), issued.text)
    assert "Names are protected." in page
    assert not any(name in page for name in names())


def test_a_point_that_is_not_known_is_told(issued, signed_in) -> None:
    client = signed_in(Role.GATE_OFFICER)
    assert client.post("/passes/verify/", {"text": "x", "point": "nowhere"}).status_code == 404
    assert signed_in(Role.REPORTER).get("/passes/verify/").status_code == 403
