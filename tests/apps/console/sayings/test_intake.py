"""What intake says of a list, in the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from safepassage.apps.console.sayings.intake import COLUMNS, said_column, said_reject, said_warning
from safepassage.core.intake import ColumnReason, DoubtCode, RejectCode, column_reason

LATIN = set("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize("language", ["fa-af", "ps"])
def test_why_a_row_or_cell_was_not_read_is_told_with_what_to_do(language: str) -> None:
    with override(language):
        said = [said_reject(code.value, is_whole_row=True) for code in RejectCode]
        said += [said_reject(code.value, is_whole_row=False) for code in DoubtCode]
    for one in said:
        assert one is not None
        assert all(text and not LATIN & set(text) for text in one)


def test_in_english_and_for_an_unknown_code_the_words_in_the_store_stand() -> None:
    with override("en"):
        assert said_reject("no-person", is_whole_row=True) is None
    with override("ps"):
        assert said_reject("of-another-version", is_whole_row=True) is None


def test_a_warning_keeps_its_figures_and_headers() -> None:
    with override("fa-af"):
        said = said_warning("column-unsure", "Look at …", {"count": "2", "columns": "Nr., Bemerkung"})
        assert "Nr., Bemerkung" in said
        assert "2" in said
        assert said_warning("column-unsure", "Look at 2 columns.", {}) == "Look at 2 columns.", "of an older version"


@pytest.mark.parametrize("reason", ColumnReason)
def test_each_reason_for_a_column_is_known_by_its_sentence(reason: ColumnReason) -> None:
    names_field = reason in {ColumnReason.CELLS_DIFFER, ColumnReason.HELD_ELSEWHERE}
    sentence = reason.sentence_of("birth") if names_field else reason.sentence
    assert column_reason(sentence) == (reason, "birth" if names_field else "")
    with override("fa-af"):
        said = said_column(sentence)
    assert not LATIN & set(said)
    assert reason in COLUMNS


def test_other_words_about_a_column_are_left_as_they_are() -> None:
    with override("fa-af"):
        assert said_column("As somebody wrote it.") == "As somebody wrote it."
