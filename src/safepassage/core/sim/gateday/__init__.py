"""Seeded gate days: encounters, decisions and legs as they would go, written as signed events of every device."""

from safepassage.core.sim.gateday.simulate import simulate_gate_days
from safepassage.core.sim.gateday.values import (
    GateDays,
    GateDevice,
    GateHabits,
    GateMember,
    GateParty,
    GateScene,
    GateTotals,
    Upload,
)

__all__ = [
    "GateDays",
    "GateDevice",
    "GateHabits",
    "GateMember",
    "GateParty",
    "GateScene",
    "GateTotals",
    "Upload",
    "simulate_gate_days",
]
