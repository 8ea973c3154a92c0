"""Sheets of paper as two people type them: one form for each field, and every difference shown."""

from __future__ import annotations

import pytest

from safepassage.core.errors import ProblemsError
from safepassage.core.intake.paper import FIELDS, differences, lines_of, read_fields, read_number

SHEETS = {
    "walk-in": {
        "at": "2026-03-01T18:00+04:30",
        "point": "north-gate",
        "evidence": "visa",
        "outcome": "admitted",
        "f-adult": "1",
    },
    "pass": {"at": "2026-03-01T18:00+04:30", "point": "north-gate", "outcome": "admitted", "heads": "3"},
    "manifest": {"at": "2026-03-01T18:00+04:30", "heads": "41", "owner": "bus-1", "aboard": "all", "part": ""},
    "tally": {"at": "2026-03-01T18:00+04:30", "point": "north-gate", "level": "dense", "heads": ""},
}


@pytest.mark.parametrize("kind", list(FIELDS))
def test_blanks_case_and_noughts_in_front_make_no_difference(kind: str) -> None:
    plain = read_fields(kind, SHEETS[kind])
    loud = {name: f"  {text.upper()} " for name, text in SHEETS[kind].items()} | {"at": "2026-03-01T13:30Z"}
    if "heads" in loud and SHEETS[kind]["heads"]:
        loud["heads"] = f"00{SHEETS[kind]['heads']}"
    assert differences(kind, plain, read_fields(kind, loud)) == ()
    assert plain["at"] == "2026-03-01T13:30+00:00"


@pytest.mark.parametrize("kind", list(FIELDS))
def test_each_field_that_differs_is_told_with_both_readings(kind: str) -> None:
    other = SHEETS[kind] | {"at": "2026-03-01T18:15+04:30"}
    assert differences(kind, read_fields(kind, SHEETS[kind]), read_fields(kind, other)) == (
        ("at", "2026-03-01T13:30+00:00", "2026-03-01T13:45+00:00"),
    )


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("pass", {"at": "2026-03-01T18:00"}, "time"),
        ("pass", {"at": "six"}, "time"),
        ("pass", {"outcome": "turned-away"}, "outcome"),
        ("pass", {"heads": "three"}, "heads"),
        ("pass", {"point": "North Gate!"}, "point"),
        ("tally", {"level": "wild"}, "level"),
        ("tally", {"heads": "1000000"}, "heads"),
        ("walk-in", {"f-adult": "61"}, "heads"),
        ("walk-in", {"f-adult": ""}, "heads"),
        ("walk-in", {"evidence": "rumour"}, "evidence"),
        ("manifest", {"aboard": "1 two"}, "aboard"),
        ("manifest", {"part": "0"}, "part"),
        ("manifest", {"owner": ""}, "owner"),
    ],
)
def test_what_can_not_be_read_is_refused_by_its_field(kind: str, change: dict[str, str], code: str) -> None:
    with pytest.raises(ProblemsError) as error:
        read_fields(kind, SHEETS[kind] | change)
    assert [problem.code for problem in error.value.problems] == [code]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("walk-in", " W-3-001", "w-3-001"),
        ("walk-in", "w 3", "w3"),
        ("walk-in", "w_3", ""),
        ("pass", "AB12-CD34-EF567", "ab12-cd34-ef567"),
        ("pass", "AB12-CD34", ""),
        ("manifest", "blue-bus:v2", "blue-bus:v2"),
        ("manifest", "blue-bus", ""),
        ("manifest", "blue-bus:v0", ""),
        ("tally", "T-1-001", "t-1-001"),
        ("tally", "t-1-1", ""),
        ("tally", "t-1-001 ".strip() + "0" * 60, ""),
    ],
)
def test_a_number_is_kept_in_one_form_or_is_none(kind: str, typed: str, kept: str) -> None:
    assert read_number(kind, typed) == kept


def test_lines_are_all_none_or_numbers_in_any_order() -> None:
    one, two = (read_fields("manifest", SHEETS["manifest"] | {"aboard": text}) for text in ("4, 1 2", "1 2 4 4"))
    assert one == two
    assert (lines_of("1 2 4", 9), lines_of("all", 3), lines_of("none", 3)) == ({1, 2, 4}, {1, 2, 3}, frozenset())
