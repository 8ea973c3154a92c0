"""From weighed pairs to clusters: pairs for and against are added up, a doubt is a cost and never a wall.

Greedy contraction: the two parts that most evidence joins are joined first, until nothing is left to gain.
Judgements come before everything; between two of them, apart outranks together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.blocking import Pairs
from safepassage.core.identity.sorting import Codes

_NEVER = -1e6
_UNSEEN = -3.0
"""Weight of two listings that no key brought together, in bits."""
_UNSEEN_IN_GROUP = -7.0
_MILD = 0.5
_LARGEST = 250
_CHUNK = 1 << 21


@dataclass(slots=True)
class Forest:
    """Union-find whose roots are the smallest numbers."""

    parent: dict[int, int] = field(default_factory=dict)

    def root(self, at: int) -> int:
        """The smallest number of the set of `at`."""
        while (up := self.parent.get(at, at)) != at:
            self.parent[at] = self.parent.get(up, up)
            at = up
        return at

    def join(self, a: int, b: int) -> None:
        """Makes one set of two."""
        a, b = self.root(a), self.root(b)
        if a != b:
            self.parent[max(a, b)] = min(a, b)
            self.parent.setdefault(min(a, b), min(a, b))

    def sets(self, items: Iterable[int]) -> list[list[int]]:
        """The sets among `items`, each sorted, by first item."""
        found: dict[int, list[int]] = {}
        for item in sorted(items):
            found.setdefault(self.root(item), []).append(item)
        return list(found.values())


def partition(
    n: int,
    pairs: Pairs,
    same: npt.NDArray[np.float32],
    group: npt.NDArray[np.int32],
    *,
    threshold: float,
    is_mild: npt.NDArray[np.bool_],
    hopeless: Codes,
    together: Sequence[tuple[int, int]],
    apart: Sequence[tuple[int, int]],
) -> list[list[int]]:
    """All rows in clusters, each sorted, sorted by first row.

    `is_mild` marks pairs against which nothing speaks but that little is known: they count half against a cluster.
    `hopeless` are further pairs, as left * n + right, that are surely no one person.
    `together` must not contradict `apart` (see `judged.sort_judgements`).
    """
    forest = Forest()
    strong = np.flatnonzero(same >= threshold)
    for a, b in pairs[strong].tolist():
        forest.join(a, b)
    for a, b in together:
        forest.join(a, b)
    components = [part for part in forest.sets(list(forest.parent)) if len(part) > 1]
    where = np.full(n, -1, np.int64)
    for at, part in enumerate(components):
        where[part] = at
    far = _inside(hopeless, where, n)
    pairs = np.concatenate((pairs, far))
    same = np.concatenate((same, np.zeros(len(far), np.float32)))
    is_mild = np.concatenate((is_mild, np.zeros(len(far), np.bool_)))
    bits = np.log2(np.maximum(same, 1e-9) / np.maximum(1 - same, 1e-9)) - np.log2(threshold / (1 - threshold))
    bits[is_mild & (bits < 0)] *= _MILD
    mine = np.flatnonzero((where[pairs[:, 0]] >= 0) & (where[pairs[:, 0]] == where[pairs[:, 1]]))
    mine = mine[np.argsort(where[pairs[mine, 0]], kind="stable")]
    owner = where[pairs[mine, 0]]
    bounds = np.searchsorted(owner, np.arange(len(components) + 1))
    forced = Forest()
    for a, b in together:
        forced.join(a, b)
    forbidden = {(min(a, b), max(a, b)) for a, b in apart}
    clusters: list[list[int]] = []
    for at, part in enumerate(components):
        inside = mine[bounds[at] : bounds[at + 1]]
        clusters += _split(part, pairs[inside], bits[inside], group, forced, forbidden)
    clustered = {row for cluster in clusters for row in cluster}
    clusters += [[row] for row in range(n) if row not in clustered]
    return sorted(clusters)


def _inside(codes: Codes, where: npt.NDArray[np.int64], n: int) -> Pairs:
    """Those pairs whose two stand in one component."""
    found = [np.zeros((0, 2), np.int64)]
    for start in range(0, len(codes), _CHUNK):
        part = codes[start : start + _CHUNK]
        left, right = part // n, part % n
        at = np.flatnonzero((where[left] >= 0) & (where[left] == where[right]))
        found.append(np.stack((left[at], right[at]), axis=1))
    return np.concatenate(found)


def _split(  # noqa: PLR0917
    part: list[int],
    pairs: Pairs,
    bits: npt.NDArray[np.float32],
    group: npt.NDArray[np.int32],
    forced: Forest,
    forbidden: set[tuple[int, int]],
) -> list[list[int]]:
    if len(part) == 2 and not forbidden:
        return [part]
    if len(part) > _LARGEST:
        return _split_large(part, pairs, bits, group, forced, forbidden)
    place = {row: at for at, row in enumerate(part)}
    groups = group[part]
    weights = np.full((len(part), len(part)), _UNSEEN)
    weights[(groups[:, None] == groups[None, :]) & (groups[:, None] >= 0)] = _UNSEEN_IN_GROUP
    odds = np.clip(bits, -9.0, 14.0)
    for (a, b), weight in zip(pairs.tolist(), odds.tolist(), strict=True):
        weights[place[a], place[b]] = weights[place[b], place[a]] = weight
    for a, b in forbidden:
        if a in place and b in place:
            weights[place[a], place[b]] = weights[place[b], place[a]] = _NEVER
    np.fill_diagonal(weights, -np.inf)
    members = [[row] for row in part]
    for block in forced.sets(part):
        for row in block[1:]:
            _contract(weights, members, place[block[0]], place[row])
    while True:
        best = int(weights.argmax())
        a, b = divmod(best, len(part))
        if weights[a, b] <= 0:
            break
        _contract(weights, members, min(a, b), max(a, b))
    return [sorted(block) for block in members if block]


def _contract(weights: npt.NDArray[np.float64], members: list[list[int]], a: int, b: int) -> None:
    weights[a] += weights[b]
    weights[:, a] = weights[a]
    weights[a, a] = -np.inf
    weights[b] = weights[:, b] = -np.inf
    members[a] += members[b]
    members[b] = []


def _split_large(  # noqa: PLR0917
    part: list[int],
    pairs: Pairs,
    bits: npt.NDArray[np.float32],
    group: npt.NDArray[np.int32],
    forced: Forest,
    forbidden: set[tuple[int, int]],
) -> list[list[int]]:
    """Cuts a chain of doubtful links: only stronger ones hold it together, then each piece is split."""
    forest = Forest()
    floor = float(np.quantile(bits, 0.5)) if len(bits) else 17.0
    floor = min(max(floor, 3.0), 17.0)
    for (a, b), weight in zip(pairs.tolist(), bits.tolist(), strict=True):
        if weight > floor:
            forest.join(a, b)
    for block in forced.sets(part):
        for row in block[1:]:
            forest.join(block[0], row)
    pieces = forest.sets(part)
    clusters: list[list[int]] = []
    for piece in pieces:
        if len(piece) > _LARGEST:  # beyond reason for one human: left apart but for judgements, for a person to see
            clusters += forced.sets(piece)
            continue
        rows = set(piece)
        keep = np.array([a in rows and b in rows for a, b in pairs.tolist()], np.bool_)
        clusters += _split(piece, pairs[keep], bits[keep], group, forced, forbidden)
    return clusters


def hold_together(
    cluster: Sequence[int],
    judged: Sequence[tuple[int, int]],
    edges: Sequence[tuple[int, int]],
    doubts: Sequence[tuple[int, int]],
) -> list[list[int]]:
    """The parts of a cluster that judgements and then the given edges, strongest first, hold together.

    An edge joins two parts only if no doubted pair lies between them: a chain is as sound as its weakest pair.
    """
    forest = Forest()
    for a, b in judged:
        forest.join(a, b)
    parts = {part[0]: set(part) for part in forest.sets(cluster)}
    foes: dict[int, set[int]] = {}
    for a, b in doubts:
        foes.setdefault(a, set()).add(b)
        foes.setdefault(b, set()).add(a)
    for a, b in edges:
        left, right = sorted((forest.root(a), forest.root(b)))
        if left == right or any(foes.get(row, frozenset()) & parts[right] for row in parts[left]):
            continue
        forest.join(left, right)
        parts[left] |= parts.pop(right)
    return sorted(sorted(part) for part in parts.values())
