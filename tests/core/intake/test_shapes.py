"""Lists in the shapes in which they come."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
import xlsxwriter

from core.intake.made import FAMILY, HEADER, table, take, workbook
from safepassage.core.intake import Field, FileKind, Outcome, RowReason
from safepassage.core.people import DocumentKind, Need, Relation, Sex


def names(content: bytes) -> list[str]:
    return [listing.name for listing in take(content).listings]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_plain_table_is_read_whatever_its_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    batch = take(table(HEADER, *FAMILY, delimiter=delimiter, encoding=encoding))
    karim, laila, omid = batch.listings
    assert karim.name == "Karim Testani"
    assert karim.sex is Sex.MALE
    assert karim.relation is Relation.HEAD
    assert karim.birth is not None
    assert karim.birth.earliest == date(1980, 5, 14)
    assert karim.documents[0].kind is DocumentKind.PASSPORT
    assert karim.phones == ("+93701234567",)
    assert laila.group == karim.group != omid.group
    assert laila.relation is Relation.SPOUSE
    assert batch.count_rows(Outcome.NO_PEOPLE) == 1


def test_dari_headers_in_windows_1256_are_understood() -> None:
    header = ("شماره فاميل", "اسم", "نام پدر", "قرابت", "جنس", "تاريخ تولد", "شماره تماس")
    rows = [
        ("1", "نمونه آزمايشي", "کريم", "سرپرست", "مرد", "1360/02/04", "0701234567"),
        ("1", "ليلا", "رحيم", "خانم", "زن", "1365", ""),
    ]
    first, second = take(table(header, *rows, delimiter=";", encoding="cp1256")).listings
    assert first.father == "کريم"
    assert (first.relation, second.relation) == (Relation.HEAD, Relation.SPOUSE)
    assert first.birth is not None
    assert first.birth.earliest == date(1981, 4, 24)
    assert first.group == second.group


def test_cyrillic_text_is_not_taken_for_arabic() -> None:
    header = ("Прізвище", "Ім'я", "Стать", "Дата народження")
    content = table(header, ("Зразковий", "Тест", "ч", "01.02.1990"), delimiter=";", encoding="cp1251")
    (one,) = take(content).listings
    assert (one.family, one.given, one.sex) == ("Зразковий", "Тест", Sex.MALE)


def test_titles_totals_blanks_and_repeated_headers_are_rows_without_people() -> None:
    content = table(
        ("Priority list, final",), HEADER, FAMILY[0], (), HEADER, FAMILY[1], ("Total", "", "", "", "2"), FAMILY[2]
    )
    batch = take(content)
    assert [row.reason for row in batch.rows if row.outcome is Outcome.NO_PEOPLE] == [
        RowReason.TITLE,
        RowReason.HEADER,
        RowReason.BLANK,
        RowReason.HEADER,
        RowReason.TOTAL,
    ]
    assert len(batch.listings) == 3


def test_a_title_block_with_merged_group_headers_is_read_through() -> None:
    rows = [
        ("Invented embassy",),
        (),
        ("Applicant", "", "", "Travel document", ""),
        ("No", "Surname", "Given Names", "Number", "Nationality"),
        (1, "TESTANI", "KARIM", "P1234567", "AFG"),
        (2, "BEISPIEL", "OMID", "P1234568", "AFG"),
    ]
    first, second = take(workbook({"List": rows})).listings
    assert (first.name, first.family) == ("KARIM TESTANI", "TESTANI")
    assert second.documents[0].number == "P1234568"


def test_members_of_a_second_sheet_join_their_household() -> None:
    households = [
        ("_index", "province", "phone_number", "claim"),
        (1, "herat", "0701234567", "siv"),
        (2, "kabul", "", ""),
    ]
    members = [
        ("full_name", "relationship_to_head", "_parent_index"),
        ("Karim Testani", "head", 1),
        ("Laila Testani", "spouse", 1),
        ("Omid Beispiel", "head", 2),
    ]
    batch = take(workbook({"Households": households, "Members": members}))
    karim, laila, omid = batch.listings
    assert karim.group == laila.group != omid.group
    assert (karim.place, laila.place) == ("herat", "herat")
    assert karim.claims == ("siv",)
    assert laila.claims == ()
    assert [row.reason for row in batch.rows if row.sheet == "Households"] == [
        RowReason.HEADER,
        RowReason.HOUSEHOLD,
        RowReason.HOUSEHOLD,
    ]


def test_nested_form_exports_give_one_row_for_each_member() -> None:
    submission = {
        "_id": 1,
        "household/province": "Kabul",
        "members": [
            {"members/full_name": "Karim Testani", "members/relation": "head", "members/gender": "male"},
            {"members/full_name": "Laila Testani", "members/relation": "spouse", "members/gender": "female"},
        ],
    }
    batch = take(json.dumps({"count": 1, "results": [submission]}).encode())
    assert batch.kind is FileKind.JSON
    assert [(one.name, one.row.sheet, one.row.number) for one in batch.listings] == [
        ("Karim Testani", "", 1),
        ("Laila Testani", "", 2),
    ]
    assert len({one.group for one in batch.listings}) == 1
    assert batch.listings[1].place == "Kabul"


def test_pfif_persons_are_rows_and_their_notes_say_whose_family_they_are() -> None:
    person = (
        "<pfif:person><pfif:full_name>{}</pfif:full_name>"
        "<pfif:description>father: Ghafar; family 7</pfif:description></pfif:person>"
    )
    persons = person.format("Karim Testani") + person.format("Laila Testani")
    batch = take(f'<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">{persons}</pfif:pfif>'.encode())
    assert [one.father for one in batch.listings] == ["Ghafar", "Ghafar"]
    assert len({one.group for one in batch.listings}) == 1


def test_a_pasted_chat_gives_people_families_and_messages() -> None:
    lines = (
        "[20/08/2021, 00:01] Helper: please add this family",
        "Family 1, Kabul, speaks Dari, SIV",
        "1. Karim Testani s/o Ghafar, head, DOB 1980, passport P1234567, 0701234567",
        "2. Laila, wife, 34, pregnant",
        "",
        "3. Ali and Zahra Beispiel, 8 and 3",
    )
    batch = take("\n".join(lines).encode())
    assert batch.kind is FileKind.CHAT
    karim, laila, ali, zahra = batch.listings
    assert (karim.father, karim.language, karim.claims) == ("Ghafar", "fa", ("siv",))
    assert laila.needs == (Need.PREGNANCY,)
    assert karim.group == laila.group
    assert (ali.name, zahra.name) == ("Ali", "Zahra Beispiel")
    assert ali.row == zahra.row
    assert ali.birth is not None
    assert zahra.birth is not None
    assert ali.birth.latest < zahra.birth.earliest


def test_one_row_may_name_a_whole_family() -> None:
    header = ("Name", "DOB", "Spouse Name", "Spouse DOB", "Children names", "Phone")
    row = ("Karim Testani", "14/05/1980", "Laila", "25/11/1984", "Ali (8), Zahra 3y and Omid", "0701234567")
    batch = take(table(header, row, ("Omid Beispiel", "1990-03-01", "", "", "none", "")))
    people = [(one.name, one.relation) for one in batch.listings]
    assert people == [
        ("Karim Testani", Relation.HEAD),
        ("Laila", Relation.SPOUSE),
        ("Ali", Relation.CHILD),
        ("Zahra", Relation.CHILD),
        ("Omid", Relation.CHILD),
        ("Omid Beispiel", Relation.UNKNOWN),
    ]
    assert len({one.group for one in batch.listings[:5]}) == 1
    assert batch.listings[5].group is None
    assert len({one.id for one in batch.listings}) == 6


def test_numbered_member_columns_are_people() -> None:
    header = ("head_of_household_name", "member1_name", "member1_dob", "member2_name", "member2_dob")
    row = ("Karim Testani", "Laila", "1984-11-25", "Ali", "2013-01-02")
    assert names(table(header, row, row)) == ["Karim Testani", "Laila", "Ali"] * 2


def test_a_head_begins_a_new_family_where_no_number_does() -> None:
    header = ("Name", "Relation", "Age")
    rows = [
        ("Karim Testani", "Head", "41"),
        ("Laila", "Wife", "36"),
        ("Omid Beispiel", "Head", "30"),
        ("Sara", "Wife", "29"),
    ]
    groups = [one.group for one in take(table(header, *rows)).listings]
    assert groups[0] == groups[1] != groups[2] == groups[3]


def test_a_family_number_written_once_holds_until_the_next() -> None:
    header = ("Family No", "Name", "Relation", "Age")
    rows = [("1", "Karim Testani", "Head", "41"), ("", "Laila", "Wife", "36"), ("2", "Omid Beispiel", "Head", "30")]
    groups = [one.group for one in take(table(header, *rows)).listings]
    assert groups[0] == groups[1] != groups[2]


def test_kin_named_below_a_person_belong_to_them_without_a_family_line() -> None:
    lines = (
        "Please help:",
        "Karim Testani, passport P1234567",
        "Wife: Laila, 1984",
        "Son: Ali (8 years)",
        "",
        "Omid, age 30",
    )
    karim, laila, ali, omid = take("\n".join(lines).encode()).listings
    assert karim.group == laila.group == ali.group != omid.group
    assert (karim.relation, laila.relation, ali.relation) == (Relation.HEAD, Relation.SPOUSE, Relation.CHILD)


def test_categories_are_found_by_cells_and_by_yes_or_no_columns() -> None:
    header = ("Name", "Status (SIV/P1/P2)", "Green card", "Wheelchair", "DOB")
    rows = [
        ("Karim Testani", "SIV", "", "Yes", "1980"),
        ("Laila Testani", "P2", "x", "No", "1984"),
        ("Omid Beispiel", "P1", "", "", "1990"),
    ]
    karim, laila, omid = take(table(header, *rows)).listings
    assert karim.needs == (Need.WHEELCHAIR,)
    assert set(laila.claims) == {"resident", "p2"}
    assert omid.claims == ("p1",)
    assert dict(omid.extras)["Status (SIV/P1/P2)"] == "P1"


def test_the_questions_of_an_online_form_are_headers() -> None:
    header = (
        "Timestamp",
        "What is your full name (as in passport)?",
        "Your father's name",
        "Your date of birth",
        "Names and ages of family members",
        "Phone / WhatsApp number with country code",
    )
    row = ("8/19/2021 14:03:22", "Karim Testani", "Ghafar", "5/14/1980", "Laila 36, Ali 8", "+93 70 123 4567")
    karim, laila, ali = take(table(header, row)).listings
    assert (karim.father, karim.phones) == ("Ghafar", ("+93701234567",))
    assert karim.birth is not None
    assert karim.birth.earliest == date(1980, 5, 14)
    assert karim.group == laila.group == ali.group


def test_a_merged_header_says_whose_birth_a_column_holds() -> None:
    sheet = [
        ("EMPLOYEE", "", "", "SPOUSE", "", "", "Child1", "", "Child2", "", "REMARKS"),
        ("Full name", "D.O.B.", "Passport No", "Name", "D.O.B.", "Passport No", "Name", "Age", "Name", "Age", ""),
        ("Hamid Testani", "1980-05-14", "P1234567", "Mina", "1985-02-03", "P7654321", "Omid", "9", "Roya", "4", ""),
        ("Najib Samplezad", "1975-11-02", "P2345678", "Roya", "1979-06-07", "", "Jawad", "12", "", "", "x"),
        ("Tariq Samplezad", "1990-01-31", "P3456789", "", "", "", "", "", "", "", ""),
    ]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Staff")
        for at, row in enumerate(sheet):
            page.write_row(at, 0, row)
        for first, last, text in ((0, 2, "EMPLOYEE"), (3, 5, "SPOUSE"), (6, 7, "Child1"), (8, 9, "Child2")):
            page.merge_range(0, first, 0, last, text)
    listings = take(out.getvalue()).listings
    told = [(one.name, one.relation.value, [document.number for document in one.documents]) for one in listings]
    assert told == [
        ("Hamid Testani", "head", ["P1234567"]),
        ("Mina", "spouse", ["P7654321"]),
        ("Omid", "child", []),
        ("Roya", "child", []),
        ("Najib Samplezad", "head", ["P2345678"]),
        ("Roya", "spouse", []),
        ("Jawad", "child", []),
        ("Tariq Samplezad", "unknown", ["P3456789"]),
    ]
    assert [one.birth.earliest.year for one in listings[:2] if one.birth] == [1980, 1985]


def test_a_french_list_with_its_own_words_is_understood() -> None:
    header = ("N° famille", "Nom", "Prénom", "Lien de parenté", "Né(e) le", "Sexe", "N° de passeport", "Observations")
    rows = [
        ("1", "TESTANI", "Hamid", "chef de famille", "17.10.1980", "H", "P1234567", "blessé"),
        ("", "TESTANI", "Mina", "épouse", "1363/02/22", "F", "", ""),
        ("2", "SAMPLEZAD", "Tariq", "chef de famille", "25.06.1979", "H", "", ""),
    ]
    first, second, third = take(table(header, *rows, delimiter=";", encoding="cp1252")).listings
    assert first.group == second.group != third.group
    assert (first.sex, second.sex) == (Sex.MALE, Sex.FEMALE)
    assert [one.birth.earliest for one in (first, second) if one.birth] == [date(1980, 10, 17), date(1984, 5, 12)]


def test_the_expiry_of_a_document_is_kept_with_it() -> None:
    header = ("Name", "Passport No", "Passport expiry", "Tazkira", "Tazkira expiry", "Exp. date visa")
    rows = [
        ("Karim Testani", "P1234567", "31/01/2030", "1399-0101-12345", "1410/02/01", "2022-01-01"),
        ("Laila Testani", "P1234568", "n/a", "", "", ""),
        ("Omid Testani", "", "2030-01-31", "", "", ""),
    ]
    karim, laila, omid = take(table(header, *rows)).listings
    expires = {one.kind: one.expires for one in karim.documents}
    passport, tazkira = expires[DocumentKind.PASSPORT], expires[DocumentKind.TAZKIRA_ELECTRONIC]
    assert passport is not None
    assert passport.readings == ((date(2030, 1, 31), date(2030, 1, 31)),)
    assert tazkira is not None
    assert tazkira.earliest == date(2031, 4, 21)
    assert [one.expires for one in laila.documents] == [None]
    assert omid.documents == ()


def test_an_expiry_whose_header_names_no_document_is_of_the_passport() -> None:
    header = ("Name", "Passport No", "Tazkira", "Valid until")
    (karim,) = take(table(header, ("Karim Testani", "P1234567", "123456", "2030"))).listings
    assert [(one.kind, one.expires is not None) for one in karim.documents] == [
        (DocumentKind.PASSPORT, True),
        (DocumentKind.TAZKIRA_PAPER, False),
    ]


@pytest.mark.parametrize(
    ("header", "field"),
    [("Case ID", Field.DOCUMENT), ("Family ID", Field.EXTRA), ("Group", Field.EXTRA), ("Case", Field.DOCUMENT)],
)
def test_a_number_that_no_two_rows_share_is_no_family_where_kin_are_told(header: str, field: Field) -> None:
    rows = [
        (f"{7000 + at}", f"{name} Testani", relation)
        for at, (name, relation) in enumerate(
            [("Karim", "head"), ("Laila", "wife"), ("Omid", "son"), ("Jan", "head"), ("Sara", "wife")]
        )
    ]
    batch = take(table((header, "Full Name", "Relationship"), *rows))
    assert batch.column_maps[0].columns[0].field is field
    groups = [one.group for one in batch.listings]
    assert groups[0] == groups[1] == groups[2] != groups[3] == groups[4]
    assert None not in groups


def test_short_case_codes_that_rows_share_group_the_people() -> None:
    rows = (
        ("B001", "Karim Testani", "2", ""),
        ("B001", "Laila Testani", "", "child of above"),
        ("B001", "Sara Testani", "", "child of above"),
        ("B002", "Omid Beispiel", "1", ""),
        ("B002", "Jan Beispiel", "", "child of above"),
        ("B003", "Zmarai Muster", "", ""),
    )
    batch = take(table(("Case", "Full name", "No. of children", "Notes"), *rows))
    assert batch.column_maps[0].columns[0].field is Field.GROUP
    assert len({one.group for one in batch.listings}) == 3


@pytest.mark.parametrize("numbers", [(501, 502, 519, 520), (520, 501, 519, 502), (1, 2, 3, 4)])
@pytest.mark.parametrize("head", ["", "head"])
def test_a_family_number_written_once_need_not_count_up_nor_its_head_be_called_one(
    numbers: tuple[int, ...], head: str
) -> None:
    rows = []
    for number, surname in zip(numbers, ("Testani", "Beispiel", "Muster", "Exemplar"), strict=True):
        rows += [
            (str(number), f"Karim {surname}", head),
            ("", f"Laila {surname}", "wife"),
            ("", f"Omid {surname}", "son"),
        ]
    batch = take(table(("Family No", "Name", "Relation"), *rows))
    assert batch.column_maps[0].columns[0].field is Field.GROUP
    groups = [one.group for one in batch.listings]
    assert None not in groups
    assert len(set(groups)) == 4
    assert all(len(set(groups[at : at + 3])) == 1 for at in range(0, 12, 3))
