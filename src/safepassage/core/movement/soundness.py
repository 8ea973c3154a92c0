"""Whether a network and its demands make sense at all: every contradiction found before anyone plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from safepassage.core.errors import Problem, Problems, ProblemsError
from safepassage.core.ids import PointId
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.network import Leg, Network, Point, PointKind, Window

CHECKPOINT = PointKind.COUNTERPART_CHECKPOINT
_ZONE = "Write the time with its zone, such as 2021-08-24T14:00:00Z."


def require_sound(network: Network, demands: Sequence[Demand]) -> None:
    """Ends here if the network or the demands contradict themselves.

    Raises:
        ProblemsError: lists everything.
    """
    problems = problems_of(network, demands)
    if problems:
        raise ProblemsError(problems, what="the scenario")


def problems_of(network: Network, demands: Sequence[Demand]) -> list[Problem]:
    """Everything wrong, each with its path (`network.legs[3].origin`)."""
    problems = Problems()
    points = {point.id: point for point in network.points}
    _unique(problems, "network.points", [point.id for point in network.points])
    _unique(problems, "network.legs", [leg.id for leg in network.legs])
    _unique(problems, "demands", [demand.party for demand in demands])
    if not -1440 < network.utc_offset_minutes < 1440:
        problems.add("wrong-value", "The offset from UTC is a day or more.", where="network.utc_offset_minutes")
    for index, point in enumerate(network.points):
        _check_point(problems, f"network.points[{index}]", point)
    for index, leg in enumerate(network.legs):
        _check_leg(problems, f"network.legs[{index}]", leg, points)
    _check_vehicles(problems, network)
    _check_convoys(problems, network)
    _check_rules(problems, network, points)
    for index, demand in enumerate(demands):
        if not _is_plain(demand, points):
            _check_demand(problems, f"demands[{index}]", demand, points)
    return problems.found


def _unique(problems: Problems, where: str, ids: Sequence[str]) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            problems.add("twice", f"{name} stands here {count} times.", where=where, advice="Give each its own id.")


def _check_point(problems: Problems, where: str, point: Point) -> None:
    for name, windows in (("opens", point.opens), ("closures", point.closures)):
        for index, window in enumerate(windows):
            _check_window(problems, f"{where}.{name}[{index}]", window)
    amounts = [
        ("throughput_per_hour", point.throughput_per_hour),
        ("holding", point.holding),
        ("processing_minutes", point.processing_minutes),
        ("max_wait_minutes", point.max_wait_minutes),
        ("beds", point.beds),
        ("stay_hours", point.stay_hours),
    ]
    amounts += [(f"hours[{i}].heads", hour.heads) for i, hour in enumerate(point.hours)]
    amounts += [(f"beds_by_day[{i}].beds", beds.beds) for i, beds in enumerate(point.beds_by_day)]
    amounts += [(f"care[{i}].cases", care.cases) for i, care in enumerate(point.care)]
    _not_negative(problems, where, amounts)
    for index, hour in enumerate(point.hours):
        _check_moment(problems, f"{where}.hours[{index}].hour", hour.hour)


def _check_leg(problems: Problems, where: str, leg: Leg, points: dict[PointId, Point]) -> None:
    for name, point in (("origin", leg.origin), ("destination", leg.destination)):
        _check_known(problems, f"{where}.{name}", point, points)
        if point in points and points[point].kind is CHECKPOINT:
            problems.add(
                "checkpoint-as-end",
                f"{leg.id} starts or ends at a counterpart's checkpoint.",
                where=f"{where}.{name}",
                advice="Write the checkpoint as a passage.",
            )
    if leg.origin == leg.destination:
        problems.add("goes-nowhere", f"{leg.id} ends where it starts.", where=where)
    times_fine = _check_moment(problems, f"{where}.departs", leg.departs)
    times_fine = _check_moment(problems, f"{where}.arrives", leg.arrives) and times_fine
    if times_fine and leg.arrives < leg.departs:
        problems.add("backwards", f"{leg.id} arrives before it departs.", where=f"{where}.arrives")
    if leg.freezes_at is not None:
        _check_moment(problems, f"{where}.freezes_at", leg.freezes_at)
    for index, passage in enumerate(leg.passages):
        _check_known(problems, f"{where}.passages[{index}].point", passage.point, points)
        fine = _check_moment(problems, f"{where}.passages[{index}].at", passage.at)
        if fine and times_fine and not leg.departs <= passage.at <= leg.arrives:
            problems.add(
                "backwards", f"{leg.id} passes while it is not under way.", where=f"{where}.passages[{index}]"
            )
    amounts = [("seats", leg.seats), ("boarding_minutes", leg.boarding_minutes)]
    amounts += [("turnaround_minutes", leg.turnaround_minutes)]
    amounts += [(f"care[{i}].cases", care.cases) for i, care in enumerate(leg.care)]
    _not_negative(problems, where, amounts)


def _check_vehicles(problems: Problems, network: Network) -> None:
    last: dict[str, Leg] = {}
    for leg in sorted(network.legs, key=_by_departure):
        before = last.get(leg.vehicle) if leg.vehicle else None
        if before and before.arrives + timedelta(minutes=before.turnaround_minutes) > leg.departs:
            problems.add(
                "turn-around",
                f"{leg.vehicle} departs as {leg.id} before it is back from {before.id}.",
                where=f"network.legs ({leg.id})",
                advice="Move the leg or give it another vehicle.",
            )
        if leg.vehicle:
            last[leg.vehicle] = leg


def _check_convoys(problems: Problems, network: Network) -> None:
    first: dict[str, Leg] = {}
    for leg in network.legs:
        lead = first.setdefault(leg.convoy, leg) if leg.convoy else leg
        if (lead.origin, lead.departs, lead.passages) != (leg.origin, leg.departs, leg.passages):
            problems.add(
                "convoy",
                f"{leg.id} does not go together with {lead.id}, of the same convoy.",
                where=f"network.legs ({leg.id})",
                advice="Give both the same origin, departure and passages, or another convoy.",
            )


def _check_rules(problems: Problems, network: Network, points: dict[PointId, Point]) -> None:
    legs = {leg.id for leg in network.legs}
    _unique(problems, "network.limits", [limit.id for limit in network.limits])
    _unique(problems, "network.reserves", [reserve.id for reserve in network.reserves])
    for index, limit in enumerate(network.limits):
        where = f"network.limits[{index}]"
        _check_known(problems, f"{where}.point", limit.point, points)
        _check_window(problems, f"{where}.window", limit.window)
        _not_negative(problems, where, [("heads", limit.heads), ("vehicles", limit.vehicles)])
    for index, curfew in enumerate(network.curfews):
        _check_window(problems, f"network.curfews[{index}].window", curfew.window)
        for point in curfew.points:
            _check_known(problems, f"network.curfews[{index}].points", point, points)
    for index, reserve in enumerate(network.reserves):
        _not_negative(problems, f"network.reserves[{index}]", [("seats", reserve.seats)])
        for leg in reserve.legs:
            if leg not in legs:
                problems.add("unknown-leg", f"There is no leg {leg}.", where=f"network.reserves[{index}].legs")
    for point in network.ends:
        _check_known(problems, "network.ends", point, points)


def _is_plain(demand: Demand, points: dict[PointId, Point]) -> bool:
    """Whether nothing can be wrong with a party, as with nearly all: `_check_demand` names what is."""
    if demand.heads < 1 or (demand.tier is not None and demand.tier < 1):
        return False
    if demand.bands or demand.cases or demand.destinations:
        return False
    for moment in (demand.not_before, demand.told_at):
        if moment is not None and moment.tzinfo is None:
            return False
    for start in demand.starts:
        if start.point not in points or start.travel_minutes < 0:
            return False
    for clearance in demand.clearances:  # noqa: SIM110  a generator takes twice the time, over all parties
        if clearance.since is not None or clearance.until is not None:
            return False
    return True


def _check_demand(problems: Problems, where: str, demand: Demand, points: dict[PointId, Point]) -> None:
    if demand.heads < 1:
        problems.add("wrong-value", "A party has at least one head.", where=f"{where}.heads")
    if demand.tier is not None and demand.tier < 1:
        problems.add("wrong-value", "Tiers count from 1.", where=f"{where}.tier")
    if demand.bands and sum(band.heads for band in demand.bands) != demand.heads:
        problems.add("heads", "The heads by age band do not add up to the heads.", where=f"{where}.bands")
    for index, start in enumerate(demand.starts):
        _check_known(problems, f"{where}.starts[{index}].point", start.point, points)
        _not_negative(problems, f"{where}.starts[{index}]", [("travel_minutes", start.travel_minutes)])
    for point in demand.destinations:
        _check_known(problems, f"{where}.destinations", point, points)
    for index, cases in enumerate(demand.cases):
        if not 0 < cases.cases <= demand.heads:
            problems.add("wrong-value", "Between one case and one per head.", where=f"{where}.cases[{index}]")
    _unique(problems, f"{where}.cases", [cases.need for cases in demand.cases])
    moments = [("not_before", demand.not_before), ("told_at", demand.told_at)]
    for index, clearance in enumerate(demand.clearances):
        moments += [(f"clearances[{index}].since", clearance.since), (f"clearances[{index}].until", clearance.until)]
    for name, moment in moments:
        if moment is not None and moment.tzinfo is None:
            problems.add("no-time-zone", "This time has no zone.", where=f"{where}.{name}", advice=_ZONE)


def _check_known(problems: Problems, where: str, point: PointId, points: dict[PointId, Point]) -> None:
    if point not in points:
        problems.add("unknown-point", f"There is no point {point}.", where=where, advice="Add it, or mend the id.")


def _check_window(problems: Problems, where: str, window: Window) -> None:
    fine = _check_moment(problems, f"{where}.begins", window.begins)
    fine = _check_moment(problems, f"{where}.ends", window.ends) and fine
    if fine and window.ends <= window.begins:
        problems.add("backwards", "The window ends before it begins.", where=where)


def _check_moment(problems: Problems, where: str, moment: datetime) -> bool:
    if moment.tzinfo is None:
        problems.add("no-time-zone", "This time has no zone.", where=where, advice=_ZONE)
        return False
    if moment.second or moment.microsecond:
        problems.add("not-a-minute", "Times of a network are whole minutes.", where=where, advice="Round it.")
        return False
    return True


def _not_negative(problems: Problems, where: str, amounts: Iterable[tuple[str, int | None]]) -> None:
    for name, amount in amounts:
        if amount is not None and amount < 0:
            problems.add("wrong-value", "This can't be negative.", where=f"{where}.{name}")


def _by_departure(leg: Leg) -> tuple[float, str]:
    return leg.departs.timestamp(), leg.id
