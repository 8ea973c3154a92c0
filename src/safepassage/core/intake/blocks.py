"""Families told apart by nothing but blank rows between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from safepassage.core.intake.build import Draft
from safepassage.core.intake.left_blank import kin_words
from safepassage.core.people import Relation

_LARGEST = 15
"""More people between two blank rows are a page, not a family."""


def group_blocks(rows: Sequence[Sequence[Draft]], breaks: Collection[int]) -> None:
    """Makes a group of each block of rows between blank ones, if most blocks look like families.

    They do if there are two blocks or more, none is too large, and in at least half of those with several people two
    of them share a name: the surname, or one's name is the other's father's.
    """
    blocks = [block for block in _blocks(rows, breaks) if block]
    several = [block for block in blocks if len(block) > 1]
    people = [draft for block in blocks for draft in block]
    if len(blocks) < 2 or not several or max(map(len, blocks)) > _LARGEST or any(one.group for one in people):
        return
    if 2 * sum(_is_related(block) for block in several) < len(several):
        return
    for number, block in enumerate(blocks, 1):
        for draft in block if len(block) > 1 else ():
            draft.group = f"between blanks {number}"
            draft.relation = Relation.UNKNOWN if draft.relation is Relation.HEAD else draft.relation


def _blocks(rows: Sequence[Sequence[Draft]], breaks: Collection[int]) -> Iterator[list[Draft]]:
    block: list[Draft] = []
    for at, row in enumerate(rows):
        if at in breaks:
            yield block
            block = []
        block += row
    yield block


def _is_related(block: Sequence[Draft]) -> bool:
    seen: set[str] = set()
    for draft in block:
        words = kin_words(draft)
        if words & seen:
            return True
        seen |= words
    return False
