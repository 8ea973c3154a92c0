"""Rows filled down into the family above: nobody whom nothing ties to it becomes its member in silence."""

from __future__ import annotations

import pytest

from safepassage.core.intake import BatchResult
from safepassage.core.intake.codes import WarningCode
from tests.core.intake.made import table, take

HEADER = ("#", "Full name", "Father", "Sex", "Age", "Relation", "Phone")
OTHERS = tuple(
    (str(number) if given == "Karim" else "", f"{given} Testani{number}", "", "", str(age), "", "")
    for number in range(1, 9)
    for given, age in (("Karim", 41), ("Laila", 36), ("Omid", 9))
)
"""Eight families whose number stands once."""
HEAD = ("9", "Bashir Noori", "Ghani", "m", "50", "", "0700000901")


def taken(*rows: tuple[str, ...]) -> BatchResult:
    return take(table(HEADER, *OTHERS, *rows))


def families(batch: BatchResult) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for one in batch.listings[len(OTHERS) :]:
        found.setdefault(one.group or one.id, []).append(one.name.split()[0])
    return list(found.values())


def asked(batch: BatchResult) -> list[dict[str, str]]:
    return [dict(one.values) for one in batch.warnings if one.code is WarningCode.GROUP_DOUBTED]


def test_whoever_differs_in_surname_father_and_phone_stands_apart_and_is_asked_about() -> None:
    batch = taken(
        HEAD, ("", "Jamil Popal", "Akbar", "m", "12", "", "0799111222"), ("", "Sami Noori", "", "", "7", "", "")
    )
    assert families(batch) == [["Bashir", "Sami"], ["Jamil"]]
    assert asked(batch) == [{"count": "1", "rows": "27"}]


def test_orphans_below_a_family_stay_together_and_out_of_it() -> None:
    batch = taken(
        HEAD,
        ("", "Jamil Popal", "Akbar", "m", "12", "orphan", "0799111222"),
        ("", "Mina Popal", "Akbar", "f", "9", "orphan", ""),
        ("", "Roya", "", "f", "44", "wife", ""),
    )
    assert families(batch) == [["Bashir", "Roya"], ["Jamil", "Mina"]]


@pytest.mark.parametrize(
    "row",
    [
        ("", "Jamil Popal", "Akbar", "m", "12", "", ""),
        ("", "Jamil Popal", "", "", "12", "", "0799111222"),
        ("", "Jamil Popal", "", "m", "12", "", ""),
        ("", "Jamil", "Akbar", "m", "12", "", ""),
        ("", "Mina Popal", "Akbar", "f", "12", "", ""),
        ("", "Jamil Popal", "Akbar", "m", "12", "son", ""),
        ("", "Jamil Popal", "Akbar", "m", "12", "son", "0799111222"),
    ],
)
def test_who_differs_in_what_is_told_stays_and_is_asked_about(row: tuple[str, ...]) -> None:
    batch = taken(HEAD, row)
    assert families(batch) == [["Bashir", row[1].split()[0]]]
    assert asked(batch) == [{"count": "1", "rows": "27"}]


@pytest.mark.parametrize(
    "row",
    [
        ("", "Sami Noori", "Akbar", "m", "12", "", "0799111222"),
        ("", "Sami Popal", "Bashir", "m", "12", "", "0799111222"),
        ("", "بشیر نوری", "", "m", "12", "", ""),
        ("", "Farid Popal", "Ghani", "m", "45", "", "0799111222"),
        ("", "Sami Popal", "Akbar", "m", "12", "", "+93 700 000 901"),
        ("", "Roya Rahimi", "", "f", "44", "", ""),
        ("", "Roya Rahimi", "Akbar", "f", "44", "wife", "0799111222"),
        ("", "Jamil Popal", "Akbar", "m", "30", "son in law", "0799111222"),
        ("", "Sami", "", "", "7", "", ""),
    ],
)
def test_whom_a_name_a_father_a_phone_or_a_word_ties_to_the_family_is_not_asked_about(row: tuple[str, ...]) -> None:
    batch = taken(HEAD, row)
    assert len(families(batch)) == 1
    assert not asked(batch)


def test_a_row_between_two_of_one_number_is_asked_about_too() -> None:
    rows = [("Case No", *HEADER[1:])]
    for family in range(12):
        for given in ("Karim", "Laila", "Omid"):
            rows.append((str(100 + family), f"{given} Testani{family}", "", "", "41", "", ""))
    rows += [("200", *HEAD[1:]), ("", "Jamil Popal", "Akbar", "m", "30", "", "0799111222"), ("200", *HEAD[1:])]
    batch = take(table(*rows))
    assert asked(batch) == [{"count": "1", "rows": "39"}]
