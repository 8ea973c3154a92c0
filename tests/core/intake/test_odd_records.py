"""Objects that are none, and fields stated twice: each is a row, refused with a reason, and figures add up."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.ids import SourceId
from safepassage.core.intake import BatchResult, intake_file
from safepassage.core.intake.codes import Outcome, RejectCode
from tests.conftest import NOW

KARIM = {"Full name": "Karim Testani", "Date of birth": "1980-05-14", "Phone": "0700000001"}
LAILA = {"Full name": "Laila Testani", "Date of birth": "1984-02-03", "Phone": "0700000002"}


def taken(text: str) -> BatchResult:
    return intake_file(text.encode(), source=SourceId("S-EXAMPLE1"), received=NOW.date(), name="list.json")


def names(result: BatchResult) -> list[str]:
    return [listing.name for listing in result.listings]


def adds_up(result: BatchResult) -> bool:
    counted = sum(result.count_rows(outcome) for outcome in Outcome)
    return len(result.rows) == counted and len(result.rejects) == result.count_rows(Outcome.REJECTED)


def test_bare_values_among_objects_are_counted_and_refused() -> None:
    result = taken(json.dumps([1, "x", None, KARIM, [7], LAILA]))
    assert names(result) == ["Karim Testani", "Laila Testani"]
    assert [reject.code for reject in result.rejects] == [RejectCode.NO_RECORD] * 4
    assert [reject.number for reject in result.rejects] == [1, 2, 3, 5]
    assert len(result.rows) == 6
    assert [row.cells[-1] for row in result.rows if row.outcome is Outcome.REJECTED] == ["1", "x", "null", "[7]"]
    assert adds_up(result)


def test_bare_values_among_the_records_of_a_named_list_are_counted_too() -> None:
    result = taken(json.dumps({"count": 3, "results": [KARIM, "x", LAILA]}))
    assert names(result) == ["Karim Testani", "Laila Testani"]
    assert [(one.code, one.number) for one in result.rejects] == [(RejectCode.NO_RECORD, 2)]
    assert adds_up(result)


def test_an_object_that_names_two_people_under_one_key_is_refused_and_kept_whole() -> None:
    twice = '{"Full name": "Karim Testani", "Full name": "Omid Beispiel", "Phone": "0700000001"}'
    result = taken(f"[{twice}, {json.dumps(LAILA)}]")
    assert names(result) == ["Laila Testani"]
    (reject,) = result.rejects
    assert (reject.code, reject.number) == (RejectCode.STATED_TWICE, 1)
    assert "Karim Testani\nOmid Beispiel" in result.rows[0].cells
    assert adds_up(result)


def test_a_key_stated_twice_alike_is_no_fault() -> None:
    twice = '{"Full name": "Karim Testani", "Full name": "Karim Testani", "Phone": "0700000001"}'
    result = taken(f"[{twice}, {json.dumps(LAILA)}]")
    assert names(result) == ["Karim Testani", "Laila Testani"]
    assert not result.rejects


def test_a_key_stated_twice_within_an_inner_object_refuses_its_record() -> None:
    inner = '{"Full name": "Karim Testani", "contact": {"Phone": "0700000001", "Phone": "0700000009"}}'
    result = taken(f"[{inner}, {json.dumps(LAILA)}]")
    assert [reject.code for reject in result.rejects] == [RejectCode.STATED_TWICE]
    assert adds_up(result)


def test_members_beside_bare_values_are_read_and_the_others_refused() -> None:
    household = {"Household": "7", "members": [KARIM, None, "unknown", LAILA]}
    result = taken(json.dumps([household]))
    assert names(result) == ["Karim Testani", "Laila Testani"]
    assert [reject.code for reject in result.rejects] == [RejectCode.NO_RECORD] * 2
    assert adds_up(result)


def test_members_listed_under_one_key_twice_are_all_read() -> None:
    household = f'{{"Household": "7", "members": [{json.dumps(KARIM)}], "members": [{json.dumps(LAILA)}]}}'
    assert names(taken(f"[{household}]")) == ["Karim Testani", "Laila Testani"]


def test_a_bad_line_among_one_object_a_line_is_refused_alone() -> None:
    result = taken("\n".join([json.dumps(KARIM), '{"Full name": "Omid', json.dumps(LAILA)]))
    assert names(result) == ["Karim Testani", "Laila Testani"]
    assert [(one.code, one.number) for one in result.rejects] == [(RejectCode.NO_RECORD, 2)]


def test_a_number_without_end_stops_nobody() -> None:
    result = taken(f'[{{"Full name": "Karim Testani", "Phone": {"7" * 5000}}}, {json.dumps(LAILA)}]')
    assert names(result) == ["Karim Testani", "Laila Testani"]


@given(
    st.lists(
        st.sampled_from([KARIM, LAILA]) | st.none() | st.integers() | st.text(max_size=9) | st.lists(st.integers()),
        max_size=9,
    )
)
def test_whatever_stands_among_objects_every_one_of_them_is_a_row(items) -> None:
    result = taken(json.dumps([KARIM, *items]))
    assert len(result.rows) == 1 + len(items)
    assert result.count_rows(Outcome.REJECTED) == sum(not isinstance(one, dict) for one in items)
    assert adds_up(result)


PFIF = (
    '<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">'
    "<pfif:person><pfif:full_name>Laila Testani</pfif:full_name><pfif:sex>female</pfif:sex></pfif:person>"
    "<pfif:person><pfif:full_name>Karim Testani</pfif:full_name>{more}<pfif:sex>male</pfif:sex></pfif:person>"
    "</pfif:pfif>"
)


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ("<pfif:full_name>Omid Beispiel</pfif:full_name>", 1),
        ("<pfif:sex>female</pfif:sex>", 1),
        ("<pfif:full_name>Karim Testani</pfif:full_name>", 0),
        ("<pfif:phone>0700000001</pfif:phone><pfif:phone>0700000002</pfif:phone>", 0),
    ],
)
def test_a_person_of_pfif_with_two_names_is_refused_and_one_with_two_phones_is_not(more, refused) -> None:
    result = taken(PFIF.format(more=more))
    assert [reject.code for reject in result.rejects] == [RejectCode.STATED_TWICE] * refused
    assert names(result) == ["Laila Testani", "Karim Testani"][: 2 - refused]
    assert adds_up(result)
