"""A short list of one town: two of one common name are no wonder there, however rare the name seems in forty rows."""

from __future__ import annotations

from datetime import date

import pytest

from safepassage.core.identity import Resolution, resolve
from safepassage.core.ids import SourceId
from safepassage.core.intake import intake_file
from safepassage.core.people import Listing
from tests.core.intake.made import table

_HEADER = ("Family", "Name", "Father", "Relation", "Age", "Phone", "City")
_GIVEN = ("Yusuf", "Sami", "Farid", "Rahim", "Zalmai", "Bashir", "Tariq", "Idris", "Qasim", "Nabi")
_FAMILY = ("Barakzai", "Haidari", "Popal", "Noori", "Sultani", "Kakar", "Wardak", "Momand", "Stanekzai", "Hotak")
_OTHERS = [
    (str(50 + at), f"{given} {family}", "", "Head", str(31 + at), f"07001{at:02d}{at:02d}1", "Herat")
    for at, (given, family) in enumerate(zip(_GIVEN, _FAMILY, strict=True))
]


def _found(*rows: tuple[str, ...]) -> tuple[tuple[Listing, ...], Resolution]:
    taken = intake_file(table(_HEADER, *_OTHERS, *rows), source=SourceId("S-TOWN"), received=date(2026, 1, 1))
    return taken.listings, resolve(taken.listings)


def _persons_named(listings: tuple[Listing, ...], found: Resolution, word: str) -> list[int]:
    """How many rows each person of that name has."""
    wanted = {one.id for one in listings if word in one.name}
    return sorted(len(wanted.intersection(part)) for part in found.certain_clusters if wanted.intersection(part))


class TestTwoRows:
    def test_of_one_name_and_age_with_two_phones_are_two_until_somebody_is_asked(self):
        listings, found = _found(
            ("1", "Parwana Mirzai", "", "", "30", "0700555107", "Herat"),
            ("2", "Parwana Mirzay", "", "", "30", "0700555205", "Herat"),
        )
        assert _persons_named(listings, found, "Parwana") == [1, 1]

    def test_with_one_phone_of_their_own_are_joined(self):
        listings, found = _found(
            ("1", "Zahra Ahmadi", "Ghafar", "", "30", "0700555107", "Herat"),
            ("2", "Zahra Ahmadi", "Ghafar", "", "30", "0700555107", "Herat"),
        )
        assert _persons_named(listings, found, "Ahmadi") == [2]


def test_two_families_whose_heads_and_sons_have_one_name_are_two():
    listings, found = _found(
        ("1", "Sayed Jawad Hosseini", "", "Head", "44", "0700555201", "Herat"),
        ("1", "Hakima", "", "Wife", "", "", ""),
        ("1", "Hadi", "", "Son", "16", "", ""),
        ("2", "Javad Hosseini", "", "Head", "44", "0700555202", "Herat"),
        ("2", "Tahera", "", "Wife", "", "", ""),
        ("2", "Hadi", "", "Son", "15", "", ""),
    )
    assert _persons_named(listings, found, "Hosseini") == [1, 1]
    assert _persons_named(listings, found, "Hadi") == [1, 1]


@pytest.mark.parametrize(("one", "other"), [("Sayed Abbas", "Sayed Reza"), ("Mohammad Ali", "Mohammad Nasim")])
def test_fathers_who_share_only_what_many_share_are_two(one: str, other: str):
    """A hotel's phone is on both, and a list that names no father has one of them: it joins them to nobody else."""
    guests = [(str(20 + at), f"{given} Guest", "", "Head", "", "0799001234", "") for at, given in enumerate(_GIVEN)]
    hotel = (
        *guests,
        ("1", "Jawad Hosseini", one, "Head", "44", "0799001234", ""),
        ("2", "Jawad Hosseini", other, "Head", "44", "0799001234", ""),
    )
    mine = intake_file(table(_HEADER, *_OTHERS, *hotel), source=SourceId("S-HOTEL"), received=date(2026, 1, 1))
    bare = [(*row[:2], "", *row[3:]) for row in (*_OTHERS, ("1", "Jawad Hosseini", "", "Head", "44", "", "Herat"))]
    theirs = intake_file(table(_HEADER, *bare), source=SourceId("S-BARE"), received=date(2026, 1, 1))
    listings = (*mine.listings, *theirs.listings)
    of_hotel = {x.id for x in mine.listings if "Jawad" in x.name}
    assert len(of_hotel) == 2
    assert all(len(of_hotel.intersection(part)) <= 1 for part in resolve(listings).certain_clusters)
