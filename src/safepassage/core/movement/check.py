"""The judge: an independent check of a plan before anyone acts on it.

It imports nothing that plans: every rule of `docs/planning.md` is worked out here, and in the modules beside it, a
second time and from the values alone, with moments instead of minutes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from safepassage.core.ids import PartyId
from safepassage.core.movement.check_columns import Ground, Pair, Places
from safepassage.core.movement.check_loads import load_faults
from safepassage.core.movement.check_order import inversion_faults
from safepassage.core.movement.check_standing import early_faults, entitlement_faults
from safepassage.core.movement.check_ways import Found, way_faults
from safepassage.core.movement.demand import Commitment, Demand
from safepassage.core.movement.faults import CheckReport, Fault, FaultCode, TierCount
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Assignment, Plan
from safepassage.core.uncollected import uncollected


@uncollected()
def check_plan(
    network: Network, demands: Sequence[Demand], plan: Plan, *, previous: Plan | None = None
) -> CheckReport:
    """Everything wrong with a plan: parties, ways, windows, capacities, beds, promises, order, totals.

    `previous` is the plan in which told and frozen parties got their place; without it promises are not checked.
    """
    by_id = {demand.party: demand for demand in demands}
    ground, known = Ground.of(network), {leg.id for leg in network.legs}
    faults = _party_faults(by_id, plan)
    broken = {legs for legs in {one.legs for one in plan.assignments} if not legs or not set(legs) <= known}
    sound: list[Pair] = []
    for assignment in plan.assignments:
        demand = by_id.get(assignment.party)
        if demand is None:
            continue
        if broken and assignment.legs in broken:
            unknown = [leg for leg in assignment.legs if leg not in known]
            what = f"rides {unknown[0]}, which does not exist" if unknown else "has a place without a leg"
            faults.append(Fault(FaultCode.UNKNOWN_LEG, f"{assignment.party} {what}.", assignment.party))
        else:
            sound.append((demand, assignment))
    places = Places.of(ground, sound)
    faults += _place_faults(ground, places, plan.now)
    faults += load_faults(ground, places)
    faults += inversion_faults(ground, by_id, places, plan)
    faults += _promise_faults(network, by_id, plan, previous)
    counted = _people_by_tier(sound, plan)
    faults += _total_faults(demands, plan, counted)
    return CheckReport(
        plan_digest=plan.digest,
        faults=tuple(faults),
        tiers=tuple(TierCount(tier, people) for tier, people in sorted(counted.items())),
        parties=len(plan.assignments),
        people=sum(counted.values()),
    )


def _place_faults(ground: Ground, places: Places, now: datetime) -> Iterator[Fault]:
    """Everything wrong with the ways and with those who go them, party by party."""
    of_way = way_faults(ground, places, now)
    own: defaultdict[int, list[Found]] = defaultdict(list)
    for number, found in (*entitlement_faults(ground, places), *early_faults(places, now)):
        own[number].append(found)
    if not of_way and not own:
        return
    for number, place in enumerate(places.of_pair.tolist()):
        party = places.pairs[number][0].party
        for code, text in (*of_way.get(place, ()), *own.get(number, ())):
            yield Fault(code, f"{party}: {text}.", party)


def _party_faults(by_id: dict[PartyId, Demand], plan: Plan) -> list[Fault]:
    """Every party exactly once, whole, and with the standing that it has."""
    faults = []
    named = [line.party for line in plan.assignments] + [line.party for line in plan.unplaced]
    if len(named) != len(by_id) or set(named) != by_id.keys():
        times = Counter(named)
        for party, count in times.items():
            if party not in by_id:
                faults.append(Fault(FaultCode.UNKNOWN_PARTY, f"{party} is not among the demands.", party))
            elif count > 1:
                faults.append(Fault(FaultCode.TWICE, f"{party} stands in the plan {count} times.", party))
        faults += [
            Fault(FaultCode.MISSING, f"{party} is neither placed nor left out.", party)
            for party in by_id
            if party not in times
        ]
    for assignment in plan.assignments:
        demand = by_id.get(assignment.party)
        if demand is None:
            continue
        tier = demand.tier
        if (
            (assignment.heads, assignment.tier, assignment.rank) == (demand.heads, tier, demand.rank)
            and tier is not None
            and not demand.hold
        ):
            continue
        if assignment.heads != demand.heads:
            text = f"{demand.party} has {demand.heads} heads; {assignment.heads} are placed."
            faults.append(Fault(FaultCode.SPLIT, text, demand.party))
        is_frozen = assignment.is_kept and demand.commitment is Commitment.FROZEN
        if (demand.tier is None or demand.hold) and not is_frozen:
            faults.append(Fault(FaultCode.NOT_PLANNABLE, f"{demand.party} may not be planned.", demand.party))
        elif demand.tier is not None and (assignment.tier, assignment.rank) != (demand.tier, demand.rank):
            faults.append(Fault(FaultCode.SPLIT, f"{demand.party} is placed under another standing.", demand.party))
    return faults


def _promise_faults(network: Network, by_id: dict[PartyId, Demand], plan: Plan, previous: Plan | None) -> list[Fault]:
    """Frozen parties keep their place while its legs exist; a place said to be kept is the one of the plan before."""
    faults = []
    before = {assignment.party: assignment for assignment in previous.assignments} if previous else {}
    for assignment in plan.assignments:
        party = assignment.party
        if not assignment.is_kept or party not in by_id or (previous is None and plan.previous is not None):
            continue
        is_same = party in before and _place(before[party]) == _place(assignment)
        if not is_same or by_id[party].commitment is Commitment.FREE:
            faults.append(Fault(FaultCode.PROMISE, f"{party} is said to keep a place that it did not have.", party))
    if not before:
        return faults
    after = {assignment.party: assignment for assignment in plan.assignments}
    legs = {leg.id for leg in network.legs}
    for party, demand in by_id.items():
        if demand.commitment is not Commitment.FROZEN or party not in before:
            continue
        if not set(before[party].legs) <= legs:
            continue
        if party not in after or _place(after[party]) != _place(before[party]):
            faults.append(Fault(FaultCode.PROMISE, f"{party} is frozen and lost its place.", party))
    return faults


def _place(assignment: Assignment) -> tuple[object, ...]:
    return assignment.start, assignment.legs, assignment.access_point, assignment.access_window


def _people_by_tier(sound: Sequence[tuple[Demand, Assignment]], plan: Plan) -> dict[int, int]:
    people = {tier.tier: 0 for tier in plan.tiers}
    for demand, assignment in sound:
        if demand.tier is not None:
            people[demand.tier] = people.get(demand.tier, 0) + assignment.heads
    return people


def _total_faults(demands: Sequence[Demand], plan: Plan, counted: dict[int, int]) -> list[Fault]:
    faults = []
    demanded: Counter[int] = Counter()
    for demand in demands:
        if demand.tier is not None:
            demanded[demand.tier] += demand.heads
    stated = {tier.tier: (tier.people, tier.demanded) for tier in plan.tiers}
    for tier in sorted(set(stated) | set(demanded) | set(counted)):
        true = (counted.get(tier, 0), demanded[tier])
        if stated.get(tier) != true:
            text = f"Tier {tier} has {true[0]} of {true[1]} people out; the plan says otherwise."
            faults.append(Fault(FaultCode.TOTALS, text, where=f"tier {tier}"))
    for known in plan.tiers:
        if known.bound is not None and known.people > known.bound:
            text = f"Tier {known.tier} has more people out than its bound."
            faults.append(Fault(FaultCode.TOTALS, text, where=f"tier {known.tier}"))
    return faults
