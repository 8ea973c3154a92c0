"""On people who are committed, and on another's keep-apart, a judgement counts once a second person agrees."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import PERMISSIONS, Role
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.ledger.services import account_ref
from safepassage.apps.movement.bookings import bookings_lines
from safepassage.apps.registry import second_person
from safepassage.apps.registry.answers import judgements_lapsed
from safepassage.apps.registry.hidden import hidden_persons, parties_hidden
from safepassage.apps.registry.judging import committed_among
from safepassage.apps.registry.models import JudgementRecord, JudgementRequest
from safepassage.apps.registry.second_person import (
    judgement_give,
    judgement_second,
    judgement_withdraw,
    requests_lapse,
)
from safepassage.apps.registry.selectors import parties_of_persons, person_by_id, persons_now
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ledger import EventKind
from tests.make import NOW, an_officer, with_bookings, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
DIFFERENT, APART = JudgementVerdict.DIFFERENT, JudgementVerdict.KEEP_APART


def officers() -> None:
    """`desk` and `desk-2` found the operation; `desk-3` and `made-by-2` are of their making, `desk-4` of nobody's."""
    an_officer("desk", Role.SUPERVISOR, Role.ADMINISTRATOR)
    an_officer("desk-2", Role.SUPERVISOR, Role.ADMINISTRATOR, by="desk")
    an_officer("desk-3", Role.SUPERVISOR, by="desk")
    an_officer("made-by-2", Role.SUPERVISOR, by="desk-2")
    an_officer("desk-4", Role.SUPERVISOR)


def a_pair() -> tuple[str, str]:
    """A listing of each of two people."""
    one, other = sorted(persons_now())[:2]
    return person_by_id(one).listings[0], person_by_id(other).listings[0]


def last(kind: EventKind):
    return [event for event in events_after() if event.kind is kind][-1]


def give(pair, verdict=DIFFERENT, account="desk"):
    return judgement_give(pairs=[pair], verdict=verdict, account=account, now=NOW)


def second(request, account="desk-2", *, is_agreed=True) -> int:
    return judgement_second(request=request, account=account, is_agreed=is_agreed, now=NOW)


def standing() -> list[tuple[str, str]]:
    return list(JudgementRecord.objects.filter(withdrawn_at=None).values_list("verdict", "by"))


def test_whoever_is_booked_is_committed_and_who_only_has_a_tier_is_not(tmp_path):
    with_standings(tmp_path)
    officers()
    assert committed_among(persons_now()) == frozenset()
    done = give(a_pair())
    assert (done.count, done.request) == (1, None)


def test_a_judgement_on_booked_people_waits_and_both_are_named_in_its_event(tmp_path):
    with_bookings(tmp_path)
    officers()
    assert {person for line in bookings_lines() for person in line.persons} == committed_among(persons_now())
    done = give(a_pair())
    assert (done.count, standing()) == (0, [])
    assert last(EventKind.SECOND_ASKED).code("first") == account_ref("desk")
    assert second(done.request) == 1
    assert standing() == [("different", "desk")]
    body = last(EventKind.JUDGEMENTS_GIVEN).body
    assert (body["first"], body["second"]) == (account_ref("desk"), account_ref("desk-2"))
    with pytest.raises(ConflictError):
        second(done.request)


def test_its_undoing_waits_too(tmp_path):
    with_bookings(tmp_path)
    officers()
    second(give(a_pair()).request)
    undone = judgement_withdraw(pairs=[a_pair()], account="desk", now=NOW)
    assert (undone.count, len(standing())) == (0, 1)
    second(undone.request)
    assert standing() == []
    assert last(EventKind.JUDGEMENTS_WITHDRAWN).code("second") == account_ref("desk-2")


def test_a_refusal_changes_nothing_and_is_an_event(tmp_path):
    with_bookings(tmp_path)
    officers()
    assert second(give(a_pair()).request, is_agreed=False) == 0
    assert standing() == []
    assert last(EventKind.SECOND_REFUSED).code("second") == account_ref("desk-2")


def test_neither_who_asked_nor_an_account_of_their_making_agrees(tmp_path):
    with_bookings(tmp_path)
    officers()
    request = give(a_pair()).request
    for name in ("desk", "desk-3", "nobody-here"):
        with pytest.raises(ForbiddenError):
            second(request, name)
    assert JudgementRequest.objects.get().decided_at is None


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_judge_judges_and_agrees(tmp_path, role):
    with_bookings(tmp_path)
    an_officer("desk", Role.SUPERVISOR)
    an_officer("one-role", role)
    request = give(a_pair()).request
    if role in PERMISSIONS["review.judge"]:
        assert second(request, "one-role") == 1
        return
    for is_agreed in (True, False):
        with pytest.raises(ForbiddenError):
            second(request, "one-role", is_agreed=is_agreed)
    with pytest.raises(ForbiddenError):
        give(a_pair(), account="one-role")


def test_anothers_keep_apart_is_lifted_by_two_and_ones_own_by_oneself(tmp_path):
    with_standings(tmp_path)
    officers()
    give(a_pair(), APART)
    lifted = judgement_withdraw(pairs=[a_pair()], account="desk-2", now=NOW)
    assert lifted.request
    assert standing() == [("keep-apart", "desk")]
    overruled = give(a_pair(), DIFFERENT, account="desk-2")
    assert overruled.request
    an_officer("judge-1", Role.ADJUDICATOR)
    with pytest.raises(NotFoundError):
        second(lifted.request, "judge-1")
    second(lifted.request, "desk")
    assert standing() == []
    give(a_pair(), APART)
    assert judgement_withdraw(pairs=[a_pair()], account="desk", now=NOW).count == 1


def hidden_of(pair) -> tuple[bool, bool]:
    """Whether both people, and every party of theirs, are hidden."""
    people = {person for person in persons_now() if set(pair) & set(person_by_id(person).listings)}
    parties = {party for found in parties_of_persons(people).values() for party in found}
    return people <= hidden_persons(), parties <= parties_hidden(parties)


def test_both_sides_are_hidden_from_the_first_word_on_before_any_run(tmp_path):
    with_standings(tmp_path)
    officers()
    pair = a_pair()
    assert hidden_of(pair) == (False, False)
    give(pair, APART)
    assert hidden_of(pair) == (True, True)
    judgement_withdraw(pairs=[pair], account="desk", now=NOW)
    assert hidden_of(pair) == (False, False)


def test_booked_people_are_hidden_while_their_keep_apart_waits_for_a_second_person(tmp_path):
    with_bookings(tmp_path)
    officers()
    pair = a_pair()
    request = give(pair, APART).request
    assert request is not None
    assert standing() == []
    assert hidden_of(pair) == (True, True)
    second(request, is_agreed=False)
    assert hidden_of(pair) == (True, True), "to hide takes one, to lift it two"
    for one_person in ("desk-2", "made-by-2"):
        with pytest.raises(ForbiddenError):
            second(request, one_person, is_agreed=False)
    second(request, is_agreed=False, account="desk-4")
    assert hidden_of(pair) == (False, False)
    assert standing() == []


def test_whoever_asked_to_keep_apart_takes_it_back_alone_and_a_refusal_can_still_be_outvoted(tmp_path):
    with_bookings(tmp_path)
    officers()
    pair = a_pair()
    second(give(pair, APART).request, "desk", is_agreed=False)
    assert hidden_of(pair) == (False, False)
    request = give(pair, APART).request
    second(request, is_agreed=False)
    assert second(request, "desk-4") == 1
    assert standing() == [("keep-apart", "desk")]


def test_a_refused_keep_apart_that_needs_no_second_any_more_goes_on_hiding(tmp_path, monkeypatch):
    with_bookings(tmp_path)
    officers()
    pair = a_pair()
    second(give(pair, APART).request, is_agreed=False)
    monkeypatch.setattr(second_person, "needs_second", lambda _verdicts, *, account: False)
    assert requests_lapse(account="desk", now=NOW) == 1
    assert judgements_lapsed().count() == 1
    assert standing() == [("keep-apart", "desk")]
    assert hidden_of(pair) == (True, True)


def test_another_verdict_hides_nobody(tmp_path):
    with_standings(tmp_path)
    officers()
    give(a_pair(), DIFFERENT)
    assert hidden_persons() == frozenset()
