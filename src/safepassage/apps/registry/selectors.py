"""Reads of persons, parties and runs of the matcher."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from safepassage.apps.intake.selectors import batches_beside
from safepassage.apps.ledger.damage import is_damaged
from safepassage.apps.registry.models import (
    GroupParty,
    LinkRecord,
    Membership,
    PartyFlagged,
    PartyRecord,
    PersonListing,
    PersonRecord,
    ResolveRun,
)
from safepassage.apps.registry.values import CHANGES, EVIDENCE, PARTY, PERSON, persons_emptied
from safepassage.core.errors import NotFoundError
from safepassage.core.identity import Assignment, Link, Party, PartyFlag, Person
from safepassage.core.ids import BatchId, ListGroupId, ListingId, PartyId, PersonId
from safepassage.core.policy import draw_lineage


def assignment_now(operation: str) -> Assignment:
    """Which person each listing is of, and every id ever given."""
    persons = list(PersonRecord.objects.values_list("id", "founded", "founder", "redirects_to_id"))
    return Assignment(
        operation=operation,
        person_of={
            ListingId(listing): PersonId(person)
            for listing, person in PersonListing.objects.values_list("listing", "person_id")
        },
        founded={PersonId(key): founded for key, founded, _, _ in persons},
        founders={PersonId(key): ListingId(founder) for key, _, founder, _ in persons},
        redirects={PersonId(key): PersonId(target) for key, _, _, target in persons if target},
    )


def party_of_groups() -> dict[ListGroupId, PartyId]:
    """The party of each list group at the last run."""
    return {ListGroupId(group): PartyId(party) for group, party in GroupParty.objects.values_list("group", "party")}


def persons_now() -> dict[PersonId, Person]:
    """All persons that hold now (no redirects), by id.

    Raises:
        UnreadableError: names those that can't be read.
    """
    records = PersonRecord.objects.filter(redirects_to=None).exclude(content={}).order_by("id")
    rows = chain(records.values_list("id", "content"), ((key, None) for key in persons_emptied()))
    return {person.id: person for person in PERSON.every(rows)}


def parties_now() -> list[Party]:
    """All parties, by id.

    Raises:
        UnreadableError: names those that can't be read.
    """
    return PARTY.every(PartyRecord.objects.order_by("id").values_list("id", "content"))


def person_by_id(person_id: str) -> Person:
    """One person; a merged id leads to the one that holds now.

    Raises:
        NotFoundError: if nobody ever had that id.
    """
    record = PersonRecord.objects.filter(pk=person_id).first()
    while record is not None and record.redirects_to_id:
        record = record.redirects_to
    if record is None or not record.content:
        raise NotFoundError("Nobody has that id in this operation.", advice="Look for them by name in the console.")
    return PERSON.validate_python(record.content, where=record.pk)


def party_by_id(party_id: str) -> Party:
    """One party.

    Raises:
        NotFoundError: if there is none.
    """
    record = PartyRecord.objects.filter(pk=party_id).first()
    if record is None:
        raise NotFoundError("No party has that id.", advice="`safepassage parties` lists them.")
    return PARTY.validate_python(record.content, where=record.pk)


def parties_flagged(flag: PartyFlag) -> QuerySet[PartyRecord]:
    """Parties that bear a flag, by id."""
    return PartyRecord.objects.filter(flagged__flag=flag.value).order_by("id")


def flags_counted(*flags: PartyFlag) -> dict[PartyFlag, int]:
    """How many parties bear each of these flags. Cost: one query that reads no party."""
    rows = PartyFlagged.objects.filter(flag__in=[flag.value for flag in flags]).values("flag")
    found = dict(rows.annotate(number=Count("pk")).values_list("flag", "number"))
    return {flag: found.get(flag.value, 0) for flag in flags}


def parties_as_text() -> QuerySet[Any]:
    """Parties with their content as text: asked for JSON, the database stops at the first that is none."""
    return PartyRecord.objects.annotate(text=Cast("content", TextField()))


def draw_lineage_now() -> dict[PersonId, PersonId]:
    """By whose draw in the lottery each split-off person goes, from every change of ids since the beginning."""
    runs = ResolveRun.objects.order_by("pk").exclude(changes=[]).values_list("changes", flat=True)
    return draw_lineage(change for changes in runs for change in CHANGES.validate_python(changes))


def persons_of(party: Party) -> dict[PersonId, Person]:
    """The persons of one party, by id."""
    return persons_by_id(member.person for member in party.members)


def persons_by_id(ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """These persons, by id; one that does not hold now is missing."""
    records = PersonRecord.objects.filter(id__in=list(ids)).exclude(content={})
    persons = PERSON.each(records.values_list("content", flat=True))
    return {person.id: person for person in persons}


def persons_behind(ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Who holds each of these ids now, merged ids included; an id is missing where its person was erased."""
    asked = set(ids)
    leads = leads_now()
    ends = {one: end_of(one, leads) for one in asked}
    held = persons_by_id(set(ends.values()))
    return {one: held[end] for one, end in ends.items() if end in held}


def memberships_now() -> dict[PersonId, tuple[PartyId, ...]]:
    """The parties that each person stands in."""
    return parties_of_persons(
        PersonId(key) for key in PersonRecord.objects.filter(redirects_to=None).values_list("id", flat=True)
    )


def persons_known(ids: Iterable[PersonId]) -> frozenset[PersonId]:
    """Those of these ids behind which there is somebody: not erased. Reads nobody's content."""
    leads = leads_now()
    ends = {one: end_of(one, leads) for one in set(ids)}
    emptied = PersonRecord.objects.filter(redirects_to=None, content={})
    if len(ends) <= _FEW:
        emptied = emptied.filter(id__in=set(ends.values()))
    empty = set(emptied.values_list("id", flat=True)) if ends else set()
    return frozenset(one for one, end in ends.items() if end not in empty)


_FEW = 500
"""So many ids are asked for by name; of more, everybody is looked through."""


def leads_now() -> dict[str, str]:
    """Every id that was merged, and where it leads; that one may be merged too (`end_of`)."""
    merged = PersonRecord.objects.filter(redirects_to__gt="")  # by the index; "is not null" would read every person
    return dict(merged.values_list("id", "redirects_to_id"))


def end_of(person: PersonId, leads: Mapping[str, str]) -> PersonId:
    """The id that holds now of one that may have been merged; `leads` has every merged id and where it leads."""
    while person in leads:
        person = PersonId(leads[person])
    return person


def parties_of(person_id: PersonId) -> list[PartyId]:
    """The parties that a person stands in."""
    rows = Membership.objects.filter(person_id=person_id).order_by("party_id")
    return [PartyId(party) for party in rows.values_list("party_id", flat=True)]


@dataclass(frozen=True, slots=True)
class RunMark:
    """Which run of the matcher was the last, when it had applied every answer, and of how many listings."""

    key: int
    ended_at: datetime
    listings: int


def run_mark() -> RunMark | None:
    """The last run without what it learnt and found, which are large."""
    found = ResolveRun.objects.order_by("-pk").values_list("pk", "ended_at", "listings").first()
    return RunMark(*found) if found else None


LIKELY_TWICE = "likely_twice"


def run_last() -> ResolveRun | None:
    """The last run of the matcher."""
    return ResolveRun.objects.order_by("-pk").first()


def likely_twice(run: ResolveRun | None) -> int:
    """How many persons of a run are likely listed as somebody else too: they count twice until somebody answers."""
    figures = run.figures if run is not None and not is_damaged(run.figures) else {}
    count = figures.get(LIKELY_TWICE, 0)
    return int(count) if math.isfinite(count) else 0


def batches_unmatched() -> list[tuple[BatchId, str]]:
    """Batches with a listing that no run has matched, and who took them in; the newest first. Cost: all ids once."""
    return batches_beside(PersonListing.objects.filter(listing=OuterRef("pk")))


def confirmed_count() -> Subquery:
    """How many confirmed members a party has, for a query over rows whose `pk` is its id."""
    members = Membership.objects.filter(is_confirmed=True, party=OuterRef("pk")).order_by().values("party")
    return Subquery(members.annotate(n=Count("pk")).values("n"), output_field=IntegerField())


def persons_unconfirmed() -> frozenset[PersonId]:
    """Whoever is a proposed member of a party, and a confirmed one of none."""
    sure = Membership.objects.filter(is_confirmed=True, person=OuterRef("person_id"))
    rows = Membership.objects.filter(~Exists(sure), is_confirmed=False)
    return frozenset(PersonId(person) for person in rows.values_list("person_id", flat=True))


def links_of(listings: Iterable[ListingId], *, most: int) -> list[Link]:
    """Derived links between these listings with their evidence, the most probable first."""
    ids = list(listings)
    return links_told(LinkRecord.objects.filter(left__in=ids, right__in=ids).order_by("-probability")[:most])


def links_told(records: Iterable[LinkRecord]) -> list[Link]:
    """Links as they are stored, as values."""
    return [
        Link(
            ListingId(one.left),
            ListingId(one.right),
            one.probability,
            is_certain=one.is_certain,
            evidence=EVIDENCE.validate_python(one.evidence),
        )
        for one in records
    ]


def persons_of_listings(listings: Iterable[ListingId]) -> dict[ListingId, PersonId]:
    """The person that each of these listings stands for now."""
    rows = PersonListing.objects.filter(listing__in=list(listings)).values_list("listing", "person_id")
    return {ListingId(listing): PersonId(person) for listing, person in rows}


def listings_of_parties(parties: Iterable[str]) -> frozenset[ListingId]:
    """Every listing that stands for somebody of these parties now."""
    rows = PersonListing.objects.filter(person__parties__party__in=list(parties))
    return frozenset(ListingId(listing) for listing in rows.values_list("listing", flat=True))


def parties_by_id(ids: Iterable[str]) -> dict[PartyId, Party]:
    """These parties, by id; one that does not exist is missing."""
    contents = PartyRecord.objects.filter(id__in=list(ids)).values_list("content", flat=True)
    parties = PARTY.each(contents)
    return {party.id: party for party in parties}


def party_ids(*, flag: str = "") -> QuerySet[PartyRecord, str]:
    """The ids of all parties, or of those with a flag, in order."""
    records = PartyRecord.objects.filter(flagged__flag=flag) if flag else PartyRecord.objects.all()
    return records.order_by("id").values_list("id", flat=True)


def members_by_party() -> dict[PartyId, frozenset[tuple[PersonId, bool]]]:
    """Who stands in each party, and whether they are confirmed; reads nobody's content."""
    found: dict[PartyId, set[tuple[PersonId, bool]]] = {}
    for party, person, is_confirmed in Membership.objects.values_list("party_id", "person_id", "is_confirmed"):
        found.setdefault(PartyId(party), set()).add((PersonId(person), is_confirmed))
    return {party: frozenset(members) for party, members in found.items()}


def parties_of_persons(persons: Iterable[PersonId]) -> dict[PersonId, tuple[PartyId, ...]]:
    """The parties that each of these persons stands in."""
    found: dict[PersonId, list[PartyId]] = {}
    rows = Membership.objects.filter(person_id__in=list(persons)).order_by("party_id")
    for person, party in rows.values_list("person_id", "party_id"):
        found.setdefault(PersonId(person), []).append(PartyId(party))
    return {person: tuple(parties) for person, parties in found.items()}
