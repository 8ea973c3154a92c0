"""The exact planner, and the only door to a solver (HiGHS).

Parties of one class, tier and size are one integer variable per way, so the model grows with kinds of parties, not
with parties. Tiers are solved as chained prefixes: people of tiers 1..j at most, kept as a constraint, then the next.
Weights that make one objective of all tiers fail silently on the last ones and are not used.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from safepassage.core.movement.draft import Draft, TierVector
from safepassage.core.movement.groups import Group
from safepassage.core.movement.linear import Floats, Ints, LinearProgram


@dataclass(frozen=True, slots=True)
class Solution:
    """How many of each group go each way; `bounds` by tier, None where not proven."""

    counts: tuple[tuple[int, ...], ...]
    vector: TierVector
    bounds: tuple[int | None, ...]


def solve(
    draft: Draft, groups: tuple[Group, ...], *, time_limit_seconds: float, at_least: TierVector, kept: TierVector
) -> Solution:
    """The most people tier by tier, over a draft that holds kept placements only.

    `at_least`: a known plan's vector; `kept`: people of kept parties, both by tier.
    A known plan that leaves nobody out is returned as it is, without counts.
    Returns within about `time_limit_seconds`, with what is proven by then; deterministic unless that limit is met.
    """
    demanded = [
        kept[i] + sum(len(g.members) * g.party_class.heads for g in groups if g.tier == tier)
        for i, tier in enumerate(draft.tiers)
    ]
    if list(at_least) == demanded:
        return Solution(tuple((0,) * len(group.ways) for group in groups), at_least, tuple(demanded))
    model = _Model(draft, groups)
    bounds: list[int | None] = []
    best: NDArray[np.float64] | None = None
    is_proven = True
    for index in range(len(draft.tiers)):
        prefix = draft.tiers[: index + 1]
        known = sum(at_least[: index + 1])
        if is_proven and best is None and list(at_least[: index + 1]) == demanded[: index + 1]:
            model.keep_at_least(prefix, known - sum(kept[: index + 1]))
            bounds.append(demanded[index])
            continue
        share = max(0.1, (time_limit_seconds - model.seconds) / (len(draft.tiers) - index))
        values, bound = model.most(prefix, share, best)
        if values is None:
            break
        best = values
        people = model.people(prefix, values)
        before = model.people(prefix[:-1], values)
        proven_before = sum(b for b in bounds if b is not None) if is_proven else None
        bounds.append(None if proven_before is None else bound + sum(kept[: index + 1]) - proven_before)
        is_proven = is_proven and bound <= people and before >= 0
        model.keep_at_least(prefix, people)
    bounds += [None] * (len(draft.tiers) - len(bounds))
    counts = model.counts(best) if best is not None else tuple((0,) * len(group.ways) for group in groups)
    vector = tuple(
        kept[i] + sum(sum(c) * g.party_class.heads for g, c in zip(groups, counts, strict=True) if g.tier == tier)
        for i, tier in enumerate(draft.tiers)
    )
    return Solution(counts, vector, tuple(bounds))


def choose_options(
    carried: Sequence[Sequence[tuple[int, ...]]], needed: tuple[int, ...], *, time_limit_seconds: float
) -> tuple[tuple[int, ...] | None, bool]:
    """One option of each list, so that amounts add up to what is needed; and whether a None is proven."""
    solver = _QuietHighs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("time_limit", time_limit_seconds)):
        solver.setOptionValue(option, value)
    firsts = np.cumsum([0, *(len(some) for some in carried)])
    total = int(firsts[-1])
    solver.addVars(total, np.zeros(total), np.ones(total))
    solver.changeColsIntegrality(
        total, np.arange(total, dtype=np.int32), np.full(total, highspy.HighsVarType.kInteger)
    )
    for first, last in itertools.pairwise(firsts):
        indices = np.arange(first, last, dtype=np.int32)
        solver.addRow(1.0, 1.0, len(indices), indices, np.ones(len(indices)))
    everything = np.arange(total, dtype=np.int32)
    for place, amount in enumerate(needed):
        amounts = np.array([option[place] for some in carried for option in some], dtype=np.float64)
        solver.addRow(float(amount), highspy.kHighsInf, total, everything, amounts)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None, solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    values = np.array(solver.getSolution().col_value)
    picked = tuple(int(np.argmax(values[a:b])) for a, b in itertools.pairwise(firsts))
    return picked, True


@dataclass(frozen=True, slots=True)
class FlowSolution:
    """Values of the columns, and what no solution exceeds (worked out from the duals, not taken on trust)."""

    values: Floats
    duals: Floats
    bound: float
    is_optimal: bool


class FlowSolver:
    """A linear program solved again and again for other costs and floors, by an interior point method."""

    def __init__(self, program: LinearProgram) -> None:
        self._program = program
        self._solver = _QuietHighs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("run_crossover", "off")):
            self._solver.setOptionValue(option, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(program.upper), len(program.row_upper)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.zeros(lp.num_col_), program.upper
        lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = program.starts, program.columns
        lp.a_matrix_.value_ = program.values
        lp.sense_ = highspy.ObjSense.kMaximize
        self._solver.passModel(lp)

    @property
    def seconds(self) -> float:
        """Solver time so far."""
        return float(self._solver.getRunTime())

    def keep_at_least(self, columns_: Ints, people: float) -> None:
        """No later solution sums up to less over these columns."""
        self._solver.addRow(people, highspy.kHighsInf, len(columns_), np.sort(columns_), np.ones(len(columns_)))

    def raise_row(self, row: int, most: float) -> None:
        """Sets what a row may come to at most."""
        self._solver.changeRowBounds(row, -highspy.kHighsInf, most)

    def most(self, cost: Floats, limit: float) -> FlowSolution | None:
        """The most of `cost`; None if nothing was found in `limit` seconds."""
        if not cost.any():
            nothing = np.zeros(len(cost))
            return FlowSolution(nothing, np.zeros(len(self._program.row_upper)), 0.0, is_optimal=True)
        indices = np.arange(len(cost), dtype=np.int32)
        self._solver.changeColsCost(len(cost), indices, cost)
        until = self.seconds + limit
        for method in ("ipm", "simplex"):
            self._solver.setOptionValue("solver", method)
            self._solver.setOptionValue("time_limit", until)
            self._solver.run()
            solution = self._solver.getSolution()
            if solution.value_valid and solution.dual_valid:
                break
        else:
            return None
        values = np.array(solution.col_value)
        duals = np.array(solution.row_dual)[: len(self._program.row_upper)]
        is_optimal = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return FlowSolution(values, duals, self._program.bound(cost, duals), is_optimal)


class _QuietHighs(highspy.Highs):
    """HiGHS that is told to be silent before its constructor prints a banner where our JSON goes."""

    def enableCallbacks(self) -> None:  # noqa: N802  HiGHS's own name; called by its constructor
        self.setOptionValue("output_flag", False)  # noqa: FBT003
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class _Model:
    """The integer program: one column per group and way, one more per leg under a vehicle limit."""

    def __init__(self, draft: Draft, groups: tuple[Group, ...]) -> None:
        self._groups = groups
        self._heads = np.array([g.party_class.heads for g in groups for _ in g.ways], dtype=np.float64)
        self._tiers = np.array([g.tier for g in groups for _ in g.ways], dtype=np.int64)
        self._solver = _QuietHighs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.999)):
            self._solver.setOptionValue(option, value)
        self._size = len(self._heads)
        most = np.array([len(g.members) for g in groups for _ in g.ways], dtype=np.float64)
        if self._size:
            self._solver.addVars(self._size, np.zeros(self._size), most)
        self._add_capacities(draft)
        self._add_vehicles(draft)
        total = self._solver.getNumCol()
        self._solver.changeColsIntegrality(
            total, np.arange(total, dtype=np.int32), np.full(total, highspy.HighsVarType.kInteger)
        )
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)

    @property
    def seconds(self) -> float:
        """Solver time so far."""
        return float(self._solver.getRunTime())

    def most(
        self, prefix: tuple[int, ...], limit: float, start: NDArray[np.float64] | None
    ) -> tuple[NDArray[np.float64] | None, int]:
        """Values that get most people of these tiers out, and a bound that no plan exceeds."""
        total = self._solver.getNumCol()
        if not total:
            return np.zeros(0), 0
        cost = np.zeros(total)
        cost[: self._size] = np.where(np.isin(self._tiers, prefix), self._heads, 0.0)
        self._solver.changeColsCost(total, np.arange(total, dtype=np.int32), cost)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(start)
            self._solver.setSolution(solution)
        self._solver.setOptionValue("time_limit", self.seconds + limit)
        values = self._run(prefix)
        if values is None and start is not None:
            self._solver.clearSolver()
            values = self._run(prefix)
        if values is None:
            return None, 0
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return values, self.people(prefix, values)
        bound = float(self._solver.getInfo().mip_dual_bound)
        return values, int(min(np.floor(bound + 1e-6), self._heads.sum() * 1e6))

    def _run(self, prefix: tuple[int, ...]) -> NDArray[np.float64] | None:
        """Values whole and as good as the solver says; None if it found none.

        HiGHS 1.16 sometimes proves a better optimum than that of a solution that it was given, and then gives the
        old values back.
        """
        self._solver.run()
        info = self._solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = np.rint(np.array(self._solver.getSolution().col_value))
        return values if self.people(prefix, values) >= info.objective_function_value - 0.5 else None

    def people(self, prefix: tuple[int, ...], values: NDArray[np.float64]) -> int:
        """People of these tiers, kept ones left aside."""
        return int((self._heads * values[: self._size])[np.isin(self._tiers, prefix)].sum())

    def keep_at_least(self, prefix: tuple[int, ...], people: int) -> None:
        """No later solve may get fewer people of these tiers out."""
        columns_ = np.flatnonzero(np.isin(self._tiers, prefix)).astype(np.int32)
        self._solver.addRow(float(people), highspy.kHighsInf, len(columns_), columns_, self._heads[columns_])

    def counts(self, values: NDArray[np.float64]) -> tuple[tuple[int, ...], ...]:
        """How many of each group go each way."""
        whole = iter(int(value) for value in values)
        return tuple(tuple(next(whole) for _ in group.ways) for group in self._groups)

    def _add_capacities(self, draft: Draft) -> None:
        rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        column = 0
        for group in self._groups:
            first = column
            for open_way in group.ways:
                for resource, amount in open_way.use:
                    rows[resource].append((column, amount))
                column += 1
            self._add_row(float(len(group.members)), [(c, 1) for c in range(first, column)])
        for resource, terms in rows.items():
            self._add_row(float(max(0, draft.capacities.free[resource])), terms)

    def _add_vehicles(self, draft: Draft) -> None:
        riders: dict[str, list[tuple[int, int]]] = defaultdict(list)
        column = 0
        for group in self._groups:
            for open_way in group.ways:
                for leg in open_way.way.legs:
                    if leg in draft.capacities.vehicle_limits and not draft.capacities.aboard.get(leg):
                        riders[leg].append((column, group.party_class.heads))
                column += 1
        limits: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for leg, limited in draft.capacities.vehicle_limits.items():
            if leg in riders:
                runs = self._solver.getNumCol()
                self._solver.addVar(0.0, 1.0)
                self._add_row(0.0, [*riders[leg], (runs, -draft.timetable.legs[leg].seats)])
                for resource in limited:
                    limits[resource].append((runs, 1))
        for resource, terms in limits.items():
            self._add_row(float(max(0, draft.capacities.free[resource])), terms)

    def _add_row(self, most: float, terms: list[tuple[int, int]]) -> None:
        indices = np.array([column for column, _ in terms], dtype=np.int32)
        values = np.array([amount for _, amount in terms], dtype=np.float64)
        self._solver.addRow(-highspy.kHighsInf, most, len(terms), indices, values)
