"""Every row is accounted for: kept verbatim, with listings, rejected, or without people."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake.made import FAMILY, HEADER, RECEIVED, table, take
from safepassage.core.ids import SourceId
from safepassage.core.intake import DoubtCode, Outcome, RejectCode, intake_file
from safepassage.core.people import Relation, Sex

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0", exclude_categories=("Cs",)), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_rows_are_kept_verbatim_and_every_row_has_one_outcome(rows: list[list[str]]) -> None:
    batch = take(table(HEADER, *FAMILY, *rows))
    assert [list(row.cells) for row in batch.rows[4:]] == rows
    assert sum(batch.count_rows(outcome) for outcome in Outcome) == len(batch.rows) == 4 + len(rows)
    named = {listing.row.row for listing in batch.listings}
    assert named == {row.id for row in batch.rows if row.outcome is Outcome.LISTINGS}
    assert {reject.row for reject in batch.rejects} == {r.id for r in batch.rows if r.outcome is Outcome.REJECTED}


def test_the_same_file_again_gives_the_same_ids_and_digest() -> None:
    content = table(HEADER, *FAMILY)
    assert take(content) == take(content)


def test_another_source_gives_other_ids() -> None:
    content = table(HEADER, *FAMILY)
    first, other = take(content), intake_file(content, source=SourceId("S-OTHER"), received=RECEIVED)
    assert not {one.id for one in first.listings} & {one.id for one in other.listings}


@given(st.permutations(range(len(HEADER))))
@settings(max_examples=25, deadline=None)
def test_the_order_of_columns_changes_no_listing(order: list[int]) -> None:
    def told(rows: tuple[tuple[str, ...], ...]) -> list[object]:
        batch = take(table(*rows))
        groups = {one.group: at for at, one in reversed(list(enumerate(batch.listings)))}
        return [
            (one.name, one.relation, one.sex, one.birth, one.documents, one.phones, one.extras, groups[one.group])
            for one in batch.listings
        ]

    shuffled = tuple(tuple(row[at] for at in order) for row in (HEADER, *FAMILY))
    assert told(shuffled) == told((HEADER, *FAMILY))


def test_a_bad_field_is_a_doubt_and_the_listing_goes_on() -> None:
    batch = take(table(HEADER, *FAMILY, ("9", "Sara Beispiel", "Head", "?!", "long ago", "", "")))
    sara = batch.listings[-1]
    assert (sara.name, sara.birth, sara.sex) == ("Sara Beispiel", None, Sex.UNKNOWN)
    assert {(doubt.column, doubt.code) for doubt in batch.doubts} >= {("DOB", DoubtCode.DATE_UNREADABLE)}
    assert not batch.rejects


def test_a_row_without_a_name_lives_by_its_document_or_its_relation() -> None:
    rows = [
        ("9", "", "", "M", "1990", "P7654321", ""),
        ("9", "FNU", "Son", "M", "2019", "", ""),
        ("", "", "", "M", "1990", "", ""),
    ]
    batch = take(table(HEADER, *FAMILY, *rows))
    by_passport, by_relation = batch.listings[3:]
    assert by_passport.name == by_relation.name == ""
    assert by_relation.relation is Relation.CHILD
    assert [reject.code for reject in batch.rejects] == [RejectCode.NO_PERSON]
    assert batch.rejects[0].number == 7


def test_a_destroyed_name_is_no_name_and_without_a_document_no_person() -> None:
    rows = [("9", name, "Son", "M", "1990", "", "") for name in ("#REF!", "???? ??????", "0701234567")]
    batch = take(table(HEADER, *FAMILY, *rows))
    assert [(reject.code, reject.column) for reject in batch.rejects] == [(RejectCode.NAME_DAMAGED, "Full Name")] * 3


def test_of_a_destroyed_name_the_column_is_told_that_holds_it() -> None:
    rows = (("1", "Karim", "Testani", "1980"), ("2", "n/a", "#REF!", "1990"), ("3", "#NAME?", "", "1990"))
    batch = take(table(("No", "First name", "Last name", "Birth year"), *rows))
    assert [(reject.number, reject.column) for reject in batch.rejects] == [(3, "Last name"), (4, "First name")]
    named = take(table(("No", "First name", "Last name", "Passport"), *rows[:1], ("2", "-", "#REF!", "P7654321")))
    assert [doubt.column for doubt in named.doubts if doubt.code is DoubtCode.NAME_DAMAGED] == ["Last name"]


def test_a_birth_after_the_receipt_is_a_doubt() -> None:
    batch = take(table(HEADER, *FAMILY, ("9", "Sara Beispiel", "Head", "F", "2031-01-02", "", "")))
    assert batch.listings[-1].birth is None
    assert batch.doubts


def test_no_reason_or_warning_repeats_what_a_cell_says() -> None:
    batch = take(table(HEADER, *FAMILY, ("9", "#REF!", "", "Qqqq", "Wwww", "", "Zzzz1")))
    told = " ".join(
        str(one) for one in (*(d.reason for d in batch.doubts), *(r.reason for r in batch.rejects), *batch.warnings)
    )
    assert told
    assert not any(word in told for word in ("Qqqq", "Wwww", "Zzzz"))
