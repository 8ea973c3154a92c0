"""What binds a whole plan, and what a little more of it would bring: found by price, tried before it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from safepassage.core.ids import LegId
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft, new_draft
from safepassage.core.movement.exact import FlowSolver
from safepassage.core.movement.flow_model import FlowModel
from safepassage.core.movement.flows import flow_model, one_vehicle
from safepassage.core.movement.keep import keep_promises
from safepassage.core.movement.linear import Floats
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import BlockCode, Plan
from safepassage.core.movement.timetable import moment_of

Progress = Callable[[float, str], None]
LEAST_PRICE = 1e-3
"""People that one more unit must promise to be worth a look."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that binds: `extra` more of it would let `gains` more people out, by tier (first tier first).

    People are counted as flows: a bound on what whole parties can make of it, as the plan's own bound is. `slot`
    numbers the hour or night of the operation's clock where the thing has one, else -1; `begins` is that hour, or the
    midnight that begins the night's day; of a gate, the last hour of a block (more in any of its hours helps alike).
    """

    code: BlockCode
    where: str
    unit: str
    slot: int
    begins: datetime | None
    extra: int
    gains: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Levers:
    """What was found: the levers, best first; the tiers that `gains` are of. `is_whole`: time was enough for all."""

    tiers: tuple[int, ...]
    levers: tuple[Lever, ...]
    is_whole: bool


def find_levers(
    network: Network,
    demands: Sequence[Demand],
    *,
    now: datetime,
    previous: Plan | None = None,
    most: int = 5,
    time_limit_seconds: float = 30.0,
    progress: Progress | None = None,
) -> Levers:
    """The things of which a little more gets most people out, the best first; found by price, kept by trial.

    A little more is what one vehicle of the kind carries: as many seats as the median leg has.
    """
    draft = new_draft(network, demands, now)
    if previous is not None:
        keep_promises(draft, previous)
    model = flow_model(draft)
    if not model.tiers:
        return Levers((), (), is_whole=True)
    solver = FlowSolver(model.program)
    base = _people(model, solver, time_limit_seconds)
    if base is None:
        return Levers(model.tiers, (), is_whole=False)
    people, duals = base
    extra = one_vehicle(network)
    resource_of = {row: resource for resource, row in model.resource_rows.items()}
    by_price = sorted(resource_of, key=lambda row: (-abs(duals[row]), row))
    rows = _of_each_kind(draft, [(row, resource_of[row]) for row in by_price if abs(duals[row]) > LEAST_PRICE])
    rows = rows[: 2 * most]
    levers: list[Lever] = []
    tried = 0
    for row in rows:
        if progress is not None:
            progress(tried / len(rows), f"{tried} of {len(rows)}")
        left = time_limit_seconds - solver.seconds
        usual = float(model.program.row_upper[row])
        solver.raise_row(row, usual + extra)
        found = _people(model, solver, left) if left > 0 else None
        solver.raise_row(row, usual)
        if found is None:
            break
        tried += 1
        gains = tuple(round(after - before) for after, before in zip(found[0], people, strict=True))
        if any(gains):
            levers.append(_lever(draft, resource_of[row], extra, gains))
    levers.sort(key=lambda lever: (tuple(-gain for gain in lever.gains), lever.where, lever.slot))
    return Levers(model.tiers, tuple(levers[:most]), is_whole=tried == len(rows))


def _of_each_kind(draft: Draft, priced: Sequence[tuple[int, int]]) -> list[int]:
    """The rows, the dearest first of each kind of thing, then the second of each: a bus, a flight, a gate's hour."""
    met: Counter[tuple[str, str]] = Counter()
    ranks: dict[int, int] = {}
    legs = draft.timetable.legs
    for row, resource in priced:
        it = draft.capacities.resources[resource]
        leg = legs.get(LegId(it.where))
        kind = (it.code.value, leg.mode.value if leg is not None else "")
        ranks[row] = met[kind]
        met[kind] += 1
    return sorted(ranks, key=ranks.__getitem__)


def _lever(draft: Draft, resource: int, extra: int, gains: tuple[int, ...]) -> Lever:
    it, table = draft.capacities.resources[resource], draft.timetable
    begins = None
    if it.slot >= 0:
        is_night = it.code is BlockCode.BEDS
        begins = moment_of(table.slot_begins(it.slot * 24 if is_night else it.slot))
    return Lever(it.code, it.where, it.unit, it.slot, begins, extra, gains)


def _people(model: FlowModel, solver: FlowSolver, limit: float) -> tuple[list[float], Floats] | None:
    """People out by tier where prefixes are as large as they can be, and the prices at the last prefix that binds."""
    reached: list[float] = []
    duals: Floats | None = None
    for index in range(len(model.tiers)):
        columns = [column for tier in model.tiers[: index + 1] for column in model.sources[tier]]
        cost = np.zeros(len(model.program.upper))
        cost[columns] = 1.0
        found = solver.most(cost, max(0.5, limit))
        if found is None:
            return None
        total = float(found.values[columns].sum())
        reached.append(total - sum(reached))
        if duals is None or np.abs(duals).max(initial=0.0) < LEAST_PRICE:
            duals = found.duals
    return None if duals is None else (reached, duals)
