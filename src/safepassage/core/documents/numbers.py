"""Document numbers: what kind a number is by its form, and its normal forms.

Forms, from public guidance: the electronic tazkira bears 13 digits grouped 4-4-5; the paper one a volume, page and
registration number, or one number alone; passport numbers have at most nine characters (ICAO Doc 9303-4, 4.2.2); a
United States A-number is A and up to nine digits, shorter ones filled with zeros after the A (USCIS glossary);
a National Visa Center case has the post's three letters and ten digits, a USCIS receipt three letters and ten digits.
"""

from __future__ import annotations

import re
import unicodedata

from safepassage.core.people import Document, DocumentKind

_LACK = re.compile(
    r"(?:no(?:ne|t? (?:passport|tazkira|id|visa|document|yet)s?)?|nil|without|never (?:had|issued)"
    r"|(?:does|has|have) not? .*|ندارد|نداریم|نه ?دارد|نلری|هیچ)",
    re.IGNORECASE,
)
_LABELS = (
    (DocumentKind.PASSPORT, re.compile(r"passports?|passeport|ppt|pp|پاسپورت|پاسپورټ|گذرنامه", re.IGNORECASE)),
    (
        DocumentKind.TAZKIRA_PAPER,
        re.compile(r"e-?tazk[ei]ra|tazk[ei]ra|taskira|nid|تذکره|تذکرہ|تذکرة", re.IGNORECASE),
    ),
    (DocumentKind.VISA, re.compile(r"visa|ویزه|ویزا", re.IGNORECASE)),
    (DocumentKind.RESIDENCE_CARD, re.compile(r"green ?card|alien|a-?number|uscis|a#", re.IGNORECASE)),
    (DocumentKind.CASE_NUMBER, re.compile(r"case|siv|nvc|p-?[12] referral|receipt|کیس|قضیه", re.IGNORECASE)),
)
_NUMBER_WORDS = re.compile(r"\b(?:number|num|nr|no|card|id|is)\b\.?|[#№]|نمبر|شماره|(?<=[a-z])\s*:", re.IGNORECASE)
_ELECTRONIC = re.compile(r"(?<!\d)(\d{4})[-\s/.]?(\d{4})[-\s/.]?(\d{5})(?!\d)")
_PAPER_PARTS = (
    re.compile(r"(?:vol(?:ume)?|jild|jeld|j|جلد)\W*(\d+)", re.IGNORECASE),
    re.compile(r"(?:pages?|pg|p|safh?a|s|صفحه|صفحة)\W*(\d+)", re.IGNORECASE),
    re.compile(r"(?:no|num(?:ber)?|reg|sabt|shomara|sh|ش|شماره|ثبت|نمبر)\W*(\d+)", re.IGNORECASE),
)
_PAPER_SLASHED = re.compile(r"\s*(\d{1,4})\s*[/\\-]\s*(\d{1,4})\s*[/\\-]\s*(\d{1,6})\s*")
_A_NUMBER = re.compile(r"A(\d{7,9})")
_CASE = re.compile(r"[A-Z]{3}\d{10}|AF\d{6}|SIV\d{4,}")
_PASSPORT = re.compile(r"[A-Z]{1,3}\d{5,8}|\d{5,8}[A-Z]{1,2}|[A-Z]\d{2}[A-Z]{2}\d{4}")
_TAZKIRAS = frozenset({DocumentKind.TAZKIRA_PAPER, DocumentKind.TAZKIRA_ELECTRONIC})
_OCR = str.maketrans("OQDILZSGB", "000112568")


def read_document(text: str, hint_kind: DocumentKind | None = None, country: str = "") -> Document | None:
    """Reads a cell that states a document.

    Args:
        text: The cell, verbatim.
        hint_kind: What the column is said to hold. Its form decides between paper and electronic tazkira; a
            label in the cell ("passport no ...") outranks the column.
        country: Issuer as ISO 3166-1 alpha-3, if told.

    Returns:
        The document; kind `none` if the cell states a lack; None if it states nothing that is a number.
    """
    told = _plain(text)
    if _LACK.fullmatch(told):
        return Document(DocumentKind.NONE, "", written=text)
    hint = next((kind for kind, label in _LABELS if label.search(told) and _without_labels(told) != told), hint_kind)
    bare = _without_labels(told)
    if not any(char.isdigit() for char in bare):
        return None
    if found := _ELECTRONIC.search(bare):
        is_tazkira = hint in _TAZKIRAS or (
            hint in (None, DocumentKind.PASSPORT, DocumentKind.NATIONAL_ID) and country in ("", "AFG")
        )
        if is_tazkira:
            return Document(DocumentKind.TAZKIRA_ELECTRONIC, "".join(found.groups()), country or "AFG", written=text)
    if hint in _TAZKIRAS:
        return Document(DocumentKind.TAZKIRA_PAPER, _paper_number(bare), country or "AFG", written=text)
    number = normal_number(bare)
    kind = hint or _kind_by_form(number)
    if kind is DocumentKind.RESIDENCE_CARD and (a_number := _A_NUMBER.fullmatch(number)):
        number = f"A{a_number[1]:0>9}"
        country = country or "USA"
    return Document(kind, number, country, written=text) if number else None


def normal_number(text: str) -> str:
    """A number in upper case, ASCII letters and digits only."""
    return "".join(char for char in _plain(text).upper() if char.isascii() and char.isalnum())


def ocr_class(number: str) -> str:
    """A key under which characters that readers and clerks confuse are one: O Q D 0, I L 1, Z 2, S 5, G 6, B 8."""
    return normal_number(number).translate(_OCR)


def _plain(text: str) -> str:
    kept = (
        str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) != "Cf"
    )
    plain = " ".join("".join(kept).split())
    return plain.removesuffix(".0") if re.fullmatch(r"[A-Za-z]{0,3}\d+\.0", plain) else plain


def _without_labels(told: str) -> str:
    bare = told
    for _, label in _LABELS:
        bare = re.sub(rf"(?<![A-Za-z])(?:{label.pattern})(?![A-Za-z])", " ", bare, flags=re.IGNORECASE)
    if bare != told:
        bare = _NUMBER_WORDS.sub(" ", bare) if not _has_paper_parts(bare) else bare
    return bare.strip(" :;,.-")


def _has_paper_parts(text: str) -> bool:
    return sum(part.search(text) is not None for part in _PAPER_PARTS) > 1


def _paper_number(text: str) -> str:
    """Volume, page and number as "119/76/352" where told apart, else the number alone."""
    if _has_paper_parts(text):
        return "/".join(str(int(found[1])) for part in _PAPER_PARTS if (found := part.search(text)))
    if found := _PAPER_SLASHED.fullmatch(text):
        return "/".join(str(int(group)) for group in found.groups())
    return normal_number(text)


def _kind_by_form(number: str) -> DocumentKind:
    if _A_NUMBER.fullmatch(number) and len(number) == 10:
        return DocumentKind.RESIDENCE_CARD
    if _CASE.fullmatch(number):
        return DocumentKind.CASE_NUMBER
    return DocumentKind.PASSPORT if _PASSPORT.fullmatch(number) else DocumentKind.OTHER
