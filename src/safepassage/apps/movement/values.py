"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import PlainValidator, TypeAdapter

from safepassage.apps.ledger.stored import Stored
from safepassage.core.movement import Assignment, CheckReport, Explanation, Manifest, Network, Plan, read_scenario

_AGAIN = "Plan again: `safepassage plan make`, then `plan publish`."
_CLOSE = "Close the manifest again: `safepassage manifest`."


def _network(content: object) -> Network:
    return read_scenario(json.dumps(content)).network


NETWORK: Stored[Network] = Stored(
    TypeAdapter(Annotated[Network, PlainValidator(_network)]),
    what="network",
    advice="Record the network again: `safepassage plan network FILE`, or `plan bus`.",
    model="movement.NetworkRecord",
)
PLAN: Stored[Plan] = Stored(TypeAdapter(Plan), what="plan", advice=_AGAIN, model="movement.PlanRecord")
REPORT: Stored[CheckReport] = Stored(
    TypeAdapter(CheckReport), what="report on a plan", advice=_AGAIN, model="movement.PlanRecord", column="report"
)
ASSIGNMENT: TypeAdapter[Assignment] = TypeAdapter(Assignment)
MANIFEST: Stored[Manifest] = Stored(
    TypeAdapter(Manifest), what="manifest", advice=_CLOSE, model="movement.ManifestRecord"
)
EXPLANATION: Stored[Explanation] = Stored(
    TypeAdapter(Explanation), what="explanation of a place", advice=_AGAIN, model="movement.PlaceReason"
)
