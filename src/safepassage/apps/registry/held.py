"""What a run of the matcher holds back of people who are committed, and asks a second person about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.registry.answers import LAPSED
from safepassage.apps.registry.judging import committed_among
from safepassage.apps.registry.models import JudgementRequest
from safepassage.apps.registry.second_person import request_ask
from safepassage.core.identity import Assignment, HeldBack, Judgement, Resolution, hold_committed, persons_changing
from safepassage.core.identity.committed import REJOINED, WITHDRAWN, Pair
from safepassage.core.identity.values import TWO_PEOPLE
from safepassage.core.ids import ListingId
from safepassage.core.ledger import EventKind

Clusters = tuple[tuple[ListingId, ...], ...]


def clusters_held(
    resolution: Resolution, before: Assignment, judgements: Sequence[Judgement]
) -> tuple[Clusters, tuple[HeldBack, ...]]:
    """Whom a run makes persons of: what certain links and answers join, without what one alone may not change.

    A likely link joins nobody: it stands in the queue, and until it is answered its two are two people, each with a
    seat of their own. A wrong merge is held to be a hundred times as bad as a missed one (`IdentitySettings`).

    Cost: one pass over the listings; the folded ledger and the events of judgements only where persons change.
    """
    changing = persons_changing(resolution.certain_clusters, before.person_of)
    committed = committed_among(changing) if changing else frozenset()
    if not committed:
        return resolution.certain_clusters, ()
    return hold_committed(
        resolution.certain_clusters,
        before.person_of,
        committed=committed,
        agreed=agreed_by_two(),
        judgements=judgements,
        links=resolution.links,
    )


def agreed_by_two() -> dict[Pair, str]:
    """What was last said of each pair, where two stand behind it: from the signed events, not from a row."""
    given, withdrawn = (events_of_kind(kind) for kind in (EventKind.JUDGEMENTS_GIVEN, EventKind.JUDGEMENTS_WITHDRAWN))
    found: dict[Pair, str] = {}
    said: dict[Pair, str] = {}
    for event in sorted((*given, *withdrawn), key=lambda one: one.order):
        for left, right, *verdict in event.rows:
            pair = (ListingId(str(left)), ListingId(str(right)))
            if verdict:
                said[pair] = str(verdict[0])
            if event.code("second"):
                found[pair] = said[pair] if verdict else _taken_back(said.get(pair, ""))
            else:
                found.pop(pair, None)
    return found


def _taken_back(said: str) -> str:
    return REJOINED if said in TWO_PEOPLE else WITHDRAWN


@transaction.atomic
def held_ask(held: Sequence[HeldBack], *, account: str, now: datetime) -> int:
    """Asks a second person about each change held back, in the name of who judged so, or of who ran the matcher.

    What waits already, or was refused, is not asked again; what lapsed since nobody in it was committed is.

    Returns:
        How many wait that were not asked about before.
    """
    asked = {
        (left, right, verdict)
        for request in JudgementRequest.objects.exclude(is_agreed=True).exclude(LAPSED)
        for left, right, verdict in request.rows
    }
    new = [one for one in held if (one.left, one.right, one.verdict.value) not in asked]
    for one in new:
        request_ask([(one.left, one.right, one.verdict.value)], account=one.by or account, now=now)
    return len(new)
