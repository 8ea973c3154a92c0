"""The list's own groupings: a number, a joined household, blocks that begin with a head, or one row a family."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from safepassage.core.intake.blocks import group_blocks
from safepassage.core.intake.build import Draft
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.lexicon.cells import read_flag
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.people import Relation


@dataclass(slots=True)
class Grouping:
    """How a table groups its people; found once, applied row by row."""

    has_numbers: bool
    is_filled_once: bool
    has_heads: bool


def group_drafts(rows: Sequence[Sequence[Draft]], breaks: Collection[int] = ()) -> None:
    """Gives every draft of a table its group key; drafts that already have one (joined households) keep it.

    Args:
        rows: The drafts of each row.
        breaks: Places in `rows` that are blank: where nothing else groups the people, blank rows between families do.
    """
    firsts = [row[0] for row in rows if row]
    if not firsts:
        return
    grouping = _find_grouping(firsts)
    _group_rows(rows, grouping)
    if breaks and not grouping.has_heads and not grouping.has_numbers:
        group_blocks(rows, breaks)


def _group_rows(rows: Sequence[Sequence[Draft]], grouping: Grouping) -> None:
    current = ""
    blocks = 0
    for row in rows:
        if not row:
            continue
        head = row[0]
        if head.group:
            current = head.group
        elif grouping.has_numbers:
            current = _numbered(head, current, grouping)
        elif grouping.has_heads:
            if head.relation is Relation.HEAD or not current:
                blocks += 1
            current = f"block {blocks}"
        else:
            current = _named_head(head)
        if len(row) > 1 and not current:
            current = f"row {head.row.number}"
        if len(row) > 1 and head.relation is Relation.UNKNOWN and head.facts.member == 0:
            head.relation = Relation.HEAD
        for draft in row:
            draft.group = draft.group or current
        if not grouping.has_heads and not grouping.has_numbers:
            current = ""


def _find_grouping(firsts: Sequence[Draft]) -> Grouping:
    numbers = [draft.facts.first(Field.GROUP) for draft in firsts]
    stated = [number for number in numbers if number]
    is_filled_once = (
        bool(stated) and len(stated) < len(numbers) and bool(numbers[0]) and len(set(stated)) == len(stated)
    ) and all(number or draft.relation is not Relation.HEAD for number, draft in zip(numbers, firsts, strict=True))
    heads = sum(draft.relation is Relation.HEAD for draft in firsts)
    others = sum(draft.relation not in (Relation.HEAD, Relation.UNKNOWN) for draft in firsts)
    return Grouping(bool(stated), is_filled_once, bool(heads and others))


def _numbered(draft: Draft, current: str, grouping: Grouping) -> str:
    stated = fold_phrase(draft.facts.first(Field.GROUP)) or draft.facts.first(Field.GROUP)
    if stated:
        return f"number {stated}"
    return current if grouping.is_filled_once else ""


def _named_head(draft: Draft) -> str:
    """The group of a row that names its head; a flag names nobody."""
    stated = draft.facts.first(Field.HEAD_FLAG)
    if not stated or read_flag(stated) is not None:
        return ""
    name = fold_phrase(stated)
    if name == fold_phrase(draft.name):
        draft.relation = Relation.HEAD
    return f"head {name}"
