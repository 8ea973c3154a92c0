"""Convoys that somebody has to see to: held up, or through with fewer; and who is missing, with whom to answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import event_append
from safepassage.core.errors import ForbiddenError, NotFoundError, Problems
from safepassage.core.ids import PersonId
from safepassage.core.ledger import Event, EventKind, LedgerState, Stage
from safepassage.core.ledger.clock import from_milliseconds

HELD = frozenset({"stopped", "turned-back"})
FEWER = "let-through-with-fewer"
_ANSWERS = frozenset({EventKind.PERSONS_MISSING, EventKind.HEADS_COUNTED})


@dataclass(frozen=True, slots=True)
class ConvoysInTrouble:
    """Legs, each once in a list: held up at a checkpoint now; let through with fewer, and nobody answers for whom."""

    held: tuple[str, ...]
    fewer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingCase:
    """One person who is missing now: from which leg, who looks for them, since when."""

    person: str
    leg: str
    owner: str
    since: datetime


def convoys_in_trouble(state: LedgerState) -> ConvoysInTrouble:
    """What the reports of convoys leave open.

    Held up ends with the next report that lets the leg through. Fewer doesn't: a later checkpoint lets *those left*
    through. It ends once the people are named missing on that leg, or the leg is counted by head again: both name
    an owner. A report that was undone counts for nothing.

    Cost: one walk over the events of the state.
    """
    held: dict[str, None] = {}
    fewer: dict[str, None] = {}
    kinds = {EventKind.CONVOY_REPORTED, *_ANSWERS}
    told = (one for one in state.events.values() if one.kind in kinds and one.id not in state.silent)
    for event in sorted(told, key=lambda one: one.order):
        leg = event.code("leg")
        if event.kind in _ANSWERS:
            fewer.pop(leg, None)
            continue
        held.pop(leg, None)
        if event.code("state") in HELD:
            held[leg] = None
        elif event.code("state") == FEWER:
            fewer[leg] = None
    return ConvoysInTrouble(tuple(held), tuple(fewer))


def missing_cases(state: LedgerState) -> tuple[MissingCase, ...]:
    """Whoever is missing now, the longest first, with the owner named last; found or seen again ends a case."""
    told: dict[str, Event] = {}
    first: dict[str, Event] = {}
    events = (one for one in state.events.values() if one.kind is EventKind.PERSONS_MISSING)
    for event in sorted((one for one in events if one.id not in state.silent), key=lambda one: one.order):
        for (row,) in event.rows:
            person = str(state.redirects.get(PersonId(str(row)), row))
            told[person] = event
            first.setdefault(person, event)
    found = (
        MissingCase(person, event.code("leg"), event.code("owner"), from_milliseconds(first[person].occurred))
        for person, event in told.items()
        if (now := state.people.get(PersonId(person))) is not None and now.stage is Stage.MISSING
    )
    return tuple(sorted(found, key=lambda one: (one.since, one.person)))


@transaction.atomic
def convoy_missing(*, leg: str, persons: Collection[str], owner: str, account: str, now: datetime) -> int:
    """Notes of each of these people that they are missing from a leg, and which team answers for finding them.

    Said again with another owner, the case is theirs. Tells nobody outside. Returns for how many.

    Raises:
        ForbiddenError: the account may not say so, or no owner is named.
        ProblemsError: ids that are nobody's here, all at once; nothing is noted then.
    """
    if not account_may(account, "gate.check"):
        raise ForbiddenError("This account may not say who is missing.", where="gate.check")
    if not owner.strip():
        raise ForbiddenError("A missing person needs a team that looks for them.", advice="Name it as the owner.")
    state, problems = state_now(), Problems()
    named = sorted({str(state.redirects.get(PersonId(one), one)) for one in persons})
    for person in named:
        if person not in state.people:
            problems.add("not-found", "Nobody here has that id.", where=person, advice="Take it from the manifest.")
    if not named:
        problems.add("needed", "Nobody is named.", advice="Give the id of each person who is missing.")
    problems.raise_if_any("who is missing")
    body = {"leg": leg, "owner": owner.strip(), "rows": tuple((person,) for person in named)}
    event_append(kind=EventKind.PERSONS_MISSING, body=body, account=account, now=now)
    return len(named)


@transaction.atomic
def missing_found(*, person: str, point: str, account: str, now: datetime) -> None:
    """Ends a case: the person was found, at a point of ours or (empty) elsewhere.

    Raises:
        ForbiddenError: the account may not say so.
        NotFoundError: nobody of that id is missing now.
    """
    if not account_may(account, "gate.check"):
        raise ForbiddenError("This account may not say who was found.", where="gate.check")
    state = state_now()
    held = PersonId(str(state.redirects.get(PersonId(person), person)))
    known = state.people.get(held)
    if known is None or known.stage is not Stage.MISSING:
        raise NotFoundError("Nobody of that id is missing now.", advice="Load the page again.")
    body: dict[str, object] = {"rows": ((held,),)}
    if point:
        body["point"] = point
    event_append(kind=EventKind.PERSONS_FOUND, body=body, account=account, now=now)
