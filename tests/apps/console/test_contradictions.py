"""Contradictions on the page of reviews: about whom, what each row says, and nothing of the protected."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.registry.models import (
    PartyRecord,
)
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.selectors import parties_of, run_last
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import PersonId

from .people import NOW, listing_of, person_named

pytestmark = pytest.mark.django_db


def with_alarm(*names: str, code: str = "two-sexes") -> None:
    run = run_last()
    assert run is not None
    listings = [listing_of(name) for name in names]
    run.alarms = [{"code": code, "listings": listings, "message": "", "advice": ""}] * 2
    run.save()


def test_a_contradiction_says_about_whom_what_each_row_states_and_what_to_do(question, signed_in) -> None:
    with_alarm("Yusuf", "Nadia")
    page = signed_in(Role.ADJUDICATOR).get("/reviews/").text
    for said in (person_named("Yusuf"), "Yusuf Beispiel", "embassy.csv", "volunteers.csv", "look whether these rows"):
        assert said in page, said
    assert page.count("people with two sexes stated") == 1, "one kind, one heading"
    assert AccessEntry.objects.filter(act="see contradictions").count() == 2


def test_a_contradiction_about_protected_people_is_none_for_others(question, signed_in) -> None:
    with_alarm("Yusuf", "Nadia")
    party = PartyRecord.objects.get(pk=parties_of(PersonId(person_named("Yusuf")))[0])
    party.content = {**party.content, "flags": ["kept-apart"], "hidden_from": [person_named("Omid")]}
    party.save()
    adjudicator, supervisor = signed_in(Role.ADJUDICATOR), signed_in(Role.SUPERVISOR)
    page = adjudicator.get("/reviews/").text
    for told in ("Yusuf", "protected", person_named("Yusuf"), "two sexes"):
        assert told not in page, told
    assert "two sexes" not in adjudicator.get("/").text, "nor is it counted on the board"
    assert "Yusuf Beispiel" in supervisor.get("/reviews/").text
    assert "two sexes" in supervisor.get("/").text


def test_a_contradiction_between_judgements_tells_no_keep_apart_to_whoever_may_not_know(question, signed_in) -> None:
    left, right = listing_of("Yusuf"), listing_of("Nadia")
    give = {"why": "", "now": NOW, "account": "supervisor"}
    supervisor = signed_in(Role.SUPERVISOR)
    judgement_give(pairs=[(left, right)], verdict=JudgementVerdict.KEEP_APART, **give)
    with_alarm("Yusuf", "Nadia", code="judgements-contradict")
    page = signed_in(Role.ADJUDICATOR).get("/reviews/").text
    for told in ("keep-apart", left, right, person_named("Yusuf"), person_named("Nadia")):
        assert told not in page, told
    assert left in supervisor.get("/reviews/").text or person_named("Yusuf") in supervisor.get("/reviews/").text
