"""What a row says of each person in it: one statement for each cell, before any value is read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from safepassage.core.intake.coded import SAYS_NOTHING, meaning_of
from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.marks import without_marks
from safepassage.core.people import DocumentKind, Relation


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One cell: what it holds, its header, its text, and what the header adds (kind of document, need, category)."""

    field: Field
    header: str
    text: str
    document: DocumentKind | None = dataclasses.field(default=None, compare=False)
    code: str = dataclasses.field(default="", compare=False)
    confidence: float = dataclasses.field(default=1.0, compare=False)
    written: str = dataclasses.field(default="", compare=False)
    """What the cell holds, where a person said that it means `text`."""

    def __post_init__(self) -> None:
        """Takes out what would turn or hide the text on a screen: all that a listing states comes by here."""
        for name in ("header", "text", "written"):
            object.__setattr__(self, name, without_marks(getattr(self, name)))


@dataclass(slots=True)
class PersonFacts:
    """All that a row says of one person; `member` is 0 for the row's own person."""

    said: list[Said]
    member: int = 0
    relation: Relation = Relation.UNKNOWN
    inherited: list[Said] = dataclasses.field(default_factory=list)
    """What the household or the family line says of everyone in it."""
    kin_without_name: str = ""
    """The header under which kin of this person are told but not named."""
    kin_in_notes: str = ""
    """The header of a note that speaks of kin of this person who have no row."""
    need_of_kin: str = ""
    """The header of a note that tells of a need of one of several kin."""
    noted_size: int = 0
    """How many the family is with them; 0 where no note speaks of any."""
    elsewhere: int = 0
    """How many kin of this person are told to be abroad or out already."""
    is_counted: bool = False
    """Whether the row only counts this person among others: "3 kids"."""
    cell: str = ""
    """The header of the cell that lists this person among others."""

    def first(self, *fields: Field) -> str:
        """The first text of one of these fields, stripped; empty if there is none."""
        return next((one.text.strip() for one in self.said if one.field in fields), "")

    def all(self, *fields: Field) -> list[Said]:
        """The statements of these fields, in an order that does not depend on the order of columns."""
        return sorted((one for one in self.said if one.field in fields), key=lambda one: (-one.confidence, one))

    def has(self, *fields: Field) -> bool:
        """Whether anything is said of these fields."""
        return any(one.field in fields for one in self.said)


def gather_row(cells: tuple[str, ...], column_map: ColumnMap) -> list[PersonFacts]:
    """The people that a row speaks of, its own person first, then its members by number; empty cells say nothing."""
    people: dict[int, PersonFacts] = {0: PersonFacts([])}
    for column in column_map.columns:
        text = cells[column.index] if column.index < len(cells) else ""
        if not text.strip() or column.field is Field.IGNORE:
            continue
        person = people.setdefault(column.member, PersonFacts([], column.member))
        if column.member and person.relation is Relation.UNKNOWN:
            person.relation = column.relation
        meant = meaning_of(text, column)
        if meant == SAYS_NOTHING:
            person.said.append(Said(Field.EXTRA, column.header, text))
            continue
        said = Said(column.field, column.header, meant or text, column.document, column.code, column.confidence)
        person.said.append(dataclasses.replace(said, written=text) if meant else said)
    return [people[member] for member in sorted(people)]


def only(said: Iterable[Said], *fields: Field) -> list[Said]:
    """Those statements that are of these fields."""
    return [one for one in said if one.field in fields]
