"""Whole numbers as a form or an address says them."""

from __future__ import annotations

_MOST_DIGITS = 15
"""No number that a form asks for is longer; of thousands of digits even Python makes no number."""


def number_said(text: str) -> int | None:
    """The number, in figures of any script, not below 0; None if it is none, or absurdly long."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
