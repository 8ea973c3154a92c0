"""A quote that never closes and a cell without end lose nobody else."""

from __future__ import annotations

import time

import pytest

from safepassage.core.intake import RejectCode
from tests.core.intake.made import table, take

HEADER = "Name,Father,DOB,Phone\n"
GOOD = "Karim Testani,Nabi,1980-01-02,0700000001\nLaila Muster,Omar,1990-02-03,0700000002\n"


def names(text: str) -> list[str]:
    return [one.name for one in take(text.encode()).listings]


@pytest.mark.parametrize(
    "bad", ['"Nadia Exemplar,Adam,1985-05-05,0700000003\n', 'Nadia Exemplar,"Adam,1985-05-05,0700000003\n']
)
def test_an_unclosed_quote_swallows_nobody(bad: str) -> None:
    found = take((HEADER + bad + GOOD).encode())
    assert [one.name.strip('"') for one in found.listings] == ["Nadia Exemplar", "Karim Testani", "Laila Muster"]
    assert found.warnings


def test_a_quoted_cell_of_several_lines_is_one_cell() -> None:
    phones = '"0700000001\nor, in the evening, 0700000009"'
    lines = f'{HEADER}"Karim Testani",Nabi,1980-01-02,{phones}\n{GOOD.splitlines()[1]}'
    assert names(lines) == ["Karim Testani", "Laila Muster"]


def test_a_cell_without_end_is_refused_with_its_reason_and_the_others_go_on() -> None:
    rows = (("Karim Testani", "Nabi", "1980-01-02"), ("A" * 40_000, "Omar", "1990-02-03"))
    found = take(table(("Name", "Father", "DOB"), *rows))
    assert [one.name for one in found.listings] == ["Karim Testani"]
    assert [one.code for one in found.rejects] == [RejectCode.CELL_TOO_LONG]


def test_a_quote_that_is_never_closed_costs_no_more_than_its_rows() -> None:
    """Every row after it is of one family, and each was held against all others: 50,000 took minutes."""
    head = "Family number,Relation to head,Full name,Sex,Date of birth,Phone,Family size\n"
    content = (head + '1,head,"unterminated\n' + "x,y\n" * 15_000).encode()
    began = time.process_time()
    found = take(content)
    assert time.process_time() - began < 8, "a second or so; 40 where it grows with the square"
    assert len(found.rows) > 15_000
