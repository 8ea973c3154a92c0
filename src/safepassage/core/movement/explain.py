"""Why a party got what it got, what blocked better, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from safepassage.core.errors import NotFoundError
from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement.blocks import Block, Lack, block_of, fixed_block, lacks, standing_block
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft, new_draft
from safepassage.core.movement.network import Network
from safepassage.core.movement.parties import OpenWay, PartyClass
from safepassage.core.movement.plan import Assignment, Plan, Unplaced
from safepassage.core.movement.timetable import moment_of
from safepassage.core.movement.ways import Way

OPTIONS_SHOWN = 20
"""Options listed for one party; `options_tried` says how many were tried."""
WAYS_SAMPLED = 80
"""Ways that others go from a point, tried where there are too many ways to try all."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way that the party could go in principle, and what blocks it first (None: nothing, or it is its own)."""

    legs: tuple[LegId, ...]
    block: Block | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Answer for one party.

    `options`: ways tried (all there are; some of them where they are too many), the earliest arrival first, with the
    first thing that blocked each; for a placed party only
    those that would have been earlier. `remedies`: the fewest things that, all changed, would give it a place with
    every other party kept where it is (empty if it has one, or if only the policy can help); `would_board_if` says
    them in words. `next_chance`: when the party's way leaves, or the next departure on which it could stand by.
    """

    party: PartyId
    tier: int | None
    rank: int
    assignment: Assignment | None
    options: tuple[Option, ...]
    options_tried: int
    remedies: tuple[Block, ...]
    would_board_if: tuple[str, ...]
    next_chance: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """A way as one class finds it: shut by `fixed`, or lacking these; neither: free."""

    way: Way
    fixed: Block | None
    lacks: tuple[Lack, ...]


@dataclass(slots=True)
class Explainer:
    """Answers for many parties of one plan: reads the plan once, looks at each kind of party once.

    Raises on `explain`:
        NotFoundError: no such party among the demands.
    """

    plan: Plan
    _draft: Draft
    _demands: dict[PartyId, Demand]
    _assignments: dict[PartyId, Assignment]
    _unplaced: dict[PartyId, Unplaced]
    _looked: dict[PartyClass, tuple[_Look, ...]] = field(default_factory=dict)
    _samples: dict[PointId, tuple[Way, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, network: Network, demands: Sequence[Demand], plan: Plan) -> Explainer:
        """An explainer of a plan over the network and demands that it was made for."""
        draft = new_draft(network, demands, plan.now)
        by_id = {demand.party: demand for demand in demands}
        known: dict[object, Way | None] = {}
        for assignment in plan.assignments:
            place = (assignment.start, assignment.legs, assignment.access_window, assignment.report_at)
            if place not in known:
                known[place] = draft.finder.way_of(assignment)
            way = known[place]
            demand = by_id.get(assignment.party)
            if way is not None and demand is not None:
                draft.place(
                    demand.party, OpenWay(way, way.consumption.use(demand.heads, demand.cases, demand.groups))
                )
        assignments = {assignment.party: assignment for assignment in plan.assignments}
        return cls(plan, draft, by_id, assignments, {line.party: line for line in plan.unplaced})

    def explain(self, party: PartyId) -> Explanation:
        """Why the party has its place, or none."""
        demand = self._demands.get(party)
        if demand is None:
            raise NotFoundError("There is no such party in this plan.", where=party, advice="Check the party's id.")
        assignment = self._assignments.get(party)
        return self._placed(demand, assignment) if assignment is not None else self._left_out(demand)

    def _placed(self, demand: Demand, assignment: Assignment) -> Explanation:
        own = self._draft.placed[demand.party].way.key
        looked = [look for look in self._look(demand) if look.way.key < own and look.way.legs != assignment.legs]
        standing = f"tier {assignment.tier}, rank {assignment.rank}"
        reasons = [
            f"It has a place: {standing}; {', '.join(assignment.legs)}.",
            f"It is at {assignment.end} by {assignment.arrives:%d %b %H:%M} UTC.",
        ]
        if assignment.is_kept:
            reasons.append("The place was promised in the plan before and is kept.")
        if not looked:
            tried = "that was tried" if self._draft.is_vast else "from its starts"
            reasons.append(f"No way {tried} gets it out earlier.")
        next_chance = f"Be at {assignment.start} by {assignment.report_at:%d %b %H:%M} UTC."
        options = self._options(looked)
        return Explanation(
            demand.party,
            demand.tier,
            demand.rank,
            assignment,
            options,
            len(looked),
            (),
            (),
            next_chance,
            tuple(reasons),
        )

    def _left_out(self, demand: Demand) -> Explanation:
        standing = standing_block(self._draft, demand)
        if standing is not None:
            return self._without_way(demand, standing)
        looked = self._look(demand)
        remedies = self._remedies(looked)
        line = self._unplaced.get(demand.party)
        reasons = [f"It has no place: tier {demand.tier}, rank {demand.rank}, {demand.heads} heads."]
        reasons += [f"{reason}." for reason in (line.reasons if line else ())]
        return Explanation(
            party=demand.party,
            tier=demand.tier,
            rank=demand.rank,
            assignment=None,
            options=self._options(looked),
            options_tried=len(looked),
            remedies=remedies,
            would_board_if=tuple(_in_words(block) for block in remedies),
            next_chance=self._next_chance(looked),
            reasons=tuple(reasons),
        )

    def _without_way(self, demand: Demand, standing: Block) -> Explanation:
        chance = "None in this plan: no way that it could stand by for."
        text = (f"It has no place: {standing.reason}.",)
        return Explanation(demand.party, demand.tier, demand.rank, None, (), 0, (), (), chance, text)

    def _look(self, demand: Demand) -> tuple[_Look, ...]:
        """The ways from the party's starts with what blocks each; the same for all parties of a class."""
        party_class = self._draft.classes[demand.party]
        known = self._looked.get(party_class)
        if known is None:
            ways = [way for start, _ in party_class.starts for way in self._ways_from(start)]
            ways.sort(key=lambda way: way.key)
            known = self._looked[party_class] = tuple(self._look_at(party_class, way) for way in ways)
        return known

    def _ways_from(self, start: PointId) -> Sequence[Way]:
        """Every way from a point; where there are too many, those that others go, and some of the rest."""
        if not self._draft.is_vast:
            return self._draft.finder.ways_from(start)
        known = self._samples.get(start)
        if known is None:
            gone = {id(one.way): one.way for one in self._draft.placed.values() if one.way.start == start}
            ways = sorted(gone.values(), key=lambda way: way.key)
            step = -(-len(ways) // WAYS_SAMPLED) or 1
            known = self._samples[start] = (*ways[::step], *self._draft.chooser.ways_from(start))
        return known

    def _look_at(self, party_class: PartyClass, way: Way) -> _Look:
        fixed = fixed_block(self._draft, party_class, way)
        if fixed is not None:
            return _Look(way, fixed, ())
        use = way.consumption.use(party_class.heads, party_class.cases, party_class.groups)
        return _Look(way, None, lacks(self._draft, OpenWay(way, use)))

    def _options(self, looked: Sequence[_Look]) -> tuple[Option, ...]:
        """One option per chain of legs, the first window standing for all."""
        shown: dict[tuple[LegId, ...], Option] = {}
        for look in looked:
            if len(shown) == OPTIONS_SHOWN:
                break
            if look.way.legs not in shown:
                first = look.fixed or (block_of(self._draft, look.lacks[0]) if look.lacks else None)
                shown[look.way.legs] = Option(look.way.legs, first)
        return tuple(shown.values())

    def _remedies(self, looked: Sequence[_Look]) -> tuple[Block, ...]:
        """The fewest things to change, and of those the least missing. Room first; only else what the party lacks.

        A way shut for a clearance, a destination or the time is left aside: there, one change may not be all.
        """
        roomless = [look for look in looked if look.fixed is None and look.lacks]
        if not roomless:
            return ()
        free = self._draft.capacities.free
        best = min(roomless, key=lambda look: (len(look.lacks), sum(need - free[what] for what, need in look.lacks)))
        return tuple(block_of(self._draft, lack) for lack in best.lacks)

    def _next_chance(self, looked: Sequence[_Look]) -> str:
        """The earliest departure that only lacks room, for which the party can stand by."""
        waiting = [(look.way.report, look.way.legs[0], look.way.start) for look in looked if look.fixed is None]
        if not waiting:
            return "None in this plan: no way that it could stand by for."
        report, leg, start = min(waiting)
        return f"Stand by at {start} by {moment_of(report):%d %b %H:%M} UTC for {leg}."


def explain_party(network: Network, demands: Sequence[Demand], plan: Plan, party: PartyId) -> Explanation:
    """Why the party has its place, or none. For many parties in a row make one `Explainer`.

    Raises:
        NotFoundError: no such party among the demands.
    """
    return Explainer.of(network, demands, plan).explain(party)


def _in_words(block: Block) -> str:
    if block.needed is None or block.free is None:
        return block.reason
    return f"{block.where} had {block.needed - block.free} more ({block.reason})"
