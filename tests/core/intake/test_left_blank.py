"""Rows without a family number in a list that writes it on others: no family falls apart in silence."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.intake import BatchResult
from safepassage.core.intake.codes import WarningCode
from tests.core.intake.made import table, take

HEADER = ("Case No", "Full name", "Father", "Age", "Relation", "Phone")
WHOLE = tuple(
    (str(100 + family), f"{given} Testani{family}", "", str(age), relation, "")
    for family in range(12)
    for given, age, relation in (("Karim", 41, "head"), ("Laila", 36, "wife"), ("Omid", 9, "son"))
)
"""Twelve families whose number stands on each row."""


def taken(*rows: tuple[str, ...]) -> BatchResult:
    return take(table(HEADER, *WHOLE, *rows))


def families(batch: BatchResult) -> list[list[str]]:
    """The given names of each family of several that follows the twelve, and of whoever stands alone."""
    found: dict[str, list[str]] = {}
    for one in batch.listings[len(WHOLE) :]:
        found.setdefault(one.group or one.id, []).append(one.name.split()[0])
    return list(found.values())


def warnings(batch: BatchResult, code: WarningCode) -> list[dict[str, str]]:
    return [dict(one.values) for one in batch.warnings if one.code is code]


def test_a_family_whose_number_stands_on_its_first_row_alone_stays_whole_among_those_that_restate_it() -> None:
    batch = taken(
        ("200", "Bashir Noori", "", "50", "head", ""),
        ("", "Roya Noori", "", "44", "wife", ""),
        ("", "Sami", "", "7", "son", ""),
        ("201", "Tariq Safi", "", "60", "head", ""),
    )
    assert families(batch) == [["Bashir", "Roya", "Sami"], ["Tariq"]]
    assert [one["count"] for one in warnings(batch, WarningCode.GROUP_FILLED_DOWN)] == ["2"]
    assert not warnings(batch, WarningCode.KIN_ALONE)


def test_a_family_without_any_number_is_that_of_its_head() -> None:
    batch = taken(
        ("", "Bashir Noori", "", "50", "head", ""),
        ("", "Roya Noori", "", "44", "wife", ""),
        ("", "Tariq Safi", "", "60", "head", ""),
        ("", "Nasrin", "", "5", "daughter", ""),
    )
    assert families(batch) == [["Bashir", "Roya"], ["Tariq", "Nasrin"]]


def test_a_number_forgotten_in_the_midst_of_its_family_is_that_family_s() -> None:
    batch = taken(
        ("200", "Bashir Noori", "", "50", "head", ""),
        ("", "Roya", "", "44", "", ""),
        ("200", "Sami Noori", "", "7", "son", ""),
    )
    assert families(batch) == [["Bashir", "Roya", "Sami"]]


def test_below_a_number_that_is_restated_kin_need_a_name_in_common() -> None:
    rows = (
        ("200", "Bashir Noori", "", "50", "head", ""),
        ("200", "Roya Noori", "", "44", "wife", ""),
    )
    assert families(taken(*rows, ("", "Sami Noori", "", "7", "son", ""))) == [["Bashir", "Roya", "Sami"]]
    batch = taken(*rows, ("", "Jamil Popal", "", "7", "son", ""))
    assert families(batch) == [["Bashir", "Roya"], ["Jamil"]]
    assert warnings(batch, WarningCode.KIN_ALONE) == [{"count": "1", "rows": "40"}]


def test_of_whom_nothing_is_said_goes_on_by_a_phone_or_a_father_and_else_stands_alone() -> None:
    head = ("200", "Bashir Noori", "", "50", "head", "0700000901")
    assert families(taken(head, ("", "Roya", "", "44", "", "0700000901"))) == [["Bashir", "Roya"]]
    assert families(taken(head, ("", "Sami", "Bashir", "7", "", ""))) == [["Bashir", "Sami"]]
    assert families(taken(head, ("", "Jamil Noori", "Ghani", "30", "", ""))) == [["Bashir"], ["Jamil"]]


def test_a_stranger_between_ends_the_family() -> None:
    batch = taken(
        ("200", "Bashir Noori", "", "50", "head", ""),
        ("", "Jamil Popal", "Ghani", "30", "colleague", ""),
        ("", "Sami", "", "7", "son", ""),
    )
    assert families(batch) == [["Bashir"], ["Jamil"], ["Sami"]]
    assert warnings(batch, WarningCode.KIN_ALONE) == [{"count": "1", "rows": "40"}]


@given(st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=1, max_size=8))
def test_whoever_writes_numbers_once_or_on_each_row_family_by_family_parts_nobody(
    made: list[tuple[int, bool]],
) -> None:
    rows = []
    for family, (size, is_restated) in enumerate(made):
        for at in range(size):
            number = str(300 + family) if at == 0 or is_restated else ""
            rows.append((number, f"Given{family}x{at}", "", "30", "head" if at == 0 else "son", ""))
    groups = Counter(one.group or one.id for one in taken(*rows).listings[len(WHOLE) :])
    assert sorted(groups.values()) == sorted(size for size, _ in made)
