"""Phones: the notations that lists use, and what is no number."""

from __future__ import annotations

import pytest

from safepassage.core.documents import read_phone, read_phones

SAME = "+93701234567"


@pytest.mark.parametrize(
    "written",
    [
        "+93 70 123 4567",
        "+93 (0)70 123 4567",
        "+93(0)701234567",
        "0093701234567",
        "0093 (0)70-123-4567",
        "93701234567",
        "0701234567",
        "070 123 4567",
        "701234567",
        "70-123-45-67",
        "۰۷۰۱۲۳۴۵۶۷",
        "٠٧٠١٢٣٤٥٦٧",
        "+930701234567",
        "701234567.0",
        "7.01234567E8",
        "Tel: 0701234567",
        "\u200e+93 70 123 4567\u202c",
        "0701234567 ext 12",
    ],
)
def test_every_notation_of_one_number_reads_as_one(written):
    phone = read_phone(written)
    assert phone is not None
    assert (phone.e164, phone.is_valid, phone.is_mobile) == (SAME, True, True)


@pytest.mark.parametrize("junk", ["", "-", "N/A", "none", "no phone", "0000000000", "123", "ندارد", "12/2020"])
def test_junk_is_no_phone(junk):
    assert read_phone(junk) is None


@pytest.mark.parametrize(
    "cell",
    [
        "0701234567 / 0799765432",
        "0701234567/0799765432",
        "0701234567, +93 79 976 5432",
        "0701234567 و 0799765432",
        "0701234567 0799765432",
        "0701234567\n0799765432\n0701234567",
    ],
)
def test_several_numbers_in_a_cell_are_all_read_once(cell):
    assert [phone.e164 for phone in read_phones(cell)] == [SAME, "+93799765432"]


def test_a_number_of_another_country_keeps_its_prefix():
    phone = read_phone("+49 170 1234567")
    assert phone is not None
    assert phone.e164 == "+491701234567"


def test_the_region_decides_where_no_prefix_is_written():
    phone = read_phone("0300 1234567", region="PK")
    assert phone is not None
    assert phone.e164 == "+923001234567"


def test_an_unreadable_number_keeps_its_digits():
    phone = read_phone("07012345")
    assert phone is not None
    assert not phone.is_valid
    assert phone.digits == "07012345"
    assert phone.key
