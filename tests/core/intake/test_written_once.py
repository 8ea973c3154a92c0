"""A family number that stands once for several rows, under whatever header, mapped by hand or seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from safepassage.core.intake import BatchResult, ColumnMap, Field, inspect_file
from safepassage.core.intake.codes import WarningCode
from safepassage.core.intake.written_once import leaves_blanks, number_sections, stands_once
from tests.core.intake.made import table, take

_GIVEN = ("Karim", "Laila", "Omid")


def _families(sections: int, families: int, header: str = "#") -> bytes:
    """Families of three under one running number each, which begins anew in each section."""
    rows = [(header, "Name", "Age", "Phone")]
    for section in range(sections):
        for family in range(1, families + 1):
            for at, given in enumerate(_GIVEN):
                rows.append((str(family) if at == 0 else "", f"{given} Testani", str(40 + section - at), ""))
    return table(*rows)


def _sizes(batch: BatchResult) -> list[int]:
    groups = Counter(one.group for one in batch.listings)
    assert None not in groups, "nobody may be left without a family"
    return sorted(groups.values())


def _map_of(content: bytes, header: str, *, by: str) -> dict[str, ColumnMap]:
    proposed = inspect_file(content).tables[0].column_map
    if by == "console":
        said = proposed.correct(header, field=Field.GROUP)
    else:  # `inspect --json`, one word edited
        columns = tuple(replace(c, field=Field.GROUP) if c.header == header else c for c in proposed.columns)
        said = replace(proposed, columns=columns)
    return {said.signature: said}


@pytest.mark.parametrize("header", ["#", "Nr", "S/N", "شماره"])
def test_a_running_number_on_the_first_row_of_each_family_groups_the_list_by_itself(header: str) -> None:
    batch = take(_families(1, 10, header))
    assert _sizes(batch) == [3] * 10
    (told,) = [one for one in batch.warnings if one.code is WarningCode.GROUP_FILLED_DOWN]
    assert dict(told.values) == {"count": "20", "columns": header}


@pytest.mark.parametrize("by", ["console", "file"])
def test_thirty_families_numbered_anew_in_each_section_stay_thirty(by: str) -> None:
    content = _families(3, 10)
    batch = take(content, column_maps=_map_of(content, "#", by=by))
    assert _sizes(batch) == [3] * 30
    assert "60 rows" in next(str(one) for one in batch.warnings if one.code is WarningCode.GROUP_FILLED_DOWN)


@pytest.mark.parametrize("by", ["console", "file"])
def test_a_column_mapped_by_hand_is_filled_down_though_some_numbers_are_restated(
    by: str,
) -> None:
    rows = [
        ("House", "Name", "Age", "Phone"),
        ("H-1", "Karim Testani", "41", ""), ("", "Laila", "36", ""), ("", "Omid", "9", ""),
        ("H-2", "Farid Beispiel", "50", ""), ("H-2", "Sara", "44", ""), ("", "Ali", "7", ""),
        ("H-7", "Zahra Musterova", "60", ""), ("", "Reza", "31", ""),
        ("H-1", "Mina", "1", ""),
    ]  # fmt: skip
    content = table(*rows)
    batch = take(content, column_maps=_map_of(content, "House", by=by))
    assert _sizes(batch) == [2, 3, 4]


def test_a_head_without_a_number_begins_a_family_of_their_own() -> None:
    rows = [("Family No", "Name", "Relation")]
    for number in range(1, 7):
        rows += [(str(number) if number != 4 else "", f"Karim {number}", "Head"), ("", "Laila", "Wife")]
    assert _sizes(take(table(*rows))) == [2] * 6


def test_where_every_member_bears_the_number_a_blank_is_nobody_of_a_family() -> None:
    rows = [("Family No", "Name", "Age")]
    for number in range(1, 5):
        rows += [(str(number), f"Karim {number}", "40"), (str(number), f"Laila {number}", "38")]
    rows.append(("", "Omid Beispiel", "25"))
    batch = take(table(*rows))
    assert batch.listings[-1].group is None
    assert not [one for one in batch.warnings if one.code is WarningCode.GROUP_FILLED_DOWN]


def test_a_running_number_that_somebody_forgot_at_the_end_numbers_no_families() -> None:
    rows = [("S/N", "Name", "Age"), *((str(n) if n < 8 else "", f"Karim {n}", "30") for n in range(1, 12))]
    assert {one.group for one in take(table(*rows)).listings} == {None}


def test_a_late_member_goes_to_the_family_of_their_number() -> None:
    numbers = ("1", "", "", "2", "", "3", "", "1")
    assert number_sections(numbers) == [0] * 8
    assert stands_once(numbers, [False] * 8, is_said=True)


def test_a_few_blanks_among_numbers_were_forgotten_and_more_were_left() -> None:
    assert [leaves_blanks(stated=20, blank=blank) for blank in (0, 2, 3, 20)] == [False, False, True, True]
