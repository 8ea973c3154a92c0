"""`python -m benchmarks.identity.arrivals FILE.csv [--asked 500]`: one list group against all that are kept ready.

List groups drawn evenly are taken out of the set and arrive one after the other, each as one listing of it and as a
whole. Beside stands a bound: comparing one name with all names by rapidfuzz, which any search without an index costs.
Weights are learnt from the set itself and frozen before. Times are of the processor, one thread.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from benchmarks.identity.adapter import read_set
from benchmarks.peak import peak_mb
from safepassage.core.identity import IdentitySettings
from safepassage.core.identity.arrivals import Partner, Standing
from safepassage.core.identity.blocking import candidate_codes
from safepassage.core.identity.compare import Comparer
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.frozen import freeze
from safepassage.core.identity.keep import NOTHING_KEPT
from safepassage.core.identity.weigh import learnt_weights
from safepassage.core.people import Listing

_LEARNT_FROM = 100_000
"""Listings to learn weights from: whole groups, evenly taken."""


def main() -> None:
    """Reads, learns, indexes, asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--asked", type=int, default=500)
    options = parser.parse_args()
    rows, listings = read_set(options.file)
    person_of = {listing.id: row["pid"] for row, listing in zip(rows, listings, strict=True)}
    groups: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        groups[listing.group or listing.id].append(listing)
    names = sorted(groups)
    asked = [groups.pop(name) for name in names[:: max(1, len(names) // options.asked)]]
    kept = [listing for group in groups.values() for listing in group]
    step = max(1, len(kept) // _LEARNT_FROM)
    sample = [listing for group in list(groups.values())[::step] for listing in group]
    began = time.process_time()
    columns = columns_of(sample)
    codes = candidate_codes(columns, IdentitySettings().block_cap)
    parameters = freeze(learnt_weights(Comparer(columns), codes, NOTHING_KEPT), columns.habits)
    learnt = time.process_time()
    standing = Standing(columns_of(kept, parameters.habits), parameters)
    built = time.process_time()
    there = {person_of[listing.id] for listing in kept}
    figures = {
        "listings": len(kept),
        "seconds_to_learn": round(learnt - began, 1),
        "seconds_to_build": round(built - learnt, 1),
        "one_listing": _asked(standing, [group[:1] for group in asked], person_of, there),
        "list_group": _asked(standing, asked, person_of, there),
        "bound_scan_ms": round(_scan_ms(kept, [group[0] for group in asked[:5]]), 1),
        "peak_mb": peak_mb(),
    }
    print(json.dumps(figures, indent=1))


def _asked(
    standing: Standing, arrivals: list[list[Listing]], person_of: dict[str, str], there: set[str]
) -> dict[str, float]:
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
    at: Callable[[float], float] = lambda share: round(float(np.quantile(spent, share)), 1)  # noqa: E731
    return {
        "asked": len(arrivals),
        "median_ms": at(0.5),
        "p99_ms": at(0.99),
        "true_partner_among_candidates": round(met / max(wanted, 1), 4),
        "true_partner_first": round(first / max(wanted, 1), 4),
    }


def _scan_ms(kept: list[Listing], asked: list[Listing]) -> float:
    names = [listing.name for listing in kept]
    began = time.process_time()
    for listing in asked:
        cdist([listing.name], names, scorer=JaroWinkler.similarity, dtype=np.float32, workers=1).argmax()
    return (time.process_time() - began) * 1000 / max(len(asked), 1)


if __name__ == "__main__":
    main()
