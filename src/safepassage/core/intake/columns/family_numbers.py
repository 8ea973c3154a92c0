"""Finds the number of the family where it is written once: 1, blank, blank, 2, blank … beside names on every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from safepassage.core.intake.column_map import ColumnChoice, Field
from safepassage.core.intake.column_reasons import ColumnReason
from safepassage.core.intake.columns.evidence import Evidence
from safepassage.core.intake.written_once import is_counting, stands_once

_NAMES = (Field.NAME, Field.GIVEN, Field.DOCUMENT)
_LEAST = 3
_OPENING = 0.4
"""Share of the numbers that stand above a blank. Less, and somebody forgot to number a few rows."""


def find_family_numbers(
    choices: Sequence[ColumnChoice], rows: Sequence[Sequence[str]], weights: Sequence[Evidence]
) -> list[ColumnChoice]:
    """The choices; where nothing groups the people, a running number with gaps beside names numbers their families.

    Args:
        choices: What each column is held to hold.
        rows: The cells of each row below the header.
        weights: What the cells of each column look like.
    """
    own = [choice for choice in choices if choice.field in _NAMES and choice.member == 0]
    grouped = any(choice.field in (Field.GROUP, Field.PARENT_KEY) for choice in choices)
    if not own or grouped:
        return list(choices)
    people = [row for row in rows if any(_cell(row, choice.index) for choice in own)]
    for choice in choices:
        if choice.field not in (Field.ROW_KEY, Field.EXTRA) or weights[choice.index].share("number") < 1:
            continue
        numbers = [_cell(row, choice.index) for row in people]
        if _numbers_families(numbers):
            reason = ColumnReason.NUMBERED_ONCE.sentence
            found = replace(choice, field=Field.GROUP, confidence=0.7, reason=reason)
            return [found if one is choice else one for one in choices]
    return list(choices)


def _numbers_families(numbers: Sequence[str]) -> bool:
    stated = sum(map(bool, numbers))
    opening = sum(bool(here) and not below for here, below in pairwise(numbers))
    return (
        stated >= _LEAST
        and opening >= _OPENING * stated
        and is_counting(numbers)
        and stands_once(numbers, [False] * len(numbers), is_said=False)
    )


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""
