"""Measures of a resolution against the answer key (pid, fam); none of them reaches the matcher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from benchmarks.identity.truth import Codes, decisions_to_reach, recall_by_error, true_pairs
from safepassage.core.identity import Resolution
from safepassage.core.ids import ListingId
from safepassage.core.people import Listing

Figures = dict[str, float | dict[str, float]]


def measure(
    rows: Sequence[dict[str, str]], listings: Sequence[Listing], resolution: Resolution, weighed: Codes
) -> Figures:
    """Pair and B-cubed figures, automatic merges, calibration, false merges and recall by kind, decisions needed.

    `weighed` holds left * n + right of all candidate pairs, rows numbered as `listings`.
    """
    at = {listing.id: place for place, listing in enumerate(listings)}
    people = [row["pid"] for row in rows]
    clusters = [[at[listing] for listing in cluster] for cluster in resolution.clusters]
    certain = [[at[listing] for listing in cluster] for cluster in resolution.certain_clusters]
    found, auto = _pairs(clusters), _pairs(certain)
    true_codes = true_pairs(people)
    truth = len(true_codes)
    blocking = float(np.isin(true_codes, weighed).mean()) if truth else 1.0
    cluster_of = [0] * len(people)
    for number, cluster in enumerate(clusters):
        for row in cluster:
            cluster_of[row] = number
    questions = [[(at[link.left], at[link.right]) for link in review.links] for review in resolution.reviews]
    asked, reached = decisions_to_reach(people, certain, questions, 0.99 * blocking * truth)
    shown = sum(map(len, questions[:asked]))
    right = sum(people[a] == people[b] for a, b in found)
    auto_right = sum(people[a] == people[b] for a, b in auto)
    auto_across = sum(people[a] != people[b] and rows[a]["fam"] != rows[b]["fam"] for a, b in auto)
    return {
        **_agreement(people, clusters, len(found), right, truth),
        "auto_precision": round(auto_right / max(len(auto), 1), 5),
        "auto_coverage": round(auto_right / max(truth, 1), 4),
        "auto_wrong_across_families": auto_across,
        "auto_wrong_inside_family_per_100k": _inside_family(rows, auto),
        "blocking_recall": round(blocking, 4),
        "wrong_inside_family_per_100k": _inside_family(rows, found),
        "calibration_error": round(_calibration(resolution, people, at), 4),
        "reviews_per_100_rows": round(100 * len(resolution.reviews) / max(len(rows), 1), 2),
        "decisions_per_100_rows": round(100 * asked / max(len(rows), 1), 2),
        "pairs_shown_per_100_rows": round(100 * shown / max(len(rows), 1), 2),
        "recall_after_decisions": round(reached / max(truth, 1), 4),
        "candidate_pairs": resolution.candidate_pairs,
        "recall_by_error": recall_by_error(rows, true_codes, cluster_of),
    }


def measure_clusters(rows: Sequence[dict[str, str]], clusters: Sequence[Sequence[int]]) -> Figures:
    """Pair and B-cubed figures of any clusters of the rows, and wrong pairs inside families."""
    people = [row["pid"] for row in rows]
    found = _pairs(clusters)
    right = sum(people[a] == people[b] for a, b in found)
    return {
        **_agreement(people, clusters, len(found), right, len(true_pairs(people))),
        "wrong_inside_family_per_100k": _inside_family(rows, found),
    }


def _agreement(
    people: Sequence[str], clusters: Sequence[Sequence[int]], found: int, right: int, truth: int
) -> dict[str, float]:
    precision, recall = right / max(found, 1), right / max(truth, 1)
    bp, br = _b_cubed(people, clusters)
    return {
        "pair_precision": round(precision, 4),
        "pair_recall": round(recall, 4),
        "pair_f1": round(_f1(precision, recall), 4),
        "b3_precision": round(bp, 4),
        "b3_recall": round(br, 4),
        "b3_f1": round(_f1(bp, br), 4),
    }


def _inside_family(rows: Sequence[dict[str, str]], pairs: Iterable[tuple[int, int]]) -> float:
    wrong = sum(rows[a]["pid"] != rows[b]["pid"] and rows[a]["fam"] == rows[b]["fam"] for a, b in pairs)
    return round(wrong * 1e5 / max(len(rows), 1), 1)


def _pairs(clusters: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    return [(a, b) for cluster in clusters for i, a in enumerate(cluster) for b in cluster[i + 1 :]]


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _b_cubed(people: Sequence[str], clusters: Sequence[Sequence[int]]) -> tuple[float, float]:
    sizes = Counter(people)
    precision = recall = 0.0
    for cluster in clusters:
        for person, count in Counter(people[row] for row in cluster).items():
            precision += count * count / len(cluster)
            recall += count * count / sizes[person]
    return precision / max(len(people), 1), recall / max(len(people), 1)


def _calibration(resolution: Resolution, people: Sequence[str], at: Mapping[ListingId, int]) -> float:
    """Expected calibration error of the links' probabilities, ten bins."""
    if not resolution.links:
        return 0.0
    stated = np.array([link.probability for link in resolution.links])
    right = np.array([people[at[x.left]] == people[at[x.right]] for x in resolution.links], float)
    bins = np.minimum((stated * 10).astype(int), 9)
    gaps = [abs(stated[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())]
    return float(sum(gaps))
