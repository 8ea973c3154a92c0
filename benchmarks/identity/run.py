"""Resolves one set and measures it: figures, seconds of the clock, peak memory of the process."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.identity.measure import Figures, measure
from benchmarks.identity.truth import Codes
from benchmarks.peak import peak_mb
from safepassage.core.identity import IdentitySettings
from safepassage.core.identity.keep import NOTHING_KEPT, Keep
from safepassage.core.identity.resolve import decide
from safepassage.core.identity.weigh import Progress, Run, weigh
from safepassage.core.people import Listing
from safepassage.core.uncollected import uncollected


def quiet(_share: float, _what: str) -> None:
    """Says nothing."""


SETTINGS = IdentitySettings(explain_all=False, review_cap=10**9)


Rows = Sequence[dict[str, str]]


def run_set(
    read: Callable[[], Sequence[Listing]],
    truth: Callable[[], Rows],
    keep: Keep = NOTHING_KEPT,
    *,
    tell: Progress = quiet,
) -> tuple[Figures, Rows]:
    """All figures of one set, and its truth; reading counts into the seconds, the truth and measuring do not."""
    start, worked = time.perf_counter(), time.process_time()
    with uncollected():
        listings = read()
        run = weigh(listings, (), SETTINGS, None, tell, keep)
        resolution = decide(run, listings, {}, tell)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = peak_mb()
    rows = truth()
    figures = measure(rows, listings, resolution, _codes(run, listings))
    return {
        "rows": len(rows),
        **figures,
        "seconds": round(seconds, 1),
        "processor_seconds": round(worked, 1),
        "peak_mb": peak,
    }, rows


def _codes(run: Run, listings: Sequence[Listing]) -> Codes:
    """The weighed pairs as left * n + right in the order of the set."""
    place: dict[str, int] = {listing.id: at for at, listing in enumerate(listings)}
    rows = np.array([place[listing] for listing in run.columns.ids], np.int64)
    n = len(listings)
    codes = np.concatenate((run.weighed.pairs[:, 0] * n + run.weighed.pairs[:, 1], run.hopeless))
    left, right = rows[codes // n], rows[codes % n]
    return np.asarray(np.minimum(left, right) * n + np.maximum(left, right))
