"""A plan while it is being made: who is placed where, over one capacity ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from safepassage.core.ids import PartyId
from safepassage.core.movement.capacity import Capacities
from safepassage.core.movement.chooser import Chooser
from safepassage.core.movement.consumption import Meter
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.network import Network
from safepassage.core.movement.parties import OpenWay, PartyClass, class_of, in_policy_order
from safepassage.core.movement.search import LazySearch
from safepassage.core.movement.timetable import Timetable, timetable_of
from safepassage.core.movement.ways import WayFinder

TierVector = tuple[int, ...]
"""People with a place, by tier, first tier first."""

MAX_LISTED_WAYS = 60_000
"""A network with more ways than this from all starting points together is searched, not listed."""


@dataclass(slots=True)
class Draft:
    """Placements of free parties can be changed; kept ones (`kept`) can't.

    `order` holds every demand in policy order, `plannable` those of them that may be planned.
    """

    timetable: Timetable
    capacities: Capacities
    finder: WayFinder
    chooser: Chooser
    order: tuple[Demand, ...]
    classes: dict[PartyId, PartyClass]
    placed: dict[PartyId, OpenWay] = field(default_factory=dict)
    kept: set[PartyId] = field(default_factory=set)
    lost: set[PartyId] = field(default_factory=set)
    """Told or frozen parties whose place could not be kept."""
    moved: set[PartyId] = field(default_factory=set)
    """Told parties that another place was given to, for others' sake: not changed again."""
    tiers: tuple[int, ...] = field(init=False)
    """Every tier that somebody has, first first."""
    by_tier: dict[int, list[Demand]] = field(init=False)
    """Everyone with a tier, in policy order."""

    def __post_init__(self) -> None:
        self.by_tier = {}
        for demand in self.order:
            tier = demand.tier
            if tier is None:
                break
            mine = self.by_tier.get(tier)
            if mine is None:
                mine = self.by_tier[tier] = []
            mine.append(demand)
        self.tiers = tuple(self.by_tier)

    @property
    def is_vast(self) -> bool:
        """Whether ways are searched one at a time, since there are too many to list."""
        return self.chooser.is_vast

    @property
    def plannable(self) -> list[Demand]:
        """Parties with a tier and no hold whose place may be chosen, in policy order."""
        fixed = self.kept | self.moved
        return [d for d in self.order if d.tier is not None and not d.hold and d.party not in fixed]

    def place(self, party: PartyId, open_way: OpenWay) -> None:
        """Gives a party a place."""
        ones = open_way.ones
        if ones:
            self.capacities.take_of_each(ones, open_way.heads, open_way.way.legs)
        else:
            self.capacities.take(open_way.use, open_way.way.legs)
        self.placed[party] = open_way

    def remove(self, party: PartyId) -> OpenWay:
        """Takes a party's place away and says which it was."""
        open_way = self.placed.pop(party)
        self.capacities.give_back(open_way.use, open_way.way.legs)
        self.chooser.reset()
        return open_way

    def clear(self) -> dict[PartyId, OpenWay]:
        """Takes every free placement away and says which they were."""
        taken = {party: open_way for party, open_way in self.placed.items() if party not in self.kept}
        for party, open_way in taken.items():
            del self.placed[party]
            self.capacities.give_back(open_way.use, open_way.way.legs)
        self.chooser.reset()
        return taken

    def restore(self, places: Mapping[PartyId, OpenWay]) -> None:
        """Puts back what `clear` took away."""
        for party, open_way in places.items():
            self.place(party, open_way)

    def fits(self, open_way: OpenWay) -> bool:
        """Whether everything that it takes is free."""
        ones = open_way.ones
        if ones:
            return self.capacities.have(ones, open_way.heads, open_way.way.legs)
        return self.capacities.fits(open_way.use, open_way.way.legs)

    def fill(self, parties: Iterable[Demand]) -> int:
        """Gives each party without a place, in the order given, the earliest free way; says how many got one."""
        count = 0
        for demand in parties:
            if demand.party not in self.placed:
                found = self.chooser.first_free(self.classes[demand.party])
                if found is not None:
                    self.place(demand.party, found)
                    count += 1
        return count

    def vector(self) -> TierVector:
        """People with a place, by tier."""
        people = dict.fromkeys(self.tiers, 0)
        placed = self.placed
        for tier, mine in self.by_tier.items():
            people[tier] = sum([demand.heads for demand in mine if demand.party in placed])
        return tuple(people.values())

    def demanded(self) -> dict[int, int]:
        """Everyone with a tier, by tier."""
        return {tier: sum([demand.heads for demand in mine]) for tier, mine in self.by_tier.items()}


def new_draft(network: Network, demands: Iterable[Demand], now: datetime) -> Draft:
    """An empty draft over a network as it can be used from `now` on."""
    timetable = timetable_of(network, now)
    capacities = Capacities()
    finder = WayFinder(timetable, Meter(timetable, capacities))
    order = tuple(in_policy_order(tuple(demands)))
    classes = _classes(order, now)
    starts = sorted({start.point for demand in order for start in demand.starts})
    is_vast = finder.are_more_than(starts, MAX_LISTED_WAYS)
    chooser = Chooser(finder, capacities, LazySearch(finder, capacities), is_vast=is_vast)
    return Draft(timetable, capacities, finder, chooser, order, classes)


def _classes(order: tuple[Demand, ...], now: datetime) -> dict[PartyId, PartyClass]:
    """The class of each party: one object for all that are alike.

    Most parties share their clearances as one object, too: by that one they are told apart first, which is quick.
    """
    shared: dict[PartyClass, PartyClass] = {}
    known: dict[object, PartyClass] = {}
    classes: dict[PartyId, PartyClass] = {}
    for demand in order:
        starts = demand.starts
        key = (
            demand.heads,
            id(demand.clearances),
            (starts[0].point, starts[0].travel_minutes) if len(starts) == 1 else starts,
            demand.told_at,
            demand.not_before,
            demand.cases,
            demand.destinations,
            demand.groups,
        )
        party = known.get(key)
        if party is None:
            party = class_of(demand, now)
            party = known[key] = shared.setdefault(party, party)
        classes[demand.party] = party
    return classes
