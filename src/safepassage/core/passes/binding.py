"""Binding: a document shows that its holder belongs to a pass, with no name in either place."""

from __future__ import annotations

import hmac
from datetime import date

from safepassage.core.dates import PartialDate
from safepassage.core.passes.keys import PointDayKey, refer
from safepassage.core.passes.payload import TAG_BYTES
from safepassage.core.passes.values import Binding, BindingFact, PassContent, VerdictCode


def mrz_birth(birth: PartialDate | None) -> str:
    """A birth date as a machine-readable zone prints it, `YYMMDD`; what isn't known is `<`.

    A year is known if every reading falls in it, a month and a day likewise; 1 January as registries write it
    stands as printed, since documents print it so.
    """
    if birth is None:
        return "<<<<<<"
    first, last = birth.earliest, birth.latest
    if first.year != last.year:
        return "<<<<<<"
    year = f"{first.year % 100:02d}"
    if birth.is_weak:
        return f"{year}0101"
    if first == last:
        return _printed(first)
    return year + (f"{first.month:02d}" if first.month == last.month else "<<") + "<<"


def _printed(day: date) -> str:
    return f"{day.year % 100:02d}{day.month:02d}{day.day:02d}"


def binding_tag(fact: BindingFact, *, key: PointDayKey) -> bytes:
    """The six bytes that bind a document to a pass: HMAC-SHA-256 under the point-and-day key, truncated.

    The number counts in capital letters and figures only, as the machine-readable zone has it.
    """
    number = "".join(sign for sign in fact.number.upper() if sign.isascii() and sign.isalnum())
    return hmac.digest(key.subkey("bind"), f"{number}\x1f{fact.birth}".encode(), "sha256")[:TAG_BYTES]


def bind_document(content: PassContent, fact: BindingFact, *, keys: tuple[PointDayKey, ...]) -> Binding:
    """Whose document it is among the members of a pass.

    Args:
        content: Of a pass whose signature held.
        fact: Number and birth date as the document prints them.
        keys: Point-and-day keys of this device; the one of the pass's point is used.
    """
    tags = {binding_tag(fact, key=key) for key in keys if refer("point", key.point) == content.point}
    members = tuple(
        ordinal for ordinal, member in enumerate(content.members) if any(tag in tags for tag in member.tags)
    )
    return Binding(members, VerdictCode.VALID if members else VerdictCode.NOT_BOUND)
