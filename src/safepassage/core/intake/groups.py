"""The list's own groupings: a number, a joined household, blocks that begin with a head, or one row a family."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from safepassage.core.intake.blocks import group_blocks
from safepassage.core.intake.build import Draft
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.fill_down import FamilyAbove, is_doubtful_member
from safepassage.core.intake.left_blank import families_of_blanks
from safepassage.core.intake.lexicon.cells import read_flag
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.written_once import number_sections, stands_once
from safepassage.core.people import Relation


@dataclass(slots=True)
class Grouping:
    """How a table groups its people; found once, applied row by row."""

    has_numbers: bool
    has_heads: bool
    sections: dict[int, int] = field(default_factory=dict)
    """Where numbers stand once for several rows: the section of each row, by the row's number; else empty."""
    blanks: dict[int, str] = field(default_factory=dict)
    """Where they stand on each row: the family of rows that state none, by the row's number."""

    @property
    def is_filled_once(self) -> bool:
        """Whether a row without a number is of the family above it."""
        return bool(self.sections)


def group_drafts(rows: Sequence[Sequence[Draft]], breaks: Collection[int] = (), *, is_said: bool = False) -> None:
    """Gives every draft of a table its group key; drafts that already have one (joined households) keep it.

    Args:
        rows: The drafts of each row.
        is_said: Whether a person said which column holds the family's number.
        breaks: Places in `rows` that are blank: where nothing else groups the people, blank rows between families do.
    """
    firsts = [row[0] for row in rows if row]
    if not firsts:
        return
    grouping = _find_grouping(firsts, is_said=is_said)
    _group_rows(rows, grouping)
    if breaks and not grouping.has_heads and not grouping.has_numbers:
        group_blocks(rows, breaks)


def _group_rows(rows: Sequence[Sequence[Draft]], grouping: Grouping) -> None:
    current = ""
    blocks = 0
    above = FamilyAbove()
    for row in rows:
        if not row:
            continue
        head = row[0]
        if head.group:
            current = above.state(head, head.group)
        elif grouping.has_numbers:
            current = _numbered(head, above, grouping)
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


def _find_grouping(firsts: Sequence[Draft], *, is_said: bool) -> Grouping:
    numbers = [_number(draft) for draft in firsts]
    heads = [draft.relation is Relation.HEAD for draft in firsts]
    others = sum(draft.relation not in (Relation.HEAD, Relation.UNKNOWN) for draft in firsts)
    grouping = Grouping(any(numbers), any(heads) and others > 0)
    if any(numbers) and stands_once(numbers, heads, is_said=is_said):
        rows = (draft.row.number for draft in firsts)
        grouping.sections = dict(zip(rows, number_sections(numbers), strict=True))
    elif any(numbers):
        grouping.blanks = families_of_blanks(firsts, numbers)
    return grouping


def _number(draft: Draft) -> str:
    stated = draft.facts.first(Field.GROUP)
    return fold_phrase(stated) or stated


def _numbered(draft: Draft, above: FamilyAbove, grouping: Grouping) -> str:
    stated, row = _number(draft), draft.row.number
    if stated:
        section = grouping.sections.get(row, 0)
        return above.state(draft, f"number {stated} of section {section + 1}" if section else f"number {stated}")
    if not grouping.is_filled_once:
        key = grouping.blanks.get(row, "")
        draft.is_filled_down = bool(key) and draft.relation is not Relation.HEAD
        draft.is_doubted = draft.is_filled_down and key == above.key and is_doubtful_member(draft, above.members)
        return above.state(draft, key)
    if draft.relation is Relation.HEAD:
        return above.state(draft, f"head in row {row}")
    return above.fill(draft)


def _named_head(draft: Draft) -> str:
    """The group of a row that names its head; a flag names nobody."""
    stated = draft.facts.first(Field.HEAD_FLAG)
    if not stated or read_flag(stated) is not None:
        return ""
    name = fold_phrase(stated)
    if name == fold_phrase(draft.name):
        draft.relation = Relation.HEAD
    return f"head {name}"
