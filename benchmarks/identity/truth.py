"""The answer key of a benchmark set: which pairs of rows are one person, and what is found of them."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]


def true_pairs(people: Sequence[str]) -> Codes:
    """Codes left * n + right of all pairs of rows of one person."""
    groups: dict[str, list[int]] = collections.defaultdict(list)
    for at, person in enumerate(people):
        groups[person].append(at)
    n = len(people)
    codes = [a * n + b for rows in groups.values() for i, a in enumerate(rows) for b in rows[i + 1 :]]
    return np.unique(np.array(codes, np.int64))


def recall_by_error(rows: Sequence[Mapping[str, str]], truth: Codes, cluster_of: Sequence[int]) -> dict[str, float]:
    """Share of true pairs found, by each error that either row has; kinds with fewer than 50 pairs are left out."""
    seen: dict[str, list[bool]] = collections.defaultdict(list)
    for code in truth.tolist():
        a, b = divmod(code, len(rows))
        tags = {tag for row in (a, b) for tag in rows[row].get("tags", "").split("|") if tag}
        for tag in tags or {"(clean)"}:
            seen[tag].append(cluster_of[a] == cluster_of[b])
    return {tag: round(sum(found) / len(found), 4) for tag, found in sorted(seen.items()) if len(found) >= 50}


def decisions_to_reach(
    people: Sequence[str],
    certain: Iterable[Sequence[int]],
    questions: Iterable[Sequence[tuple[int, int]]],
    wanted: float,
) -> tuple[int, float]:
    """How many questions, answered rightly in the order of the queue, it takes to find so many true pairs.

    Each question is a list of pairs of rows, decided at once. Returns the number asked and the pairs found: fewer
    than `wanted` if the queue ends before.
    """
    parent = list(range(len(people)))
    size = [1] * len(people)
    found = 0

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def join(a: int, b: int) -> int:
        a, b = root(a), root(b)
        if a == b or people[a] != people[b]:
            return 0
        parent[b] = a
        gained = size[a] * size[b]
        size[a] += size[b]
        return gained

    for cluster in certain:
        first_of: dict[str, int] = {}
        for row in cluster:
            found += join(first_of.setdefault(people[row], row), row)
    asked = 0
    for question in questions:
        if found >= wanted:
            break
        asked += 1
        found += sum(join(a, b) for a, b in question)
    return asked, found
