"""What stands in the way of a party on a way, in codes, values and sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from safepassage.core.ids import LegId
from safepassage.core.movement.consumption import night_of
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.parties import OpenWay, PartyClass, static_block
from safepassage.core.movement.plan import BlockCode, Values
from safepassage.core.movement.timetable import moment_of
from safepassage.core.movement.ways import Way


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that blocks one option: its code, the leg, point, limit or reserve, and a sentence.

    `needed` and `free` are heads (or cases, or vehicles) where the thing is a capacity, else None. `slot` numbers the
    hour or day of the operation's clock where the thing has one, else -1. `values` are what else stands in the
    sentence: of a capacity its `total`, `unit` and `need`, and the `hour`, `night` or departure (`departs`) of it.
    """

    code: BlockCode
    where: str
    reason: str
    needed: int | None = None
    free: int | None = None
    slot: int = -1
    values: Values = ()


Lack = tuple[int, int]
"""A resource and the amount of it that a party needs and does not find."""


def lacks(draft: Draft, open_way: OpenWay) -> tuple[Lack, ...]:
    """Everything of a way that is not free, in the order in which the party would meet it. Cheap: no words."""
    free = draft.capacities.free
    ones, heads = open_way.ones, open_way.heads
    if ones:
        found = [(resource, heads) for resource in ones if free[resource] < heads]
    else:
        found = [(resource, amount) for resource, amount in open_way.use if free[resource] < amount]
    if draft.capacities.vehicle_limits:
        found += [(resource, 1) for resource in draft.capacities.short_vehicles(open_way.way.legs)]
    return tuple(found)


def as_told(draft: Draft, found: Iterable[Lack]) -> tuple[Lack, ...]:
    """Lacks as they are told: first what would not be enough on an empty way, where no seat given up helps.

    Then a place for a wheelchair, a stretcher or a patient before a seat: there are few, and a seat alone is none.
    """
    some = tuple(found)
    if len(some) < 2:
        return some
    return tuple(sorted(some, key=lambda lack: (not is_never_enough(draft, lack), not _is_care(draft, lack))))


def _is_care(draft: Draft, lack: Lack) -> bool:
    return draft.capacities.resources[lack[0]].code is BlockCode.CARE


def is_never_enough(draft: Draft, lack: Lack) -> bool:
    """Whether a way lacks this even with nobody on it."""
    resource, needed = lack
    return draft.capacities.total[resource] < needed


def shortages(draft: Draft, open_way: OpenWay) -> tuple[Block, ...]:
    """The lacks of a way in words."""
    return tuple(block_of(draft, lack) for lack in as_told(draft, lacks(draft, open_way)))


def fixed_block(draft: Draft, party_class: PartyClass, way: Way) -> Block | None:
    """What shuts a way to every party of the class however much is free."""
    why = static_block(draft.finder, party_class, way)
    if why is None:
        return None
    where = way.end if why.code is BlockCode.DESTINATION else way.legs[0]
    return Block(why.code, where, why.reason, values=why.values)


HOLDS = {
    "nobody-confirmed": "nobody of it is confirmed",
    "minor-without-adult": "a minor has no confirmed adult",
}
"""Why a party waits for a person's answer, by its code, as a sentence ends with it."""


def standing_block(draft: Draft, demand: Demand) -> Block | None:
    """What keeps a party out before any way is looked at."""
    if demand.tier is None:
        return Block(BlockCode.NO_TIER, "", "the policy gives this party no tier")
    if demand.hold:
        return Block(
            BlockCode.HELD,
            "",
            f"the party is on hold: {HOLDS.get(demand.hold, demand.hold)}",
            values=(("hold", demand.hold),),
        )
    starts = [start.point for start in demand.starts]
    if any(draft.finder.has_way(point) for point in starts):
        return None
    first = [leg for leg in draft.timetable.network.legs if leg.origin in starts]
    if not first:
        named = ", ".join(starts) or "any point where the party can begin"
        return Block(BlockCode.NO_START, named, f"no leg leaves {named}")
    unusable = [draft.timetable.unusable[leg.id] for leg in first if leg.id in draft.timetable.unusable]
    if len(unusable) == len(first):
        return Block(unusable[0].code, first[0].id, unusable[0].reason, values=unusable[0].values)
    return Block(
        BlockCode.NO_WAY, ", ".join(starts), "no leg leads on, in time, to a point where the movement may end"
    )


def nearest_block(draft: Draft, demand: Demand) -> tuple[Block, ...]:
    """What blocks the option that comes nearest: the one with fewest things in its way, the earliest of those."""
    standing = standing_block(draft, demand)
    if standing is not None:
        return (standing,)
    party_class = draft.classes[demand.party]
    nearest: tuple[Lack, ...] = ()
    for open_way in draft.chooser.open_ways(party_class):
        missing = lacks(draft, open_way)
        if not nearest or len(missing) < len(nearest):
            nearest = missing
        if len(nearest) == 1:
            break
    return tuple(block_of(draft, lack) for lack in as_told(draft, nearest)) or (_commonest(draft, party_class),)


def _commonest(draft: Draft, party_class: PartyClass) -> Block:
    """No way is open to the class at all: what shuts most of them."""
    found: Counter[Block] = Counter()
    for start, _ in party_class.starts:
        blocks = (fixed_block(draft, party_class, way) for way in draft.chooser.ways_from(start))
        found.update(block for block in blocks if block is not None)
    return found.most_common(1)[0][0]


def block_of(draft: Draft, lack: Lack) -> Block:
    """A lack in words."""
    number, needed = lack
    resource = draft.capacities.resources[number]
    free = draft.capacities.free[number]
    clock = draft.timetable.network.clock
    when = ""
    values: Values = (("total", str(draft.capacities.total[number])), ("unit", resource.unit))
    if resource.code is BlockCode.CARE:
        values = (*values, ("need", resource.unit.removesuffix(" places")))
    if resource.code in (BlockCode.THROUGHPUT, BlockCode.HOLDING):
        begins = moment_of(draft.timetable.slot_begins(resource.slot))
        when, values = f" in the hour from {clock(begins)}", (*values, ("hour", begins.isoformat()))
    elif resource.slot >= 0:
        night = night_of(resource.slot)
        when, values = f" in the night of {night:%d %b}", (*values, ("night", night.isoformat()))
    elif LegId(resource.where) in draft.timetable.legs:
        departs = draft.timetable.legs[LegId(resource.where)].departs
        when, values = f" (departs {clock(departs)})", (*values, ("departs", departs.isoformat()))
    total = draft.capacities.total[number]
    if not total and resource.code is BlockCode.CARE:
        place = resource.unit.removesuffix("s")
        reason = f"there is no {place} on {resource.where}{when}; the party needs {needed}"
    elif total < needed:
        reason = f"{resource.where} has {total} {resource.unit}{when}; the party needs {needed}"
    else:
        reason = (
            f"{resource.where} has {max(0, free)} of {total} {resource.unit} free{when}; the party needs {needed}"
        )
    return Block(resource.code, resource.where, reason, needed, free, resource.slot, values)
