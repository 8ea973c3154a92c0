"""`python -m benchmarks.identity --input FILE [--json]`: measures identity on a CSV with an answer key."""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

from benchmarks.identity.adapter import listings_of, read_rows
from benchmarks.identity.measure import measure
from safepassage.core.identity import IdentitySettings, resolve


def main() -> None:
    """Runs one benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", type=Path, required=True, help="CSV (or .csv.gz) with the columns of the sets")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    rows = read_rows(options.input)
    start = time.perf_counter()
    listings = listings_of(rows)
    resolution = resolve(listings, settings=IdentitySettings(explain_all=False, review_cap=10**9))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures: dict[str, float] = {"rows": len(rows), **measure(rows, listings, resolution)}
    figures |= {"seconds": round(seconds, 1), "peak_mb": round(peak)}
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:32} {value}")


main()
