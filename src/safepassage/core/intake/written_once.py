"""A family number on the first row of its family only: the rows below it, left blank, are of that family."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from safepassage.core.intake.columns.evidence import latin_digits

_FORGOTTEN = 0.1
"""Blank cells for each filled one up to which they are held to be forgotten."""
_FEW = 0.2
_COUNTING = 0.9
"""Share of the steps from one number to the next that are +1 in a column that counts its families."""


def leaves_blanks(*, stated: int, blank: int) -> bool:
    """Whether so many blanks stand among so many numbers that it may be written once for each family.

    The first half of the question, before anybody is known to be a head: where hardly a cell is blank, it was only
    forgotten, and a number that no two rows share is one of each person. `stands_once` decides the other half.
    """
    return blank > _FORGOTTEN * stated


def stands_once(numbers: Sequence[str], heads: Sequence[bool], *, is_said: bool) -> bool:
    """Whether a blank means "as above" and not "of no family".

    Args:
        numbers: What each row of people states, in the order of the list; empty where it states nothing.
        heads: Whether the row's person is said to be the head of a family.
        is_said: Whether a person said that this column holds the number of the family: then it is enough that
            most families have theirs once; else nearly all must, the first row among them, and hardly any head
            may lack one.
    """
    runs = [(value, len(list(rows))) for value, rows in groupby(numbers)]
    once = sum(bool(value) and size == 1 and not after for (value, size), (after, _) in pairwise(runs))
    again = sum(bool(value) and size > 1 for value, size in runs)
    if not is_counting(numbers):
        stated = [value for value, _ in runs if value]
        again += len(stated) - len(set(stated))
    if is_said:
        return once > 0 and once >= again
    lacking = sum(is_head and not number for number, is_head in zip(numbers, heads, strict=True))
    return once > 0 and bool(numbers[0]) and again <= _FEW * (once + again) and lacking <= _FEW * sum(heads)


def number_sections(numbers: Sequence[str]) -> list[int]:
    """For each row the section that it stands in: a list may count 1, 2, 3 … anew for each place or page.

    A number that returns alone, out of the count, is of the family that it had before: a member who was added late.
    """
    if not is_counting(numbers):
        return [0] * len(numbers)
    places = [at for at, value in enumerate(numbers) if value]
    following = dict(pairwise(places))
    sections, section = [], 0
    for at, value in enumerate(numbers):
        after = numbers[following[at]] if at in following else ""
        is_first = bool(value) and _as_int(value) == 1 and at > places[0] and numbers[at - 1] != value
        section += is_first and _as_int(after) in (1, 2)
        sections.append(section)
    return sections


def is_counting(numbers: Sequence[str]) -> bool:
    """Whether the stated values count 1, 2, 3 …, perhaps anew in each section."""
    stated = [_as_int(value) for value in numbers if value]
    steps = [b is not None and a is not None and (b == a + 1 or b == 1) for a, b in pairwise(stated)]
    return bool(steps) and stated[0] is not None and sum(steps) >= _COUNTING * len(steps)


def _as_int(text: str) -> int | None:
    plain = latin_digits(text).strip(" .)#")
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 7 else None
