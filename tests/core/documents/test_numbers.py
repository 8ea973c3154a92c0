"""Document numbers: kinds by their form, one normal form."""

from __future__ import annotations

import pytest

from safepassage.core.documents import ocr_class, read_document
from safepassage.core.people import DocumentKind as Kind


@pytest.mark.parametrize(
    ("text", "hint", "kind", "number"),
    [
        ("P01234567", None, Kind.PASSPORT, "P01234567"),
        ("p 0123-4567", Kind.PASSPORT, Kind.PASSPORT, "P01234567"),
        ("O1234567", None, Kind.PASSPORT, "O1234567"),
        ("Passport No: P01234567", None, Kind.PASSPORT, "P01234567"),
        ("پاسپورت P۰۱۲۳۴۵۶۷", None, Kind.PASSPORT, "P01234567"),
        ("1399-1720-87696", None, Kind.TAZKIRA_ELECTRONIC, "1399172087696"),
        ("۱۳۹۹-۱۷۲۰-۸۷۶۹۶", Kind.TAZKIRA_PAPER, Kind.TAZKIRA_ELECTRONIC, "1399172087696"),
        ("1399172087696", Kind.PASSPORT, Kind.TAZKIRA_ELECTRONIC, "1399172087696"),
        ("1399172087696.0", Kind.NATIONAL_ID, Kind.TAZKIRA_ELECTRONIC, "1399172087696"),
        ("25072723", Kind.TAZKIRA_ELECTRONIC, Kind.TAZKIRA_PAPER, "25072723"),
        ("Vol 119 Page 76 No 352", Kind.TAZKIRA_PAPER, Kind.TAZKIRA_PAPER, "119/76/352"),
        ("J119 S76 Sh352", Kind.TAZKIRA_PAPER, Kind.TAZKIRA_PAPER, "119/76/352"),
        ("119/76/352", Kind.TAZKIRA_PAPER, Kind.TAZKIRA_PAPER, "119/76/352"),
        ("جلد ۱۱۹ صفحه ۷۶ شماره ۳۵۲", Kind.TAZKIRA_PAPER, Kind.TAZKIRA_PAPER, "119/76/352"),
        ("Tazkira: 25072723", None, Kind.TAZKIRA_PAPER, "25072723"),
        ("A012345678", None, Kind.RESIDENCE_CARD, "A012345678"),
        ("A12 345 678", Kind.RESIDENCE_CARD, Kind.RESIDENCE_CARD, "A012345678"),
        ("KBL2019726012", None, Kind.CASE_NUMBER, "KBL2019726012"),
        ("KBL 2019 726 012", Kind.CASE_NUMBER, Kind.CASE_NUMBER, "KBL2019726012"),
        ("25072723", None, Kind.OTHER, "25072723"),
        ("4711", Kind.EMPLOYER_ID, Kind.EMPLOYER_ID, "4711"),
    ],
)
def test_a_number_is_read_by_its_column_and_its_form(text, hint, kind, number):
    found = read_document(text, hint)
    assert found is not None
    assert (found.kind, found.number, found.written) == (kind, number, text)


@pytest.mark.parametrize("text", ["none", "No", "no passport", "ندارد", "nil"])
def test_a_stated_lack_is_a_fact(text):
    found = read_document(text, Kind.PASSPORT)
    assert found is not None
    assert (found.kind, found.number) == (Kind.NONE, "")


@pytest.mark.parametrize("text", ["", "-", "N/A", "unknown", "?"])
def test_nothing_stated_is_no_document(text):
    assert read_document(text, Kind.PASSPORT) is None


def test_a_foreign_number_of_thirteen_digits_is_no_tazkira():
    found = read_document("3520112345671", Kind.NATIONAL_ID, "PAK")
    assert found is not None
    assert (found.kind, found.country) == (Kind.NATIONAL_ID, "PAK")


def test_an_electronic_tazkira_names_its_issuer():
    found = read_document("1399-1720-87696")
    assert found is not None
    assert found.country == "AFG"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("P01234567", "PO1234567"),
        ("P0123456B", "P01234568"),
        ("S1234", "51234"),
        ("Z2I1", "221L"),
        ("p-01 23", "P0123"),
    ],
)
def test_characters_that_readers_confuse_share_a_class(one, other):
    assert ocr_class(one) == ocr_class(other)


def test_different_numbers_keep_different_classes():
    assert ocr_class("P01234567") != ocr_class("P01234569")
