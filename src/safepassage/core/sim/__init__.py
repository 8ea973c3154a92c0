"""Invented operations: lists as partners would send them, and gate days as they would go wrong. Seeded."""

from safepassage.core.sim.gateday import (
    GateDays,
    GateDevice,
    GateHabits,
    GateMember,
    GateParty,
    GateScene,
    GateTotals,
    Upload,
    simulate_gate_days,
)
from safepassage.core.sim.lists import AnswerRow, GeneratedLists, generate_lists

__all__ = [
    "AnswerRow",
    "GateDays",
    "GateDevice",
    "GateHabits",
    "GateMember",
    "GateParty",
    "GateScene",
    "GateTotals",
    "GeneratedLists",
    "Upload",
    "generate_lists",
    "simulate_gate_days",
]
