"""The best-known facts of each person, with the listing that each was taken from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import combinations
from typing import Any, TypeVar

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.identity.people import Person
from safepassage.core.identity.spelling import is_arabic, names_another, words_of
from safepassage.core.ids import ListingId, PersonId, SourceId
from safepassage.core.names import similarity, without_placeholders
from safepassage.core.people import Document, DocumentKind, Listing, Sex

_T = TypeVar("_T", bound=Hashable)
_ANOTHER_NAME = 0.5
"""Likeness below which two names of a father are those of two men."""
_COMPARED = 8
"""So many spellings are held against each other: who has more is looked at anyhow."""
_EXACTNESS = {Precision.DAY: 3, Precision.MONTH: 2, Precision.YEAR: 1, Precision.AGE: 0}


def derive_persons(
    listings: Sequence[Listing],
    person_of: Mapping[ListingId, PersonId],
    *,
    trust: Mapping[SourceId, int] | None = None,
) -> tuple[Person, ...]:
    """One `Person` for each id that a listing is of, sorted by id; nothing unknown is guessed.

    `trust`: how far each source is believed; a source that isn't there is believed least. The order in which listings
    are given changes nothing.

    Raises:
        KeyError: if a listing has no person.
    """
    members: dict[PersonId, list[Listing]] = {}
    for listing in sorted(listings, key=lambda listing: listing.id):
        members.setdefault(person_of[listing.id], []).append(listing)
    return tuple(_person(person, members[person], trust or {}) for person in sorted(members))


class _Chooser:
    """Chooses facts and notes where each came from and what the listings disagree on."""

    def __init__(self, members: Sequence[Listing], trust: Mapping[SourceId, int]) -> None:
        self.members = members
        self.trust = trust
        self.origins: list[tuple[str, ListingId]] = []
        self.doubts: list[str] = []

    def most_stated(self, field: str, unknown: _T, *, is_doubt: bool = True) -> _T:
        """The value that most listings state; on a tie the one of the first listing."""
        stated: list[tuple[_T, ListingId]] = [
            (value, member.id) for member in self.members if (value := getattr(member, field)) != unknown
        ]
        if not stated:
            return unknown
        counts = Counter(value for value, _ in stated)
        most = max(counts.values())
        best, origin = next((value, origin) for value, origin in stated if counts[value] == most)
        if is_doubt and len(counts) > 1:
            self.doubts.append(field)
        self.origins.append((field, origin))
        return best

    def fullest(self, field: str, keep: Callable[[str], bool]) -> str:
        """The spelling by which they are known at a counter: that beside a passport, then of the most trusted source.

        A single word gives way to a whole name. Among equals: most words, then the most frequent, then the longest.
        """
        stated = [(without_placeholders(str(getattr(member, field))), member) for member in self.members]
        stated = [(text, member) for text, member in stated if text and keep(text)]
        if not stated:
            return ""
        counts = Counter(text for text, _ in stated)

        def weight(pair: tuple[str, Listing]) -> tuple[Any, ...]:
            text, member = pair
            words = len(words_of(text))
            sure = (words > 1, _states_passport(member), self.trust.get(member.source, 0))
            return (*sure, words, counts[text], len(text), text)

        best, origin = max(stated, key=weight)
        self.origins.append((field, origin.id))
        return best

    def relative(self, field: str) -> str:
        """The name of a relative, the fullest; a doubt if two listings name two people."""
        best = self.fullest(field, lambda _text: True)
        stated = sorted({without_placeholders(str(getattr(member, field))) for member in self.members} - {""})
        if any(similarity(one, other).score < _ANOTHER_NAME for one, other in combinations(stated[:_COMPARED], 2)):
            self.doubts.append(field)
        return best

    def birth(self) -> PartialDate | None:
        """The most exact date, then the one that most listings allow."""
        stated = [(member.birth, member.id) for member in self.members if member.birth is not None]
        if not stated:
            return None
        if any(not one.can_equal(other) for (one, _), (other, _) in combinations(stated, 2)):
            self.doubts.append("birth")
        best, origin = max(
            stated,
            key=lambda pair: (
                not pair[0].is_weak,
                _EXACTNESS[pair[0].precision],
                sum(pair[0].can_equal(other) for other, _ in stated),
                -len(pair[0].readings),
            ),
        )
        self.origins.append(("birth", origin))
        return best


def _states_passport(listing: Listing) -> bool:
    return any(document.kind is DocumentKind.PASSPORT and document.number for document in listing.documents)


def _person(person: PersonId, members: Sequence[Listing], trust: Mapping[SourceId, int]) -> Person:
    choose = _Chooser(members, trust)
    names = Counter(filter(None, (without_placeholders(member.name) for member in members if member.name)))
    arabic = sum(count for name, count in names.items() if is_arabic(name))
    is_mostly_arabic = arabic * 2 > sum(names.values())
    real = [name for name in names if not names_another(name)]
    latin = choose.fullest("name", lambda name: not is_arabic(name) and not names_another(name))
    eastern = choose.fullest("name", lambda name: is_arabic(name) and not names_another(name))
    name = (eastern or latin if is_mostly_arabic else latin or eastern) or next(iter(sorted(names)), "")
    return Person(
        id=person,
        listings=tuple(member.id for member in members),
        sources=tuple(sorted({member.source for member in members})),
        groups=tuple(sorted({member.group for member in members if member.group})),
        name=name,
        name_latin=latin,
        name_arabic=eastern,
        other_names=tuple(sorted(set(real) - {name, latin, eastern})),
        father=choose.relative("father"),
        mother=choose.relative("mother"),
        spouse=choose.relative("spouse"),
        sex=choose.most_stated("sex", Sex.UNKNOWN),
        birth=choose.birth(),
        birth_place=choose.most_stated("birth_place", "", is_doubt=False),
        nationality=choose.most_stated("nationality", ""),
        documents=_documents(members),
        phones=_by_frequency([phone for member in members for phone in member.phones]),
        email=choose.most_stated("email", "", is_doubt=False),
        place=choose.most_stated("place", "", is_doubt=False),
        language=choose.most_stated("language", "", is_doubt=False),
        claims=tuple(sorted({claim for member in members for claim in member.claims})),
        needs=tuple(sorted({need for member in members for need in member.needs})),
        is_married=choose.most_stated("is_married", None),
        origins=tuple(choose.origins),
        doubts=tuple(choose.doubts),
    )


def _documents(members: Sequence[Listing]) -> tuple[Document, ...]:
    """Each number once, the fuller statement before the bare one; "none" only if there is no other."""
    best: dict[tuple[DocumentKind, str], Document] = {}
    for member in members:
        for document in member.documents:
            key = (document.kind, document.number)
            old = best.get(key)
            if old is None or (document.expires is not None, document.country) > (
                old.expires is not None,
                old.country,
            ):
                best[key] = document
    real = {key: document for key, document in best.items() if document.kind is not DocumentKind.NONE}
    return tuple((real or best)[key] for key in sorted(real or best))


def _by_frequency(values: Sequence[str]) -> tuple[str, ...]:
    counts = Counter(values)
    return tuple(sorted(counts, key=lambda value: (-counts[value], value)))
