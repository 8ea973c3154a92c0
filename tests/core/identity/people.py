"""Invented families in several lists, for the tests of identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from safepassage.core.identity import Judgement, JudgementVerdict, Resolution, resolve
from safepassage.core.ids import ListingId
from safepassage.core.people import Document, DocumentKind, Listing, Relation, Sex
from tests.cast import born, listing

NOON = datetime(2021, 8, 20, 12, tzinfo=UTC)


def judged(left: Listing, right: Listing, verdict: JudgementVerdict, *, hour: int = 12) -> Judgement:
    """A judgement of the adjudicator."""
    return Judgement(left.id, right.id, verdict, by="adjudicator", at=NOON.replace(hour=hour))


def passport(person: Listing, number: str, country: str = "AFG") -> Listing:
    """The listing with a passport."""
    return replace(person, documents=(Document(DocumentKind.PASSPORT, number, country),))


def phoned(person: Listing, *numbers: str) -> Listing:
    """The listing with phones."""
    return replace(person, phones=numbers)


def one_of(found: Resolution, *listings: Listing) -> bool:
    """Whether all these listings are in one cluster."""
    ids = {person.id for person in listings}
    return any(ids <= set(cluster) for cluster in found.clusters)


def crowd(count: int = 60) -> tuple[Listing, ...]:
    """Lone people whose names are nobody else's, so that rarity means something."""
    first = ("Tarmo", "Pelkin", "Ostrav", "Birgun", "Welmar", "Dinsta", "Kolper", "Fasrun", "Gintek", "Yorbal")
    last = ("Musterov", "Probanik", "Testlund", "Specimo", "Exemplik", "Beispelt")
    return tuple(
        listing(
            f"CROWD{at:03d}",
            f"{first[at % 10]} {last[at // 10 % 6]}",
            source=("S-EMBASSY", "S-NGO", "S-VOLUNTEERS")[at % 3],
            sex=(Sex.MALE, Sex.FEMALE)[at % 2],
            birth=born(1950 + at % 50, 1 + at % 12, 2 + at % 27),
            father=first[(at * 3 + 1) % 10],
        )
        for at in range(count)
    )


def found_in(people: Sequence[Listing]) -> Resolution:
    """Resolves among the crowd."""
    return resolve([*people, *crowd()])


SADAF, MARJAN = (
    listing(
        key,
        name,
        group="G-TWINS",
        relation=Relation.CHILD,
        father="Yunus Exemplar",
        sex=Sex.FEMALE,
        birth=born(2008, 3, 9),
    )
    for key, name in (("SADAF", "Sadaf Exemplar"), ("MARJAN", "Marjan Exemplar"))
)
BROTHERS = tuple(
    listing(
        f"BROTHER{at}",
        f"{name} Testani",
        group="G-BROTHERS",
        relation=Relation.SIBLING,
        father="Ghafar",
        sex=Sex.MALE,
        birth=born(1980 + 3 * at, 5, 14 + at),
    )
    for at, name in enumerate(("Karim", "Rahim", "Salim"))
)


def id_of(text: str) -> ListingId:
    """A listing id."""
    return ListingId(text)
