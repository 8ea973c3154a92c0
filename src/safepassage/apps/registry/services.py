"""Acts of identity: a run of the matcher. Judgements are in `second_person`, confirmations in `confirming`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.db import transaction

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.intake.selectors import batches_received, listings_now, source_trust
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.registry import records
from safepassage.apps.registry.answers import adults_confirmed, answer_last_at, confirmations_now, judgements_all
from safepassage.apps.registry.apart import listings_told_apart
from safepassage.apps.registry.held import clusters_held, held_ask
from safepassage.apps.registry.kept import committed_seats, members_keep, members_kept
from safepassage.apps.registry.kin import relations_now
from safepassage.apps.registry.matcher import Staleness, matcher_parameters, matcher_staleness
from safepassage.apps.registry.models import ResolveRun, ReviewRecord
from safepassage.apps.registry.second_person import requests_lapse
from safepassage.apps.registry.selectors import LIKELY_TWICE, assignment_now, party_of_groups
from safepassage.core.identity import (
    Assignment,
    AssignmentChange,
    ChangeKind,
    IdentitySettings,
    Judgement,
    Parameters,
    Resolution,
    Review,
    ReviewKind,
    assign_persons,
    capped,
    derive_persons,
    propose_parties,
    resolve,
)
from safepassage.core.ids import OperationId
from safepassage.core.ledger import EventKind
from safepassage.core.people import Listing

Progress = Callable[[float, str], None]
UNDISTURBED_TRIES = 3
"""So often the matcher compares with nobody waiting before it makes everybody wait."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run of the matcher left in the store."""

    listings: int
    persons: int
    parties: int
    reviews_open: int
    changes: tuple[AssignmentChange, ...]
    digest: str
    matcher: str
    """The version of the weights: adopted, or learnt by this very run."""
    is_adopted: bool
    staleness: Staleness
    held: int
    """Changes of committed people that wait for a second person; refused ones stay held back."""
    likely_twice: int = 0
    """Persons who would be somebody else's listings too if every likely link were answered by "same"."""
    lapsed: int = 0
    """Requests to a second person that were closed: nobody in them is committed any more."""


def resolve_run(*, account: str, now: datetime, progress: Progress | None = None) -> RunResult:
    """Runs the matcher over all listings and judgements and stores what it derives, in one transaction.

    Person and party ids given before stay. Without a new listing or judgement a second run changes nothing and
    writes no event. While it compares, no transaction is held, so that gates and desks go on writing; if a list or a
    judgement came meanwhile it compares again, the last time with everybody waiting. That committed people would be
    joined or divided waits for a second person (`held`), unless two agreed; all else goes on.
    """
    for _again in range(UNDISTURBED_TRIES):
        seen = _seen_now()
        resolution = _resolve(seen, progress)
        with transaction.atomic():
            acts_in_turn()
            if _seen_now() == seen:
                return _store(seen, resolution, account=account, now=now, progress=progress)
    with transaction.atomic():
        acts_in_turn()
        seen = _seen_now()
        return _store(seen, _resolve(seen, progress), account=account, now=now, progress=progress)


_Seen = tuple[list[Listing], list[Judgement], Parameters | None]


def _seen_now() -> _Seen:
    """What a run goes by: listings, judgements, and the adopted weights."""
    return listings_now(), judgements_all(), matcher_parameters()


def _resolve(seen: _Seen, progress: Progress | None) -> Resolution:
    listings, judgements, adopted = seen
    return resolve(listings, judgements=judgements, parameters=adopted, progress=_share(progress, 0.0, 0.8))


def _store(
    seen: _Seen, resolution: Resolution, *, account: str, now: datetime, progress: Progress | None
) -> RunResult:
    """Derives persons and parties from what was compared and stores them; inside the run's transaction."""
    listings, judgements, adopted = seen
    operation = operation_now()
    before = assignment_now(operation.code)
    clusters, held = clusters_held(resolution, before, judgements)
    assignment = assign_persons(clusters, before, operation=OperationId(operation.code))
    persons = derive_persons(listings, assignment.person_of, trust=source_trust())
    confirmed, committed = confirmations_now(), committed_seats(before, assignment)
    propose = partial(
        propose_parties,
        persons,
        listings,
        operation=OperationId(operation.code),
        on=now.date(),
        judgements=judgements,
        adults=adults_confirmed(),
        relations=relations_now(),
        previous=party_of_groups(),
        batch_order=batches_received(),
        households=resolution.households,
        links=resolution.links,
        committed=committed,
    )
    parties, questions = propose(confirmed=confirmed)
    kept = members_kept(parties) + members_keep(parties, clusters, before, committed, account=account, now=now)
    if kept:
        parties, questions = propose(confirmed=[*confirmed, *kept])
    asked, beyond = _within_cap(questions)
    resolution = replace(resolution, reviews_beyond_cap=resolution.reviews_beyond_cap + beyond)
    if progress:
        progress(0.85, "storing persons and parties")
    records.assignment_store(assignment, persons)
    formed = records.parties_store(parties)
    records.links_store(resolution.links)
    reviews = records.reviews_store((*resolution.reviews, *asked), {listing.id for listing in listings})
    digest = _digest(assignment, parties)
    _events_append(assignment, resolution, formed, digest=digest, account=account, now=now)
    held_ask(held, account=account, now=now)
    lapsed = requests_lapse(account=account, now=now)
    ended = max(filter(None, (now, answer_last_at())))  # one that came while it compared is applied too
    twice = _likely_twice(resolution, assignment)
    figures = {LIKELY_TWICE: float(twice)}
    last = ResolveRun.objects.order_by("-pk").first()
    if last is None or last.digest != digest or last.listings != len(listings):
        sizes = {"listings": len(listings), "persons": len(persons), "parties": len(parties)}
        learnt = resolution.parameters if adopted is None else replace(resolution.parameters, habits=None)
        records.run_store(
            resolution, assignment, sizes, parameters=learnt, digest=digest, now=now, ended=ended, figures=figures
        )
    else:  # nothing is derived otherwise than before, but every answer given until now has been applied
        last.ended_at, last.figures = max(last.ended_at, ended), figures
        last.save(update_fields=["ended_at", "figures"])
    return RunResult(
        len(listings),
        len(persons),
        len(parties),
        reviews,
        assignment.changes,
        digest,
        matcher=resolution.parameters.version if adopted is None else adopted.version,
        is_adopted=adopted is not None,
        staleness=matcher_staleness(len(listings)),
        held=len(held),
        likely_twice=twice,
        lapsed=lapsed,
    )


def _likely_twice(resolution: Resolution, assignment: Assignment) -> int:
    """How many persons more there are than the likeliest answers would leave.

    Whoever somebody keeps apart in confidence is left out: the figure stands beside the questions that all may see.
    """
    hidden = listings_told_apart()
    seen = (cluster for cluster in resolution.clusters if hidden.isdisjoint(cluster))
    return sum(len({assignment.person_of[listing] for listing in cluster}) - 1 for cluster in seen)


def _within_cap(questions: Sequence[Review]) -> tuple[list[Review], int]:
    """The questions about parties, those about households up to their cap, and how many lie beyond it."""
    households = [one for one in questions if one.kind is ReviewKind.SAME_HOUSEHOLD]
    shown, beyond = capped(households, IdentitySettings().household_cap)
    return [one for one in questions if one.kind is not ReviewKind.SAME_HOUSEHOLD] + [*shown], beyond


def _share(progress: Progress | None, begin: float, end: float) -> Progress | None:
    if progress is None:
        return None

    def step(share: float, what: str) -> None:
        progress(begin + share * (end - begin), what)

    return step


def _digest(assignment: Assignment, parties: Sequence[object]) -> str:
    """A digest of who is whom and who travels with whom: equal if and only if a run changed nothing."""
    text = repr((sorted(assignment.person_of.items()), parties))
    return hashlib.sha256(text.encode()).hexdigest()


def _events_append(
    assignment: Assignment,
    resolution: Resolution,
    formed: records.PartyChanges,
    *,
    digest: str,
    account: str,
    now: datetime,
) -> None:
    changes = assignment.changes

    def append(kind: EventKind, rows: Iterable[tuple[str | int, ...]], **body: str) -> None:
        found = tuple(rows)
        if found:
            event_append(kind=kind, body={"rows": found, **body}, account=account, now=now)

    new = [change.person for change in changes if change.kind in {ChangeKind.FOUNDED, ChangeKind.REVIVED}]
    append(EventKind.PERSONS_ASSIGNED, ((person,) for person in new), resolution=digest)
    append(
        EventKind.PERSONS_REDIRECTED,
        ((change.person, change.other) for change in changes if change.kind is ChangeKind.MERGED and change.other),
        resolution=digest,
    )
    append(
        EventKind.PERSONS_SPLIT,
        ((change.other, change.person) for change in changes if change.kind is ChangeKind.SPLIT and change.other),
        resolution=digest,
    )
    identified = records.identified_store(assignment, resolution)
    append(EventKind.PERSONS_IDENTIFIED, ((person,) for person in identified))
    append(EventKind.MEMBERS_REMOVED, formed.removed, reason="derived-anew")
    append(EventKind.PARTIES_FORMED, formed.added)


@transaction.atomic
def review_close(*, review: str, now: datetime) -> None:
    """Takes a question out of the queue that was answered otherwise than by a judgement (a confirmed member)."""
    ReviewRecord.objects.filter(pk=review, decided_at=None).update(decided_at=now)
