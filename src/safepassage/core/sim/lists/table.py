"""A table under construction: physical rows in order, and the key of who stands in which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from safepassage.core.sim.lists.entries import Entry
from safepassage.core.sim.lists.luck import between, chance, pick
from safepassage.core.sim.lists.values import AnswerRow, OtherRow

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what goes under it. `identifies`: who it is; broken rows lack that."""

    heading: str
    of: Callable[[Entry], Cell]
    identifies: bool = False


@dataclass(slots=True)
class Table:
    """Rows as a spreadsheet numbers them: the first row of the file or sheet is 1."""

    file: str
    sheet: str = ""
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    answers: list[AnswerRow] = field(default_factory=list)
    others: list[OtherRow] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The number of the last row."""
        return len(self.rows)

    def put_person(self, cells: Sequence[Cell], entry: Entry) -> None:
        """Adds a row with one person."""
        self.rows.append(tuple(cells))
        self.answers.append(answer(self.file, self.sheet, self.last, entry))

    def put_other(self, cells: Sequence[Cell], reason: str, *, outcome: str = "no-people") -> None:
        """Adds a row that gives no listing."""
        self.rows.append(tuple(cells))
        self.others.append(OtherRow(self.file, self.sheet, self.last, outcome, reason))


def answer(file: str, sheet: str, number: int, entry: Entry, ordinal: int = 1) -> AnswerRow:
    """The key of one listing."""
    person = entry.place.person
    return AnswerRow(file, sheet, number, ordinal, person.key, person.family, person.party, entry.tags)


BROKEN = ("no-name", "formula-error", "cells-shifted", "letters-lost")
"""Ways in which a row is broken so that nobody can be read from it."""


def fill(
    rng: np.random.Generator,
    table: Table,
    columns: Sequence[Column],
    groups: Sequence[Sequence[Entry]],
    *,
    blank_between: float = 0.0,
    subtotal_every: int = 0,
    subtotal: str = "Subtotal",
    header_again_every: int = 0,
    broken: int = 3,
) -> None:
    """Adds all groups, with blank rows, subtotals, repeated headers and some broken rows between them.

    Args:
        rng: Source of all luck.
        table: Where to add; its title and header rows stand already.
        columns: What each row holds.
        groups: The people, group by group.
        blank_between: Share of groups that are followed by a blank row.
        subtotal_every: After how many groups a subtotal row stands; 0 for never.
        subtotal: The word for it.
        header_again_every: After how many groups the header is repeated, as on printed pages; 0 for never.
        broken: How many broken rows.
    """
    breaks = {between(rng, 0, max(0, len(groups) - 1)) for _ in range(broken)} if groups else set[int]()
    width, since, people = len(columns), 0, 0
    for i, group in enumerate(groups):
        for entry in group:
            table.put_person([column.of(entry) for column in columns], entry)
        people += len(group)
        since += len(group)
        if i in breaks:
            reason = pick(rng, BROKEN)
            table.put_other(_broken(columns, pick(rng, group), reason), reason, outcome="rejected")
        if subtotal_every and (i + 1) % subtotal_every == 0:
            table.put_other(_padded([f"{subtotal}: {since}"], width), "subtotal")
            since = 0
        if header_again_every and (i + 1) % header_again_every == 0:
            table.put_other([column.heading for column in columns], "header-again")
        if chance(rng, blank_between):
            table.put_other([None] * width, "blank")
    if subtotal_every:
        table.put_other(_padded([f"{subtotal} {people}"], width), "total")


def _padded(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells, *[None] * (width - len(cells))]


def _broken(columns: Sequence[Column], entry: Entry, reason: str) -> list[Cell]:
    """A row of which nobody can be read: a group and a phone alone, or a destroyed name with nothing beside it."""
    cells = [None if column.identifies else column.of(entry) for column in columns]
    if reason == "no-name":
        return [cell if i == 0 or cell == entry.phone else None for i, cell in enumerate(cells)]
    at = next(i for i, column in enumerate(columns) if column.identifies)
    shifted = entry.phone.replace(" ", "") or "0741000000"
    cells[at] = {"formula-error": "#REF!", "letters-lost": "???? ??????"}.get(reason, shifted)
    return cells
