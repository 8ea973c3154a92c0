"""Convoys that somebody has to see to: held up, or through with fewer; and who is missing, with whom to answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.gate.loading import AT_DEPARTURE
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.registry.hidden import hidden_ids
from safepassage.core.errors import ForbiddenError, NotFoundError, Problems
from safepassage.core.ids import PersonId
from safepassage.core.ledger import Event, EventKind, LedgerState, Stage
from safepassage.core.ledger.clock import from_milliseconds
from safepassage.core.ledger.whereabouts import searches_now, searches_told

HELD = frozenset({"stopped", "turned-back"})
FEWER = "let-through-with-fewer"
_TOLD = (
    EventKind.CONVOY_REPORTED,
    EventKind.MANIFEST_CLOSED,
    EventKind.HEADS_COUNTED,
    EventKind.PERSONS_MISSING,
)


@dataclass(frozen=True, slots=True)
class ConvoysInTrouble:
    """Legs, each once in a list: held up at a checkpoint now; let through with fewer, and somebody still lacking."""

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
    through. It ends once as many people as are lacking were newly named missing from that leg since, or a later count
    of its heads, with those named, is no fewer than expected. A case that was open already answers nothing, with
    whatever owner. Expected is the count at departure, else the closed manifest, less whoever was named missing
    from the leg before the report; where that or the heads reported are not known, one newly named answers.
    An event that was undone counts for nothing.

    Cost: the events of these kinds.
    """
    held: dict[str, None] = {}
    legs: dict[str, _Heads] = {}
    cases = searches_told(state)
    for event in state.told(*_TOLD):
        leg = event.code("leg")
        heads = legs.setdefault(leg, _Heads())
        if event.kind is EventKind.MANIFEST_CLOSED:
            heads.listed = event.number("heads")
        elif event.kind is EventKind.HEADS_COUNTED:
            heads.count(event)
        elif event.kind is EventKind.PERSONS_MISSING:
            heads.name(cases[event.id])
        else:
            held.pop(leg, None)
            if event.code("state") in HELD:
                held[leg] = None
            elif event.code("state") == FEWER:
                heads.report(event)
    return ConvoysInTrouble(tuple(held), tuple(leg for leg, heads in legs.items() if heads.is_fewer))


@dataclass(slots=True)
class _Heads:
    """The heads of one leg as its events tell them, one after the other."""

    listed: int | None = None
    departed: Event | None = None
    reported: Event | None = None
    """The last report of fewer."""
    expected: int | None = None
    """As of that report."""
    present: int | None = None
    """By that report, or by a count since that found more."""
    is_fewer: bool = False
    gone: set[PersonId] = field(default_factory=set)
    """Named missing from the leg since it left, or at all if nobody counted then."""
    named: set[PersonId] = field(default_factory=set)
    """Named missing from the leg since that report, whose case began after it."""

    def report(self, event: Event) -> None:
        base = self.departed.number("count") if self.departed else self.listed
        self.expected = None if base is None else base - len(self.gone)
        self.present = event.number("heads") if "heads" in event.body else None
        self.reported, self.is_fewer, self.named = event, True, set()

    def count(self, event: Event) -> None:
        heads = event.number("count")
        if self.is_fewer and self.expected is not None:
            self.is_fewer = heads + len(self.named) < self.expected
            self.present = max(heads, self.present or 0)
        if event.code("method") == AT_DEPARTURE:
            self.departed = event
            self.gone.clear()

    def name(self, began: Mapping[PersonId, Event]) -> None:
        self.gone |= {one for one, case in began.items() if not self.departed or case.order > self.departed.order}
        if not self.reported or not self.is_fewer:
            return
        self.named |= {one for one, case in began.items() if case.order > self.reported.order}
        if self.expected is None or self.present is None:
            self.is_fewer = not self.named
        elif self.named:
            self.is_fewer = self.present + len(self.named) < self.expected


def missing_cases(state: LedgerState) -> tuple[MissingCase, ...]:
    """Whoever is missing now, the longest first, with the owner named last; found or seen again ends a case."""
    return tuple(
        MissingCase(one.person, one.last.code("leg"), one.last.code("owner"), from_milliseconds(one.began.occurred))
        for one in searches_now(state)
    )


@transaction.atomic
def convoy_missing(*, leg: str, persons: Collection[str], owner: str, account: str, now: datetime) -> int:
    """Notes of each of these people that they are missing from a leg, and which team answers for finding them.

    Said again with another owner, the case is theirs. Tells nobody outside. Returns for how many. Of people whom the
    account may not know nothing is noted: it could not end the case either; the convoy's alarm stays for who may.

    Raises:
        ForbiddenError: the account may not say so, or no owner is named.
        ProblemsError: ids that are nobody's here, all at once; nothing is noted then.
    """
    if not account_may(account, "gate.check"):
        raise ForbiddenError("This account may not say who is missing.", where="gate.check")
    if not owner.strip():
        raise ForbiddenError("A missing person needs a team that looks for them.", advice="Name it as the owner.")
    state, problems = state_now(), Problems()
    hidden = frozenset() if account_may(account, "apart.see") else hidden_ids(PersonId(one) for one in persons)
    unseen = {str(state.redirects.get(one, one)) for one in hidden}
    named = sorted({str(state.redirects.get(PersonId(one), one)) for one in persons})
    for person in named:
        if person not in state.people or person in unseen:
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
