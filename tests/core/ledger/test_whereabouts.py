"""Who has left, who needs no seat, whom a leg left behind, and who is looked for since when."""

from __future__ import annotations

import pytest

from safepassage.core.ledger import EventKind, fold, fold_more
from safepassage.core.ledger.clock import from_milliseconds
from safepassage.core.ledger.whereabouts import people_gone, searches_now, searches_told, was_left_by
from tests.core.ledger.scribe import KARIM, LAILA, OMID, TESTANIS, YUSUF, Scribe, minute

K = EventKind


def told(*kinds: EventKind) -> Scribe:
    """Karim and what happened to him, ten minutes apart."""
    scribe = Scribe()
    scribe.assigned(KARIM)
    for number, kind in enumerate(kinds, 1):
        body = {"leg": "c17-1"} if kind is not K.PERSONS_ADMITTED else {"point": "abbey-gate"}
        rows: tuple[tuple[str, ...], ...] = ((KARIM, TESTANIS),)
        if kind in {K.PERSONS_MISSING, K.PERSONS_DETAINED, K.PERSONS_DIED, K.PERSONS_CLOSED, K.PERSONS_FOUND}:
            rows, body = ((KARIM,),), {}
        if kind is K.PERSONS_TURNED_AWAY:
            body = {"point": "abbey-gate", "reason": "expired"}
        scribe.at(10 * number).write(kind, *rows, **body)
    return scribe


@pytest.mark.parametrize(
    ("kinds", "is_gone"),
    [
        ((), False),
        ((K.PERSONS_BOARDED,), False),
        ((K.PERSONS_DEPARTED,), True),
        ((K.PERSONS_DEPARTED, K.PERSONS_MISSING), True),
        ((K.PERSONS_DEPARTED, K.PERSONS_DIED), True),
        ((K.PERSONS_BOARDED, K.PERSONS_MISSING), False),
        ((K.PERSONS_MISSING,), True),
        ((K.PERSONS_MISSING, K.PERSONS_FOUND), False),
        ((K.PERSONS_DETAINED, K.PERSONS_ADMITTED), False),
    ],
)
def test_who_needs_no_seat_has_left_or_can_not_come(kinds, is_gone) -> None:
    assert (KARIM in people_gone(fold(told(*kinds).events))) is is_gone


def test_who_is_kept_on_legs_to_come_keeps_a_seat_after_leaving_and_not_after_dying() -> None:
    assert people_gone(fold(told(K.PERSONS_DEPARTED).events), kept={KARIM}) == frozenset()
    assert people_gone(fold(told(K.PERSONS_DIED).events), kept={KARIM}) == {KARIM}


@pytest.mark.parametrize(
    ("kinds", "before_gate", "after_gate"),
    [
        ((), True, False),
        ((K.PERSONS_SET_OUT,), False, False),
        ((K.PERSONS_ADMITTED,), False, True),
        ((K.PERSONS_ADMITTED, K.PERSONS_BOARDED), False, False),
        ((K.PERSONS_MISSING,), False, False),
        ((K.PERSONS_TURNED_AWAY,), False, False),
    ],
)
def test_whom_a_leg_left_behind_is_nobody_who_is_accounted_for(kinds, before_gate, after_gate) -> None:
    person = fold(told(*kinds).events).people[KARIM]
    assert was_left_by(person, is_before_gate=True) is before_gate
    assert was_left_by(person, is_before_gate=False) is after_gate
    assert was_left_by(None, is_before_gate=False) is True


@pytest.mark.parametrize("ending", [K.PERSONS_FOUND, K.PERSONS_ADMITTED, K.PERSONS_TURNED_AWAY])
def test_a_case_ends_and_the_next_begins_when_the_person_is_missing_again(ending) -> None:
    scribe = told(K.PERSONS_MISSING, ending)
    assert searches_now(fold(scribe.events)) == ()
    again = scribe.at(50).write(K.PERSONS_MISSING, (KARIM,), owner="search")
    scribe.at(60).write(K.PERSONS_MISSING, (KARIM,), owner="liaison")
    (one,) = searches_now(fold(scribe.events))
    assert (one.began, one.last.code("owner")) == (again, "liaison")
    assert from_milliseconds(one.began.occurred) == minute(50)


def test_the_longest_case_is_first_and_a_merge_makes_one_of_two() -> None:
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA, OMID, YUSUF)
    first = scribe.write(K.PERSONS_MISSING, (LAILA,))
    both = scribe.write(K.PERSONS_MISSING, (KARIM,), (YUSUF,))
    scribe.write(K.PERSONS_MISSING, (LAILA,))
    state = fold(scribe.events)
    assert [one.person for one in searches_now(state)] == [LAILA, *sorted((KARIM, YUSUF))]
    merged = fold_more(state, [scribe.write(K.PERSONS_REDIRECTED, (YUSUF, KARIM))])
    assert [(one.person, one.began) for one in searches_now(merged)] == [(LAILA, first), (KARIM, both)]
    assert searches_told(merged)[both.id] == {KARIM: both}
    undone = fold_more(merged, [scribe.write(K.ANNULLED, event=both.id, reason="mistake")])
    assert [one.person for one in searches_now(undone)] == [LAILA]
