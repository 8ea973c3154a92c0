"""Slips typed by two people: alike counts, anything else is shown."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from safepassage.core.errors import ProblemsError
from safepassage.core.intake.keyed import KEYED_COLUMNS, compare_keyed

SLIP = {
    "slip": "w-0001",
    "at": "2026-03-01T18:00+04:30",
    "point": "north-gate",
    "evidence": "passport",
    "outcome": "admitted",
    "f-adult": "1",
    "m-child": "2",
}


def typed(*rows: dict[str, str]) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, KEYED_COLUMNS, restval="")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def test_what_both_typed_alike_is_read_with_its_heads_and_time():
    found = compare_keyed(typed(SLIP), typed(SLIP))
    (slip,) = found.equal
    assert slip.at == datetime(2026, 3, 1, 13, 30, tzinfo=UTC)
    assert slip.heads == (("f", "adult"), ("m", "child"), ("m", "child"))
    assert found.differing == ()


@pytest.mark.parametrize("other", [{"m-infant": "0"}, {"slip": " W-0001 "}, {"f-adult": "01"}])
def test_blanks_case_and_noughts_are_no_difference(other):
    assert len(compare_keyed(typed(SLIP), typed(SLIP | other)).equal) == 1


@pytest.mark.parametrize("column", ["at", "point", "evidence", "outcome", "f-adult", "m-child", "u-unknown"])
def test_any_field_that_differs_is_shown_and_its_slip_does_not_count(column):
    found = compare_keyed(typed(SLIP), typed(SLIP | {column: "3"}))
    assert found.equal == ()
    (one,) = found.differing
    assert one.fields == ((column, SLIP.get(column, "").lower(), "3"),)


def test_a_slip_that_one_of_them_lacks_waits_and_the_others_count():
    found = compare_keyed(typed(SLIP, SLIP | {"slip": "w-0002"}), typed(SLIP))
    assert [one.slip for one in found.equal] == ["w-0001"]
    assert [(one.slip, one.fields) for one in found.differing] == [("w-0002", (("slip", "w-0002", ""),))]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"at": "yesterday"}, "time"),
        ({"at": "2026-03-01T18:00"}, "time"),
        ({"evidence": "a smile"}, "evidence"),
        ({"outcome": "lost"}, "outcome"),
        ({"point": "North Gate!"}, "point"),
        ({"slip": ""}, "slip"),
        ({"f-adult": "x"}, "heads"),
        ({"f-adult": "61"}, "heads"),
        ({"f-adult": "-1"}, "heads"),
        ({"f-adult": "", "m-child": "0"}, "heads"),
    ],
)
def test_what_both_typed_wrongly_is_said(wrong, code):
    with pytest.raises(ProblemsError) as caught:
        compare_keyed(typed(SLIP | wrong), typed(SLIP | wrong))
    assert [one.code for one in caught.value.problems] == [code]


def test_a_slip_twice_in_one_file_and_a_missing_column_are_said():
    with pytest.raises(ProblemsError) as caught:
        compare_keyed(typed(SLIP, SLIP), "slip,at\nw-0001,x\n")
    assert [one.code for one in caught.value.problems] == ["twice", "columns"]
