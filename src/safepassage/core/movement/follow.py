"""Parties follow the flows: the timetable is gone through moment by moment, and whole parties leave as people would.

At each departure and each hour of an access point, the flows say how many people of each kind go. Whole parties go,
as near to that as they come: what a departure is short of or over is carried to the next of the kind, so that nothing
adds up. Who has waited longest leaves first, of those the earlier tiers; the last seats go to whoever fills them.
What a party takes is taken as it moves, so that nothing is promised twice; who is stranded gives it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.flow_model import FlowModel
from safepassage.core.movement.foreseen import NEVER, TRICKLE, Foreseen
from safepassage.core.movement.linear import Floats
from safepassage.core.movement.lines import Line, Traveller, is_bound_to_wait
from safepassage.core.movement.network import PointKind
from safepassage.core.movement.parties import OpenWay
from safepassage.core.movement.stops import Step, Steps
from safepassage.core.movement.ways import Way

LOOK = 60
"""Parties of a line that are looked at, past those who go, for one that fits what is left."""
LAST = 24
"""People: the last of those who are all to go from one place, by kind. They go rather than wait for what is left."""
FULL_FROM = 0.95
"""Share of its seats from which on a leg is meant to be full."""


class Follower:
    """Takes the free parties of a draft along flows, once."""

    def __init__(self, draft: Draft, model: FlowModel, values: Floats) -> None:
        self._draft, self._table, self._model = draft, draft.timetable, model
        self._free = draft.capacities.free
        self._steps = Steps(draft.finder)
        self._foreseen = Foreseen.of(draft, model, values)
        self._left = dict(self._foreseen.through)
        """By column of a block of hours: people still to be let through in it."""
        self._boards: defaultdict[tuple[int, PointId], Line] = defaultdict(Line)
        """Who waits to board, by kind and point."""
        self._gates: defaultdict[tuple[int, PointId, bool], Line] = defaultdict(Line)
        """Who waits to be let through at an access point; True: it begins there."""
        self._owed: defaultdict[tuple[object, ...], float] = defaultdict(float)
        """What flows are ahead of the parties, in people."""
        self._ways: dict[object, Way] = {}
        self._set_out(values)

    def run(self) -> None:
        """Places parties."""
        for moment, _, what, slot in self._events():
            if slot is None:
                self._depart(LegId(what), moment)
            else:
                self._let_through(PointId(what), slot)
        for line in (*self._boards.values(), *self._gates.values()):
            for _, _, traveller in line.at(NEVER):
                self._strand(traveller)

    def _set_out(self, values: Floats) -> None:
        """Puts each party in line at the start that the flows foresee for it."""
        model, draft = self._model, self._draft
        parties = [(order, one, draft.classes[one.party]) for order, one in enumerate(draft.plannable)]
        free = [one for one in parties if one[1].party not in draft.placed and one[2].starts]
        sent = {key: [float(values[c]) for c in columns] for key, columns in model.start_columns.items()}
        staying = {key: -sum(some) for key, some in sent.items()}
        keys = [(model.kind_of[id(party)], party.starts, demand.tier or 0) for _, demand, party in free]
        for key, (_, demand, _) in zip(keys, free, strict=True):
            staying[key] += demand.heads
        last: defaultdict[tuple[object, ...], int] = defaultdict(int)
        for key, (order, demand, party) in zip(reversed(keys), reversed(free), strict=True):
            shares = sent[key]
            at = max(range(len(shares)), key=shares.__getitem__)
            shares[at] -= demand.heads
            point, earliest = party.starts[at]
            traveller = Traveller(demand, party, order, self._steps.start(point, earliest))
            if staying[key] > TRICKLE:
                traveller.share = 1.0
            elif last[key[:2]] < LAST:
                traveller.share = 0.1
                last[key[:2]] += demand.heads
            number = self._foreseen.number[id(party)]
            if self._table.points[point].kind is PointKind.ACCESS_POINT:
                self._gates[number, point, True].add(earliest, traveller)
            else:
                self._boards[number, point].add(earliest, traveller)

    def _events(self) -> Iterator[tuple[int, int, str, int | None]]:
        """Departures at boarding time and hours of access points at their end, in order."""
        table = self._table
        legs = {leg for flows in self._foreseen.flows for leg in flows}
        hours = {hour for both in self._foreseen.blocks for some in both for hour in some}
        events: list[tuple[int, int, str, int | None]] = [(table.report(leg), 1, str(leg), None) for leg in legs]
        events += [(table.slot_begins(slot + 1), 0, str(point), slot) for point, slot in hours]
        events.sort(key=lambda event: event[:3])
        return iter(events)

    def _depart(self, leg_id: LegId, moment: int) -> None:
        leg = self._table.legs[leg_id]
        aims = [
            (flows[leg_id] + self._owed[number, leg.origin, leg.destination], number)
            for number, flows in enumerate(self._foreseen.flows)
            if leg_id in flows
        ]
        aims.sort(reverse=True)
        seat = self._draft.finder.meter.ride(leg_id).per_head[0][0]
        left = {}
        for aim, number in aims:
            line = self._boards[number, leg.origin].at(moment)
            left[number] = self._board(line, leg_id, seat, number, aim)
        if sum(self._foreseen.flows[number][leg_id] for _, number in aims) >= FULL_FROM * leg.seats:
            self._fill(leg_id, moment, seat, left)
        for number, rest in left.items():
            self._owed[number, leg.origin, leg.destination] = rest

    def _board(
        self, line: list[tuple[int, int, Traveller]], leg_id: LegId, seat: int, number: int, aim: float
    ) -> float:
        """Lets parties leave by a leg, nearly as many people as aimed at; says how many that is short of.

        Who could not leave later goes beyond the aim; who has waited too long is stranded.
        """
        table, free = self._table, self._free
        point = table.points[table.legs[leg_id].origin]
        departs = table.departs[leg_id]
        late = departs - point.max_wait_minutes
        urgent = self._foreseen.next_departure(number, leg_id) - point.max_wait_minutes
        passed: list[tuple[int, int, Traveller]] = []
        looked = 0
        too_many = NEVER
        while looked < len(line) and len(passed) < LOOK and free[seat] > 0:
            since, _, traveller = entry = line[looked]
            heads = traveller.heads
            is_urgent = since < urgent and is_bound_to_wait(traveller)
            if aim < 1 and not is_urgent:
                break
            looked += 1
            if since < late and is_bound_to_wait(traveller):
                self._strand(traveller)
            elif heads >= too_many or (aim < heads * traveller.share and not is_urgent):
                passed.append(entry)
            elif self._leave(traveller, leg_id, number):
                aim -= heads
            else:
                passed.append(entry)
                if not traveller.party.cases:
                    too_many = heads
        line[:looked] = passed
        return aim

    def _fill(self, leg_id: LegId, moment: int, seat: int, left: dict[int, float]) -> None:
        """Gives the last seats of a leg to parties that fit them, of the kinds that the flows are most ahead of."""
        free = self._free
        origin = self._table.legs[leg_id].origin
        while free[seat] > 0:
            for number in sorted(left, key=lambda one: (-left[one], one)):
                line = self._boards[number, origin].at(moment)
                fitting = [
                    (one.share, -one.heads, at)
                    for at, (_, _, one) in enumerate(line[:LOOK])
                    if one.heads <= free[seat]
                ]
                best = (at for _, _, at in sorted(fitting)[:5])
                taken = next((at for at in best if self._leave(line[at][2], leg_id, number)), None)
                if taken is not None:
                    left[number] -= line.pop(taken)[2].heads
                    break
            else:
                return

    def _leave(self, traveller: Traveller, leg_id: LegId, number: int) -> bool:
        """Takes a party along by a leg, if all that takes is free and the flows lead on from there in time."""
        table = self._table
        destination = table.legs[leg_id].destination
        point = table.points[destination]
        is_access = point.kind is PointKind.ACCESS_POINT
        onward = self._foreseen.onward[number].get(leg_id)
        goes_on = onward is not None and onward + self._owed[number, leg_id] > traveller.heads / 2
        is_last = self._foreseen.may_end(number, destination) and not is_access and not goes_on
        if traveller.has_been(destination, is_access=is_access, most=table.network.max_legs):
            return False
        step = self._steps.board(traveller.stop, leg_id, is_last=is_last)
        if step is None:
            return False
        stop = step.to
        if stop is not None and not self._foreseen.leads_on(
            number, destination, stop.ready, stop.arrives + point.max_wait_minutes
        ):
            return False
        if not self._take(traveller, step):
            return False
        if goes_on:
            self._owed[number, leg_id] -= traveller.heads
        if stop is None:
            self._arrive(traveller)
        elif is_access:
            self._gates[number, destination, False].add(stop.arrives, traveller)
        else:
            self._boards[number, destination].add(stop.ready, traveller)
        return True

    def _let_through(self, point: PointId, slot: int) -> None:
        """Lets parties through at an access point in an hour: nearly as many as the flows, and who else is late.

        Who came by a leg goes before who begins there: the first may wait only so long, the others wait at home.
        """
        for number, both in enumerate(self._foreseen.blocks):
            here = [columns[point, slot] for columns in both if (point, slot) in columns]
            if here:
                aim = sum(self._left[column] for column in here) + self._owed[number, point]
                for is_home in (False, True):
                    aim = self._let_some(number, point, slot, aim, is_home=is_home)
                self._left |= dict.fromkeys(here, 0.0)
                self._owed[number, point] = aim

    def _let_some(self, number: int, point: PointId, slot: int, aim: float, *, is_home: bool) -> float:
        table, free = self._table, self._free
        place = table.points[point]
        ends = table.slot_begins(slot + 1)
        longest, next_ready = place.max_wait_minutes, ends + 60 + place.processing_minutes
        through = self._draft.finder.meter.through(point, slot)
        line = self._gates[number, point, is_home].at(ends - 1)
        passed: list[tuple[int, int, Traveller]] = []
        looked = 0
        while looked < len(line) and len(passed) < LOOK and (through is None or free[through] > 0):
            since, _, traveller = entry = line[looked]
            is_urgent = not is_home and not self._foreseen.leads_on(number, point, next_ready, since + longest)
            if not is_urgent and aim < 1:
                break
            looked += 1
            step = None
            if aim >= traveller.heads * traveller.share or is_urgent:
                step = self._steps.enter(traveller.stop, slot)
            stop = step.to if step is not None else None
            if stop is not None and not self._foreseen.leads_on(number, point, stop.ready, stop.arrives + longest):
                step = None
                if not is_home:
                    self._strand(traveller)
                    continue
            if step is not None and stop is not None and self._take(traveller, step):
                traveller.access = stop.access
                aim -= traveller.heads
                self._boards[number, point].add(stop.ready, traveller)
            else:
                passed.append(entry)
        line[:looked] = passed
        return aim

    def _take(self, traveller: Traveller, step: Step) -> bool:
        """Takes a step, if everything that it takes is free."""
        capacities, free, heads = self._draft.capacities, self._free, traveller.heads
        for resource, times in step.takes.per_head:
            if free[resource] < times * heads:
                return False
        use = step.takes.use(heads, traveller.party.cases, traveller.party.groups)
        if not capacities.fits(use, step.legs):
            return False
        capacities.take(use, step.legs)
        traveller.take(step, use)
        return True

    def _arrive(self, traveller: Traveller) -> None:
        """A way is done: what was taken step by step is now the party's place."""
        access, party = traveller.access, traveller.party
        key = (traveller.visits[0].point, tuple(traveller.legs), access)
        way = self._ways.get(key)
        if way is None:
            way = self._ways[key] = self._draft.finder.way(tuple(traveller.legs), tuple(traveller.visits), access)
        place = OpenWay(way, party.heads, party.cases, party.groups)
        self._draft.placed[traveller.demand.party] = place

    def _strand(self, traveller: Traveller) -> None:
        """Nothing leads on: who may end there has arrived, who may not gives back what it took."""
        step = self._steps.stay(traveller.stop) if self._may_end_here(traveller) else None
        if step is not None and self._take(traveller, step):
            self._arrive(traveller)
        else:
            for use, legs in traveller.taken:
                self._draft.capacities.give_back(use, legs)

    def _may_end_here(self, traveller: Traveller) -> bool:
        stop, destinations = traveller.stop, traveller.party.destinations
        is_through = stop.slot is not None or self._table.points[stop.point].kind is not PointKind.ACCESS_POINT
        return is_through and bool(traveller.legs) and (not destinations or stop.point in destinations)
