"""Resolves one set and measures it: figures, seconds of the clock, peak memory of the process."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.identity.measure import Figures, measure
from benchmarks.identity.truth import Codes
from benchmarks.peak import peak_mb
from safepassage.core.identity import IdentitySettings
from safepassage.core.identity.resolve import Run, decide, weigh
from safepassage.core.people import Listing

_SETTINGS = IdentitySettings(explain_all=False, review_cap=10**9)


def run_set(rows: Sequence[dict[str, str]], make_listings: Callable[[], Sequence[Listing]]) -> Figures:
    """All figures of one set; making the listings counts into the seconds, measuring does not."""
    start, worked = time.perf_counter(), time.process_time()
    listings = make_listings()
    run = weigh(listings, (), _SETTINGS, None, lambda _share, _what: None)
    resolution = decide(run, listings, {}, lambda _share, _what: None)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = peak_mb()
    figures = measure(rows, listings, resolution, _codes(run, listings))
    return {
        "rows": len(rows),
        **figures,
        "seconds": round(seconds, 1),
        "processor_seconds": round(worked, 1),
        "peak_mb": peak,
    }


def _codes(run: Run, listings: Sequence[Listing]) -> Codes:
    """The weighed pairs as left * n + right in the order of the set."""
    place: dict[str, int] = {listing.id: at for at, listing in enumerate(listings)}
    rows = np.array([place[listing] for listing in run.columns.ids], np.int64)
    pairs = np.concatenate((run.weighed.pairs, run.hopeless))
    left, right = rows[pairs[:, 0]], rows[pairs[:, 1]]
    return np.asarray(np.minimum(left, right) * len(listings) + np.maximum(left, right))
