"""A plain model beside the planner: people as whole numbers over legs and hours, handed to HiGHS with a time limit.

What somebody would write who has a solver and an afternoon: the aggregated network in whole people, one objective
with a weight for each tier, no order of solves, no help by a known plan. Parties are not kept whole in it, so even a
proven answer is no plan: it says who could go, counted singly.
"""

from __future__ import annotations

import time

import highspy
import numpy as np

from safepassage.core.movement import Scenario
from safepassage.core.movement.draft import new_draft
from safepassage.core.movement.flows import flow_model


def measure_plain(scenario: Scenario, time_limit_seconds: float) -> dict[str, object]:
    """People by tier that the plain model finds, the solver's own bound on everyone, and its seconds."""
    if scenario.now is None:
        raise ValueError("the scenario states its moment")
    begun, busy = time.perf_counter(), time.process_time()
    model = flow_model(new_draft(scenario.network, scenario.demands, scenario.now))
    program = model.program
    cost = np.zeros(len(program.upper))
    for place, tier in enumerate(reversed(model.tiers)):
        cost[model.sources[tier]] = float(2**place)
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("time_limit", time_limit_seconds)):
        solver.setOptionValue(option, value)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.upper), len(program.row_upper)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, np.zeros(lp.num_col_), np.floor(program.upper)
    lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = program.starts, program.columns, program.values
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    solver.passModel(lp)
    solver.run()
    has_any = solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value) if has_any else np.zeros(lp.num_col_)
    return {
        "columns": int(lp.num_col_),
        "rows": int(lp.num_row_),
        "tiers": [round(float(values[model.sources[tier]].sum())) for tier in model.tiers] if has_any else None,
        "is_proven": solver.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        "seconds": round(time.perf_counter() - begun, 1),
        "processor_seconds": round(time.process_time() - busy, 1),
    }
