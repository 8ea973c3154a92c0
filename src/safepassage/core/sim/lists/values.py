"""What the generator gives: files as bytes, and who stands in each of their rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Who stands in one row. Joins a listing's `RowRef` on (`file`, `sheet`, `number`).

    `ordinal` is 1 for the first person in the row, 2 for a second. `person`, `family` and `party` are the
    keys of the truth: the human, those who are kin and live together, those who travel together. `tags` name
    the errors put into this row (kebab-case), for recall by kind of error.
    """

    file: str
    sheet: str
    number: int
    ordinal: int
    person: str
    family: str
    party: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A row that gives no listing: `outcome` is `rejected` or `no-people`; `reason` says what was put there."""

    file: str
    sheet: str
    number: int
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class GeneratedLists:
    """Lists of one operation (file name to bytes), the answer key, and the rows without people."""

    files: Mapping[str, bytes]
    answers: tuple[AnswerRow, ...]
    others: tuple[OtherRow, ...]

    def answer_key(self) -> bytes:
        """The answer key as CSV (UTF-8): file, sheet, row, ordinal, person, family, party, tags."""
        lines = [
            (a.file, a.sheet, a.number, a.ordinal, a.person, a.family, a.party, "|".join(a.tags))
            for a in self.answers
        ]
        return _csv(("file", "sheet", "row", "ordinal", "person", "family", "party", "tags"), lines)

    def other_rows(self) -> bytes:
        """The rows that must give no listing, as CSV (UTF-8): file, sheet, row, outcome, reason."""
        lines = [(o.file, o.sheet, o.number, o.outcome, o.reason) for o in self.others]
        return _csv(("file", "sheet", "row", "outcome", "reason"), lines)


def _csv(header: tuple[str, ...], lines: Sequence[tuple[str | int, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return out.getvalue().encode()
