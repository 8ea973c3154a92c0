"""Django's SQLite backend with SQLCipher in place of SQLite; all else is Django's own.

The key is the store key that this process holds (`safepassage.vault`): 32 raw bytes, so that no passphrase is
stretched at each connection. It stands in no setting. SQLCipher encrypts each page (AES-256-CBC) and authenticates
it (HMAC-SHA-512), in the store and in its write-ahead log; temporary tables are kept in memory.
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Iterable, Mapping
from itertools import tee
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]
from django.utils.asyncio import async_unsafe
from sqlcipher3 import dbapi2

from safepassage.core.errors import ForbiddenError
from safepassage.vault import held
from safepassage.web import checked_sqlite
from safepassage.web.checked_sqlite.base import register_readers

register_readers(dbapi2)
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(dt.date, base.adapt_date)
dbapi2.register_adapter(dt.datetime, base.adapt_datetime)


class EncryptedCursor(dbapi2.Cursor):  # type: ignore[misc]
    """A cursor of SQLCipher that speaks Django's parameter style."""

    def execute(self, query: str, params: Any = None) -> Any:  # noqa: ANN401
        """As Django's cursor: `%s` and `%(name)s` become SQLite's marks where there are parameters."""
        if params is None:
            return super().execute(query)
        return super().execute(self._converted(query, params), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:  # noqa: ANN401
        """As Django's cursor; the style of the first parameters is that of all."""
        first, every = tee(iter(param_list))
        return super().executemany(self._converted(query, next(first, None)), every)

    def _converted(self, query: str, params: Any) -> str:  # noqa: ANN401
        names = list(params) if params and isinstance(params, Mapping) else None
        return str(base.SQLiteCursorWrapper.convert_query(self, query, param_names=names))


def connect(*, key: bytes, **parameters: Any) -> Any:  # noqa: ANN401 - SQLCipher's connection has no types
    """A connection of SQLCipher under a raw key."""
    made = dbapi2.connect(**parameters)
    made.execute("PRAGMA cipher_log_level = NONE")
    made.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    made.execute("PRAGMA temp_store = MEMORY")
    return made


class DatabaseWrapper(checked_sqlite.base.DatabaseWrapper):
    """The backend; named by `safepassage.web.settings` where the operation's folder has a store key."""

    display_name = "SQLite, encrypted (SQLCipher)"
    Database = dbapi2

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401
        """As Django's, with the key first.

        Raises:
            ForbiddenError: the store is locked.
        """
        key = held()
        if key is None:
            raise ForbiddenError("The store is locked.", code="locked", advice="Run `safepassage unlock`.")
        made = connect(key=key, **conn_params)
        register_functions(made)
        made.execute("PRAGMA foreign_keys = ON")
        made.execute("PRAGMA legacy_alter_table = OFF")
        for command in filter(None, map(str.strip, self.init_commands)):  # type: ignore[attr-defined]
            made.execute(command)
        return made

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ANN401, ARG002 - Django's signature
        """A cursor with Django's parameter style."""
        return self.connection.cursor(factory=EncryptedCursor)
