"""Numbers of paper that were printed: what nobody printed counts nothing, however alike two people type it.

A pack's sheets carry its number (`t-2-014`, `w-2-030`) and belong to its point. Blank slips (`w-0001`) are printed in
any number, also where there is no store yet: nobody keeps a list of them.
"""

from __future__ import annotations

import re
from datetime import datetime

from safepassage.apps.gate.models import PackPrinted
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.core.errors import Problems
from safepassage.core.ledger import EventKind

MOST_SLIPS = 500
MOST_TALLIES = 96
WHAT = "paper-pack"
_OF_A_PACK = re.compile(r"(?P<letter>[tw])-(?P<pack>[1-9][0-9]{0,3})-(?P<place>[0-9]{3})")
_BLANK_SLIP = re.compile(r"w-[0-9]{4,6}")


def packs_exported() -> int:
    """How many packs were ever printed, as the ledger has it."""
    return sum(event.code("what") == WHAT for event in events_of_kind(EventKind.EXPORT_MADE))


def pack_note(*, number: int, point: str, slips: int, tallies: int, now: datetime) -> None:
    """Notes what a pack holds; in the transaction that prints it."""
    PackPrinted.objects.create(number=number, point=point, slips=slips, tallies=tallies, printed_at=now)


def number_check(*, number: str, point: str, problems: Problems) -> None:
    """Adds what is wrong with the number of a slip or a quarter hour, or with the point that was typed with it."""
    if _BLANK_SLIP.fullmatch(number):
        return
    found = _OF_A_PACK.fullmatch(number)
    pack = PackPrinted.objects.filter(number=int(found["pack"])).first() if found else None
    if found is None or not 1 <= int(found["place"]) <= _most(found["letter"], int(found["pack"]), pack):
        problems.add(
            "never-printed",
            f"No sheet of the number {number} was printed.",
            where="number",
            advice="Type it as it is printed on the sheet.",
        )
    elif pack and pack.point and point != pack.point:
        problems.add(
            "other-point",
            f"That sheet was printed for {pack.point}.",
            where="point",
            advice="Look at the pack's first page; type the point that is on the sheet.",
        )


def _most(letter: str, number: int, pack: PackPrinted | None) -> int:
    """How many sheets of this letter the pack holds; the most that one can where only the ledger knows of it."""
    if pack is not None:
        return pack.tallies if letter == "t" else pack.slips
    if number > packs_exported():
        return 0
    return MOST_TALLIES if letter == "t" else MOST_SLIPS
