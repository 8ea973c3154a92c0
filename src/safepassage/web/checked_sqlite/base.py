"""SQLite takes anything into any column: what is no date, number or yes or no is read as `Damaged`, never as none.

Django's own backend gives a date that is none as "no date" (a device revoked at no time), a yes or no that is none as
"no", and a text where a number is due. PostgreSQL takes none of them in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations
from django.utils.dateparse import parse_date, parse_datetime, parse_time

from safepassage.apps.ledger.damage import Damaged, note_damage

_NUMBERS: dict[str, tuple[type, ...]] = {"FloatField": (float, int)} | {
    f"{size}{kind}Field": (int,) for size in ("", "Small", "Big") for kind in ("Integer", "Auto")
}
_NUMBERS |= {f"Positive{size}IntegerField": (int,) for size in ("", "Small", "Big")}
_TYPED = {"DateTimeField", "DateField", "TimeField", "BooleanField", *_NUMBERS}


def _reader(parse: Callable[[str], object]) -> Callable[[bytes], object]:
    def read(stored: bytes) -> object:
        try:
            found = parse(stored.decode())
        except (ValueError, OverflowError):
            found = None
        return Damaged() if found is None else found

    return read


_YES_OR_NO = {b"0": False, b"1": True}


def register_readers(database: Any) -> None:  # noqa: ANN401 - the module of SQLite, or of SQLCipher
    """Tells the database module how the columns of each declared type are read."""
    database.register_converter("bool", lambda stored: _YES_OR_NO.get(stored, Damaged()))
    database.register_converter("date", _reader(parse_date))
    database.register_converter("time", _reader(parse_time))
    database.register_converter("datetime", _reader(parse_datetime))
    database.register_converter("timestamp", _reader(parse_datetime))


register_readers(sqlite3)


class CheckedOperations(DatabaseOperations):
    """How values of the database become Python's."""

    def get_db_converters(self, expression: Any) -> list[Any]:  # noqa: ANN401 - as Django's
        """Django's, each of which now lets a damaged value be one."""
        kind = expression.output_field.get_internal_type()
        if kind not in _TYPED:
            return list(super().get_db_converters(expression))
        inner = super().get_db_converters(expression)
        place = str(getattr(expression, "target", ""))
        numbers = _NUMBERS.get(kind)

        def damaged() -> Damaged:
            note_damage(place)
            return Damaged(place)

        def convert(value: Any, expression: Any, connection: Any) -> Any:  # noqa: ANN401
            if value is None:
                return None
            if isinstance(value, Damaged) or (numbers and not isinstance(value, numbers)):
                return damaged()
            try:
                for one in inner:
                    value = one(value, expression, connection)
            except (ValueError, TypeError, OverflowError):
                return damaged()
            return damaged() if value is None or (kind == "BooleanField" and not isinstance(value, bool)) else value

        return [convert]

    def adapt_datetimefield_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django's
        """As Django's; a damaged value is written by nobody."""
        if isinstance(value, Damaged):
            value.refuse()
        return super().adapt_datetimefield_value(value)


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend of a plain store; that of an encrypted one inherits from it."""

    ops_class = CheckedOperations
