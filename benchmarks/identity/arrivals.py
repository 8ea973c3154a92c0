"""`python -m benchmarks.identity.arrivals FILE.csv [FILE.csv ...] [--asked 500]`: one who arrives, against all kept.

List groups drawn evenly are taken out of the set and arrive one after the other, each as one listing of it and as a
whole. Beside stands a bound: comparing one name with all names by rapidfuzz, which any search without an index costs.
Weights are learnt from the set itself and frozen before. Times are of the processor, one thread.
"""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from benchmarks.identity.adapter import read_set
from safepassage.core.identity import IdentitySettings
from safepassage.core.identity.arrivals import Partner, Standing
from safepassage.core.identity.blocking import candidate_codes
from safepassage.core.identity.compare import Comparer
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.frozen import freeze
from safepassage.core.identity.keep import NOTHING_KEPT
from safepassage.core.identity.weigh import learnt_weights
from safepassage.core.people import Listing
from safepassage.core.uncollected import uncollected

_LEARNT_FROM = 100_000
"""Listings to learn weights from: whole groups, evenly taken."""
_WIDTH = 44

Figures = dict[str, float]


def main() -> None:
    """Measures the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--asked", type=int, default=500, help="list groups that arrive")
    options = parser.parse_args()
    print_arrivals(options.files, options.asked)


def print_arrivals(files: Sequence[Path], asked: int = 500) -> dict[str, Figures]:
    """One table: a measure a line, a set a column. Returns the figures by set."""
    found = {path.name.partition(".")[0]: measure_arrivals(*read_set(path), asked) for path in files}
    print("\n# one who arrives, against all that are kept ready (processor time, one thread)")
    print(f"{'measure':{_WIDTH}} " + " ".join(f"{name:>12}" for name in found))
    for measure in next(iter(found.values()), {}):
        print(f"{measure:{_WIDTH}} " + " ".join(f"{figures[measure]:>12,}" for figures in found.values()))
    return found


def measure_arrivals(rows: Sequence[dict[str, str]], listings: Sequence[Listing], asked: int) -> Figures:
    """Learns, indexes, asks."""
    person_of = {listing.id: row["pid"] for row, listing in zip(rows, listings, strict=True)}
    groups: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        groups[listing.group or listing.id].append(listing)
    names = sorted(groups)
    arrivals = [groups.pop(name) for name in names[:: max(1, len(names) // asked)]]
    kept = [listing for group in groups.values() for listing in group]
    step = max(1, len(kept) // _LEARNT_FROM)
    sample = [listing for group in list(groups.values())[::step] for listing in group]
    began = time.process_time()
    with uncollected():
        columns = columns_of(sample)
        codes = candidate_codes(columns, IdentitySettings().block_cap)
        parameters = freeze(learnt_weights(Comparer(columns), codes, NOTHING_KEPT), columns.habits)
        learnt = time.process_time()
        standing = Standing(columns_of(kept, parameters.habits), parameters)
        built = time.process_time()
        gc.freeze()  # the listings are this benchmark's own: who keeps people ready keeps columns only
    there = {person_of[listing.id] for listing in kept}
    return {
        "listings kept": len(kept),
        "seconds to learn": round(learnt - began, 1),
        "seconds to build": round(built - learnt, 1),
        **_asked("one listing", standing, [group[:1] for group in arrivals], person_of, there),
        **_asked("list group", standing, arrivals, person_of, there),
        "bound: scanning all names, ms": round(_scan_ms(kept, [group[0] for group in arrivals[:5]]), 1),
        "load of the machine": round(os.getloadavg()[0], 1),
    }


def _asked(
    what: str, standing: Standing, arrivals: list[list[Listing]], person_of: dict[str, str], there: set[str]
) -> Figures:
    """How long it takes, how often somebody's own person is among the candidates, and is the first of them."""
    spent, met, first, wanted = [], 0, 0, 0
    for group in arrivals:
        began = time.process_time()
        found = standing.partners(group)
        spent.append((time.process_time() - began) * 1000)
        of: dict[str, list[Partner]] = defaultdict(list)
        for one in found:
            of[one.arrival].append(one)
        for listing in group:
            person = person_of[listing.id]
            if person in there:
                wanted += 1
                met += any(person_of[one.other] == person for one in of[listing.id])
                first += bool(of[listing.id]) and person_of[of[listing.id][0].other] == person
    median, most = (round(float(np.quantile(spent, share)), 1) for share in (0.5, 0.99))
    return {
        f"{what}: asked": len(arrivals),
        f"{what}: listings in it, mean": round(sum(map(len, arrivals)) / max(len(arrivals), 1), 1),
        f"{what}: ms, median": median,
        f"{what}: ms, 99 of 100 are below": most,
        f"{what}: true partner among candidates": round(met / max(wanted, 1), 4),
        f"{what}: true partner first": round(first / max(wanted, 1), 4),
    }


def _scan_ms(kept: list[Listing], asked: list[Listing]) -> float:
    names = [listing.name for listing in kept]
    began = time.process_time()
    for listing in asked:
        cdist([listing.name], names, scorer=JaroWinkler.similarity, dtype=np.float32, workers=1).argmax()
    return (time.process_time() - began) * 1000 / max(len(asked), 1)


if __name__ == "__main__":
    main()
