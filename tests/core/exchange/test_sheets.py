"""Spreadsheets: text stays text, choices are closed, and what partners fill in comes back."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.exchange import (
    CallRow,
    Manifest,
    ManifestRow,
    write_call_sheet,
    write_counts_csv,
    write_manifest,
    write_partner_template,
)
from safepassage.core.exchange.cells import guard_cell
from safepassage.core.exchange.partner import CHOICES, COLUMNS, EXAMPLES, HELP, HELP_SHEET, LIST_SHEET, header_of
from safepassage.core.ids import SourceId
from safepassage.core.intake import intake_file
from safepassage.core.intake.columns.headers import read_header
from safepassage.core.intake.lexicon.cells import read_relation, read_sex
from safepassage.core.ledger import CountRow, Stage
from safepassage.core.ledger.codes import OUTCOMES
from safepassage.core.people import Need, Relation, Sex

AS_OF = datetime(2021, 8, 25, 18, 30, tzinfo=timezone(timedelta(hours=4, minutes=30)))
FORMULAS = ("=1+1", '=HYPERLINK("http://x","y")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1")
CALL = CallRow("F-1", "=1+1", ("+93700000001",), 4, language="Dari", tier=2, gather_at="@north")
MANIFEST = Manifest(
    "bus-1", 2, "Bus 12", "North", "Abbey Gate", "14:00", (ManifestRow(1, "P-1", "F-1", "=cmd()", "m", "0123"),)
)


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_like_a_formula(text):
    assert guard_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["siv", "+93700000001", "-12.5", "", "a=b", "کریم"])
def test_plain_words_and_signed_numbers_stay_as_they_are(text):
    assert guard_cell(text) == text


@given(st.text(max_size=30))
def test_guarding_only_ever_adds_one_apostrophe_in_front(text):
    assert guard_cell(text) in {text, f"'{text}"}


def test_counts_come_with_hxl_tags_in_utc_and_add_up():
    counts = (CountRow("siv", Stage.BOARDED, 3, 2), CountRow("unknown", Stage.KNOWN, 5, 0))
    content = write_counts_csv(counts, operation="=kabul", as_of=AS_OF)
    assert content.startswith(b"\xef\xbb\xbf")
    header, tags, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert len(header) == len(tags) == 6
    assert all(tag.startswith("#") for tag in tags)
    assert rows[0] == ["'=kabul", "2021-08-25T14:00:00Z", "siv", "boarded", "3", "2"]
    assert sum(int(row[4]) for row in rows) == 8


def test_counts_without_a_time_zone_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        write_counts_csv((), operation="kabul", as_of=datetime(2021, 8, 25))


@pytest.mark.parametrize(
    "content",
    [write_call_sheet([CALL], title="=Calls", is_provisional=False), write_manifest(MANIFEST)],
    ids=["calls", "manifest"],
)
def test_no_workbook_holds_a_formula_or_a_link(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert any(cell.value in {"=1+1", "=cmd()"} for row in opened(content).active for cell in row)


def test_the_call_sheet_offers_the_closed_outcomes_and_keeps_phones_as_written():
    sheet = opened(write_call_sheet([CALL], title="Day 1", is_provisional=True)).active
    assert sheet["A1"].value == "PROVISIONAL: reviews are open, the list may change. Day 1"
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(OUTCOMES)}"'
    row = {header.value: cell.value for header, cell in zip(sheet[3], sheet[4], strict=True)}
    assert (row["Phones"], row["People"], row["Tier"]) == ("+93700000001", 4, 2)


def test_a_list_that_is_not_provisional_is_not_marked():
    sheet = opened(write_call_sheet([], title="Day 1", is_provisional=False)).active
    assert sheet["A1"].value == "Day 1"


def test_the_manifest_keeps_leading_zeros_and_its_version():
    sheet = opened(write_manifest(MANIFEST)).active
    assert sheet["A1"].value == "Manifest bus-1, version 2: 1 person"
    assert [cell.value for cell in sheet[6]][:5] == [1, "=cmd()", "", "m", "0123"]


def test_every_copy_says_of_which_plan_it_is_who_may_see_it_and_how_many_pages_there_are():
    about = replace(MANIFEST, about="Of plan PL-1", audience="For: gate officer")
    sheet = opened(write_manifest(about)).active
    assert [sheet[f"A{row}"].value for row in (2, 3, 4)] == [
        "Bus 12   North to Abbey Gate   14:00",
        "Of plan PL-1",
        "For: gate officer",
    ]
    assert sheet[f"K{6}"].value == "\u2610"
    calls = opened(write_call_sheet([CALL], title="Day 1", is_provisional=False, about="Of plan PL-1")).active
    assert calls["A2"].value == "Of plan PL-1"
    assert {one.oddFooter.right.text for one in (sheet, calls)} == {"Page &P of &N"}


def test_the_partner_template_has_help_in_three_languages_machine_made_ones_marked():
    book = opened(write_partner_template(operation="Kabul", contact="desk"))
    assert book.sheetnames == [LIST_SHEET, HELP_SHEET]
    headers = [cell.value.split("\n") for cell in book[LIST_SHEET][1]]
    assert [header[0] for header in headers] == [title for title, _ in COLUMNS]
    assert {len(header) for header in headers} == {3}
    assert len({len(sentences) for sentences in HELP.values()}) == 1
    told = [row[0].value for row in book[HELP_SHEET] if row[0].value]
    assert sum("not yet approved" in line for line in told) == 2


def test_dates_and_numbers_of_the_template_are_text_so_that_nothing_is_swapped_or_cut():
    sheet = opened(write_partner_template(operation="Kabul", contact="desk"))[LIST_SHEET]
    formats = {
        title: sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].number_format
        for number, (title, _) in enumerate(COLUMNS, 1)
    }
    assert formats["Date of birth"] == formats["Phone"] == formats["Passport number"] == "@"


def test_the_blank_template_comes_back_with_nobody_in_it_and_without_a_warning():
    content = write_partner_template(operation="Kabul", contact="desk@example.org")
    batch = intake_file(content, source=SourceId("S-PARTNER"), received=date(2021, 8, 20), name="template.xlsx")
    assert batch.listings == batch.rejects == batch.doubts == batch.warnings == ()


def test_each_column_has_an_example_beside_the_cell_and_every_choice_is_understood():
    sheet = opened(write_partner_template(operation="Kabul", contact="desk"))[LIST_SHEET]
    notes = {rule.promptTitle: rule.prompt for rule in sheet.data_validations.dataValidation}
    assert set(notes) == {title for title, _ in COLUMNS} - {"Remarks"}
    assert all(EXAMPLES[title] in note for title, note in notes.items() if title)
    assert all(read_relation(word) not in (None, Relation.UNKNOWN) for word in CHOICES["Relation to head"])
    assert all(read_sex(word) not in (None, Sex.UNKNOWN) for word in CHOICES["Sex"])


@pytest.mark.parametrize("language", [0, 1, 2])
def test_a_header_of_the_template_is_understood_in_each_language_alone(language):
    understood = {title: read_header(header_of(title).split("\n")[language]) for title, _ in COLUMNS}
    whole = {title: read_header(title) for title, _ in COLUMNS}
    assert {title: one.field for title, one in understood.items()} == {
        title: one.field for title, one in whole.items()
    }
    assert all(one.score >= 0.6 for one in understood.values())


def test_the_same_values_make_the_same_bytes():
    assert write_manifest(MANIFEST) == write_manifest(MANIFEST)
    again = write_partner_template(operation="Kabul", contact="desk")
    assert write_partner_template(operation="Kabul", contact="desk") == again
    assert AS_OF.tzinfo is not UTC


def test_what_a_partner_fills_in_is_read_back_as_people(tmp_path):
    book = opened(write_partner_template(operation="Kabul", contact="desk"))
    titles = [title for title, _ in COLUMNS]
    for filled in (
        {"Family number": "1", "Relation to head": "head", "Full name": "Karim Testani", "Father's name": "Ghafar"}
        | {"Sex": "male", "Date of birth": "1980-05-14", "Passport number": "P1234567", "Phone": "0093700000001"},
        {
            "Family number": "1",
            "Relation to head": "spouse",
            "Full name": "Laila Testani",
            "Special needs": "wheelchair",
        }
        | {"Sex": "female", "Date of birth": "1984", "Language": "Dari"},
    ):
        book[LIST_SHEET].append([filled.get(title, "") for title in titles])
    path = tmp_path / "partner.xlsx"
    book.save(path)
    taken = intake_file(path, source=SourceId("S-PARTNER"), received=AS_OF.date(), region="AF")
    assert not taken.rejects
    head, spouse = taken.listings
    assert (head.name, head.father, head.sex, head.relation) == ("Karim Testani", "Ghafar", Sex.MALE, Relation.HEAD)
    assert (head.phones, head.documents[0].number) == (("+93700000001",), "P1234567")
    assert head.group == spouse.group
    assert (spouse.relation, spouse.needs, spouse.language) == (Relation.SPOUSE, (Need.WHEELCHAIR,), "fa")
    assert head.birth is not None
    assert str(head.birth.readings[0][0]) == "1980-05-14"
