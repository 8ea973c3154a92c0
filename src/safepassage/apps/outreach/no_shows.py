"""Who did not come to a leg that has left: their seat is free, a team calls them again, nothing else.

From these notes the planner learns how many stay away (`apps.movement.no_shows`). Whoever is seen later is where they
were seen: the ledger goes by what was seen after it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.gate.convoys import convoys_in_trouble
from safepassage.apps.gate.loading import LegLoading, legs_loading, network_planned, people_left_by
from safepassage.apps.ledger.kept import Kept
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.outreach.services import CALL_AGAIN, next_step_set
from safepassage.apps.registry.hidden import hidden_ids
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, Problems
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import EventKind, LedgerState

CALL_DUE = timedelta(days=1)
"""So soon whoever did not come should have been called again."""
GRACE = timedelta(minutes=30)
"""So long after its hour a leg that nobody saw leave may still be at the kerb."""
PROPOSED_FOR = timedelta(days=2)
"""So long who may not have come is proposed; later a phase or a plan says what becomes of them."""


def leg_left(leg: str, state: LedgerState, *, now: datetime) -> LegLoading:
    """How a leg of the published plan was loaded, if it has left: it was seen to, or its hour is past.

    Raises:
        NotFoundError: no such leg is planned.
        ConflictError: it has not left yet.
    """
    network = network_planned()
    found = [one for one in network.legs if one.id == leg] if network else []
    if not found:
        raise NotFoundError("No leg of that id is planned.", where=leg, advice="`plan show` lists the legs.")
    (loading,) = legs_loading(state, legs=found)
    if loading.departed is None and loading.leg.departs > now:
        raise ConflictError("That leg has not left yet.", advice="Who does not come is known once it has.")
    return loading


@dataclass(frozen=True, slots=True)
class StayedAway:
    """A leg that has left, and who of those expected on it nobody has seen since: proposed, and noted by nobody yet.

    `was_seen`: somebody saw it leave, or people aboard. Where nobody did, it is its hour alone that is past.
    """

    leg: str
    departs: datetime
    was_seen: bool
    parties: tuple[tuple[PartyId, tuple[PersonId, ...]], ...]

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody whom it may have left."""
        return tuple(person for _, persons in self.parties for person in persons)


def no_shows_proposed(state: LedgerState, *, now: datetime, but: Collection[PersonId] = ()) -> tuple[StayedAway, ...]:
    """Who may not have come, leg by leg, the latest first; nothing is written by it, a person says so.

    Of the legs of the last two days: those that somebody saw leave, others half an hour after their hour. A leg that
    is held or was turned back is none. `but`: whom the reader may not know.

    Cost: as `legs_loading` for the legs whose hour is past; worked out once for each state and minute.
    """
    minute = int(now.timestamp()) // 60
    found = _KEPT.get((state, minute), lambda: _proposed(state, now))
    return tuple(one for one in (_without(line, frozenset(but)) for line in found) if one.parties)


_KEPT = Kept[tuple[StayedAway, ...]]()


def _proposed(state: LedgerState, now: datetime) -> tuple[StayedAway, ...]:
    network = network_planned()
    past = [leg for leg in network.legs if now - PROPOSED_FOR <= leg.departs <= now] if network else []
    held = set(convoys_in_trouble(state).held) if past else set()
    found = []
    for loading in legs_loading(state, legs=[leg for leg in past if leg.id not in held]):
        was_seen = loading.departed is not None or bool(loading.aboard)
        if not was_seen and loading.leg.departs > now - GRACE:
            continue
        away = people_left_by(loading, state)
        lines = ((party.party, tuple(one for one in party.persons if one in away)) for party in loading.parties)
        parties = tuple((PartyId(party), persons) for party, persons in lines if persons)
        found.append(StayedAway(str(loading.leg.id), loading.leg.departs, was_seen, parties))
    return tuple(sorted(found, key=lambda one: one.departs, reverse=True))


def _without(line: StayedAway, hidden: frozenset[PersonId]) -> StayedAway:
    if not hidden:
        return line
    kept = ((party, tuple(one for one in people if one not in hidden)) for party, people in line.parties)
    return replace(line, parties=tuple((party, people) for party, people in kept if people))


@transaction.atomic
def no_shows_note(*, leg: str, team: str, account: str, now: datetime, persons: Collection[str] | None = None) -> int:
    """Notes who did not come to a leg, and which team calls them again; all of whom nobody knows if none is named.

    Of people whom the account may not know nothing is noted. Returns for how many.

    Raises:
        ForbiddenError: the account may not say so, or no team is named.
        NotFoundError: no such leg is planned.
        ConflictError: it has not left yet, or nobody stayed away.
        ProblemsError: ids of people who were not expected on it, or are accounted for, all at once.
    """
    if not account_may(account, "gate.check"):
        raise ForbiddenError("This account may not say who did not come.", where="gate.check")
    if not team.strip():
        raise ForbiddenError("Whoever did not come needs a team that calls them.", advice="Name it.")
    acts_in_turn()
    state = state_now()
    loading = leg_left(leg, state, now=now)
    away = people_left_by(loading, state)
    away -= frozenset() if account_may(account, "apart.see") else hidden_ids(away)
    named = away if persons is None else {state.redirects.get(PersonId(one), PersonId(one)) for one in persons}
    problems = Problems()
    for person in sorted(named - away):
        problems.add(
            "not-found",
            "Nobody of that id is known to have stayed away from this leg.",
            where=person,
            advice="They were not expected on it, were seen, or somebody said where they are.",
        )
    problems.raise_if_any("who did not come")
    if not named:
        raise ConflictError("Nobody stayed away from this leg.", advice="Nothing is to be done.")
    party_of = {person: party.party for party in loading.parties for person in party.persons}
    rows = tuple((person, party_of[person]) for person in sorted(named))
    event_append(kind=EventKind.PERSONS_NO_SHOW, body={"leg": leg, "rows": rows}, account=account, now=now)
    for party in sorted({PartyId(str(party)) for _, party in rows}):
        next_step_set(
            party=party,
            step=CALL_AGAIN,
            owner=team.strip(),
            due_at=now + CALL_DUE,
            account=account,
            now=now,
            people=[person for person, of in rows if of == party],
        )
    return len(rows)
