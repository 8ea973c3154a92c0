"""Families told by where things stand: a number written once (1, blank, blank, 2), heads and others apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from safepassage.core.intake.column_map import ColumnChoice, Field
from safepassage.core.intake.column_reasons import ColumnReason
from safepassage.core.intake.columns.evidence import Evidence, latin_digits
from safepassage.core.intake.written_once import is_counting, stands_once

_NAMES = (Field.NAME, Field.GIVEN, Field.DOCUMENT)
_BESIDE = (Field.MEMBERS, Field.FAMILY, Field.GIVEN)
_SEVERAL = re.compile(r"[,;،؛/|\n]")
_MOSTLY_NAMES = 0.8
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
    # a total below the people has a word in this column, and a figure for a name
    people = [row for row in rows if any(_has_letters(_cell(row, choice.index)) for choice in own)]
    for choice in choices:
        evidence = weights[choice.index]
        words = round(evidence.filled * (1 - evidence.share("number")))
        if (
            choice.field not in (Field.ROW_KEY, Field.EXTRA)
            or not evidence.filled
            or words > 1 + evidence.filled / 10
        ):
            continue
        numbers = [_cell(row, choice.index) for row in people]
        if all(latin_digits(number).isdecimal() for number in numbers if number) and _numbers_families(numbers):
            reason = ColumnReason.NUMBERED_ONCE.sentence
            found = replace(choice, field=Field.GROUP, confidence=0.7, reason=reason)
            return [found if one is choice else one for one in choices]
    return list(choices)


def find_names_apart(
    choices: Sequence[ColumnChoice], rows: Sequence[Sequence[str]], weights: Sequence[Evidence]
) -> list[ColumnChoice]:
    """The choices; where heads stand in one column and their family in the next, a row each, both columns name.

    Args:
        choices: What each column is held to hold.
        rows: The cells of each row below the header.
        weights: What the cells of each column look like.
    """
    names = [choice for choice in choices if choice.field is Field.NAME and choice.member == 0]
    heads = [at for at, row in enumerate(rows) if any(_cell(row, choice.index) for choice in names)]
    found = list(choices)
    for choice in choices if heads else ():
        if choice.field not in _BESIDE or choice.member or weights[choice.index].share("name") < _MOSTLY_NAMES:
            continue
        filled = [at for at, row in enumerate(rows) if _cell(row, choice.index)]
        is_one_each = not any(_SEVERAL.search(_cell(rows[at], choice.index)) for at in filled)
        if len(filled) >= _LEAST and is_one_each and _are_apart(heads, filled):
            reason = ColumnReason.NAMES_APART.sentence
            found[found.index(choice)] = replace(choice, field=Field.NAME, confidence=0.8, reason=reason)
    return found


def _are_apart(heads: Sequence[int], others: Sequence[int]) -> bool:
    """Whether no row has both, and the others begin below a head."""
    return not set(heads) & set(others) and heads[0] < others[0]


def _numbers_families(numbers: Sequence[str]) -> bool:
    stated = sum(map(bool, numbers))
    opening = sum(bool(here) and not below for here, below in pairwise(numbers))
    return (
        stated >= _LEAST
        and opening >= _OPENING * stated
        and is_counting(numbers)
        and stands_once(numbers, [False] * len(numbers), is_said=False)
    )


def _has_letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""
