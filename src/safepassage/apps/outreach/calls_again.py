"""Parties that were to be called again since they did not come: whose step is over, since they were seen after it."""

from __future__ import annotations

from datetime import datetime

from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.outreach.models import NextStep
from safepassage.apps.outreach.services import CALL_AGAIN, next_step_done
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import EventKind, LedgerState, Stage


def parties_turned_up() -> frozenset[PartyId]:
    """Of those who are to be called again: whose people who stayed away were all seen since.

    A step stands as long as one of them is still away. Cost: one short query where nobody is to be called again, else
    the events of who did not come.
    """
    open_steps = NextStep.objects.filter(step=CALL_AGAIN, done_at=None).values_list("party", flat=True)
    waiting = {PartyId(party) for party in open_steps}
    if not waiting:
        return frozenset()
    state = state_now()
    away: dict[PartyId, set[PersonId]] = {}
    for event in state.told(EventKind.PERSONS_NO_SHOW):
        for person, party, *_ in event.rows:
            away.setdefault(PartyId(str(party)), set()).add(PersonId(str(person)))
    return frozenset(party for party in waiting if away.get(party) and _all_seen(away[party], state))


def _all_seen(people: set[PersonId], state: LedgerState) -> bool:
    found = [state.people.get(state.redirects.get(one, one)) for one in people]
    return all(one is not None and one.furthest.place >= Stage.UNDER_WAY.place for one in found)


def calls_again_close(*, account: str, now: datetime) -> int:
    """Notes that the step of everyone who has turned up is done; each is an event. Returns of how many parties."""
    parties = sorted(parties_turned_up())
    for party in parties:
        next_step_done(party=party, account=account, now=now)
    return len(parties)
