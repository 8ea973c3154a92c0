"""The blank list that partners fill in: columns that intake knows, choices, help in three languages.

The Dari and Pashto were written by a machine and are marked so in the file; a person who speaks them has to
approve them (docs/data-protection.md) before the mark goes.
"""

from __future__ import annotations

import io
from typing import Any

from safepassage.core.exchange.cells import text_style, write_text
from safepassage.core.exchange.sheets import open_book, write_head

COLUMNS = (
    ("Family number", 14),
    ("Relation to head", 16),
    ("Full name", 28),
    ("Father's name", 22),
    ("Sex", 8),
    ("Date of birth", 14),
    ("Place of birth", 18),
    ("Nationality", 12),
    ("Passport number", 16),
    ("Passport expiry", 14),
    ("Tazkira number", 18),
    ("Case number", 16),
    ("Phone", 18),
    ("Email", 22),
    ("Province", 16),
    ("Language", 12),
    ("Category claimed", 18),
    ("Special needs", 20),
    ("Remarks", 30),
)
IN_OTHER_LANGUAGES = {
    "Family number": ("شمارهٔ خانواده", "د کورنۍ شمېره"),
    "Relation to head": ("نسبت با سرپرست", "له مشر سره خپلوي"),
    "Full name": ("نام مکمل", "بشپړ نوم"),
    "Father's name": ("نام پدر", "د پلار نوم"),
    "Sex": ("جنس", "جنس"),
    "Date of birth": ("تاریخ تولد", "د زېږېدو نېټه"),
    "Place of birth": ("محل تولد", "د زېږېدو ځای"),
    "Nationality": ("تابعیت", "تابعیت"),
    "Passport number": ("شمارهٔ پاسپورت", "د پاسپورټ شمېره"),
    "Passport expiry": ("تاریخ ختم پاسپورت", "د پاسپورټ د پای نېټه"),
    "Tazkira number": ("شمارهٔ تذکره", "د تذکرې شمېره"),
    "Case number": ("شمارهٔ قضیه", "د قضیې شمېره"),
    "Phone": ("شمارهٔ تماس", "د اړیکې شمېره"),
    "Email": ("ایمیل", "برېښنالیک"),
    "Province": ("ولایت", "ولایت"),
    "Language": ("زبان", "ژبه"),
    "Category claimed": ("کتگوری", "کټګوري"),
    "Special needs": ("نیازهای خاص", "ځانګړې اړتیاوې"),
    "Remarks": ("ملاحظات", "یادښتونه"),
}
"""Each header in Dari and in Pashto, below the English one in the same cell."""
EXAMPLES = {
    "Family number": "1, 2, 3",
    "Relation to head": "head",
    "Full name": "Example Person One / شخص نمونه",
    "Father's name": "Example Father / پدر نمونه",
    "Sex": "female",
    "Date of birth": "1985-07-23, 1985, 1364/05/01",
    "Place of birth": "Exampletown",
    "Nationality": "AFG",
    "Passport number": "P00000000",
    "Passport expiry": "2030-01-31",
    "Tazkira number": "0000-0000-00000",
    "Case number": "EXAMPLE-0000",
    "Phone": "0093700000000",
    "Email": "nobody@example.org",
    "Province": "Kabul",
    "Language": "Dari",
    "Category claimed": "SIV",
    "Special needs": "wheelchair",
    "Remarks": "",
}
"""Shown beside the cell that is being filled in; nobody bears any of it. No row of the sheet is an example."""
_EXAMPLE = "For example · مثلاً · لکه"
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
CHOICES = {
    "Relation to head": (
        "head",
        "spouse",
        "child",
        "parent",
        "sibling",
        "grandchild",
        "grandparent",
        "other relative",
    ),
    "Sex": ("female", "male", "other"),
    "Language": ("Dari", "Pashto", "English"),
}
TEXT_COLUMNS = (
    "Family number",
    "Date of birth",
    "Passport number",
    "Passport expiry",
    "Tazkira number",
    "Case number",
    "Phone",
)
"""Cells kept as text: a spreadsheet would drop zeros and swap day and month."""
HELP = {
    "English": (
        "One row for each person. Everyone of a family has the same family number; one of them is the head.",
        "Write names as in the document, in either script. Leave blank what you do not know; never guess.",
        "Dates as year-month-day, e.g. 1985-07-23. A year alone is fine. Write Solar Hijri dates as they are.",
        "Phones with the country code, e.g. 0093...",
        "Send only people who agreed to it. Send the file encrypted, to the contact above only; delete your copy.",
    ),
    "Dari (machine translation, not yet approved)": (
        "برای هر شخص یک سطر. همهٔ اعضای یک خانواده یک شمارهٔ خانواده دارند؛ یکی از آن‌ها سرپرست است.",
        "نام‌ها را مانند سند بنویسید، به هر خطی که باشد. آنچه را نمی‌دانید خالی بگذارید؛ حدس نزنید.",
        "تاریخ به شکل سال-ماه-روز، مثلاً 1985-07-23. تنها سال هم کافی است. تاریخ هجری شمسی را همان‌طور بنویسید.",
        "شمارهٔ تلفن با کود کشور، مثلاً 0093...",
        "تنها کسانی را بفرستید که موافق‌اند. فایل را رمزشده و تنها به نشانی بالا بفرستید؛ نسخهٔ خود را پاک کنید.",
    ),
    "Pashto (machine translation, not yet approved)": (
        "د هر کس لپاره یوه کرښه. د یوې کورنۍ ټول غړي یوه د کورنۍ شمېره لري؛ یو یې مشر دی.",
        "نومونه لکه په سند کې ولیکئ، په هر لیک چې وي. هغه څه چې نه پوهېږئ تش پرېږدئ؛ اټکل مه کوئ.",
        "نېټه د کال-میاشت-ورځ په بڼه، لکه 1985-07-23. یوازې کال هم بس دی. هجري شمسي نېټه همداسې ولیکئ.",
        "د ټلیفون شمېره د هېواد له کوډ سره، لکه 0093...",
        "یوازې هغه کسان راولېږئ چې موافق وي. دوتنه کوډ شوې او یوازې پورته پتې ته ولېږئ؛ خپله کاپي ړنګه کړئ.",
    ),
}
"""Instructions by language, in one order."""
LIST_SHEET = "People"
HELP_SHEET = "Read me"


def write_partner_template(*, operation: str, contact: str, rows: int = 2000) -> bytes:
    """A blank XLSX for partners: a sheet of people whose headers intake reads back, and one of instructions.

    Args:
        operation: What the operation is called towards partners.
        contact: Where to send it.
        rows: Rows that are prepared with choices and text format.
    """
    buffer = io.BytesIO()
    with open_book(buffer) as book:
        _write_people(book, rows)
        _write_help(book, operation, contact)
    return buffer.getvalue()


def header_of(title: str) -> str:
    """The header of a column in three languages, one below the other: intake reads each of them."""
    return "\n".join((title, *IN_OTHER_LANGUAGES[title]))


def _write_people(book: Any, rows: int) -> None:  # noqa: ANN401
    sheet = book.add_worksheet(LIST_SHEET)
    write_head(book, sheet, 0, [(header_of(title), width) for title, width in COLUMNS])
    sheet.set_row(0, 48)
    text = text_style(book)
    for column, (title, width) in enumerate(COLUMNS):
        if title in TEXT_COLUMNS:
            sheet.set_column(column, column, width, text)
        sheet.data_validation(1, column, rows, column, _validation(title))


def _validation(title: str) -> dict[str, Any]:
    """What a cell of the column takes, and the note shown while it is filled in."""
    rule: dict[str, Any] = {"validate": "any"}
    if title in CHOICES:
        rule = {"validate": "list", "source": list(CHOICES[title]), "error_type": "warning"}
    if EXAMPLES[title]:
        note = f"{' · '.join(IN_OTHER_LANGUAGES[title])}\n{_EXAMPLE}:\n{EXAMPLES[title]}"
        rule |= {"input_title": title[:_LONGEST_TITLE], "input_message": note[:_LONGEST_MESSAGE]}
    return rule


def _write_help(book: Any, operation: str, contact: str) -> None:  # noqa: ANN401
    sheet = book.add_worksheet(HELP_SHEET)
    sheet.set_column(0, 0, 110)
    bold = text_style(book, bold=True, font_size=13)
    plain = text_style(book, text_wrap=True, valign="top")
    from_right = text_style(book, text_wrap=True, valign="top", reading_order=2, align="right")
    write_text(sheet, 0, 0, f"Safe Passage: {operation}", bold)
    write_text(sheet, 1, 0, f"Contact: {contact}", plain)
    row = 3
    for language, sentences in HELP.items():
        write_text(sheet, row, 0, language, bold)
        for sentence in sentences:
            row += 1
            write_text(sheet, row, 0, sentence, plain if language == "English" else from_right)
        row += 2
