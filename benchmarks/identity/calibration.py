"""`python -m benchmarks.identity.calibration FILE.csv[.gz] ... [--questions 500] [--seeds 3]`: what judgements teach.

So many questions of the queue are drawn and answered by the answer key, pair by pair, as an operation's people would;
nothing else of the key is used. The matcher runs again with these judgements. Printed is the calibration error (ten
bins) of pairs that nobody judged, by the program's figure and by what judgements taught: of those that other
questions show, of these by kind of evidence, and of all links (certain ones, and pairs that certain links join, too).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.identity.adapter import read_set
from benchmarks.identity.run import SETTINGS, quiet
from safepassage.core.identity import Judgement, JudgementVerdict, Review
from safepassage.core.identity.calibrate import KINDS, kinds_of
from safepassage.core.identity.resolve import decide
from safepassage.core.identity.weigh import Run, weigh
from safepassage.core.identity.weights import SAME
from safepassage.core.ids import ListingId
from safepassage.core.people import Listing

_NOON = datetime(2021, 8, 20, 12, tzinfo=UTC)

Rows = Sequence[dict[str, str]]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def error_of(stated: Floats, right: Flags) -> float:
    """Expected calibration error, ten bins."""
    bins = np.minimum((stated * 10).astype(np.int64), 9)
    gaps = (abs(stated[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins))
    return float(sum(gaps))


def answers_to(reviews: Sequence[Review], person_of: dict[ListingId, str]) -> Iterator[Judgement]:
    """What people who know would say of each pair of these questions."""
    for link in {(link.left, link.right): link for review in reviews for link in review.links}.values():
        is_one = person_of[link.left] == person_of[link.right]
        verdict = JudgementVerdict.SAME if is_one else JudgementVerdict.DIFFERENT
        yield Judgement(link.left, link.right, verdict, by="benchmark", at=_NOON)


def compared(
    rows: Rows, listings: Sequence[Listing], questions: int, seeds: int
) -> Iterator[tuple[int, str, dict[str, tuple[float, float]]]]:
    """For each draw: pairs judged, what was learnt from, and (error before, after) of all and by kind of evidence."""
    person_of = {listing.id: row["pid"] for listing, row in zip(listings, rows, strict=True)}
    before = weigh(listings, (), SETTINGS, None, quiet)
    reviews = decide(before, listings, {}, quiet).reviews
    people = np.array([person_of[ListingId(listing)] for listing in before.columns.ids])
    for seed in range(seeds):
        drawn = np.random.default_rng(seed).permutation(len(reviews))[:questions]
        judgements = list(answers_to([reviews[at] for at in drawn.tolist()], person_of))
        after = weigh(listings, judgements, SETTINGS, None, quiet)
        strata = after.calibration.strata if after.calibration else ()
        learnt = ", ".join(f"{one.judged:,} {one.kind.value}" for one in strata) or "none"
        shown = {(link.left, link.right) for review in reviews for link in review.links}
        yield len(judgements), learnt, _errors(before, after, people, shown)


def _errors(
    before: Run, after: Run, people: npt.NDArray[np.str_], shown: set[tuple[ListingId, ListingId]]
) -> dict[str, tuple[float, float]]:
    pairs, n = before.weighed.pairs, before.columns.size
    judged = np.array([*after.judged.together, *after.judged.apart], np.int64).reshape(-1, 2)
    stated, found = (run.weighed.chances[:, SAME].astype(np.float64) for run in (before, after))
    is_held_out = stated >= SETTINGS.review_from
    is_held_out &= ~np.isin(pairs[:, 0] * n + pairs[:, 1], judged[:, 0] * n + judged[:, 1])
    row_of = {listing: at for at, listing in enumerate(before.columns.ids)}
    asked = np.array([row_of[a] * n + row_of[b] for a, b in shown], np.int64)
    is_shown = is_held_out & np.isin(pairs[:, 0] * n + pairs[:, 1], asked)
    right, kinds = people[pairs[:, 0]] == people[pairs[:, 1]], kinds_of(before.weighed.compared)
    figures = {}
    parts = {"asked about": is_shown, **{kind.value: is_shown & (kinds == at) for at, kind in enumerate(KINDS)}}
    parts["all links"] = is_held_out
    for name, of in parts.items():
        if of.any():
            figures[name] = (error_of(stated[of], right[of]), error_of(found[of], right[of]))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--seeds", type=int, default=3, help="draws of questions")
    options = parser.parse_args()
    for path in options.files:
        if not path.exists():
            continue
        rows, listings = read_set(path)
        print(
            f"\n# {path.name}: calibration error of pairs that nobody judged, {options.questions} questions answered"
        )
        for judged, learnt, errors in compared(rows, listings, options.questions, options.seeds):
            told = ", ".join(f"{name} {was:.4f} -> {now:.4f}" for name, (was, now) in errors.items())
            print(f"{judged:,} pairs judged, learnt from {learnt}: {told}")


if __name__ == "__main__":
    main()
