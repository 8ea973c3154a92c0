"""Explanations at Kabul size: how fast, whether each names what is in the way, whether what would help does help."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from safepassage.core.movement import (
    BlockCode,
    Commitment,
    Explainer,
    Explanation,
    Method,
    Network,
    Plan,
    Scenario,
    give_more,
    plan_movement,
)

COUNTED = (BlockCode.SEATS, BlockCode.BEDS, BlockCode.THROUGHPUT, BlockCode.HOLDING)
"""Of these more can be given by a number of the network, and so be tried."""


def measure_explained(scenario: Scenario, plan: Plan, seed: int, tried: int) -> dict[str, object]:
    """500 parties at most, those left out first; `tried` of what would help are tried by planning again.

    A trial keeps everyone else where they are, gives what the explanation says is missing, and looks whether the
    party then has a place.
    """
    rng = np.random.default_rng([seed, 23])
    left_out = [line.party for line in plan.unplaced if line.tier is not None]
    rest = [one.party for one in plan.assignments]
    asked = [left_out[i] for i in rng.permutation(len(left_out))[:500]]
    asked += [rest[i] for i in rng.permutation(len(rest))[: 500 - len(asked)]]
    begun, busy = time.perf_counter(), time.process_time()
    explainer = Explainer.of(scenario.network, scenario.demands, plan)
    read = time.process_time()
    answers = [explainer.explain(party) for party in asked]
    done, ended = time.process_time(), time.perf_counter()
    without = [one for one in answers if one.assignment is None]
    helped = [one for one in without if one.remedies]
    countable = [one for one in helped if all(block.code in COUNTED for block in one.remedies)]
    trials = countable[:tried]
    return {
        "asked": len(answers),
        "left_out": len(without),
        "name_what_blocks": sum(_names_something(one) for one in without),
        "say_what_would_help": len(helped),
        "tried": len(trials),
        "true_when_tried": sum(_holds(scenario, plan, one) for one in trials),
        "reading_processor_seconds": round(read - busy, 2),
        "processor_seconds": round(done - read, 2),
        "seconds_with_reading": round(ended - begun, 2),
    }


def _names_something(one: Explanation) -> bool:
    return any(block.where for block in (*one.blocks, *one.remedies))


def _holds(scenario: Scenario, plan: Plan, one: Explanation) -> bool:
    network: Network = scenario.network
    for block in one.remedies:
        network = give_more(network, block)
    placed = {assignment.party for assignment in plan.assignments}
    demands = tuple(
        replace(demand, commitment=Commitment.FROZEN) for demand in scenario.demands if demand.party in placed
    )
    mine = next(demand for demand in scenario.demands if demand.party == one.party)
    after = plan_movement(network, (*demands, mine), now=plan.now, previous=plan, method=Method.GREEDY)
    return one.party in {assignment.party for assignment in after.assignments}
