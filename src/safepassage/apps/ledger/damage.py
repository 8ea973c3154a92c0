"""A stored value that is none of its kind, and how it is told: by a failing disk, a half restore, somebody's SQL.

Every column is read through here: JSON and codes by their fields (`columns`), dates, numbers and yes or no by the
database layer (`safepassage.web.checked_sqlite`; PostgreSQL takes nothing else into them). None of them raises where
a row is loaded, so that the other rows and the other columns of this one are read.
"""

from __future__ import annotations

import logging
import time
from typing import Any, NoReturn

from django.db import DatabaseError
from django.utils.translation import gettext as _

from safepassage.core.errors import UnreadableError

CODE = "stored-unreadable"
ADVICE = "`safepassage gate check` lists every damaged value and says what to do."
_FILE_SIGNS = ("UTF-8", "malformed", "not a database", "disk I/O error", "hmac check failed", "invalid page")
_DAMAGED = "A stored value is damaged."
_REMEMBERED_SECONDS = 900.0
log = logging.getLogger("safepassage.store")
_MET: dict[str, float] = {}


class DamagedValueError(UnreadableError, AttributeError):
    """Something was to be made of a damaged value. As `AttributeError` it says that the value has nothing to ask."""


def note_damage(place: str) -> None:
    """Remembers that a damaged value was met, for the board; the log has it once in a quarter of an hour.

    Args:
        place: App, model and column: "movement.Booking.persons".
    """
    now = time.monotonic()
    if now - _MET.get(place, -_REMEMBERED_SECONDS) >= _REMEMBERED_SECONDS:
        log.warning("A damaged value was met in %s.", place)
    _MET[place] = now


def damage_met() -> list[str]:
    """Columns of which this process met a damaged value in the last quarter of an hour."""
    since = time.monotonic() - _REMEMBERED_SECONDS
    return sorted(place for place, when in _MET.items() if when >= since)


class DamagedList(list[Any]):
    """An empty list in place of a damaged one, where nothing is the safe side."""


class DamagedDict(dict[str, Any]):
    """An empty object in place of a damaged one, where nothing is the safe side."""


class DamagedFlag(int):
    """A no in place of a damaged yes or no."""


class Damaged:
    """A value that can't be read: shown as such, and an error in words as soon as anything is made of it.

    Neither true nor false, equal to nothing, of no length: whoever decides by it stops, and nobody takes it for
    "none". A row that holds one can be loaded, shown, overwritten and deleted.
    """

    __slots__ = ("place",)

    def __init__(self, place: str = "") -> None:
        self.place = place

    def __str__(self) -> str:
        """For people."""
        return _("can't be read")

    def __repr__(self) -> str:
        """Where, and never what."""
        return f"<damaged {self.place}>"

    def refuse(self) -> NoReturn:
        """Says that nothing can be made of it.

        Raises:
            DamagedValueError: always.
        """
        raise DamagedValueError(_DAMAGED, code=CODE, where=self.place, advice=ADVICE)

    def __getattr__(self, name: str) -> NoReturn:
        if name == "resolve_expression":  # what Django asks of a value before it writes it or searches for it
            raise UnreadableError(_DAMAGED, code=CODE, where=self.place, advice=ADVICE)
        self.refuse()

    def __reduce__(self) -> tuple[type[Damaged], tuple[str]]:
        """Copied as it is."""
        return type(self), (self.place,)


def _refusing(self: Damaged, *_told: object) -> NoReturn:
    self.refuse()


_ACTS = (
    "iter len bool contains getitem setitem eq ne lt le gt ge hash call int float index round neg abs "
    "add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod and or bytes"
)
for _act in _ACTS.split():
    setattr(Damaged, f"__{_act}__", _refusing)


def is_damaged(value: object) -> bool:
    """Whether a value stands in place of one that can't be read."""
    return isinstance(value, Damaged | DamagedList | DamagedDict | DamagedFlag)


def is_same(stored: object, fresh: object) -> bool:
    """Whether what is stored is what would be stored now; a damaged value is not."""
    return not is_damaged(stored) and stored == fresh


def store_damage(error: BaseException | None) -> UnreadableError | None:
    """What to say of an error of the database that only a damaged file can raise; None for any other."""
    if not isinstance(error, DatabaseError) or not any(sign in str(error) for sign in _FILE_SIGNS):
        return None
    return UnreadableError(
        "The store's file is damaged: the database can't read all of it.",
        code="store-damaged",
        advice="Save what is left (`safepassage backup make`), then restore the last good backup into a new folder.",
    )


def is_undecodable(error: DatabaseError) -> bool:
    """Whether a text of a row is to blame for what the database says, rather than a lock or a lost connection."""
    return "UTF-8" in str(error)
