"""Why a party got what it got, what blocked better, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from safepassage.core.errors import NotFoundError
from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement.blocks import (
    Block,
    Lack,
    as_told,
    block_of,
    fixed_block,
    lacks,
    standing_block,
)
from safepassage.core.movement.demand import Clearance, Demand
from safepassage.core.movement.draft import Draft, new_draft
from safepassage.core.movement.explanation import Explanation, Option, PlaceCode, PlaceNote
from safepassage.core.movement.network import Network
from safepassage.core.movement.parties import EarliestStart, OpenWay, PartyClass
from safepassage.core.movement.plan import Assignment, Plan, Unplaced
from safepassage.core.movement.result import Nearest
from safepassage.core.movement.timetable import moment_of
from safepassage.core.movement.ways import Way
from safepassage.core.uncollected import uncollected

OPTIONS_SHOWN = 20
"""Options listed for one party; `options_tried` says how many were tried."""
_NO_CHANCE = "None in this plan: no way that it could stand by for."
WAYS_SAMPLED = 80
"""Ways that others go from a point, tried where there are too many ways to try all."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A way as one class finds it: shut by `fixed`, or lacking these; neither: free."""

    way: Way
    fixed: Block | None
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What all parties of one class that are left out are told of the ways that were tried."""

    tried: int
    options: tuple[Option, ...]
    remedies: tuple[Block, ...]
    chance: PlaceNote
    next_chance: str


Kind = tuple[tuple[EarliestStart, ...], tuple[Clearance, ...], tuple[PointId, ...]]
"""What shuts ways to a class whatever its size: starts, clearances, destinations."""


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
    _looked: dict[int, list[_Look]] = field(default_factory=dict)
    """By class (its identity)."""
    _seen: dict[int, _Seen] = field(default_factory=dict)
    _shut: dict[Kind, tuple[tuple[Way, Block | None], ...]] = field(default_factory=dict)
    """The ways from the starts of a kind, each with what shuts it."""
    _gone: dict[PointId, dict[int, Way]] = field(default_factory=dict)
    """By start: the ways that others go from there."""
    _samples: dict[PointId, tuple[Way, ...]] = field(default_factory=dict)
    _nearest: Nearest = field(default_factory=Nearest)

    @classmethod
    @uncollected()
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
                draft.place(demand.party, OpenWay(way, demand.heads, demand.cases, demand.groups))
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
        looked = [look for look in self._looked_at(demand) if look.way.key < own and look.way.legs != assignment.legs]
        standing = f"tier {assignment.tier}, rank {assignment.rank}"
        reasons = [
            f"It has a place: {standing}; {', '.join(assignment.legs)}.",
            f"It is at {assignment.end} by {self._draft.timetable.network.clock(assignment.arrives)}.",
        ]
        place = ("tier", str(assignment.tier)), ("rank", str(assignment.rank)), ("legs", " · ".join(assignment.legs))
        arrives = ("point", assignment.end), ("at", assignment.arrives.isoformat())
        notes = [PlaceNote(PlaceCode.HAS_PLACE, place), PlaceNote(PlaceCode.ARRIVES, arrives)]
        if assignment.is_kept:
            reasons.append("The place was promised in the plan before and is kept.")
            notes.append(PlaceNote(PlaceCode.IS_KEPT))
        if not looked:
            tried = "that was tried" if self._draft.is_vast else "from its starts"
            reasons.append(f"No way {tried} gets it out earlier.")
            is_some = self._draft.is_vast
            notes.append(PlaceNote(PlaceCode.NOTHING_EARLIER_TRIED if is_some else PlaceCode.NOTHING_EARLIER))
        next_chance = f"Be at {assignment.start} by {self._draft.timetable.network.clock(assignment.report_at)}."
        report = ("point", assignment.start), ("at", assignment.report_at.isoformat())
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
            tuple(notes),
            chance=PlaceNote(PlaceCode.BE_THERE, report),
        )

    @uncollected()
    def _left_out(self, demand: Demand) -> Explanation:
        standing = standing_block(self._draft, demand)
        if standing is not None:
            return self._without_way(demand, standing)
        seen = self._see(demand)
        line = self._unplaced.get(demand.party)
        reasons = [f"It has no place: tier {demand.tier}, rank {demand.rank}, {demand.heads} heads."]
        reasons += [f"{reason}." for reason in (line.reasons if line else ())]
        blocks = self._nearest.blocks(self._draft, demand)
        is_told = line is not None and tuple(block.reason for block in blocks) == line.reasons
        return Explanation(
            party=demand.party,
            tier=demand.tier,
            rank=demand.rank,
            assignment=None,
            options=seen.options,
            options_tried=seen.tried,
            remedies=seen.remedies,
            would_board_if=tuple(_in_words(block) for block in seen.remedies),
            next_chance=seen.next_chance,
            reasons=tuple(reasons),
            notes=(_left_out_note(demand),) if is_told else (),
            blocks=blocks if is_told else (),
            chance=seen.chance,
        )

    def _without_way(self, demand: Demand, standing: Block) -> Explanation:
        return Explanation(
            party=demand.party,
            tier=demand.tier,
            rank=demand.rank,
            assignment=None,
            options=(),
            options_tried=0,
            remedies=(),
            would_board_if=(),
            next_chance=_NO_CHANCE,
            reasons=(f"It has no place: {standing.reason}.",),
            notes=(_left_out_note(demand),),
            blocks=(standing,),
            chance=PlaceNote(PlaceCode.NO_CHANCE),
        )

    def _see(self, demand: Demand) -> _Seen:
        """What a party that is left out is told of the ways tried; the same for all parties of a class."""
        alike = id(self._draft.classes[demand.party])
        known = self._seen.get(alike)
        if known is None:
            looked = self._look(demand)
            chance, text = self._next_chance(looked)
            known = self._seen[alike] = _Seen(
                len(looked), self._options(looked), self._remedies(looked), chance, text
            )
        return known

    def _looked_at(self, demand: Demand) -> list[_Look]:
        """As `_look`, kept for others of the class."""
        alike = id(self._draft.classes[demand.party])
        if alike not in self._looked:
            self._looked[alike] = self._look(demand)
        return self._looked[alike]

    def _look(self, demand: Demand) -> list[_Look]:
        """The ways from the party's starts with what blocks each."""
        draft, party = self._draft, self._draft.classes[demand.party]
        ways, mine = self._ways_of(party), (party.heads, party.cases, party.groups)
        return [_Look(way, shut, () if shut else lacks(draft, OpenWay(way, *mine))) for way, shut in ways]

    def _ways_of(self, party: PartyClass) -> tuple[tuple[Way, Block | None], ...]:
        """The ways from a party's starts, in order, each with what shuts it to everyone of the kind."""
        kind = (party.starts, party.clearances, party.destinations)
        known = self._shut.get(kind)
        if known is None:
            ways = [way for start, _ in party.starts for way in self._ways_from(start)]
            ways.sort(key=lambda way: way.key)
            known = self._shut[kind] = tuple((way, fixed_block(self._draft, party, way)) for way in ways)
        return known

    def _ways_from(self, start: PointId) -> Sequence[Way]:
        """Every way from a point; where there are too many, those that others go, and some of the rest."""
        if not self._draft.is_vast:
            return self._draft.finder.ways_from(start)
        known = self._samples.get(start)
        if known is None:
            if not self._gone:
                for one in self._draft.placed.values():
                    self._gone.setdefault(one.way.start, {})[id(one.way)] = one.way
            ways = sorted(self._gone.get(start, {}).values(), key=lambda way: way.key)
            step = -(-len(ways) // WAYS_SAMPLED) or 1
            known = self._samples[start] = (*ways[::step], *self._draft.chooser.ways_from(start))
        return known

    def _options(self, looked: Sequence[_Look]) -> tuple[Option, ...]:
        """One option per chain of legs, the first window standing for all."""
        shown: dict[tuple[LegId, ...], Option] = {}
        for look in looked:
            if len(shown) == OPTIONS_SHOWN:
                break
            if look.way.legs not in shown:
                told = as_told(self._draft, look.lacks)
                first = look.fixed or (block_of(self._draft, told[0]) if told else None)
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
        return tuple(block_of(self._draft, lack) for lack in as_told(self._draft, best.lacks))

    def _next_chance(self, looked: Sequence[_Look]) -> tuple[PlaceNote, str]:
        """The earliest departure that only lacks room, for which the party can stand by."""
        total = self._draft.capacities.total
        waiting = [
            (look.way.report, look.way.legs[0], look.way.start)
            for look in looked
            if look.fixed is None and not [need for what, need in look.lacks if total[what] < need]
        ]
        if not waiting:
            return PlaceNote(PlaceCode.NO_CHANCE), _NO_CHANCE
        report, leg, start = min(waiting)
        values = ("point", start), ("at", moment_of(report).isoformat()), ("leg", leg)
        text = f"Stand by at {start} by {self._draft.timetable.network.clock(moment_of(report))} for {leg}."
        return PlaceNote(PlaceCode.STAND_BY, values), text


def explain_party(network: Network, demands: Sequence[Demand], plan: Plan, party: PartyId) -> Explanation:
    """Why the party has its place, or none. For many parties in a row make one `Explainer`.

    Raises:
        NotFoundError: no such party among the demands.
    """
    return Explainer.of(network, demands, plan).explain(party)


def _left_out_note(demand: Demand) -> PlaceNote:
    tier = "" if demand.tier is None else str(demand.tier)
    return PlaceNote(PlaceCode.NO_PLACE, (("tier", tier), ("rank", str(demand.rank)), ("heads", str(demand.heads))))


def _in_words(block: Block) -> str:
    if block.needed is None or block.free is None:
        return block.reason
    return f"{block.where} had {block.needed - block.free} more ({block.reason})"
