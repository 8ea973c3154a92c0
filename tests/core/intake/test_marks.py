"""What would turn or hide a text on a screen is no part of a listing; the joiners of names are."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from safepassage.core.intake.column_map import Field
from safepassage.core.intake.facts import Said
from safepassage.core.intake.marks import without_marks
from tests.core.intake.made import take

JOINERS = "\u200c\u200d"


def test_every_format_character_but_the_two_joiners_is_taken_out():
    every = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]
    assert "\u202e" in every
    assert without_marks("".join(every)) == JOINERS


def test_every_control_character_but_tabs_and_ends_of_lines_is_taken_out():
    every = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cc"]
    assert "\a" in every
    assert without_marks("".join(every)) == "\t\n\r"
    assert without_marks("Karim\a Testani") == "Karim Testani"


@pytest.mark.parametrize(
    "text", ["Karim Testani", "\u0632\u0647\u0631\u0627\u200c\u062c\u0627\u0646", "", "7 \u06f1\u06f2", "e\u0301"]
)
def test_what_is_seen_stays(text):
    assert without_marks(text) == text


def test_a_cell_states_neither_a_turned_name_nor_a_turned_header():
    said = Said(Field.NAME, "Na\u2067me", "\u202eKarim\u202c Testani", written="\u200fx")
    assert (said.header, said.text, said.written) == ("Name", "Karim Testani", "x")


def test_a_listing_states_what_stands_there_and_the_row_is_kept_as_it_came():
    turned = "\u202eKarim\u2069 Testani\u200f"
    rows = [["Name", "Father", "Remark"], [turned, "\u2066Ghafar", "with \u202emother"]]
    result = take("\n".join(map(",".join, rows)).encode())
    (listing,) = result.listings
    assert (listing.name, listing.father) == ("Karim Testani", "Ghafar")
    assert turned in result.rows[-1].cells
    assert not [text for text in (listing.notes, str(listing.extras)) if "\u202e" in text]
