"""Missing people: named from a manifest, a case with an owner, ended when they are found."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.views import missing as room
from safepassage.apps.gate.convoys import convoy_missing, missing_cases
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.ledger.selectors import events_of_kind, state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.loads import legs_load
from safepassage.apps.movement.manifests import manifest_persons
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.selectors import persons_by_id
from safepassage.core.errors import ProblemsError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import ListingId, PersonId
from safepassage.core.ledger import EventKind, Stage
from tests.make import NOW, an_officer, with_bookings

pytestmark = pytest.mark.django_db


@pytest.fixture
def bus(operation, tmp_path) -> str:
    with_bookings(tmp_path)
    (leg,) = {load.leg for load in legs_load() if load.booked}
    manifest_close(leg=leg, account="desk", now=NOW)
    return leg


def aboard(leg: str) -> list[PersonId]:
    return [person for persons in manifest_persons(leg, 1).values() for person in persons]


def test_people_of_a_manifest_become_cases_are_handed_over_and_found(signed_in, bus) -> None:
    officer = signed_in(Role.GATE_OFFICER)
    one, other, *_ = aboard(bus)
    page = officer.get(f"/gate/missing/?leg={bus}").content.decode()
    assert "Nobody is missing." in page
    assert page.count("not seen aboard") == len(aboard(bus))
    officer.post("/gate/missing/name/", {"leg": bus, "person": [one, other], "owner": "Desk-1"})
    assert {(case.person, case.owner, case.leg) for case in missing_cases(state_now())} == {
        (one, "desk-1", bus),
        (other, "desk-1", bus),
    }
    page = officer.get(f"/gate/missing/?leg={bus}").content.decode()
    assert persons_by_id([one])[one].name_latin in page or persons_by_id([one])[one].name in page
    assert page.count("a case already") == 2
    officer.post(f"/gate/missing/{one}/", {"act": "hand-over", "owner": "search-1"})
    assert {case.owner for case in missing_cases(state_now())} == {"search-1", "desk-1"}
    officer.post(f"/gate/missing/{one}/", {"act": "found", "point": ""})
    assert [case.person for case in missing_cases(state_now())] == [other]
    assert len(events_of_kind(EventKind.PERSONS_FOUND)) == 1
    answer = officer.post(f"/gate/missing/{one}/", {"act": "found"})
    assert answer.status_code == 404
    assert AccessEntry.objects.filter(act="list missing").exists()


@pytest.mark.parametrize(
    "change",
    [{"person": []}, {"person": ["P-000000000000"]}, {"owner": " "}, {"owner": "two words"}, {"leg": "none"}],
)
def test_nobody_is_named_without_an_owner_nor_who_is_not_on_the_manifest(signed_in, bus, change) -> None:
    asked = {"leg": bus, "person": aboard(bus)[:1], "owner": "desk-1"} | change
    answer = signed_in(Role.SUPERVISOR).post("/gate/missing/name/", asked)
    assert answer.status_code >= 400
    assert missing_cases(state_now()) == ()


def test_who_is_kept_apart_is_counted_and_not_told_and_can_not_be_touched(signed_in, bus, monkeypatch) -> None:
    one = aboard(bus)[0]
    signed_in(Role.SUPERVISOR).post("/gate/missing/name/", {"leg": bus, "person": [one], "owner": "desk-1"})
    monkeypatch.setattr(room, "hidden_persons", lambda: frozenset({one}))
    officer = signed_in(Role.GATE_OFFICER)
    page = officer.get("/gate/missing/").content.decode()
    assert "1 case is protected: a supervisor sees it." in page
    assert one not in page
    assert officer.post(f"/gate/missing/{one}/", {"act": "found"}).status_code == 404
    assert len(missing_cases(state_now())) == 1


def test_a_gate_officer_names_nobody_who_is_protected_and_a_supervisor_does(signed_in, bus) -> None:
    one, other, *_ = aboard(bus)
    left, right = (ListingId(persons_by_id([person])[person].listings[0]) for person in (one, other))
    asked = {"leg": bus, "person": [one], "owner": "desk-1"}
    an_officer("cpo", Role.SUPERVISOR)
    judgement_give(pairs=[(left, right)], verdict=JudgementVerdict.KEEP_APART, account="cpo", now=NOW)
    officer = signed_in(Role.GATE_OFFICER)
    assert "tell a supervisor if they are missing" in officer.get(f"/gate/missing/?leg={bus}").text
    assert officer.post("/gate/missing/name/", asked).status_code == 403
    an_officer("gate-9", Role.GATE_OFFICER)
    with pytest.raises(ProblemsError):
        convoy_missing(leg=bus, persons=[one], owner="desk-1", account="gate-9", now=NOW)
    assert missing_cases(state_now()) == ()
    supervisor = signed_in(Role.SUPERVISOR)
    supervisor.post("/gate/missing/name/", asked)
    assert [case.person for case in missing_cases(state_now())] == [one]
    page = officer.get(f"/gate/missing/?leg={bus}").text
    assert "a case already" not in page
    supervisor.post(f"/gate/missing/{one}/", {"act": "found"})
    assert missing_cases(state_now()) == ()


def test_a_case_of_no_leg_has_no_mark_before_its_first_word(signed_in, bus) -> None:
    body = {"owner": "desk-1", "rows": ((aboard(bus)[0],),)}
    event_append(kind=EventKind.PERSONS_MISSING, body=body, account="desk", now=NOW)
    page = signed_in(Role.SUPERVISOR).get("/gate/missing/").text
    assert re.search(r'<small class="quiet">since ', page)


def test_whoever_does_not_work_at_gates_sees_no_cases(signed_in) -> None:
    assert signed_in(Role.REPORTER).get("/gate/missing/").status_code == 403


def test_who_did_not_come_is_no_search_and_is_called_again(signed_in, bus, monkeypatch) -> None:
    one, other, *_ = aboard(bus)
    officer = signed_in(Role.GATE_OFFICER)
    asked = {"leg": bus, "person": [one], "owner": "calls-1", "act": "no-show"}
    assert "They did not come" in officer.get(f"/gate/missing/?leg={bus}").text
    monkeypatch.setattr(room.timezone, "now", lambda: NOW - timedelta(days=1))
    assert officer.post("/gate/missing/name/", asked).status_code == 409, "it has not left yet"
    monkeypatch.undo()
    officer.post("/gate/missing/name/", asked)
    state = state_now()
    assert (state.people[one].stage, missing_cases(state)) == (Stage.NO_SHOW, ())
    assert state.people[other].stage is not Stage.NO_SHOW


def test_who_may_not_have_come_is_proposed_and_noted_by_a_person(signed_in, bus, monkeypatch) -> None:
    officer = signed_in(Role.GATE_OFFICER)
    monkeypatch.setattr(room.timezone, "now", lambda: NOW + timedelta(hours=7))
    one, *others = aboard(bus)
    event_append(
        kind=EventKind.PERSONS_SET_OUT,
        body={"leg": bus, "point": "rally-1", "rows": ((one, party_of(one)),)},
        now=NOW + timedelta(hours=6),
    )
    page = officer.get("/gate/missing/").text
    assert "Who may not have come" in page
    assert not events_of_kind(EventKind.PERSONS_NO_SHOW), "nothing is noted by looking"
    proposed = re.findall(r'name="person" value="([^"]+)" checked', page)
    assert sorted(proposed) == sorted(others)
    assert officer.post("/gate/missing/away/", {"leg": bus, "person": [], "owner": "calls-1"}).status_code == 403
    asked = {"leg": bus, "person": others[:1], "owner": "calls-1"}
    assert signed_in(Role.PLANNER).post("/gate/missing/away/", asked).status_code == 403
    after = officer.post("/gate/missing/away/", asked, follow=True).text
    assert "1 person did not come; calls-1 calls them again." in after
    assert sorted(re.findall(r'name="person" value="([^"]+)" checked', after)) == sorted(others[1:])
    (event,) = events_of_kind(EventKind.PERSONS_NO_SHOW)
    assert [row[0] for row in event.rows] == others[:1]


def test_who_is_protected_is_proposed_to_nobody_who_may_not_know(signed_in, bus, monkeypatch) -> None:
    one = aboard(bus)[0]
    monkeypatch.setattr(room.timezone, "now", lambda: NOW + timedelta(hours=7))
    monkeypatch.setattr(room, "hidden_persons", lambda: frozenset({one}))
    assert one not in signed_in(Role.GATE_OFFICER).get("/gate/missing/").text
    assert one in signed_in(Role.SUPERVISOR).get("/gate/missing/").text


def party_of(person: PersonId) -> str:
    return next(iter(state_now().people[person].parties))
