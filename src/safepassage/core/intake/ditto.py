# ruff: noqa: SIM905, E501  (a line is a list of words)
"""Marks that stand for the cell above: ditto signs, "do", "same as above"."""

from __future__ import annotations

import re

from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.lexicon.fold import fold_phrase

_SIGNS = re.compile(r"^[\s\-–_.]*(?:[\"“”„″〃״]|''|,,|،،|//|\\\\)[\s\-–_.]*$")
_WORDS = frozenset(
    fold_phrase(word)
    for word in (
        "do|ditto|idem|same|same as above|as above|same above|see above|id|dito|ebenso|ایضا|همان|مثل بالا|مانند بالا|"
        "قرار فوق|فوق الذکر|همدا|لکه پورته"
    ).split("|")
)
_OWN = (
    Field.NAME, Field.GIVEN, Field.MIDDLE, Field.SPOUSE, Field.DOCUMENT, Field.DOCUMENT_EXPIRY, Field.ROW_KEY,
    Field.TEXT, Field.MEMBERS, Field.BIRTH, Field.BIRTH_DAY, Field.BIRTH_MONTH, Field.BIRTH_YEAR, Field.AGE, Field.HEAD_FLAG,
    Field.IGNORE,
)  # fmt: skip
"""What is of one person alone: a mark there repeats nothing and says nothing."""


class Dittos:
    """Remembers what stands above, row by row."""

    def __init__(self, column_map: ColumnMap) -> None:
        self._columns = column_map.columns
        self._above: dict[int, str] = {}

    def written_out(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells of the next row with each mark replaced by what it stands for; nothing where that is unclear."""
        read = list(cells)
        for column in self._columns:
            if column.index >= len(read) or not read[column.index].strip():
                continue
            if is_ditto(read[column.index]):
                is_shared = column.field not in _OWN
                read[column.index] = self._above.get(column.index, "") if is_shared else ""
            else:
                self._above[column.index] = read[column.index]
        return tuple(read)


def is_ditto(cell: str) -> bool:
    """Whether a cell says nothing but "as above"."""
    return bool(_SIGNS.match(cell)) or (len(cell) <= 20 and fold_phrase(cell) in _WORDS)
