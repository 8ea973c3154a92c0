"""Rows of a table to drafts of people, and the reason of each row that has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from safepassage.core.ids import BatchId, RowId, SourceId, derived_id
from safepassage.core.intake.build import Draft, start_draft
from safepassage.core.intake.chat_lines import LineKind, read_line
from safepassage.core.intake.codes import RejectCode, RowReason
from safepassage.core.intake.column_map import ColumnChoice, ColumnMap, Field
from safepassage.core.intake.counted import without_repeats
from safepassage.core.intake.ditto import Dittos
from safepassage.core.intake.facts import PersonFacts, Said, gather_row
from safepassage.core.intake.members import (
    count_elsewhere,
    counts_kin,
    relation_of_members,
    split_members,
    split_names,
    tells_away,
    tells_uncounted,
)
from safepassage.core.intake.nameless import has_document, has_seat, is_no_name, printed_relations, says_unknown
from safepassage.core.intake.notes import read_notes
from safepassage.core.intake.plain_rows import reason_without_people
from safepassage.core.intake.tables import RawRow, RawTable
from safepassage.core.people import Relation, RowRef

LONGEST_CELL = 32_767
"""Characters; a sheet holds no more, so that more is a mistake of the file, or somebody's who means harm."""
_OF_CELLS = 100
"""Members that one cell lists are numbered from here; below it, those who have columns of their own."""
_OF_A_PERSON = (
    Field.NAME, Field.GIVEN, Field.DOCUMENT, Field.RELATION, Field.FATHER, Field.BIRTH, Field.AGE, Field.SEX,
)  # fmt: skip


@dataclass(slots=True)
class RowDrafts:
    """A row with the people drafted from it, or why there are none."""

    raw: RawRow
    ref: RowRef
    drafts: list[Draft] = field(default_factory=list)
    reason: RowReason | RejectCode | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What all rows of one file share."""

    source: SourceId
    batch: BatchId
    file: str
    digest: str

    def refer(self, sheet: str, number: int) -> RowRef:
        """The reference to a row; its id depends on source, file and place."""
        row = RowId(derived_id("R", self.source, self.digest, sheet, str(number)))
        return RowRef(row, self.batch, self.file, sheet, number)


def draft_table(table: RawTable, column_map: ColumnMap, delivery: Delivery) -> list[RowDrafts]:
    """The rows of a table of people, each with its drafts or its reason."""
    rows = []
    dittos = Dittos(column_map)
    below = (raw.cells for raw in table.rows if raw.number > column_map.header_row)
    printed = printed_relations(below, column_map)
    for raw in table.rows:
        row = RowDrafts(raw, delivery.refer(table.sheet, raw.number))
        row.reason = raw.reject or reason_without_people(raw, column_map, has_header_form=table.header is not None)
        if row.reason is None and any(len(cell) > LONGEST_CELL for cell in raw.cells):
            row.reason = RejectCode.CELL_TOO_LONG
        if row.reason is None:
            row.drafts = _draft_row(dittos.written_out(raw.cells), column_map, row.ref, printed)
        rows.append(row)
    return rows


def draft_lines(table: RawTable, delivery: Delivery) -> list[RowDrafts]:
    """The lines of a chat: a family line opens a group, a blank line after its people ends it."""
    rows = []
    group, shared, people = "", list[Said](), 0
    opener: Draft | None = None
    for raw in table.rows:
        row = RowDrafts(raw, delivery.refer(table.sheet, raw.number))
        line = read_line(raw.cells[0] if raw.cells else "")
        if line.kind is LineKind.PERSON:
            facts = PersonFacts(line.said)
            draft = start_draft(facts, row.ref, 1)
            draft.group = group
            facts.inherited = [one for one in shared if one.field in (Field.PLACE, Field.LANGUAGE)]
            if draft.relation is Relation.HEAD or people == 0:
                facts.said = [*facts.said, *(one for one in shared if one.field is Field.CLAIM)]
            people += 1
            row.drafts = [draft]
            opener = _follow(opener, draft)
            for said in line.others:
                other = start_draft(PersonFacts(said, inherited=facts.inherited), row.ref, len(row.drafts) + 1)
                other.group = group or f"line {raw.number}"
                draft.group = other.group
                row.drafts.append(other)
        elif line.kind is LineKind.GROUP:
            group, shared, people = f"line {raw.number}", line.said, 0
            row.reason = RowReason.HOUSEHOLD
        elif line.kind is LineKind.BLANK:
            row.reason = RowReason.BLANK
            opener = None
            if people:
                group, shared, people = "", [], 0
        else:
            is_broken = line.kind is LineKind.BROKEN
            row.reason = RejectCode.LINE_NOT_UNDERSTOOD if is_broken else RowReason.MESSAGE
        rows.append(row)
    return rows


def _follow(opener: Draft | None, draft: Draft) -> Draft | None:
    """Without a family line, kin ("Wife: Zahra") belong to the person above them; gives the person to follow."""
    if draft.group or draft.relation in (Relation.UNKNOWN, Relation.HEAD):
        return None if draft.group else draft
    if opener is not None:
        opener.group = draft.group = opener.group or f"line {opener.row.number}"
        opener.relation = Relation.HEAD
    return opener


def _draft_row(
    cells: tuple[str, ...], column_map: ColumnMap, ref: RowRef, printed: tuple[ColumnChoice, ...]
) -> list[Draft]:
    """The people of one row: its own person, its members, and those of cells that list several.

    Those who are only counted come last, so that the ids of the others don't depend on them.
    """
    people = gather_row(cells, column_map)
    own, further = people[0], _members(people[0], people[1:], printed)
    counted: list[list[PersonFacts]] = [[person for person in further if person.is_counted]]
    further = [person for person in further if not person.is_counted]
    own.elsewhere += sum(count_elsewhere(person.first(Field.NAME)) for person in further)
    further = [one for person in further for one in split_names(person) if not tells_away(one)]
    for column in column_map.of(Field.MEMBERS):
        text = cells[column.index] if column.index < len(cells) else ""
        relation = column.relation if column.relation is not Relation.UNKNOWN else relation_of_members(column.header)
        cell = Said(Field.MEMBERS, column.header, text)
        own.elsewhere += count_elsewhere(text)
        members = split_members(cell, relation=relation, first_member=_OF_CELLS + len(further))
        further += [person for person in members if not person.is_counted]
        counted.append([person for person in members if person.is_counted])
        if counted[-1] or tells_uncounted(text):
            own.kin_without_name = column.header
    for note in own.all(Field.NOTES):
        own.elsewhere += count_elsewhere(note.text)
        if counts_kin(note.text):
            cell = Said(Field.MEMBERS, note.header, note.text)
            counted.append(split_members(cell, relation=Relation.UNKNOWN, first_member=_OF_CELLS + len(further)))
            own.kin_without_name = note.header
    own.said += read_notes(own)
    drafts = []
    named = own.has(Field.NAME, Field.GIVEN, Field.FAMILY, Field.DOCUMENT, Field.RELATION)
    if further and further[0].member < _OF_CELLS and _names_a_household(own):
        named = False
        _hand_down(own, further[0])
    if named or not further:
        drafts.append(start_draft(own, ref, 1))
    for person in (*further, *without_repeats(counted)):
        draft = start_draft(person, ref, len(drafts) + 1)
        if draft.has_ground or person.is_counted:
            drafts.append(draft)
    return [replace(draft, ordinal=ordinal) for ordinal, draft in enumerate(drafts, 1)]


def _members(own: PersonFacts, people: Sequence[PersonFacts], printed: tuple[ColumnChoice, ...]) -> list[PersonFacts]:
    """The members with columns of their own: those whom a name or a document tells, then whoever else has a seat."""
    found = []
    for person in people:
        names = person.all(Field.NAME, Field.GIVEN, Field.FAMILY)
        is_named = has_document(person) or not all(is_no_name(said.text) for said in names)
        if is_named or has_seat(person, printed):
            found.append(person)
        if not is_named and (person.is_counted or says_unknown(person)):
            own.kin_without_name = own.kin_without_name or (names or person.all(*_OF_A_PERSON))[0].header
    return found


def _names_a_household(own: PersonFacts) -> bool:
    """A family's name and ways to reach it, beside members who have names of their own: nobody more."""
    return own.has(Field.FAMILY) and not own.has(*_OF_A_PERSON)


def _hand_down(own: PersonFacts, first: PersonFacts) -> None:
    """What the row says of the household is said of its first member, who is the one to reach."""
    first.said += [one for one in own.said if one.field is not Field.FAMILY and not first.has(one.field)]
    first.elsewhere += own.elsewhere
    first.kin_without_name = first.kin_without_name or own.kin_without_name
