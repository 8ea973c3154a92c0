"""The generated lists: repeatable, complete, and numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from safepassage.cli.example_lists import write_example
from safepassage.core.sim import GeneratedLists, generate_lists

EXAMPLE = Path(__file__).parents[4] / "examples" / "kabul-2021"


@pytest.fixture(scope="module")
def made() -> GeneratedLists:
    return generate_lists(np.random.default_rng(2021))


def content_of(name: str, data: bytes) -> object:
    """The content of a file: that of its parts where it is a ZIP, since compressors differ."""
    if name.endswith((".xlsx", ".ods")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(part.filename, part.date_time, archive.read(part)) for part in archive.infolist()]
    return data


def rows_of(made: GeneratedLists, file: str, sheet: str) -> dict[int, list[str]]:
    """The physical rows of a table by number, read with other libraries than those that wrote it."""
    data = made.files[file]
    if file.endswith(".xlsx"):
        workbook = openpyxl.load_workbook(io.BytesIO(data))
        return {n: ["" if c is None else str(c) for c in row] for n, row in enumerate(workbook[sheet].values, 1)}
    if file.endswith(".ods"):
        table = (
            CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        )
        return {n: [str(c) for c in row] for n, row in enumerate(table, 1)}
    if file.endswith(".json"):
        members = [m for s in json.loads(data)["results"] for m in s["members"]]
        return {n: [m["members/full_name"]] for n, m in enumerate(members, 1)}
    if file.endswith(".xml"):
        persons = ET.fromstring(data).findall("{http://zesty.ca/pfif/1.4}person")
        return {n: [p.findtext("{http://zesty.ca/pfif/1.4}full_name") or ""] for n, p in enumerate(persons, 1)}
    encoding, delimiter = {
        "volunteers.csv": ("utf-8", ","),
        "ngo-dari.csv": ("cp1256", ";"),
        "teachers-pashto.tsv": ("utf-16", "\t"),
        "chat-pasted.txt": ("utf-8", "\x00"),
    }[file]
    text = data.decode(encoding)
    if file.endswith(".txt"):
        return {n: [line] for n, line in enumerate(text.split("\n"), 1)}
    return dict(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1))


def test_the_default_operation_has_the_size_that_was_asked_for(made: GeneratedLists) -> None:
    assert len(made.files) == 9
    assert len({a.person for a in made.answers}) == 3000
    assert len({a.family for a in made.answers}) == 900
    assert 5000 <= len(made.answers) <= 5100


def test_the_committed_example_is_what_its_seed_gives(made: GeneratedLists) -> None:
    assert {path.name for path in (EXAMPLE / "lists").iterdir()} == set(made.files)
    for name, data in made.files.items():
        assert content_of(name, (EXAMPLE / "lists" / name).read_bytes()) == content_of(name, data), name
    assert (EXAMPLE / "answer-key.csv").read_bytes() == made.answer_key()
    assert (EXAMPLE / "other-rows.csv").read_bytes() == made.other_rows()


def test_one_seed_gives_the_same_bytes_twice_and_another_seed_gives_others() -> None:
    first, again, other = (
        generate_lists(np.random.default_rng(seed), families=20, people=60, rows=100) for seed in (5, 5, 6)
    )
    assert first == again
    assert all(first.files[name] != other.files[name] for name in first.files)


def test_every_key_row_points_at_a_row_with_letters_in_it(made: GeneratedLists) -> None:
    for file, sheet in sorted({(a.file, a.sheet) for a in made.answers}):
        rows = rows_of(made, file, sheet)
        for answer in made.answers:
            if (answer.file, answer.sheet) == (file, sheet):
                assert any(any(c.isalpha() for c in cell) for cell in rows[answer.number]), (file, answer.number)


def test_the_key_of_a_person_leads_to_one_passport_in_every_list(made: GeneratedLists) -> None:
    """A row number that is off by one anywhere would lead to a neighbour's passport."""
    places = {
        ("volunteers.csv", ""): 6,
        ("ngo-dari.csv", ""): 7,
        ("teachers-pashto.tsv", ""): 8,
        ("embassy-priority.xlsx", "Priority List"): 6,
        ("partner-form.xlsx", "Members"): 5,
        ("staff-roster.ods", "Staff"): 6,
    }
    rows = {table: rows_of(made, *table) for table in places}
    passports: dict[str, set[str]] = {}
    for answer in made.answers:
        table = (answer.file, answer.sheet)
        if table in places and "misread-passport" not in answer.tags:
            found = rows[table][answer.number][places[table]]
            passports.setdefault(answer.person, set()).update({found} - {""})
    assert max(len(found) for found in passports.values()) == 1
    assert sum(len(found) for found in passports.values()) > 800


def test_rows_and_keys_add_up_in_every_table(made: GeneratedLists) -> None:
    for file, sheet in sorted({(a.file, a.sheet) for a in made.answers}):
        numbers = {a.number for a in made.answers if (a.file, a.sheet) == (file, sheet)}
        numbers |= {o.number for o in made.others if (o.file, o.sheet) == (file, sheet)}
        assert numbers == set(range(1, max(numbers) + 1)), (file, sheet)


def test_every_hard_case_occurs(made: GeneratedLists) -> None:
    tags = Counter(tag for answer in made.answers for tag in answer.tags)
    for tag in (
        "arabic-script", "single-name", "fnu", "jan-1", "hamal-1", "year-only", "age", "solar", "typo", "honorific",
        "dropped-token", "joined-tokens", "misread-passport", "fixer", "stranger", "twice-in-group", "headless",
        "colleague", "daughter-at-fathers", "father-as-surname", "no-birth",
    ):  # fmt: skip
        assert tags[tag] >= 10, tag
    assert {o.outcome for o in made.others} == {"rejected", "no-people"}
    assert {"title", "header", "blank", "subtotal"} <= {o.reason for o in made.others}


def test_one_workbook_hides_a_row_and_a_sheet(made: GeneratedLists) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made.files["embassy-priority.xlsx"]))
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["Internal"]
    assert sum(row.hidden for row in book["Priority List"].row_dimensions.values()) == 1


@pytest.mark.parametrize(("families", "people"), [(1, 1), (1, 5), (6, 6), (6, 50), (40, 90)])
def test_any_size_that_fits_is_met_exactly(families: int, people: int) -> None:
    made = generate_lists(np.random.default_rng(3), families=families, people=people, rows=people)
    assert len({a.person for a in made.answers}) == people
    assert len({a.family for a in made.answers}) == families


def test_a_size_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="don't fit"):
        generate_lists(np.random.default_rng(3), families=5, people=200)


def test_an_example_is_written_into_a_folder(tmp_path: Path) -> None:
    made = write_example(tmp_path, seed=7, families=8, people=24, rows=40)
    assert {path.name for path in (tmp_path / "lists").iterdir()} == set(made.files)
    with (tmp_path / "answer-key.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(made.answers)
