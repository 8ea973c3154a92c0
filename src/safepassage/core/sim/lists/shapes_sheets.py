"""Lists as workbooks: an embassy's XLSX with merged headers, a form's XLSX with two sheets, a roster in ODS."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

import numpy as np
import xlsxwriter

from safepassage.core.people import Relation
from safepassage.core.sim.lists import lexicon
from safepassage.core.sim.lists.entries import Entry
from safepassage.core.sim.lists.luck import between
from safepassage.core.sim.lists.shapes_text import Made
from safepassage.core.sim.lists.table import Cell, Column, Table, fill
from safepassage.core.sim.lists.words import LANGUAGES, claim_word, need_words, relation_word, sex_word

_SAVED = datetime(2021, 8, 20, 9, 0)  # noqa: DTZ001  (a workbook's own stamp has no zone)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = " ".join(f'xmlns:{part}="{_ODF}{part}:1.0"' for part in ("office", "table", "text"))
_MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_HIDDEN_SHEET = "Internal"


def embassy_xlsx(rng: np.random.Generator, file: str, groups: Sequence[Sequence[Entry]]) -> Made:
    """XLSX with a title block, merged two-line headers, subtotals, one hidden row and one hidden sheet of people."""
    columns = (
        Column("No", lambda e: e.group),
        Column("Surname", lambda e: e.surname, identifies=True),
        Column("Given Names", lambda e: e.given, identifies=True),
        Column("Relation to Principal", lambda e: relation_word(e, "en")),
        Column("Sex", lambda e: sex_word(e, "en")),
        Column("Date of Birth", lambda e: e.birth, identifies=True),
        Column("Number", lambda e: e.passport, identifies=True),
        Column("Nationality", lambda e: e.place.person.country),
        Column("Case / A-Number", lambda e: e.other_number, identifies=True),
        Column("Telephone", lambda e: e.phone),
        Column("Category", lambda e: claim_word(e, "en")),
        Column("Special Needs", need_words),
    )
    inside = max(1, len(groups) // 60)
    main, internal = Table(file, "Priority List"), Table(file, _HIDDEN_SHEET)
    width = len(columns)
    for title in (
        "INVENTED EMBASSY - CONSULAR SECTION",
        "Priority list, version 7 FINAL (2)",
        "As of 20 August 2021",
    ):
        main.put_other([title, *[None] * (width - 1)], "title")
    main.put_other([None] * width, "blank")
    bands = ["Applicant", *[None] * 5, "Travel document", None, None, "Contact", None, None]
    main.put_other(bands, "header")
    main.put_other([column.heading for column in columns], "header")
    fill(rng, main, columns, groups[inside:], subtotal_every=25, subtotal="Sub-total persons", broken=4)
    internal.put_other([column.heading for column in columns], "header")
    fill(rng, internal, columns, groups[:inside], broken=0)
    out = io.BytesIO()
    book = _book(out)
    sheet = book.add_worksheet(main.sheet)
    bold = book.add_format({"bold": True})
    _write_rows(book, sheet, main)
    for row in range(3):
        sheet.merge_range(row, 0, row, width - 1, main.rows[row][0], bold)
    for first, last, text in ((0, 5, "Applicant"), (6, 8, "Travel document"), (9, 11, "Contact")):
        sheet.merge_range(4, first, 4, last, text, bold)
    people = [a.number for a in main.answers]
    if people:
        sheet.set_row(people[between(rng, 0, len(people) - 1)] - 1, None, None, {"hidden": True})
    hidden = book.add_worksheet(internal.sheet)
    _write_rows(book, hidden, internal)
    hidden.hide()
    book.close()
    return out.getvalue(), [main, internal]


def form_xlsx(rng: np.random.Generator, file: str, groups: Sequence[Sequence[Entry]]) -> Made:
    """XLSX as a form server exports it: households on one sheet, members on the other, joined by an index."""
    households, members = Table(file, "Households"), Table(file, "Members")
    households.put_other(
        ["_index", "start", "province", "preferred_language", "phone_number", "claim", "consent", "hh_size"], "header"
    )
    for index, group in enumerate(groups, start=1):
        first = group[0]
        home = first.place.family
        cells: list[Cell] = [
            index,
            f"2021-08-{between(rng, 16, 24)}T{between(rng, 6, 20):02d}:{between(rng, 0, 59):02d}:00",
        ]
        cells += [lexicon.PROVINCES[home.province][0].lower(), LANGUAGES[home.language].lower(), first.phone]
        households.put_other([*cells, claim_word(first, "form"), "yes", len(group)], "household")
    index_of = {id(entry): index for index, group in enumerate(groups, start=1) for entry in group}
    columns = (
        Column("full_name", lambda e: e.name, identifies=True),
        Column("father_name", lambda e: e.father, identifies=True),
        Column("relationship_to_head", lambda e: e.relation.value.replace("-", "_")),
        Column("sex", lambda e: sex_word(e, "long")),
        Column("date_of_birth", lambda e: _as_day(e.birth), identifies=True),
        Column("passport_number", lambda e: e.passport, identifies=True),
        Column("tazkira_number", lambda e: e.tazkira, identifies=True),
        Column("member_phone", lambda e: "" if e.relation is Relation.HEAD else e.phone),
        Column("specific_needs", lambda e: need_words(e, joiner=" ")),
        Column("_parent_index", lambda e: index_of[id(e)]),
    )
    members.put_other([column.heading for column in columns], "header")
    fill(rng, members, columns, groups, broken=3)
    out = io.BytesIO()
    book = _book(out)
    for table in (households, members):
        _write_rows(book, book.add_worksheet(table.sheet), table)
    book.close()
    return out.getvalue(), [households, members]


def staff_ods(rng: np.random.Generator, file: str, groups: Sequence[Sequence[Entry]]) -> Made:
    """ODS with headers in two languages: colleagues on one employer's letter, each with those they bring."""
    columns = (
        Column("Letter / مکتوب", lambda e: f"L-{e.group}"),
        Column("Name / نام", lambda e: e.name, identifies=True),
        Column("Father / ولد", lambda e: e.father, identifies=True),
        Column("Relation / نسبت", lambda e: relation_word(e, "en")),
        Column("Sex", lambda e: sex_word(e, "en")),
        Column("Birth / تولد", lambda e: e.birth, identifies=True),
        Column("Passport / پاسپورت", lambda e: e.passport, identifies=True),
        Column("Tazkira / تذکره", lambda e: e.tazkira, identifies=True),
        Column("Mobile / موبایل", lambda e: e.phone),
        Column("Programme", lambda e: claim_word(e, "en")),
        Column("Spouse / همسر", lambda e: e.spouse, identifies=True),
    )
    table = Table(file, "Staff")
    table.put_other(["Staff and dependants, by letter of employment", *[None] * (len(columns) - 1)], "title")
    table.put_other([column.heading for column in columns], "header")
    fill(rng, table, columns, groups, blank_between=0.03, header_again_every=60, broken=3)
    return _ods(table), [table]


def _ods(table: Table) -> bytes:
    """The table as the smallest OpenDocument spreadsheet (ODF 1.2), with one fixed time stamp."""
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in table.rows)
    content = (
        f'{_XML}<office:document-content {_NAMESPACES} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(table.sheet)}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in (("mimetype", _ODS_TYPE), ("content.xml", content), ("META-INF/manifest.xml", _MANIFEST)):
            item = zipfile.ZipInfo(name, date_time=_SAVED.timetuple()[:6])
            item.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(item, text)
    return out.getvalue()


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    kind = (
        f'office:value-type="float" office:value="{cell}"' if isinstance(cell, int) else 'office:value-type="string"'
    )
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def _book(out: io.BytesIO) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _SAVED, "author": "invented"})
    return book


def _as_day(text: str) -> Cell:
    """A date cell where the text is a full ISO date, the text itself where it is not."""
    return date.fromisoformat(text) if len(text) == 10 and text[4] == "-" else text


def _write_rows(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, table: Table) -> None:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif cell:
                sheet.write_string(number, column, cell)
