"""Walk-in slips of paper, typed by two people apart: what both typed alike counts, the rest is shown and doesn't.

One row a slip, columns as in `KEYED_COLUMNS`; a blank number of heads is none.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from safepassage.core.errors import Problems

SEXES = ("f", "m", "u")
BANDS = ("infant", "child", "adolescent", "adult", "older", "unknown")
"""As printed on a slip: under 2, 2-11, 12-17, 18-59, 60+, ?."""
HEADS = tuple(f"{sex}-{band}" for sex in SEXES for band in BANDS)
KEYED_COLUMNS = ("slip", "at", "point", "evidence", "outcome", *HEADS)
OUTCOMES = ("admitted", "referred")
EVIDENCE = ("none", "passport", "id-card", "visa", "letter", "photo")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST = 60
"""More heads than this of one sex and age on one slip are a slip of the finger."""


@dataclass(frozen=True, slots=True)
class KeyedSlip:
    """One slip as one person typed it; `at` is aware UTC, `heads` are (sex, age band) one by one."""

    slip: str
    at: datetime
    point: str
    evidence: str
    outcome: str
    heads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SlipDifference:
    """One slip that two people didn't type alike: column and both readings; one that is lacking has column `slip`."""

    slip: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class KeyedTwice:
    """What two people typed: slips typed alike, and those that differ and so don't count yet."""

    equal: tuple[KeyedSlip, ...]
    differing: tuple[SlipDifference, ...]


def compare_keyed(first: str, second: str) -> KeyedTwice:
    """Compares two CSV texts of the same slips; order of rows, blanks, case and `0` for nothing make no difference.

    Raises:
        ProblemsError: a column is missing, a slip stands twice in one text, or what both typed alike can't be read.
    """
    problems = Problems()
    one, other = _rows(first, "first", problems), _rows(second, "second", problems)
    problems.raise_if_any("the slips as typed")
    equal: list[KeyedSlip] = []
    differing: list[SlipDifference] = []
    for slip in sorted({*one, *other}):
        left, right = one.get(slip), other.get(slip)
        if left is None or right is None:
            differing.append(SlipDifference(slip, (("slip", slip if left else "", slip if right else ""),)))
        elif fields := tuple((name, left[name], right[name]) for name in KEYED_COLUMNS if left[name] != right[name]):
            differing.append(SlipDifference(slip, fields))
        elif read := _read(left, problems):
            equal.append(read)
    problems.raise_if_any("the slips as typed")
    return KeyedTwice(tuple(equal), tuple(differing))


def read_slip(typed: Mapping[str, str]) -> KeyedSlip:
    """One slip from its fields by the names of `KEYED_COLUMNS`; those left out are blank.

    Raises:
        ProblemsError: everything that can't be read.
    """
    problems = Problems()
    found = _read({name: typed.get(name, "") for name in KEYED_COLUMNS}, problems)
    problems.raise_if_any("the slip as typed")
    if found is None:  # then there was a problem
        raise ValueError("a slip without a reading has a problem")
    return found


def _rows(text: str, which: str, problems: Problems) -> dict[str, dict[str, str]]:
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in KEYED_COLUMNS if name not in (table.fieldnames or ())]
    if missing:
        problems.add("columns", f"These columns are missing: {', '.join(missing)}.", where=f"the {which} file")
        return {}
    rows: dict[str, dict[str, str]] = {}
    for row in table:
        typed = {name: (row[name] or "").strip().lower() for name in KEYED_COLUMNS}
        typed |= {name: "" if typed[name].strip("0") == "" else typed[name].lstrip("0") for name in HEADS}
        if not any(typed.values()):
            continue
        if typed["slip"] in rows:
            problems.add(
                "twice", f"Slip {typed['slip']} stands twice.", where=f"the {which} file", advice="Leave one row."
            )
        rows[typed["slip"]] = typed
    return rows


def _read(typed: Mapping[str, str], problems: Problems) -> KeyedSlip | None:
    where, before = f"slip {typed['slip']}", len(problems.found)
    at = _moment(typed["at"])
    if at is None:
        problems.add("time", "No time with its zone.", where=where, advice="Write 2026-03-01T18:00+04:30.")
    for name, known in (("evidence", EVIDENCE), ("outcome", OUTCOMES)):
        if typed[name] not in known:
            problems.add(name, f"The {name} is none of: {', '.join(known)}.", where=where, advice="Both correct it.")
    for name in ("slip", "point"):
        if not _CODE.fullmatch(typed[name]) or len(typed[name]) > 20 + 20 * (name == "point"):
            problems.add(name, f"This is no {name}.", where=where, advice="Small letters, figures, dashes.")
    heads: list[tuple[str, str]] = []
    for name in HEADS:
        number = typed[name] or "0"
        if not (number.isascii() and number.isdigit()) or len(number) > 2 or int(number) > _MOST:
            problems.add("heads", f"{name} is no number up to {_MOST}.", where=where, advice="Both correct it.")
            continue
        sex, band = name.split("-", 1)
        heads += [(sex, band)] * int(number)
    if not heads:
        problems.add("heads", "Nobody is on it.", where=where, advice="Count the heads, or leave the slip out.")
    if at is None or len(problems.found) > before:
        return None
    return KeyedSlip(typed["slip"], at, typed["point"], typed["evidence"], typed["outcome"], tuple(heads))


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None
