"""The page of errors that remain: the kinds of the tool, ten invented pairs of each, each pair of its kind."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from benchmarks.identity.adapter import birth_of
from benchmarks.identity.errors import MISSED, WRONG, Pairs, print_errors, sorted_out

from safepassage.core.identity.compare import Comparer
from safepassage.core.identity.features import columns_of
from safepassage.core.ids import BatchId, ListGroupId, ListingId, RowId, SourceId
from safepassage.core.people import Document, DocumentKind, Listing, RowRef, Sex

PAGE = Path(__file__).parents[3] / "docs" / "identity-errors.md"
_BY_RUN = {"members of two families that agree in several", "strangers, joined by a third row"}
"""Kinds that other rows decide: their pairs alone look like another kind."""


def sections():
    found = []
    for part in re.split(r"^#{2,3} ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        rows = [line.strip("| ").split(" | ") for line in body.splitlines() if line.startswith("| ")]
        if rows:
            found.append((title, rows[1:]))
    return found


def listing_of(text: str, at: int) -> Listing:
    where, facts = text.split(": ", 1)
    source, _, group = where.partition(" list")
    name, *rest = next(csv.reader(io.StringIO(facts), skipinitialspace=True))
    said = dict(fact.split(" ", 1) if " " in fact else (fact, "") for fact in rest)
    documents = [
        Document(kind, said[word], written=said[word])
        for word, kind in (("passport", DocumentKind.PASSPORT), ("tazkira", DocumentKind.TAZKIRA_PAPER))
        if word in said
    ]
    birth = birth_of(said.get("born", ""))
    assert birth or "born" not in said
    return Listing(
        id=ListingId(f"L-{at:06d}"),
        source=SourceId(source),
        row=RowRef(RowId(str(at)), BatchId("B"), "page.csv", "", 1),
        name=name,
        group=ListGroupId(f"{source}{group}") if group.strip() else None,
        father=said.get("father", ""),
        sex=Sex.MALE if "male" in said else Sex.FEMALE if "female" in said else Sex.UNKNOWN,
        birth=birth,
        documents=tuple(documents),
        phones=(said["phone"],) if "phone" in said else (),
    )


def compared(pairs: list[list[str]], *, is_kin: bool) -> Pairs:
    listings = [listing_of(text, 2 * at + side) for at, pair in enumerate(pairs) for side, text in enumerate(pair)]
    columns = columns_of(listings)
    rows = np.arange(len(listings)).reshape(-1, 2)
    none = np.zeros(len(rows), np.float32)
    return Pairs(
        rows,
        Comparer(columns).compare(rows),
        none + 0.5,
        none,
        none,
        none == 0,
        np.full(len(rows), is_kin),
    )


def test_the_page_has_the_kinds_of_the_tool_with_ten_pairs_of_each():
    told = dict(sections())
    kinds = [name for name, _ in (*WRONG, *MISSED)]
    assert [name for name in kinds if name in told] == list(told)
    assert set(kinds) - set(told) == {"kin, one without a name of their own"}  # none was met
    assert {title: len(rows) for title, rows in told.items()} == dict.fromkeys(told, 10)
    assert all(len(row) == 2 for rows in told.values() for row in rows)
    everyone = [text for rows in told.values() for row in rows for text in row]
    assert len(set(everyone)) > 0.97 * len(everyone)


@pytest.mark.parametrize(("title", "rows"), sections())
def test_each_pair_is_of_its_kind(title, rows):
    if title in _BY_RUN:
        pytest.skip("told by other rows")
    kinds = WRONG if title in dict(WRONG) else MISSED
    pairs = compared(rows, is_kin=title.startswith("kin"))
    of = {place: name for name, at in sorted_out(pairs, kinds) for place in at.tolist()}
    assert {" / ".join(rows[place]): name for place, name in of.items() if name != title} == {}


def test_kinds_add_up_and_examples_are_printed(capsys):
    pairs = compared([row for title, rows in sections() if title in dict(MISSED) for row in rows], is_kin=True)
    print_errors("Missed", pairs, MISSED, str, examples=1)
    out = capsys.readouterr().out
    assert sum(int(line[52:62]) for line in out.splitlines() if line.endswith(" 0") and "%" in line) == len(
        pairs.rows
    )
    assert out.count("### ") == len(MISSED)
