"""Hours as somebody types them at the command, in the operation's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from safepassage.cli.options import now_utc
from safepassage.core.errors import ForbiddenError

FAR = timedelta(days=3660)


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """An hour as typed (`14:00`, `tomorrow 14:00`, or a whole date) in the operation's zone, as UTC.

    Raises:
        ForbiddenError: it is no time, or lies too far ahead.
    """
    try:
        found = _local(text.strip(), zone).astimezone(UTC)
    except ValueError as error:
        advice = "Write 14:00, 'tomorrow 14:00' or 2026-03-01T14:00."
        raise ForbiddenError("That is no time.", where="--departs", advice=advice) from error
    if found - now_utc() > FAR:
        raise ForbiddenError("That is years away.", where="--departs", advice="Look at the date.")
    if found <= now_utc():
        raise ForbiddenError(
            "That hour has passed.", where="--departs", advice="Write 'tomorrow 14:00', or the whole date."
        )
    return found


def _local(text: str, zone: ZoneInfo) -> datetime:
    today = now_utc().astimezone(zone).date()
    if text.startswith("tomorrow "):
        hour = time.fromisoformat(text.removeprefix("tomorrow ").strip())
        return datetime.combine(today + timedelta(days=1), hour, zone)
    if "T" in text or " " in text:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return datetime.combine(today, time.fromisoformat(text), zone)
