"""An operation's own lists as a set: taken in by intake, joined with their answer key."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np

from safepassage.core.ids import SourceId
from safepassage.core.intake import intake_file
from safepassage.core.people import Listing
from safepassage.core.sim.lists import generate_lists

_RECEIVED = date(2021, 8, 20)

Rows = list[dict[str, str]]


def read_operation(folder: Path) -> tuple[Rows, list[Listing]]:
    """The listings of a folder with `lists/` and `answer-key.csv`, each with who it is."""
    return _joined(folder / "lists", (folder / "answer-key.csv").read_text(encoding="utf-8"))


def generated_operation(seed: int, *, families: int, people: int, rows: int) -> tuple[Rows, list[Listing]]:
    """An invented operation by the generator of lists: a set by a third hand."""
    made = generate_lists(np.random.default_rng(seed), families=families, people=people, rows=rows)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in made.files.items():
            (Path(folder) / name).write_bytes(content)
        return _joined(Path(folder), made.answer_key().decode())


def _joined(lists: Path, answer_key: str) -> tuple[Rows, list[Listing]]:
    reader = csv.DictReader(io.StringIO(answer_key))
    key = {(row["file"], row["sheet"], int(row["row"]), int(row["ordinal"])): row for row in reader}
    listings: list[Listing] = []
    rows: Rows = []
    for path in sorted(lists.iterdir()):
        taken = intake_file(path, source=SourceId(f"S-{path.stem}"), received=_RECEIVED)
        seen: Counter[tuple[str, int]] = Counter()
        for listing in taken.listings:
            at = (listing.row.sheet, listing.row.number)
            seen[at] += 1
            truth = key.get((path.name, *at, seen[at]))
            person = truth["person"] if truth else f"unknown:{listing.id}"
            listings.append(listing)
            rows.append(
                {
                    "pid": person,
                    "fam": truth["family"] if truth else person,
                    "tags": truth["tags"] if truth else "",
                }
            )
    return rows, listings
