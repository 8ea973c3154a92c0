"""Column maps: proposed with reasons, corrected, saved, found again."""

from __future__ import annotations

import json

import pytest

from core.intake.made import FAMILY, HEADER, table, take
from safepassage.core.errors import ProblemsError
from safepassage.core.intake import ColumnMap, Field, inspect_file, read_template
from safepassage.core.people import DocumentKind


def proposed(content: bytes) -> ColumnMap:
    return inspect_file(content).tables[0].column_map


def test_every_column_has_a_confidence_and_a_reason() -> None:
    for column in proposed(table(HEADER, *FAMILY)).columns:
        assert 0 <= column.confidence <= 1
        assert column.reason


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Father's Name", Field.FATHER),
        ("نام پدر", Field.FATHER),
        ("د پلار نوم", Field.FATHER),
        ("Name / نام", Field.NAME),
        ("household_id", Field.GROUP),
        ("relationship_i_c", Field.RELATION),
        ("group_a/birth_date", Field.BIRTH),
        ("name_enumerator", Field.EXTRA),
        ("author_phone", Field.EXTRA),
        ("start", Field.STATED_ON),
        ("simserial", Field.EXTRA),
        ("IP address", Field.EXTRA),
        ("Date of Brith", Field.BIRTH),
        ("prénom", Field.GIVEN),
    ],
)
def test_headers_are_understood_in_many_words(header: str, field: Field) -> None:
    column_map = proposed(table((header, "Passport No", "Phone"), ("", "P1234567", "0701234567")))
    assert column_map.columns[0].field is field


def test_cells_that_contradict_their_header_win() -> None:
    header = ("Name", "Age", "Passport No")
    rows = [(f"Karim {letter * 3}", "994801221", "P1234567") for letter in "ABC"]
    assert proposed(table(header, *rows)).columns[1].field is Field.EXTRA


def test_a_column_of_moments_is_no_place() -> None:
    header = ("Name", "Plase", "Passport No")
    rows = [(f"Karim {letter * 3}", f"2021-08-2{at}T12:35:00", "P1234567") for at, letter in enumerate("ABC")]
    assert proposed(table(header, *rows)).columns[1].field is Field.EXTRA


def test_a_table_without_headers_is_read_by_its_cells() -> None:
    rows = [row[1:] for row in FAMILY]
    batch = take(table(*rows, *rows))
    assert batch.listings[0].name == "Karim Testani"
    assert batch.listings[0].phones == ("+93701234567",)


def test_a_corrected_map_is_saved_read_back_and_used_on_shuffled_columns() -> None:
    header = ("Xqz", "Name", "DOB")
    rows = [("P1234567", "Karim Testani", "1980"), ("P1234568", "Omid Beispiel", "1990")]
    corrected = proposed(table(header, *rows)).correct("Xqz", field=Field.DOCUMENT, document=DocumentKind.VISA)
    saved = read_template(json.loads(json.dumps(corrected.to_template("partner"))))
    assert saved.columns == corrected.columns
    shuffled = [(row[2], row[0], row[1]) for row in (header, *rows)]
    batch = take(table(*shuffled), column_maps={saved.signature: saved})
    assert [one.documents[0].kind for one in batch.listings] == [DocumentKind.VISA] * 2
    assert batch.listings[0].name == "Karim Testani"


def test_a_bad_template_lists_all_its_faults() -> None:
    with pytest.raises(ProblemsError) as caught:
        read_template({"version": 99, "columns": [{"index": -1}]})
    assert len(caught.value.problems) >= 4


def test_correcting_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(ProblemsError):
        proposed(table(HEADER, *FAMILY)).correct("Nowhere", field=Field.NAME)


def test_the_day_order_of_a_column_settles_its_doubtful_dates() -> None:
    rows = [("Karim Testani", "03/04/1980"), ("Omid Beispiel", "25/04/1990"), ("Sara Beispiel", "01/02/2003")]
    birth = take(table(("Name", "DOB"), *rows)).listings[0].birth
    assert birth is not None
    assert birth.readings[0][0].month == 4
