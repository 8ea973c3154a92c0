"""Sheets of a paper pack, typed by two people apart: what each kind asks for, and where two readings differ.

Four kinds: `walk-in` (a slip, `w-0001`), `pass` (a line of the list of passes, under its short code), `manifest` (the
boarding list of one leg, `LEG:vN`), `tally` (a quarter of an hour, `t-1-001`). A reading is fields and texts; it is
put in one form first, so that blanks, case and the order of numbers make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from safepassage.core.errors import Problems
from safepassage.core.intake.keyed import EVIDENCE, HEADS

MOST_ON_A_SLIP = 60
MOST_HEADS = 100_000
FIELDS: Mapping[str, tuple[str, ...]] = {
    "walk-in": ("at", "point", "evidence", "outcome", *HEADS),
    "pass": ("at", "point", "outcome", "heads"),
    "manifest": ("at", "heads", "owner", "aboard", "part"),
    "tally": ("at", "point", "level", "heads"),
}
CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("walk-in", "evidence"): EVIDENCE,
    ("walk-in", "outcome"): ("admitted", "referred"),
    ("pass", "outcome"): ("admitted", "referred"),
    ("tally", "level"): ("calm", "dense", "dangerous"),
}
NUMBERS: Mapping[str, re.Pattern[str]] = {
    "walk-in": re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"),
    "pass": re.compile(r"[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{5}"),
    "manifest": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*:v[1-9][0-9]*"),
    "tally": re.compile(r"t-[0-9]{1,4}-[0-9]{3}"),
}
_REF = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ALL, NONE = "all", "none"


def read_number(kind: str, typed: str) -> str:
    """The number of a sheet as it is kept; empty if it is none of this kind."""
    text = "".join(typed.split())
    text = text if kind == "manifest" else text.lower()
    return text if len(text) <= 60 and NUMBERS[kind].fullmatch(text) else ""


def read_fields(kind: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What one person typed of a sheet, each field in its one form; times as UTC.

    Raises:
        ProblemsError: everything that can't be read.
    """
    problems = Problems()
    fields = {name: " ".join(typed.get(name, "").split()).lower() for name in FIELDS[kind]}
    fields["at"] = _moment(typed.get("at", ""), problems)
    for name in ("point", "owner"):
        if name in fields and not (_REF.fullmatch(fields[name]) and len(fields[name]) <= 40):
            problems.add(name, f"This is no {name}.", where=name, advice="Small letters, figures, dashes.")
    for name in FIELDS[kind]:
        choices = CHOICES.get((kind, name))
        if choices and fields[name] not in choices:
            problems.add(name, f"It is none of: {', '.join(choices)}.", where=name, advice="Choose one.")
    _read_heads(kind, fields, problems)
    for name in ("aboard", "part"):
        if name in fields:
            fields[name] = _lines(name, fields[name], problems)
    problems.raise_if_any("the sheet as typed")
    return fields


def differences(kind: str, one: Mapping[str, str], other: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Field and both readings, of each field that two people typed differently; empty: they agree."""
    return tuple(
        (name, one.get(name, ""), other.get(name, ""))
        for name in FIELDS[kind]
        if one.get(name, "") != other.get(name, "")
    )


def lines_of(text: str, many: int) -> frozenset[int]:
    """Lines from 1 to `many` that a field names."""
    if text == ALL:
        return frozenset(range(1, many + 1))
    return frozenset(int(one) for one in text.split()) if text != NONE else frozenset()


def _moment(text: str, problems: Problems) -> str:
    try:
        found = datetime.fromisoformat(text.strip().upper())
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        problems.add("time", "No time with its zone.", where="at", advice="Write 2026-03-01T18:00+04:30.")
        return ""
    return found.astimezone(UTC).isoformat(timespec="minutes")


def _read_heads(kind: str, fields: dict[str, str], problems: Problems) -> None:
    names = HEADS if kind == "walk-in" else ("heads",)
    most = MOST_ON_A_SLIP if kind == "walk-in" else MOST_HEADS
    for name in names:
        text = fields[name].lstrip("0")
        if text and not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= most):
            problems.add("heads", f"This is no number up to {most}.", where=name, advice="Figures alone.")
        fields[name] = text or ("" if kind in {"walk-in", "tally"} else "0")
    if kind == "walk-in" and not any(fields[name] for name in HEADS):
        problems.add("heads", "Nobody is on it.", advice="Count the heads, or leave the slip out.")


def _lines(name: str, text: str, problems: Problems) -> str:
    if text in {ALL, NONE, ""}:
        return text or NONE
    numbers = text.replace(",", " ").split()
    if not all(one.isascii() and one.isdigit() and 0 < int(one) <= 9999 for one in numbers):
        problems.add(name, "These are no numbers of lines.", where=name, advice="Write `all`, `none`, or `1 2 4`.")
        return ""
    return " ".join(str(one) for one in sorted({int(one) for one in numbers}))
