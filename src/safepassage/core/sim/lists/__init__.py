"""Lists of an invented operation in nine shapes, with the answer key of who is who."""

from safepassage.core.sim.lists.generate import generate_lists
from safepassage.core.sim.lists.values import AnswerRow, GeneratedLists, OtherRow

__all__ = ["AnswerRow", "GeneratedLists", "OtherRow", "generate_lists"]
