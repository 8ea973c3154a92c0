"""Invented operations: lists as partners would send them, and gate days as they would go wrong. Seeded."""

from safepassage.core.sim.lists import AnswerRow, GeneratedLists, generate_lists

__all__ = ["AnswerRow", "GeneratedLists", "generate_lists"]
