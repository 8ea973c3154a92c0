"""Whose category is unknown, and for what cause: the line of the counts that nobody should have to guess at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safepassage.apps.ledger.kept import Kept
from safepassage.apps.ledger.selectors import state_as_of, state_now
from safepassage.apps.policy.selectors import persons_unsettled
from safepassage.apps.registry.put_aside import persons_put_aside
from safepassage.apps.registry.selectors import persons_by_id, persons_known, persons_unconfirmed, run_last
from safepassage.core.ledger import UNKNOWN, LedgerState
from safepassage.core.ledger.state import PersonState


class UnknownCause(StrEnum):
    """Why a person counts as `unknown`; each has one, the first that holds."""

    ERASED = "erased"
    """What was known of them was erased."""
    LIST_WITHDRAWN = "list-withdrawn"
    """Their list was withdrawn, and they stand on no other; what it says of them comes back if it is put back."""
    OFF_LIST = "off-list"
    """Met at a point, and in no party: on no list that was taken in."""
    UNCONFIRMED = "unconfirmed"
    """Proposed as a member of a party, and confirmed by nobody: they take no seat, and no policy places them."""
    NOT_APPLIED = "not-applied"
    """No policy has been applied since they became known."""
    SEAT_KEPT = "seat-kept"
    """Of a party that stands in a tier, and whether they may come hangs on a fact: they keep their seat meanwhile."""
    NOTHING_STATED = "nothing-stated"
    """A policy was applied, and no list states a category or a document of theirs."""
    FACT_MISSING = "fact-missing"
    """Something is stated, and a fact that would decide is not."""


@dataclass(frozen=True, slots=True)
class UnknownPeople:
    """So many people are unknown for one cause."""

    cause: UnknownCause
    people: int


def unknown_causes(at: datetime | None = None) -> tuple[UnknownPeople, ...]:
    """The people who count as `unknown`, by cause; they add up to that line of the counts.

    What is stated of a person, whether anybody confirmed them and whether it was erased or put aside is known as of
    now only. As of an earlier moment whoever a policy could not settle is told as `fact-missing`, whether little was
    stated or nothing.

    Cost: for now, it reads the persons who are unknown, once until an event comes or the matcher has run.
    """
    if at:
        return _told(state_as_of(at), is_now=False)
    state, last = state_now(), run_last()
    return _KEPT.get((state, last.pk if last else None), lambda: _told(state, is_now=True))


_KEPT = Kept[tuple[UnknownPeople, ...]]()


def _told(state: LedgerState, *, is_now: bool) -> tuple[UnknownPeople, ...]:
    found = Counter(_causes(state, is_now=is_now))
    return tuple(UnknownPeople(cause, found[cause]) for cause in UnknownCause if found[cause])


def _causes(state: LedgerState, *, is_now: bool) -> list[UnknownCause]:
    unknown = [one for one in state.people.values() if one.category == UNKNOWN]
    persons = persons_by_id(one.person for one in unknown if one.policy) if is_now else {}
    kept = persons_unsettled() if is_now else frozenset()
    unconfirmed = persons_unconfirmed() if is_now else frozenset()
    erased = {one.person for one in unknown} - persons_known(one.person for one in unknown) if is_now else set()

    aside = persons_put_aside(erased)

    def cause(one: PersonState) -> UnknownCause:
        if one.person in erased:
            return UnknownCause.LIST_WITHDRAWN if one.person in aside else UnknownCause.ERASED
        if one.person in unconfirmed:
            return UnknownCause.UNCONFIRMED
        if not one.policy:
            return UnknownCause.NOT_APPLIED if one.parties else UnknownCause.OFF_LIST
        if one.person in kept:
            return UnknownCause.SEAT_KEPT
        person = persons.get(one.person)
        if person and not person.claims and not person.documents:
            return UnknownCause.NOTHING_STATED
        return UnknownCause.FACT_MISSING

    return [cause(one) for one in unknown]
