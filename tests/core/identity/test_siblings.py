"""Brothers and sisters of whom each list holds one: what is only alike is asked, never joined without a person."""

from __future__ import annotations

from datetime import date

import pytest

from safepassage.core.identity import EvidenceField, Link, Resolution, resolve
from safepassage.core.ids import SourceId
from safepassage.core.intake import intake_file
from safepassage.core.people import Listing
from tests.core.intake.made import table

_HEADER = ("Family", "Name", "Father", "Relation", "DOB", "Phone")
_OTHERS = (
    ("Yusuf", "Barakzai"), ("Nadia", "Haidari"), ("Sami", "Popal"), ("Farid", "Noori"), ("Rahim", "Sultani"),
    ("Zalmai", "Kakar"), ("Bashir", "Wardak"), ("Tariq", "Momand"), ("Idris", "Stanekzai"), ("Qasim", "Hotak"),
)  # fmt: skip


def _list_of(source: str, child: str, born: str, phone: str) -> tuple[Listing, ...]:
    """One list: ten other people, and a family with this child."""
    others = [
        (str(at), f"{given} {family}", "", "Head", f"{1950 + at}-03-0{1 + at % 9}", f"07001{at:02d}{at:02d}1")
        for at, (given, family) in enumerate(_OTHERS, 20)
    ]
    family = [
        ("1", "Karim Testani", "Sher", "Head", "1975-04-02", "0700111222"),
        ("1", "Laila Testani", "Daud", "Wife", "1979-01-05", "0700111222"),
        ("1", f"{child} Testani", "Karim", "Son", born, phone),
    ]
    batch = intake_file(table(_HEADER, *others, *family), source=SourceId(source), received=date(2026, 1, 1))
    return batch.listings


def _child_in_both(resolution: Resolution, *lists: tuple[Listing, ...]) -> Link | None:
    ids = {listings[-1].id for listings in lists}
    return next((link for link in resolution.links if {link.left, link.right} == ids), None)


def _linked(first: tuple[str, str, str], second: tuple[str, str, str]) -> Link | None:
    lists = _list_of("S-A", *first), _list_of("S-B", *second)
    return _child_in_both(resolve([one for listings in lists for one in listings]), *lists)


@pytest.mark.parametrize(
    ("here", "there", "born", "born_there"),
    [
        ("Hamid", "Omid", "2015", "2015"),
        ("Hassan", "Hussain", "2015-02-03", "2015-02-03"),
        ("Farid", "Farida", "2015", "2015"),
        ("Sara", "Sahar", "2015-02-03", "2015-02-03"),
        ("Nasir", "Nasim", "2015", "2015"),
        ("Nasir", "Nasim", "2015-02-03", "2016-02-03"),
        ("Jamil", "Jamal", "2015-02-03", "2015-09-01"),
        ("Jamil", "Jamal", "2015-02-03", "2016-01-20"),
    ],
)
def test_two_children_with_names_that_are_alike_are_a_question(
    here: str, there: str, born: str, born_there: str
) -> None:
    link = _linked((here, born, ""), (there, born_there, ""))
    assert link is None or not link.is_certain


@pytest.mark.parametrize("born_there", ["1991-05-03", "1991-02-14", "1990-11-03"])
def test_one_name_with_another_date_and_another_phone_is_a_question(born_there: str) -> None:
    link = _linked(("Ahmad", "1990-05-03", "0799000111"), ("Ahmad", born_there, "0788000222"))
    assert link is not None
    assert not link.is_certain


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("Ahmad", "2015-02-03", ""), ("Ahmad", "2015-02-03", "")),
        (("Hamid", "2015-02-03", ""), ("Hameed", "2015", "")),
        (("Nasim", "2015-02-03", ""), ("Nasin", "2015-02-03", "")),
        (("Ahmad", "2015-02-03", "0799000111"), ("Ahmad", "2015-02-03", "0788000222")),
        (("Ahmad", "2015-02-03", "0799000111"), ("Ahmad", "2016-02-03", "0799000111")),
    ],
)
def test_one_child_in_both_lists_needs_no_question(here: tuple[str, str, str], there: tuple[str, str, str]) -> None:
    link = _linked(here, there)
    assert link is not None
    assert link.is_certain


def test_one_given_name_of_two_words_does_not_hide_that_the_surnames_conflict() -> None:
    others = [(str(at), f"{given} {family}", "", "Head", f"{1950 + at}-03-04", "") for at, (given, family) in
              enumerate(_OTHERS, 20)]  # fmt: skip
    lists = [
        intake_file(
            table(_HEADER, *others, ("1", f"Ghulam Ali {surname}", "", "Head", "1990", "")),
            source=SourceId(source),
            received=date(2026, 1, 1),
        ).listings
        for source, surname in (("S-A", "Sultani"), ("S-B", "Barakzai"))
    ]
    link = _child_in_both(resolve([one for listings in lists for one in listings]), *lists)
    assert link is not None
    assert not link.is_certain
    assert "one-agrees-another-conflicts" in {evidence.level for evidence in link.evidence}


def test_a_rare_relation_in_both_lists_speaks_for_one_person_within_bounds() -> None:
    """Of many households one in each list tells of the head's father: that says little of who he is."""
    lists = [
        intake_file(
            table(
                _HEADER,
                *((str(at), f"{given} {family}", "", "Head", f"{born}-03-04", "")
                  for born, (given, family) in enumerate(_OTHERS, first) for at in (born,)),
                ("1", head, "", "Head", "1975-04-02", ""),
                ("1", "Ghulam Nabi", "", "Father", "1940", ""),
            ),
            source=SourceId(source),
            received=date(2026, 1, 1),
        ).listings
        for source, head, first in (("S-A", "Karim Testani", 1950), ("S-B", "Daud Exemplar", 1970))
    ]  # fmt: skip
    link = _child_in_both(resolve([one for listings in lists for one in listings]), *lists)
    assert link is not None
    (relation,) = [one.weight for one in link.evidence if one.field is EvidenceField.RELATION]
    assert 2 < relation <= 4.1


_WIDE = ("Family", "Name", "Father", "Relation", "Sex", "DOB", "Phone", "Passport")


def _rows_linked(*rows: tuple[str, ...], between: tuple[int, int] = (0, 1)) -> Link | None:
    """The link of two rows, each of a list of its own beside ten other people; they stand in no family."""
    lists = []
    for at, row in enumerate(rows):
        others = [
            (str(born), f"{given} {family}", "", "Head", "M", f"{born}-03-04", "", "")
            for born, (given, family) in enumerate(_OTHERS, 1950 + 12 * at)
        ]
        sheet = table(_WIDE, *others, ("1", *row))
        lists.append(intake_file(sheet, source=SourceId(f"S-{at}"), received=date(2026, 1, 1)).listings)
    resolution = resolve([one for listings in lists for one in listings])
    ids = {lists[at][-1].id for at in between}
    joined = any(ids <= set(cluster) for cluster in resolution.certain_clusters)
    found = next((link for link in resolution.links if {link.left, link.right} == ids), None)
    assert joined == (found is not None and found.is_certain)
    return found


@pytest.mark.parametrize(
    ("here", "there"),
    [
        # twins on their mother's passport
        (("Omid Testani", "Karim", "son", "M", "2014-03-02", "", "P0909101"),
         ("Zahra Testani", "Karim", "daughter", "F", "2014-03-02", "", "P0909101")),
        (("Omid Testani", "Karim", "son", "M", "2014-03-02", "", "P0909101"),
         ("Farhad Testani", "Karim", "son", "M", "2014-03-02", "", "P0909101")),
        # brothers with one word in common
        (("Noor Ahmad Testani", "Karim", "son", "M", "2012", "0700000101", ""),
         ("Noor Mohammad Testani", "Karim", "son", "M", "2014", "0700000101", "")),
        # lists that write the family's name first
        (("Testani Omid", "Karim", "son", "M", "2010", "0700000101", ""),
         ("Testani Farhad", "Karim", "son", "M", "2010", "0700000101", "")),
        # strangers at the phone of one hotel
        (("Ahmad Testani", "Karim", "head", "M", "1990", "0700000101", ""),
         ("Ahmad Noori", "Karim", "head", "M", "1990", "0700000101", "")),
    ],
)  # fmt: skip
def test_whom_their_names_tell_apart_are_never_joined_unasked(here: tuple[str, ...], there: tuple[str, ...]) -> None:
    link = _rows_linked(here, there)
    assert link is None or not link.is_certain


def test_no_barer_row_makes_one_person_of_two_with_other_fathers_and_surnames() -> None:
    rows = (
        ("Ali Mesali", "Omar", "head", "M", "1982", "0700000101", ""),
        ("Ali Testani", "Rauf", "head", "M", "1982", "0700000101", ""),
        ("Ali", "", "head", "M", "1982", "0700000101", ""),
    )
    link = _rows_linked(*rows)
    assert link is None or not link.is_certain
