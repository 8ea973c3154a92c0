"""One line of the board, and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass

GRAVE = "bad"
"""People may be in danger or lost."""
WATCH = "warn"
"""Something contradicts, or waits too long."""
NOTE = ""
"""Work that is due."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One line of the board: how grave, what, how many, and the place of the console that deals with it."""

    level: str
    text: str
    number: int
    place: str = ""
