"""What every saying needs: whether the reader reads English, moments in the operation's zone, values kept apart."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

_FIRST_STRONG, _POP = "\u2068", "\u2069"
"""Unicode's isolates: an id within a sentence that runs the other way stays whole and in its place."""


def reads_english() -> bool:
    """Whether core's own sentences can stand as they are."""
    return (get_language() or "en").startswith("en")


def apart(value: object) -> str:
    """A value as it stands in a sentence of any direction."""
    return f"{_FIRST_STRONG}{value}{_POP}"


def said_moment(text: str) -> str:
    """A moment (ISO 8601) in the operation's zone."""
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "j M H:i")


def said_day(text: str) -> str:
    """A day (ISO 8601)."""
    return date_format(date.fromisoformat(text), "j M")
