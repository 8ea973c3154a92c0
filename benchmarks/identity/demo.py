"""`python -m benchmarks.identity.demo [FOLDER]`: an operation's lists, measured on their answer key."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from benchmarks.identity.measure import measure
from safepassage.core.identity import IdentitySettings, resolve
from safepassage.core.ids import SourceId
from safepassage.core.intake import intake_file

FOLDER = Path("examples/kabul-2021")


def measure_operation(folder: Path) -> dict[str, float]:
    """Figures on the listings that both intake and the answer key know."""
    with (folder / "answer-key.csv").open(encoding="utf-8", newline="") as file:
        key = {(row["file"], row["sheet"], int(row["row"]), int(row["ordinal"])): row for row in csv.DictReader(file)}
    listings = []
    rows = []
    for path in sorted((folder / "lists").iterdir()):
        taken = intake_file(path, source=SourceId(f"S-{path.stem}"), received=date(2021, 8, 20))
        seen: Counter[tuple[str, int]] = Counter()
        for listing in taken.listings:
            at = (listing.row.sheet, listing.row.number)
            seen[at] += 1
            truth = key.get((path.name, *at, seen[at]))
            listings.append(listing)
            person = truth["person"] if truth else f"unknown:{listing.id}"
            rows.append({"pid": person, "fam": truth["family"] if truth else person})
    unknown = sum(row["pid"].startswith("unknown:") for row in rows)
    resolution = resolve(listings, settings=IdentitySettings(explain_all=False))
    return {"rows": len(rows), "without_key": unknown, **measure(rows, listings, resolution)}


if __name__ == "__main__":
    print(json.dumps(measure_operation(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER), indent=1))
