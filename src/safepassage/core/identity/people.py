"""Persons and parties as derived from listings: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from safepassage.core.dates import PartialDate
from safepassage.core.ids import ListGroupId, ListingId, PartyId, PersonId, SourceId
from safepassage.core.people import Document, Need, Relation, Sex


class ChangeKind(StrEnum):
    """How an assignment differs from the one before."""

    FOUNDED = "founded"
    MERGED = "merged"
    """`person` now redirects to `other`."""
    SPLIT = "split"
    """`person` is new and holds listings that were of `other`."""
    REVIVED = "revived"
    """A merge was undone: `person` no longer redirects to `other` and has its own listings again."""
    MOVED = "moved"
    """Listings went from `other` to `person`, both of which go on."""
    EMPTIED = "emptied"
    """No listing is left of `person`."""


@dataclass(frozen=True, slots=True)
class AssignmentChange:
    """One change of person ids, fit for an event (ids only)."""

    kind: ChangeKind
    person: PersonId
    other: PersonId | None
    listings: tuple[ListingId, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which person each listing is of, for good: ids are given once.

    `founded` gives each id ever given its place in the order of founding (0 is the oldest) ; `founders` the
    listing that it was founded on; `redirects` leads from each merged id to the one that holds now (no chains).
    """

    operation: str
    person_of: Mapping[ListingId, PersonId]
    founded: Mapping[PersonId, int] = field(default_factory=dict)
    founders: Mapping[PersonId, ListingId] = field(default_factory=dict)
    redirects: Mapping[PersonId, PersonId] = field(default_factory=dict)
    changes: tuple[AssignmentChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """What a cluster of listings stands for, with the best-known value of each fact.

    `name` is the fullest spelling in the script that most listings use; `name_latin` and `name_arabic` are as
    stated in that script, empty if no listing does. `origins` names for each derived field the listing that
    it was taken from. `doubts` lists fields on which listings disagree. An unknown fact stays unknown.
    """

    id: PersonId
    listings: tuple[ListingId, ...]
    sources: tuple[SourceId, ...]
    groups: tuple[ListGroupId, ...]
    name: str
    name_latin: str = ""
    name_arabic: str = ""
    other_names: tuple[str, ...] = ()
    father: str = ""
    mother: str = ""
    spouse: str = ""
    sex: Sex = Sex.UNKNOWN
    birth: PartialDate | None = None
    birth_place: str = ""
    nationality: str = ""
    documents: tuple[Document, ...] = ()
    phones: tuple[str, ...] = ()
    email: str = ""
    place: str = ""
    language: str = ""
    claims: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    is_married: bool | None = None
    origins: tuple[tuple[str, ListingId], ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinship:
    """`person` is the `relation` of `of`, as the named list groups state it (directed)."""

    person: PersonId
    relation: Relation
    of: PersonId
    attested_by: tuple[ListGroupId, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One person in a party.

    `relation` is to the principal. Only confirmed members take seats: those of the list group that first
    stated the party, those whom at least two list groups state, and those whom a person confirmed.
    `accompanying_adult` is set only where a person confirmed one; `adult_proposed` is the program's proposal.
    """

    person: PersonId
    relation: Relation = Relation.UNKNOWN
    is_confirmed: bool = False
    is_principal: bool = False
    accompanying_adult: PersonId | None = None
    adult_proposed: PersonId | None = None
    is_minor: bool = False
    attested_by: tuple[ListGroupId, ...] = ()


class PartyFlag(StrEnum):
    """What a planner or protection officer must see of a party."""

    MINOR_WITHOUT_ADULT = "minor-without-adult"
    MEMBER_UNCONFIRMED = "member-unconfirmed"
    SHARED_MEMBER = "shared-member"
    """A member stands in another party too; a question is in the review queue."""
    TWO_HEADS = "two-heads"
    KEPT_APART = "kept-apart"
    """Someone was kept out of this party by a keep-apart judgement. Shown to protection officers only."""
    VERY_LARGE = "very-large"
    MORE_STATED = "more-stated"
    """A list says that the family is larger than those whom anybody names or counts: who are they?"""
    NAME_UNKNOWN = "name-unknown"
    """A seat is kept for somebody whom a list only counts ("3 kids") or calls "FNU": the name is to be asked for."""


@dataclass(frozen=True, slots=True)
class Party:
    """People who are proposed to travel together: the unit of planning.

    `groups` are the list groups that it was made of, the founding one first; a person listed alone has a
    party of their own. `hidden_from` are the persons who must never learn of it (keep apart).

    `unnamed` members are known by number alone ("3 kids"), or without their name ("FNU"), and keep a seat.
    `stated_size` is what the largest of its lists says the family is ("family size 6"), less kin told to be
    elsewhere; `perhaps_more` of those nobody names or counts. They take no seat, since such a figure often takes in
    kin who don't come: a call settles it.
    """

    id: PartyId
    members: tuple[Member, ...]
    groups: tuple[ListGroupId, ...] = ()
    kinships: tuple[Kinship, ...] = ()
    flags: tuple[PartyFlag, ...] = ()
    hidden_from: tuple[PersonId, ...] = ()
    unnamed: int = 0
    stated_size: int = 0
    perhaps_more: int = 0

    @property
    def confirmed(self) -> tuple[Member, ...]:
        """The members who take seats."""
        return tuple(member for member in self.members if member.is_confirmed)

    @property
    def principal(self) -> Member:
        """The member on whose ground the party is eligible."""
        return next(member for member in self.members if member.is_principal)
