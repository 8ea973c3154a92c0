"""The families between which somebody has to be placed: who they are, how many, which lists say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from safepassage.apps.console.selectors.affected import Affected, affected_by
from safepassage.apps.console.selectors.parties import PartyLine, party_lines
from safepassage.apps.intake.selectors import source_names
from safepassage.apps.registry.selectors import parties_of_persons, persons_by_id
from safepassage.core.identity import Member, Person, ReviewKind
from safepassage.core.ids import ListGroupId, ListingId, PartyId, PersonId

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account
    from safepassage.apps.console.selectors.questions import ListingCard, QuestionCard

SHOWN = 12


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """One member, without a name where the reader may not know it."""

    member: Member
    person: Person | None


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """One family that somebody may travel with; `key` is the key that chooses it."""

    person: PersonId
    line: PartyLine
    members: tuple[FamilyMember, ...]
    sources: tuple[str, ...]
    groups: tuple[ListGroupId, ...]
    """The list groups that say that the person belongs here."""
    key: str

    @property
    def attesting(self) -> int:
        """How many list groups say that the person belongs here."""
        return len(self.groups)

    @property
    def more(self) -> int:
        """Members that are not shown."""
        return len(self.line.party.members) - len(self.members)


def _in_order(members: Sequence[Member], asked: frozenset[PersonId]) -> list[Member]:
    """The head first, then whoever is asked about, then who is confirmed."""
    return sorted(members, key=lambda one: (not one.is_principal, one.person not in asked, not one.is_confirmed))


def family_cards(persons: Iterable[PersonId], account: Account) -> tuple[FamilyCard, ...]:
    """The families of each of these persons who stands in several; names only where the reader may see them."""
    return _cards({person: found for person, found in parties_of_persons(persons).items() if len(found) > 1}, account)


def household_cards(persons: Iterable[PersonId], account: Account) -> tuple[FamilyCard, ...]:
    """The parties of these persons, each once; names only where the reader may see them."""
    wanted: dict[PersonId, tuple[PartyId, ...]] = {}
    seen: set[PartyId] = set()
    for person, found in parties_of_persons(persons).items():
        wanted[person] = tuple(party for party in found if party not in seen)
        seen.update(found)
    return _cards(wanted, account)


def _cards(wanted: Mapping[PersonId, Sequence[PartyId]], account: Account) -> tuple[FamilyCard, ...]:
    ids = list(dict.fromkeys(party for found in wanted.values() for party in found))
    lines = {line.party.id: line for line in party_lines(ids, account)}
    shown = {party: _in_order(line.party.members, frozenset(wanted))[:SHOWN] for party, line in lines.items()}
    people = persons_by_id(one.person for members in shown.values() for one in members)
    names = source_names()
    cards: list[FamilyCard] = []
    for person, found in wanted.items():
        for line in (lines[party] for party in found if party in lines):
            known = [people[one.person] for one in shown[line.party.id] if one.person in people]
            attested = next((one.attested_by for one in line.party.members if one.person == person), ())
            cards.append(
                FamilyCard(
                    person=person,
                    line=line,
                    members=tuple(
                        FamilyMember(one, None if line.is_hidden else people.get(one.person))
                        for one in shown[line.party.id]
                    ),
                    sources=tuple(sorted({names.get(key, key) for one in known for key in one.sources})),
                    groups=tuple(attested),
                    key=str(len(cards) + 1) if len(cards) < 9 else "",
                )
            )
    return tuple(cards)


def committed_of(card: QuestionCard, families: Sequence[FamilyCard]) -> tuple[Affected, ...]:
    """Who makes it two people's answer: whoever is asked about; of a household everybody whose party it changes."""
    if card.review.kind is not ReviewKind.SAME_HOUSEHOLD:
        return card.committed
    asked = [one.person for one in card.affected]
    beside = [one.person for family in families if not family.line.is_hidden for one in family.line.party.members]
    return tuple(one for one in affected_by([*asked, *beside]) if one.is_committed)


def apart_by_family(
    cards: Sequence[ListingCard], families: Sequence[FamilyCard]
) -> list[tuple[ListingId, ListingId]]:
    """The pairs of listings of one person that lists tell in two of these families; none where one list tells all."""
    told = [
        [card.listing.id for card in cards if card.person == family.person and card.listing.group in family.groups]
        for family in families
    ]
    pairs = {
        (min(one, other), max(one, other))
        for (at, here), (to, there) in combinations(enumerate(told), 2)
        if families[at].person == families[to].person
        for one in here
        for other in there
        if one != other
    }
    return sorted(pairs)
