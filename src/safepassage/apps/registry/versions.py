"""A new version of the matcher: proposed with what it would change, adopted by a person who has seen that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.registry.answers import judgements_all
from safepassage.apps.registry.held import clusters_held
from safepassage.apps.registry.matcher import matcher_adopted, matcher_version
from safepassage.apps.registry.models import MatcherVersion, PersonRecord, ReviewRecord
from safepassage.apps.registry.selectors import assignment_now
from safepassage.apps.registry.values import PARAMETERS
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.identity import (
    Assignment,
    ChangeKind,
    Judgement,
    Resolution,
    assign_persons,
    is_current,
    resolve,
)
from safepassage.core.ids import OperationId
from safepassage.core.ledger import EventKind
from safepassage.core.people import Listing

Progress = Callable[[float, str], None]
MOST_SHOWN = 200
"""Persons named in an effect: beyond, only their number is told."""


def matcher_propose(*, account: str, now: datetime, progress: Progress | None = None) -> MatcherVersion:
    """Learns weights from all listings as they are now, and works out what adopting them would change.

    Nothing is changed, and no transaction is held meanwhile. It takes as long as two runs of the matcher. What was
    proposed before and not adopted is replaced.

    Raises:
        ForbiddenError: there is no listing to learn from.
    """
    listings, judgements = listings_now(), judgements_all()
    if not listings:
        raise ForbiddenError("There is nothing to learn from.", advice="Take lists in first.")
    learnt = resolve(listings, judgements=judgements, progress=_share(progress, 0.0)).parameters
    frozen = resolve(listings, judgements=judgements, parameters=learnt, progress=_share(progress, 0.5))
    with transaction.atomic():
        acts_in_turn()
        adopted = matcher_adopted()
        if adopted is not None and adopted.pk == learnt.version:
            return adopted  # nothing else was learnt than what is in force
        MatcherVersion.objects.filter(Q(adopted_at=None) | Q(pk=learnt.version)).delete()
        return MatcherVersion.objects.create(
            version=learnt.version,
            parameters=PARAMETERS.dump_python(learnt, mode="json"),
            proposed_at=now,
            proposed_by=account,
            listings=len(listings),
            state=_state(listings, judgements),
            effect=_effect(frozen, judgements),
        )


@transaction.atomic
def matcher_adopt(*, version: str, account: str, now: datetime) -> MatcherVersion:
    """Puts a version in force, from the next run on; the one before is retired.

    Raises:
        NotFoundError: there is no such version.
        ConflictError: it is in force, or its effect was worked out for other listings, judgements or rules.
    """
    acts_in_turn()
    found, before = matcher_version(version), matcher_adopted()
    if before is not None and before.pk == found.pk:
        raise ConflictError("This version is in force already.", advice="Nothing is to be done.")
    if not is_current(PARAMETERS.validate_python(found.parameters)):
        raise ConflictError("This version was learnt by other rules of comparing.", advice="Propose a new one.")
    if _state(listings_now(), judgements_all()) != found.state:
        raise ConflictError(
            "Lists or judgements came since this version was proposed: what it would change is no longer known.",
            advice="Propose it anew, look at what it changes, then adopt it.",
        )
    MatcherVersion.objects.exclude(adopted_at=None).filter(retired_at=None).update(retired_at=now)
    found.adopted_at, found.adopted_by, found.retired_at = now, account, None
    found.save(update_fields=["adopted_at", "adopted_by", "retired_at"])
    body = {"version": f"m-{found.pk}", "listings": found.listings}
    if before is not None:
        body["previous"] = f"m-{before.pk}"
    event_append(kind=EventKind.MATCHER_ADOPTED, body=body, account=account, now=now)
    return found


def _state(listings: Sequence[Listing], judgements: Sequence[Judgement]) -> str:
    """A digest of what the matcher goes by."""
    body = repr((sorted(repr(listing) for listing in listings), [repr(judgement) for judgement in judgements]))
    return hashlib.sha256(body.encode()).hexdigest()


def _effect(frozen: Resolution, judgements: Sequence[Judgement]) -> dict[str, object]:
    """What a run under the proposed version would change: ids, and figures before and after.

    What it would hold back of committed people is only counted: nothing changes before a second person agrees.
    """
    code = operation_now().code
    before = assignment_now(code)
    clusters, held = clusters_held(frozen, before, judgements)
    after = assign_persons(clusters, before, operation=OperationId(code))
    merged, split = (_moved(after, kind) for kind in (ChangeKind.MERGED, ChangeKind.SPLIT))
    return {
        "persons": [PersonRecord.objects.filter(redirects_to=None).exclude(content={}).count(), len(clusters)],
        "held": len(held),
        "questions": [ReviewRecord.objects.filter(decided_at=None).count(), len(frozen.reviews)],
        "merged": len(merged),
        "split": len(split),
        "merged_shown": merged[:MOST_SHOWN],
        "split_shown": split[:MOST_SHOWN],
    }


def _moved(after: Assignment, kind: ChangeKind) -> list[list[str]]:
    return [[str(one.person), str(one.other)] for one in after.changes if one.kind is kind and one.other]


def _share(progress: Progress | None, begin: float) -> Progress | None:
    if progress is None:
        return None
    return lambda share, what: progress(begin + share / 2, what)
