"""Who did not come to a leg that has left: their seat is free, a team calls them again, nothing else.

From these notes the planner learns how many stay away (`apps.movement.no_shows`). Whoever is seen later is where they
were seen: the ledger goes by what was seen after it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.gate.loading import LegLoading, legs_loading, network_planned, people_left_by
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.outreach.services import next_step_set
from safepassage.apps.registry.hidden import hidden_ids
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, Problems
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import EventKind, LedgerState

CALL_AGAIN = "call-again"
CALL_DUE = timedelta(days=1)
"""So soon whoever did not come should have been called again."""


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
