"""The list groups of one family and everybody whom they state, before it is settled who takes a seat."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from safepassage.core.ids import ListGroupId, PartyId, PersonId
from safepassage.core.people import Listing, Relation

_CLOSE = (Relation.HEAD, Relation.SPOUSE, Relation.CHILD)


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody whom the list groups of one family state; `groups` has the founding one first."""

    id: PartyId
    groups: tuple[ListGroupId, ...]
    stated: Mapping[ListGroupId, Mapping[PersonId, Listing]]
    confirmations: Set[tuple[str, PersonId]]
    adults: Mapping[PersonId, PersonId]
    on: date
    alone: PersonId | None = None
    alone_stated: tuple[Listing, ...] = ()
    founders: tuple[ListGroupId, ...] = ()
    """Where somebody said that several families are one household: the founding group of each, so that whoever had a
    seat keeps it and nobody gains one."""
    parts: tuple[tuple[ListGroupId, ...], ...] = ()
    """The groups of each of these families."""
    also: tuple[PartyId, ...] = ()
    """Ids that its groups have as parties of their own: a member confirmed there stays confirmed."""
    relations: Mapping[tuple[PersonId, PersonId], Relation] = field(default_factory=dict)
    """What one of us said that a person is to another."""

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Members in the order of statement."""
        if self.alone is not None:
            return (self.alone,)
        return tuple(dict.fromkeys(person for group in self.groups for person in self.stated[group]))

    @property
    def all_stated(self) -> tuple[Listing, ...]:
        """Every listing of the family."""
        return self.alone_stated or tuple(x for group in self.groups for x in self.stated[group].values())

    @property
    def list_groups(self) -> tuple[ListGroupId, ...]:
        """The groups that lists state: without lone listings, each of which stands in as a group under its own id."""
        return tuple(g for g in self.groups if all(x.id != str(g) for x in self.stated[g].values()))

    def attested_by(self, person: PersonId) -> tuple[ListGroupId, ...]:
        """The groups that state this person."""
        return tuple(group for group in self.groups if person in self.stated[group])

    def listings_of(self, person: PersonId) -> tuple[Listing, ...]:
        """The listings by which they state this person."""
        return tuple(self.stated[group][person] for group in self.attested_by(person))

    def is_confirmed_by_hand(self, person: PersonId) -> bool:
        """Whether somebody confirmed this member."""
        return any((str(where), person) in self.confirmations for where in (self.id, *self.groups, *self.also))

    def is_seated(self, person: PersonId) -> bool:
        """Whether the lists alone make a confirmed member: a founding group, or lists of two sources."""
        attested = self.attested_by(person)
        sources = {listing.source for listing in self.listings_of(person)}
        founders = self.founders or self.groups[:1]
        return self.alone == person or any(group in attested for group in founders) or len(sources) >= 2

    def has_two_heads(self, people: Collection[PersonId]) -> bool:
        """Whether lists tell of two heads among these people; not where somebody said that both are one household."""
        return any(
            sum(
                any(g in part and self.stated[g][person].relation is Relation.HEAD for g in self.attested_by(person))
                for person in people
            )
            > 1
            for part in self.parts or (self.groups,)
        )

    def claim_on(self, person: PersonId) -> tuple[bool, int, bool, int]:
        """Orders the parties of one person: confirmed by hand, most attested, close kin, smallest."""
        is_close = any(listing.relation in _CLOSE for listing in self.listings_of(person))
        attested = len(self.attested_by(person))
        return (not self.is_confirmed_by_hand(person), -attested, not is_close, len(self.people))
