"""The sample lists of other systems, where they are at hand; their figures stand in docs/intake.md."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from safepassage.core.ids import SourceId
from safepassage.core.intake import BatchResult, Outcome, intake_file

ROOT = Path(__file__).resolve().parents[3]
LISTS = next(
    (p for p in (ROOT.parent / "shared" / "lists", ROOT.parents[1] / "shared" / "lists") if p.is_dir()), None
)
LINE = re.compile(r"^\| `([\w.\-]+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)
EXPECTED = {
    match[1]: tuple(int(figure) for figure in match.groups()[1:4])
    for match in LINE.finditer((ROOT / "docs" / "intake.md").read_text(encoding="utf-8"))
}


def take(file: str) -> BatchResult:
    if LISTS is None:
        if os.environ.get("CI"):
            pytest.fail("the sample lists of other systems are missing")
        pytest.skip("the sample lists of other systems are not at hand")
    return intake_file(LISTS / file, source=SourceId("S-SAMPLE"), received=date(2026, 1, 1))


def test_the_page_names_six_lists() -> None:
    assert len(EXPECTED) == 6


@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_a_list_of_another_system_gives_the_people_groups_and_rejects_counted_by_hand(file: str) -> None:
    batch = take(file)
    groups = {listing.group for listing in batch.listings if listing.group}
    assert (len(batch.listings), len(groups), len(batch.rejects)) == EXPECTED[file]
    assert sum(batch.count_rows(outcome) for outcome in Outcome) == len(batch.rows)
    assert all(listing.name for listing in batch.listings)


def test_ids_that_a_header_calls_ages_make_nobody_old() -> None:
    births = [listing.birth for listing in take("hope_50_households.xlsx").listings]
    assert all(birth is not None and birth.precision == "day" for birth in births)


def test_a_broken_header_still_gives_phones() -> None:
    assert all(listing.phones and listing.birth for listing in take("hope_edopomoga.csv").listings)
