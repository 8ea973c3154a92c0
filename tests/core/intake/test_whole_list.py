"""What a person says of everyone on a list, and of words that nobody taught the program."""

from __future__ import annotations

import pytest

from safepassage.core.errors import ProblemsError
from safepassage.core.intake import (
    MEANINGS,
    BatchResult,
    ColumnMap,
    Field,
    find_unknown_values,
    inspect_file,
    intake_file,
    read_template,
    read_whole_list,
)
from safepassage.core.intake.coded import meaning_of
from safepassage.core.intake.codes import WarningCode
from safepassage.core.intake.lexicon.cells import (
    read_claims,
    read_language,
    read_married,
    read_needs,
    read_relation,
    read_sex,
)
from tests.core.intake.made import RECEIVED, SOURCE, table

_ROWS = (
    ("Family No", "Name", "Relation", "Age", "Position", "Province"),
    ("1", "Karim Testani", "Head", "41", "driver", ""),
    ("1", "Laila Testani", "Wife", "36", "", ""),
    ("2", "Omid Beispiel", "Head", "30", "", "Herat"),
    ("2", "Sara Beispiel", "Sister", "28", "cook", ""),
    ("3", "Farid Musterov", "Head", "50", "driver", ""),
)
_LIST = table(*_ROWS)


def _map(**values: str) -> dict[str, ColumnMap]:
    proposed = inspect_file(_LIST).tables[0].column_map
    said = proposed.correct("Position", field=Field.CLAIM, code="", values=tuple(values.items()))
    return {said.signature: said}


def _take(everyone: dict[str, str], **values: str) -> BatchResult:
    return intake_file(
        _LIST, source=SOURCE, received=RECEIVED, column_maps=_map(**values), everyone=read_whole_list(everyone)
    )


def test_a_category_of_the_whole_list_goes_to_heads_and_never_over_what_a_row_says() -> None:
    claims = {one.name: one.claims for one in _take({"category": "SIV"}).listings}
    assert claims == {
        "Karim Testani": ("other",),
        "Laila Testani": (),
        "Omid Beispiel": ("siv",),
        "Sara Beispiel": ("other",),
        "Farid Musterov": ("other",),
    }


def test_a_place_of_the_whole_list_is_everyones_whose_row_states_none() -> None:
    places = [one.place for one in _take({"place": "Old school", "language": "dari"}).listings]
    assert places == ["Old school", "Old school", "Herat", "Old school", "Old school"]
    assert {one.language for one in _take({"language": "dari"}).listings} == {"fa"}


def test_the_batch_keeps_what_was_said_of_everyone_and_a_template_reads_it_back() -> None:
    (kept,) = _take({"category": "staff"}).column_maps
    assert dict(kept.everyone) == {Field.CLAIM: "staff"}
    assert read_template(kept.to_template("x")).everyone == kept.everyone


@pytest.mark.parametrize("said", [{"category": "driver"}, {"name": "Karim"}, {"language": "latin"}])
def test_what_can_not_be_said_of_everyone_is_refused_with_what_to_say_instead(said: dict[str, str]) -> None:
    with pytest.raises(ProblemsError) as caught:
        read_whole_list(said)
    assert "Say one of:" in str(caught.value)


def test_words_that_we_do_not_know_are_counted_by_column_the_most_frequent_first() -> None:
    batch = _take({})
    (unknown,) = find_unknown_values(batch.column_maps, batch.rows)
    assert (unknown.column, unknown.field, unknown.total) == ("Position", Field.CLAIM, 3)
    assert unknown.values == (("driver", 2), ("cook", 1))
    (told,) = [one for one in batch.warnings if one.code is WarningCode.VALUES_UNKNOWN]
    assert dict(told.values) == {"count": "3", "different": "2", "columns": "Position"}
    assert "driver" not in str(told), "a warning never repeats what a cell says"


def test_a_word_that_a_person_explained_is_read_so_and_kept_as_it_is_written() -> None:
    batch = _take({}, driver="staff", cook="-")
    karim, _, _, sara, farid = batch.listings
    assert karim.claims == farid.claims == ("staff",)
    assert sara.claims == ()
    assert dict(karim.extras)["Position"] == "driver"
    assert dict(sara.extras)["Position"] == "cook"
    assert batch.rows[1].cells[4] == "driver"
    assert find_unknown_values(batch.column_maps, batch.rows) == ()


def test_every_meaning_that_is_offered_is_read_as_itself() -> None:
    reads = {
        Field.CLAIM: lambda code: read_claims(code)[0],
        Field.NEED: lambda code: read_needs(code)[0].value,
        Field.RELATION: read_relation,
        Field.SEX: read_sex,
        Field.MARITAL: lambda code: "married" if read_married(code) else "single",
        Field.LANGUAGE: read_language,
    }
    wrong = [(field, code) for field, codes in MEANINGS.items() for code in codes if reads[field](code) != code]
    assert wrong == []


def test_a_meaning_holds_whatever_the_case_and_marks_of_the_word() -> None:
    column = next(one for one in next(iter(_map(Driver="staff").values())).columns if one.header == "Position")
    assert meaning_of(" DRIVER ", column) == "staff"
    assert meaning_of("guard", column) == ""
