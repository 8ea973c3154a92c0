"""The most devices of which no two know of each other: so often one pass might be used before anybody can know.

It is the largest independent set of a graph: branch and bound with a cover by cliques as the bound, each part of the
graph by itself (Tomita and Seki 2003, "An efficient branch-and-bound algorithm for finding a maximum clique", on the
complement). Devices in contact with the site are one clique and few others are linked: the bound is met at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

STEPS = 20_000
"""Branches looked at for each part. Beyond that the bound is told, which may be too high and is never too low."""
Links = Mapping[str, Collection[str]]


def most_unlinked(links: Links, *, steps: int = STEPS) -> int:
    """The most devices of which no two are linked; `links` has every device, with those that know of it.

    Exact within `steps` branches a part (some dozens of devices with any links); else too high, never too low.
    Cost: at most `steps` times the square of a part's devices.
    """
    return sum(_Search(part, links, steps).most() for part in _parts(links))


def _parts(links: Links) -> Iterator[list[str]]:
    """The devices that are linked with one another, by whatever way."""
    left = dict.fromkeys(sorted(links))
    while left:
        part = [left.popitem()[0]]
        for one in part:
            linked = [other for other in sorted(links[one]) if other in left]
            part += linked
            for other in linked:
                del left[other]
        yield part


class _Search:
    """One part of the graph as bits: device n is bit n."""

    def __init__(self, part: list[str], links: Links, steps: int) -> None:
        place = {one: at for at, one in enumerate(part)}
        self.linked = [sum(1 << place[other] for other in links[one]) for one in part]
        self.steps = steps
        self.best = 0

    def most(self) -> int:
        everyone = (1 << len(self.linked)) - 1
        bound = self._covered(everyone)[-1][1]
        self._grow(everyone, 0, bound)
        return self.best if self.steps >= 0 else bound

    def _grow(self, left: int, size: int, most: int) -> None:
        """Tries those `left`, of whom none is linked with the `size` that were taken."""
        self.best = max(self.best, size)
        if not left or self.best == most:
            return
        for one, bound in reversed(self._covered(left)):
            self.steps -= 1
            if self.steps < 0 or size + bound <= self.best:
                return
            self._grow(left & ~self.linked[one] & ~(1 << one), size + 1, most)
            left &= ~(1 << one)

    def _covered(self, left: int) -> list[tuple[int, int]]:
        """Those left, in cliques: of the first n cliques no more than n can be taken."""
        found, cliques = [], 0
        while left:
            cliques += 1
            fits = left
            while fits:
                one = (fits & -fits).bit_length() - 1
                found.append((one, cliques))
                left &= ~(1 << one)
                fits &= self.linked[one]
        return found
