"""Which ways a class may choose from, and the first of them that is free."""

from __future__ import annotations

from dataclasses import dataclass, field

from safepassage.core.ids import PointId
from safepassage.core.movement.capacity import Capacities
from safepassage.core.movement.parties import OpenWay, PartyClass, static_block
from safepassage.core.movement.search import LazySearch
from safepassage.core.movement.ways import Way, WayFinder

SAMPLE = 24
"""Ways looked at for an explanation where there are too many to list."""


@dataclass(slots=True)
class Chooser:
    """The open ways of each class, listed once, and a cursor behind which nothing is free any more."""

    finder: WayFinder
    capacities: Capacities
    search: LazySearch
    is_vast: bool = False
    """There are too many ways to list: they are searched one at a time, and `open_ways` is a sample of them."""
    _open: dict[PartyClass, tuple[OpenWay, ...]] = field(default_factory=dict)
    _cursor: dict[PartyClass, int] = field(default_factory=dict)

    def open_ways(self, party: PartyClass) -> tuple[OpenWay, ...]:
        """Ways that the class may go, by `Way.key`."""
        known = self._open.get(party)
        if known is None:
            ways = [way for start, _ in party.starts for way in self.ways_from(start)]
            if len(party.starts) > 1:
                ways.sort(key=lambda way: way.key)
            known = self._open[party] = tuple(
                OpenWay(way, party.heads, party.cases, party.groups)
                for way in ways
                if static_block(self.finder, party, way) is None
            )
        return known

    def first_free(self, party: PartyClass) -> OpenWay | None:
        """The first way with everything free. Cheap while capacity only shrinks; else call `reset` before."""
        if self.is_vast:
            return self.search.first_free(party)
        ways = self.open_ways(party)
        for index in range(self._cursor.get(party, 0), len(ways)):
            if self.capacities.fits(ways[index].use, ways[index].way.legs):
                self._cursor[party] = index
                return ways[index]
        self._cursor[party] = len(ways)
        return None

    def reset(self) -> None:
        """Forgets the cursors: something was given back."""
        self._cursor.clear()
        self.search.reset()

    def reset_cases(self) -> None:
        """As `reset`, where nothing but care was given back."""
        self._cursor = {party: at for party, at in self._cursor.items() if not party.cases}
        self.search.reset_cases()

    def ways_from(self, start: PointId) -> tuple[Way, ...]:
        """Every way from a point, or a sample where there are too many."""
        return self.finder.sample(start, SAMPLE) if self.is_vast else self.finder.ways_from(start)
