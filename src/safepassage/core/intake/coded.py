"""Columns of closed words: which words of theirs nobody has taught the program, and what a person said they mean.

A value is never changed: the row keeps it as it is written. A meaning that a person gave (`ColumnChoice.values`) is
what is read in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from safepassage.core.intake.codes import Outcome
from safepassage.core.intake.column_map import ColumnChoice, ColumnMap, Field
from safepassage.core.intake.ditto import is_ditto
from safepassage.core.intake.lexicon.cells import (
    read_claims,
    read_flag,
    read_language,
    read_married,
    read_needs,
    read_relation,
    read_sex,
)
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.lexicon.values import CLAIMS, LANGUAGES, NOTHING, OTHER_CLAIM
from safepassage.core.intake.values import SourceRow
from safepassage.core.people import Need, Relation, Sex

SAYS_NOTHING = "-"
"""The meaning of a value that is to be read as if the cell were blank."""
MEANINGS: Mapping[Field, tuple[str, ...]] = {
    Field.CLAIM: tuple(dict.fromkeys(CLAIMS.values())),
    Field.NEED: tuple(need.value for need in Need if need is not Need.ACCOMPANYING_ADULT),
    Field.RELATION: tuple(one.value for one in Relation if one is not Relation.UNKNOWN),
    Field.SEX: tuple(one.value for one in Sex if one is not Sex.UNKNOWN),
    Field.MARITAL: ("married", "single"),
    Field.LANGUAGE: tuple(sorted(set(LANGUAGES.values()))),
}
"""The fields of closed words, and the codes that a value of each can mean."""
_UNDERSTANDS: Mapping[Field, Callable[[str], bool]] = {
    Field.CLAIM: lambda text: read_claims(text) != (OTHER_CLAIM,) or fold_phrase(text) == OTHER_CLAIM,
    Field.NEED: lambda text: bool(read_needs(text)) or read_flag(text) is not None,
    Field.RELATION: lambda text: read_relation(text) is not None,
    Field.SEX: lambda text: read_sex(text) is not None,
    Field.MARITAL: lambda text: read_married(text) is not None,
    Field.LANGUAGE: lambda text: bool(read_language(text)),
}


@dataclass(frozen=True, slots=True)
class UnknownValues:
    """The values of one column that nobody understands, the most frequent first: cells of a list, personal data."""

    sheet: str
    column: str
    field: Field
    values: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Cells in all."""
        return sum(count for _, count in self.values)


def find_unknown_values(maps: Iterable[ColumnMap], rows: Iterable[SourceRow]) -> tuple[UnknownValues, ...]:
    """What stands in columns of closed words and is none of them, over the rows that name people.

    Args:
        maps: How the columns of each sheet are read.
        rows: The rows, verbatim.
    """
    columns = {one.sheet: [column for column in one.columns if _is_coded(column)] for one in maps}
    found: dict[tuple[str, int], Counter[str]] = {}
    for row in rows:
        for column in columns.get(row.sheet, ()) if row.outcome is Outcome.LISTINGS else ():
            text = row.cells[column.index].strip() if column.index < len(row.cells) else ""
            if text and not _is_understood(text, column):
                found.setdefault((row.sheet, column.index), Counter())[text] += 1
    return tuple(
        UnknownValues(sheet, column.header, column.field, _most_first(found[sheet, column.index]))
        for sheet, coded in columns.items()
        for column in coded
        if (sheet, column.index) in found
    )


def meaning_of(text: str, column: ColumnChoice) -> str:
    """What a person said that this value means; empty if nobody said."""
    if not column.values:
        return ""
    phrase = fold_phrase(text)
    return next((code for value, code in column.values if fold_phrase(value) == phrase), "")


def _is_coded(column: ColumnChoice) -> bool:
    return column.field in MEANINGS and not column.code


def _is_understood(text: str, column: ColumnChoice) -> bool:
    phrase = fold_phrase(text)
    if not phrase or phrase in NOTHING or is_ditto(text) or meaning_of(text, column):
        return True
    return _UNDERSTANDS[column.field](text)


def _most_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
