"""What lists contradict each other in, about whom, and what each row says: grouped by kind of contradiction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.apps.intake.selectors import listings_by_id, source_names
from safepassage.apps.registry.answers import judgements_on
from safepassage.apps.registry.seen import LIST_WITHDRAWN, alarms_seen
from safepassage.apps.registry.selectors import persons_by_id, persons_of_listings
from safepassage.core.dates import format_brief
from safepassage.core.identity import AlarmCode, Person
from safepassage.core.ids import ListingId, PersonId
from safepassage.core.people import DocumentKind, Listing

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account

SHOWN = 20
"""Cases shown of one kind; the others come up when these are settled."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What one row says; `sex` is a code, everything else a text as stated."""

    text: str
    sex: str
    source: str
    where: str


@dataclass(frozen=True, slots=True)
class Case:
    """One contradiction: about whom, and who says what."""

    persons: tuple[PersonId, ...]
    names: tuple[str, ...]
    """None for whoever may see no persons."""
    sayings: tuple[Saying, ...]
    judgements: tuple[tuple[str, str, str, str], ...]
    """(verdict, by, left, right) of judgements between these listings."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """All contradictions of one kind."""

    code: str
    cases: tuple[Case, ...]
    more: int


def contradictions_of(account: Account) -> tuple[Contradiction, ...]:
    """What the last run found to contradict, by kind, as far as the reader may know. Cost: ten queries for all."""
    by_code: dict[str, list[list[ListingId]]] = {}
    for alarm in alarms_seen(account.username):
        by_code.setdefault(alarm["code"], []).append([ListingId(key) for key in alarm["listings"]])
    ids = {key for cases in by_code.values() for case in cases[:SHOWN] for key in case}
    listings, person_of, sources = listings_by_id(ids), persons_of_listings(ids), source_names()
    persons, is_hidden = persons_by_id(person_of.values()), not account.may("person.see")

    def case_of(code: str, keys: Sequence[ListingId]) -> Case:
        about = tuple(dict.fromkeys(person_of[key] for key in keys if key in person_of))
        known = [listings[key] for key in keys if key in listings]
        return Case(
            persons=about,
            names=() if is_hidden else tuple(_name(persons.get(one)) for one in about),
            sayings=() if is_hidden else tuple(_saying(code, one, sources) for one in known),
            judgements=_judgements(keys) if code in JUDGED else (),
        )

    return tuple(
        Contradiction(code, tuple(case_of(code, keys) for keys in cases[:SHOWN]), max(0, len(cases) - SHOWN))
        for code, cases in by_code.items()
    )


JUDGED = frozenset(
    {
        AlarmCode.JUDGEMENTS_CONTRADICT.value,
        AlarmCode.KEPT_APART_LINKED.value,
        AlarmCode.JUDGED_LISTING_MISSING.value,
        LIST_WITHDRAWN,
    }
)


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _judgements(keys: Sequence[ListingId]) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((one.verdict, one.by, one.left, one.right) for one in judgements_on(keys))


def _saying(code: str, listing: Listing, sources: Mapping[str, str]) -> Saying:
    row = listing.row
    sheet = f", {row.sheet}" if row.sheet else ""
    text = {
        AlarmCode.TWO_SEXES.value: listing.name,
        AlarmCode.TWO_VALID_PASSPORTS.value: ", ".join(
            " ".join(filter(None, (one.number, one.country)))
            for one in listing.documents
            if one.kind is DocumentKind.PASSPORT
        ),
        AlarmCode.BIRTHS_FAR_APART.value: format_brief(listing.birth) if listing.birth else "",
    }.get(code, listing.name)
    return Saying(
        text=text,
        sex=listing.sex.value if code == AlarmCode.TWO_SEXES.value else "",
        source=sources.get(listing.source, listing.source),
        where=f"{row.file}{sheet}, {row.number}",
    )
