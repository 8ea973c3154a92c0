"""Brute force: every way of every party, every combination. Written from the rules, apart from planner and judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from safepassage.core.movement import Demand, Leg, Network, Point, PointKind, Scenario
from safepassage.core.people import Need

Take = Counter


def hours(network: Network, begins: datetime, ends: datetime) -> list[int]:
    """Numbers of the local hours that [begins, ends) touches."""
    if ends <= begins:
        return []
    shift = network.utc_offset_minutes * 60
    return list(range(int(begins.timestamp() + shift) // 3600, int(ends.timestamp() + shift - 60) // 3600 + 1))


def is_open(point: Point, begins: datetime, ends: datetime) -> bool:
    if point.opens and not any(w.begins <= begins and ends <= w.ends for w in point.opens):
        return False
    return all(w.ends <= begins or ends <= w.begins for w in point.closures)


def can_run(network: Network, leg: Leg, now: datetime) -> bool:
    if leg.freezes_at is not None and leg.freezes_at <= now:
        return False
    if leg.mode.value in ("bus", "car", "foot", "rail"):
        for curfew in network.curfews:
            where = {leg.origin, leg.destination, *(p.point for p in leg.passages)}
            if (not curfew.points or where & set(curfew.points)) and (
                leg.departs < curfew.window.ends and leg.arrives > curfew.window.begins
            ):
                return False
    points = {p.id: p for p in network.points}
    there = [(leg.origin, leg.departs), (leg.destination, leg.arrives), *((p.point, p.at) for p in leg.passages)]
    return all(is_open(points[p], t, t + timedelta(minutes=1)) for p, t in there)


def windows_from(
    network: Network, gate: Point, arrives: datetime, latest: datetime
) -> Iterator[tuple[datetime, datetime]]:
    begins = arrives
    while begins <= latest:
        local = begins + timedelta(minutes=network.utc_offset_minutes)
        ends = begins + timedelta(minutes=60 - local.minute)
        if is_open(gate, begins, ends):
            yield begins, ends
        begins = ends


def ways(network: Network, demand: Demand, now: datetime) -> Iterator[Take]:
    """What the party takes on each way that it could go alone."""
    points = {p.id: p for p in network.points}
    runnable = [leg for leg in network.legs if can_run(network, leg, now)]
    for start in demand.starts:
        earliest = now + timedelta(minutes=start.travel_minutes)
        if demand.told_at:
            earliest = max(now, demand.told_at + timedelta(minutes=start.travel_minutes))
        if demand.not_before:
            earliest = max(earliest, demand.not_before)
        for leg in runnable:
            if leg.origin != start.point:
                continue
            origin = points[start.point]
            report = leg.departs - timedelta(minutes=leg.boarding_minutes)
            if origin.kind is PointKind.ACCESS_POINT:
                first = leg.departs - timedelta(minutes=origin.max_wait_minutes)
                first = first + timedelta(minutes=(-(first.minute + network.utc_offset_minutes)) % 60)
                for begins, ends in windows_from(network, origin, first, report):
                    if begins >= earliest and ends + timedelta(minutes=origin.processing_minutes) <= report:
                        take = Take({("through", origin.id, hours(network, begins, ends)[0]): demand.heads})
                        wait(network, take, origin, begins, leg.departs, demand)
                        yield from ride(network, demand, runnable, points, leg, take, (origin.id,), is_in=True)
            elif report >= earliest:
                take = Take()
                wait(network, take, origin, report, leg.departs, demand)
                yield from ride(network, demand, runnable, points, leg, take, (origin.id,), is_in=False)


def wait(network: Network, take: Take, point: Point, begins: datetime, ends: datetime, demand: Demand) -> None:
    for hour in hours(network, begins, ends):
        take["wait", point.id, hour] += demand.heads


def ride(network, demand, runnable, points, leg, before, seen, *, is_in):
    for code in leg.requires:
        if not any(
            c.code == code and (not c.since or c.since <= leg.departs) and (not c.until or leg.departs < c.until)
            for c in demand.clearances
        ):
            return
    if leg.destination in seen:
        return
    take = Take(before)
    take["seats", leg.id] += demand.heads
    take["runs", leg.id] = 1
    for case in demand.cases:
        take["care", leg.id, case.need] += case.cases
    for passage in leg.passages:
        take["through", passage.point, hours(network, passage.at, passage.at + timedelta(minutes=1))[0]] += (
            demand.heads
        )
        for limit in network.limits:
            if limit.point == passage.point and limit.window.begins <= passage.at < limit.window.ends:
                take["limit", limit.id] += demand.heads
    for reserve in network.reserves:
        if leg.id in reserve.legs and reserve.group not in demand.groups:
            take["reserve", reserve.id] += demand.heads
    here = points[leg.destination]
    if here.kind is PointKind.ACCESS_POINT:
        if is_in:
            return
        latest = leg.arrives + timedelta(minutes=here.max_wait_minutes)
        for begins, ends in windows_from(network, here, leg.arrives, latest):
            passed = Take(take)
            passed["through", here.id, hours(network, begins, ends)[0]] += demand.heads
            yield from stop(network, demand, runnable, points, leg, passed, seen, ends, is_in=True, until=ends)
    else:
        take["through", here.id, hours(network, leg.arrives, leg.arrives + timedelta(minutes=1))[0]] += demand.heads
        yield from stop(
            network, demand, runnable, points, leg, take, seen, leg.arrives, is_in=is_in, until=leg.arrives
        )


def stop(network, demand, runnable, points, leg, take, seen, ready, *, is_in, until):
    here = points[leg.destination]
    if here.id in network.ending_points and (not demand.destinations or here.id in demand.destinations):
        last = Take(take)
        if here.kind is PointKind.STAGING_BASE:
            sleep(network, last, here, leg.arrives, leg.arrives + timedelta(hours=here.stay_hours), demand)
        else:
            wait(network, last, here, leg.arrives, until, demand)
        yield last
    if sum(1 for key in take if key[0] == "runs") >= network.max_legs:
        return
    for onward in runnable:
        report = onward.departs - timedelta(minutes=onward.boarding_minutes)
        if onward.origin != here.id or report < ready + timedelta(minutes=here.processing_minutes):
            continue
        if onward.departs - leg.arrives > timedelta(minutes=here.max_wait_minutes):
            continue
        going = Take(take)
        if here.kind is PointKind.STAGING_BASE:
            sleep(network, going, here, leg.arrives, onward.departs, demand)
        else:
            wait(network, going, here, leg.arrives, onward.departs, demand)
        yield from ride(network, demand, runnable, points, onward, going, (*seen, here.id), is_in=is_in)


def sleep(network: Network, take: Take, base: Point, arrives: datetime, leaves: datetime, demand: Demand) -> None:
    shift = timedelta(minutes=network.utc_offset_minutes)
    night, last = (arrives + shift).date(), (leaves + shift).date()
    while True:
        take["beds", base.id, night] += demand.heads
        for case in demand.cases:
            take["nurse", base.id, night, case.need] += case.cases
        night += timedelta(days=1)
        if night >= last:
            return


def capacity(network: Network, key: tuple) -> int | None:
    kind, name = key[0], key[1]
    points = {p.id: p for p in network.points}
    legs = {leg.id: leg for leg in network.legs}
    if kind == "seats":
        return legs[name].seats
    if kind == "care":
        stated = {c.need: c.cases for c in legs[name].care}
        return stated.get(key[2], 0 if key[2] in (Need.WHEELCHAIR, Need.STRETCHER, Need.MEDICAL) else None)
    if kind == "through":
        for special in points[name].hours:
            if hours(network, special.hour, special.hour + timedelta(minutes=1))[0] == key[2]:
                return special.heads
        return points[name].throughput_per_hour
    if kind == "wait":
        return points[name].holding
    if kind == "beds":
        return {b.day: b.beds for b in points[name].beds_by_day}.get(key[2], points[name].beds)
    if kind == "nurse":
        return {c.need: c.cases for c in points[name].care}.get(key[3])
    if kind == "limit":
        return next(limit.heads for limit in network.limits if limit.id == name)
    if kind == "reserve":
        reserve = next(r for r in network.reserves if r.id == name)
        return max(0, sum(legs[leg].seats for leg in reserve.legs) - reserve.seats)
    return None


def holds(network: Network, take: Take) -> bool:
    for key, amount in take.items():
        most = capacity(network, key)
        if most is not None and amount > most:
            return False
    legs = {leg.id: leg for leg in network.legs}
    for limit in network.limits:
        if limit.vehicles is not None:
            running = sum(
                1
                for key in take
                if key[0] == "runs"
                and any(p.point == limit.point and p.at in limit.window for p in legs[key[1]].passages)
            )
            if running > limit.vehicles:
                return False
    return True


def best_vector(scenario: Scenario) -> tuple[int, ...]:
    """The most people out, tier by tier, over every combination."""
    network, now = scenario.network, scenario.now
    assert now is not None
    tiers = sorted({d.tier for d in scenario.demands if d.tier is not None})
    parties = sorted(
        (d for d in scenario.demands if d.tier is not None and not d.hold), key=lambda d: (d.tier, -d.heads)
    )
    options = []
    for demand in parties:
        distinct = {tuple(sorted(map(repr, t.items()))): t for t in ways(network, demand, now) if holds(network, t)}
        options.append(list(distinct.values()))
    best = tuple(0 for _ in tiers)

    def search(index: int, taken: Take, vector: tuple[int, ...]) -> None:
        nonlocal best
        hope = list(vector)
        for demand in parties[index:]:
            hope[tiers.index(demand.tier)] += demand.heads
        if tuple(hope) <= best:
            return
        if index == len(parties):
            best = vector
            return
        demand = parties[index]
        for option in options[index]:
            together = taken + option
            if holds(network, together):
                more = list(vector)
                more[tiers.index(demand.tier)] += demand.heads
                search(index + 1, together, tuple(more))
        search(index + 1, taken, vector)

    search(0, Take(), best)
    return best
