"""How a run's results are laid down: derived tables are replaced, ids are kept, changes are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from safepassage.apps.ledger.damage import is_damaged
from safepassage.apps.registry.models import (
    ArrivalLook,
    GroupParty,
    LinkRecord,
    Membership,
    PartyFlagged,
    PartyRecord,
    PersonListing,
    PersonRecord,
    ResolveRun,
    ReviewRecord,
)
from safepassage.apps.registry.search_index import index_change
from safepassage.apps.registry.terms import terms_text, texts_before
from safepassage.apps.registry.values import CHANGES, EVIDENCE, PARAMETERS, PARTY, PERSON, REVIEW
from safepassage.core.identity import (
    Alarm,
    Assignment,
    ChangeKind,
    Link,
    Parameters,
    Party,
    Person,
    Resolution,
    Review,
)
from safepassage.core.ids import PersonId

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class PartyChanges:
    """Memberships that came and went with a run: (party, person, is_confirmed) and (party, person)."""

    added: tuple[tuple[str, str, int], ...]
    removed: tuple[tuple[str, str], ...]


def assignment_store(assignment: Assignment, persons: Sequence[Person]) -> None:
    """Lays down ids, redirects and the best-known view of each person."""
    known = {person.id: person for person in persons}
    before, texts = texts_before(), {str(key): terms_text(person) for key, person in known.items()}
    rows = [
        PersonRecord(
            id=key,
            founded=order,
            founder=assignment.founders[key],
            redirects_to_id=None,
            content=PERSON.dump_python(known[key], mode="json") if key in known else {},
            search_text=texts.get(key, ""),
        )
        for key, order in sorted(assignment.founded.items(), key=lambda item: item[1])
    ]
    PersonRecord.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["content", "search_text", "redirects_to"],
    )
    PersonRecord.objects.bulk_update(
        [PersonRecord(id=key, redirects_to_id=target) for key, target in assignment.redirects.items()],
        ["redirects_to"],
        batch_size=CHUNK,
    )
    index_change(texts, before)
    PersonListing.objects.all().delete()
    PersonListing.objects.bulk_create(
        (PersonListing(listing=listing, person_id=person) for listing, person in assignment.person_of.items()),
        batch_size=CHUNK,
    )


def parties_store(parties: Sequence[Party]) -> PartyChanges:
    """Replaces the parties and says whose membership is new, changed or gone."""
    before = {
        (party, person): int(is_confirmed)
        for party, person, is_confirmed in Membership.objects.values_list("party_id", "person_id", "is_confirmed")
    }
    after = {
        (str(party.id), str(member.person)): int(member.is_confirmed) for party in parties for member in party.members
    }
    Membership.objects.all().delete()
    PartyRecord.objects.exclude(id__in=[party.id for party in parties]).delete()
    PartyRecord.objects.bulk_create(
        (
            PartyRecord(
                id=party.id,
                content=PARTY.dump_python(party, mode="json"),
                heads=len(party.confirmed),
                proposed=len(party.members) - len(party.confirmed),
            )
            for party in parties
        ),
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["content", "heads", "proposed"],
    )
    PartyFlagged.objects.all().delete()
    PartyFlagged.objects.bulk_create(
        (PartyFlagged(party_id=party.id, flag=flag.value) for party in parties for flag in set(party.flags)),
        batch_size=CHUNK,
    )
    Membership.objects.bulk_create(
        (
            Membership(
                party_id=party.id,
                person_id=member.person,
                relation=member.relation,
                is_confirmed=member.is_confirmed,
                is_principal=member.is_principal,
                accompanying_adult=member.accompanying_adult or "",
            )
            for party in parties
            for member in party.members
        ),
        batch_size=CHUNK,
    )
    GroupParty.objects.bulk_create(
        (GroupParty(group=group, party=party.id) for party in parties for group in party.groups),
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["group"],
        update_fields=["party"],
    )
    added = tuple((*key, flag) for key, flag in sorted(after.items()) if before.get(key) != flag)
    removed = tuple(key for key in sorted(before) if key not in after)
    return PartyChanges(added, removed)


def links_store(links: Sequence[Link]) -> None:
    """Replaces the derived links, and with them what was found of lists that came in since the run before."""
    LinkRecord.objects.all().delete()
    ArrivalLook.objects.all().delete()
    LinkRecord.objects.bulk_create(
        (
            LinkRecord(
                left=link.left,
                right=link.right,
                probability=link.probability,
                is_certain=link.is_certain,
                evidence=EVIDENCE.dump_python(link.evidence, mode="json"),
            )
            for link in links
        ),
        batch_size=CHUNK,
    )


def reviews_store(reviews: Sequence[Review], listings: Set[str]) -> int:
    """Replaces the open questions; decided ones stay decided. Returns how many are open.

    A decided question about a listing that is not among `listings` (erased) loses its content: it quotes what was
    stated. One that can't be read may quote it too.
    """
    ReviewRecord.objects.filter(decided_at=None).delete()
    decided = dict(ReviewRecord.objects.values_list("id", "content"))
    quoting = [
        key
        for key, content in decided.items()
        if is_damaged(content) or not listings >= set(content.get("listings", ()))
    ]
    ReviewRecord.objects.filter(id__in=quoting).update(content={})
    open_now = {review.id: review for review in reviews if review.id not in decided}
    ReviewRecord.objects.bulk_create(
        (
            ReviewRecord(
                id=review.id, kind=review.kind, harm=review.harm, content=REVIEW.dump_python(review, mode="json")
            )
            for review in open_now.values()
        ),
        batch_size=CHUNK,
    )
    return len(open_now)


def identified_store(assignment: Assignment, resolution: Resolution) -> list[PersonId]:
    """Persons with no open question about who they are, newly so, in the order of ids.

    A person is identified when all their listings hang together by certain links or judgements alone.
    """
    certain = {frozenset(cluster) for cluster in resolution.certain_clusters}
    listings_of: dict[PersonId, set[str]] = {}
    for listing, person in assignment.person_of.items():
        listings_of.setdefault(person, set()).add(listing)
    asked = {listing for review in resolution.reviews for listing in review.listings}
    now = {
        person
        for person, listings in listings_of.items()
        if frozenset(listings) in certain and not (listings & asked)
    }
    records = PersonRecord.objects.filter(is_identified=False, id__in=now).order_by("id")
    new = [PersonId(key) for key in records.values_list("id", flat=True)]
    PersonRecord.objects.filter(id__in=new).update(is_identified=True)
    return new


def run_store(
    resolution: Resolution,
    assignment: Assignment,
    sizes: Mapping[str, int],
    *,
    parameters: Parameters,
    digest: str,
    now: datetime,
    ended: datetime,
    figures: Mapping[str, float],
) -> ResolveRun:
    """Notes the run with its parameters, figures, changes of ids and alarms.

    Only the last run keeps the habits that it learnt: they are large, and serve to compare who comes before the next.
    """
    before = ResolveRun.objects.order_by("-pk").first()
    if before is not None and not is_damaged(before.parameters) and before.parameters.get("habits"):
        ResolveRun.objects.filter(pk=before.pk).update(parameters={**before.parameters, "habits": None})
    moved = [change for change in assignment.changes if change.kind is not ChangeKind.FOUNDED]
    return ResolveRun.objects.create(
        began_at=now,
        ended_at=ended,
        listings=sizes["listings"],
        persons=sizes["persons"],
        parties=sizes["parties"],
        parameters=PARAMETERS.dump_python(parameters, mode="json"),
        figures=dict(figures),
        changes=CHANGES.dump_python(tuple(moved), mode="json"),
        alarms=[_alarm(alarm) for alarm in resolution.alarms],
        reviews_beyond_cap=resolution.reviews_beyond_cap,
        digest=digest,
    )


def _alarm(alarm: Alarm) -> dict[str, object]:
    return {
        "code": alarm.code.value,
        "listings": list(alarm.listings),
        "message": alarm.message,
        "advice": alarm.advice,
    }
