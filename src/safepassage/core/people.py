"""The people: a listing as a source states it, and the closed vocabularies about people.

A `Listing` is never edited. What a person *is* (their category, tier, stage) is derived by later stages.
Unknown is a value of its own everywhere: a missing sex or birth date is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from safepassage.core.dates import AgeBand, PartialDate
from safepassage.core.ids import BatchId, ListGroupId, ListingId, RowId, SourceId

__all__ = ["AgeBand", "Document", "DocumentKind", "Listing", "Need", "Relation", "RowRef", "Sex"]


class Sex(StrEnum):
    """As ICAO 9303 has it, with unknown."""

    FEMALE = "f"
    MALE = "m"
    OTHER = "x"
    UNKNOWN = "u"


class Relation(StrEnum):
    """What the listed person is to the head of the list's own group (read: "is the … of the head")."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    CHILD_IN_LAW = "child-in-law"
    PARENT_IN_LAW = "parent-in-law"
    SIBLING_IN_LAW = "sibling-in-law"
    NIECE_NEPHEW = "niece-nephew"
    AUNT_UNCLE = "aunt-uncle"
    COUSIN = "cousin"
    FIANCE = "fiance"
    OTHER_RELATIVE = "other-relative"
    COLLEAGUE = "colleague"
    NOT_RELATED = "not-related"
    UNKNOWN = "unknown"


_INVERSE: dict[Relation, Relation] = {
    Relation.SPOUSE: Relation.SPOUSE,
    Relation.CHILD: Relation.PARENT,
    Relation.PARENT: Relation.CHILD,
    Relation.SIBLING: Relation.SIBLING,
    Relation.GRANDCHILD: Relation.GRANDPARENT,
    Relation.GRANDPARENT: Relation.GRANDCHILD,
    Relation.CHILD_IN_LAW: Relation.PARENT_IN_LAW,
    Relation.PARENT_IN_LAW: Relation.CHILD_IN_LAW,
    Relation.SIBLING_IN_LAW: Relation.SIBLING_IN_LAW,
    Relation.NIECE_NEPHEW: Relation.AUNT_UNCLE,
    Relation.AUNT_UNCLE: Relation.NIECE_NEPHEW,
    Relation.COUSIN: Relation.COUSIN,
    Relation.FIANCE: Relation.FIANCE,
    Relation.OTHER_RELATIVE: Relation.OTHER_RELATIVE,
    Relation.COLLEAGUE: Relation.COLLEAGUE,
    Relation.NOT_RELATED: Relation.NOT_RELATED,
}
"""If A is the … of B, then B is the … of A."""


def inverse_of(relation: Relation) -> Relation:
    """What B is to A, if A is the … of B; unknown where nothing follows (of a head, of what is not known)."""
    return _INVERSE.get(relation, Relation.UNKNOWN)


MARRIED = "married"
"""The code under which one of us notes whether somebody is married: an answer that lists leave open."""


class Need(StrEnum):
    """A specific need with a planning consequence (HUM)."""

    WHEELCHAIR = "wheelchair"
    STRETCHER = "stretcher"
    MEDICAL = "medical"
    PREGNANCY = "pregnancy"
    VISION = "vision"
    HEARING = "hearing"
    INFANT_CARE = "infant-care"
    ACCOMPANYING_ADULT = "accompanying-adult"
    """A minor or a person in need who must not move alone."""


def need_fact(need: Need) -> str:
    """The code under which one of us notes whether somebody has a need: `need-medical`."""
    return f"need-{need}"


def needs_known(stated: tuple[Need, ...], checked: Mapping[str, bool]) -> tuple[Need, ...]:
    """The needs that hold: those that lists state, but for what one of us found false, and what was found true."""
    if not checked:
        return stated
    return tuple(need for need in sorted({*stated, *Need}) if checked.get(need_fact(need), need in stated))


class DocumentKind(StrEnum):
    """The closed document vocabulary, `none` included (a stated lack is a fact too)."""

    PASSPORT = "passport"
    TAZKIRA_PAPER = "tazkira-paper"
    TAZKIRA_ELECTRONIC = "tazkira-electronic"
    NATIONAL_ID = "national-id"
    VISA = "visa"
    RESIDENCE_CARD = "residence-card"
    """A green card (A-number) or another state's residence permit."""
    CASE_NUMBER = "case-number"
    """An authority's case: SIV, refugee, asylum, embassy reference."""
    EMPLOYER_ID = "employer-id"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a source states it.

    `number` is normalised (upper case, no blanks or dashes); `written` is verbatim. `country` is the
    issuer as ISO 3166-1 alpha-3, empty if not told. `expires` may be partial.
    """

    kind: DocumentKind
    number: str
    country: str = ""
    expires: PartialDate | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where a listing comes from: the delivery, the sheet and the row (1-based, as a spreadsheet shows it)."""

    row: RowId
    batch: BatchId
    file: str
    sheet: str
    number: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One person as one row of one source states them; never edited.

    `name` is the full name as written, before any folding; `given` and `family` only where the source
    splits it. `father`, `mother`, `spouse`: their names as written. `birth` keeps its doubt (see
    `dates.PartialDate`). `phones` are E.164 where they could be read, else digits as written.
    `claims` are category codes that the source claims ("siv", "citizen", "staff" …), unchecked.
    `group` is the list's own grouping: evidence for a party, nothing more.
    """

    id: ListingId
    source: SourceId
    row: RowRef
    name: str
    group: ListGroupId | None = None
    relation: Relation = Relation.UNKNOWN
    given: str = ""
    family: str = ""
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
    """Province, district or place of stay now, as written."""
    language: str = ""
    """ISO 639-1 of the language to address them in, empty if not told."""
    claims: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    is_married: bool | None = None
    notes: str = ""
    extras: tuple[tuple[str, str], ...] = field(default=())
    """Mapped columns that have no field of their own: (column, text)."""
    is_counted: bool = False
    """Told by number alone ("3 kids"): somebody who needs a seat and whose name nobody has written.

    The matcher leaves such listings apart; only a person's judgement says which named listing is the same human.
    """
    stated_size: int = 0
    """How many the family is by the list, this person with them ("family size 6"); 0 where it is not told."""
    kin_elsewhere: int = 0
    """How many of their kin the list tells to be abroad or out already ("2 children in Germany")."""
