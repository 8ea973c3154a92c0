"""Values that a store keeps as JSON, read back: one that can't be read is said in words, and stops no other.

StoredJSON   a column that gives `NOT_JSON` for text that is no JSON, so that the other rows are read
Stored       how one kind of value is read: alone (an error in words), of many (the unreadable left out), or
             all together, where leaving one out would decide something about people (all named in one error)
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from pydantic import TypeAdapter, ValidationError

from safepassage.core.errors import Problem, UnreadableError

T = TypeVar("T")
CODE = "stored-unreadable"
_NAMED = 5
log = logging.getLogger("safepassage.store")


class StoredObject(models.JSONField):
    """A JSON column of objects: text in it that is none gives an empty one, so that no other row suffers.

    Django gives such text as it is; whoever asks it for a field then fails, and with it the page of all rows.
    """

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """As Django's own field: the table is the same."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.JSONField", args, options

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ANN401 - as Django's
        """The object, or an empty one."""
        found = super().from_db_value(value, expression, connection)
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Stored(Generic[T]):
    """How the values of one column are read and written."""

    adapter: TypeAdapter[T]
    what: str
    """For people: "person"."""
    advice: str
    model: str
    """The model that keeps it, e.g. "registry.PersonRecord"."""
    column: str = "content"

    def __post_init__(self) -> None:
        KNOWN.append(self)

    def validate_python(self, content: object, *, where: str = "") -> T:
        """The value.

        Raises:
            UnreadableError: what is stored is none; nothing of it is repeated.
        """
        try:
            return self.adapter.validate_python(content)
        except (ValidationError, TypeError, AttributeError, KeyError) as error:
            raise UnreadableError(
                f"A stored {self.what} can't be read.", code=CODE, where=where, advice=self.advice
            ) from error

    def dump_python(self, value: T, *, mode: str = "json") -> Any:  # noqa: ANN401 - as pydantic's
        """The value as JSON holds it."""
        return self.adapter.dump_python(value, mode=mode)  # type: ignore[arg-type]

    def each(self, contents: Iterable[object]) -> Iterator[T]:
        """Those that can be read; how many can't is in the log, which ones `gate check` lists."""
        for content in contents:
            try:
                yield self.validate_python(content)
            except UnreadableError:
                log.warning("A stored %s can't be read and is left out.", self.what)

    def every(self, rows: Iterable[tuple[object, object]]) -> list[T]:
        """All of them, of (key, content).

        Raises:
            UnreadableError: names those that can't be read: without them something would be decided wrongly.
        """
        found: list[T] = []
        bad: list[str] = []
        for key, content in rows:
            try:
                found.append(self.validate_python(content))
            except UnreadableError:
                bad.append(str(key))
        if bad:
            more = f" and {len(bad) - _NAMED} more" if len(bad) > _NAMED else ""
            raise UnreadableError(
                f"{len(bad)} stored values ({self.what}) can't be read.",
                code=CODE,
                where=", ".join(bad[:_NAMED]) + more,
                advice=self.advice,
            )
        return found


KNOWN: list[Stored[Any]] = []
"""Every kind of value that is kept, in the order of the program's parts."""


def stored_check() -> tuple[Problem, ...]:
    """Every stored value that can't be read, with its key and what to do. Cost: reads all of them."""
    problems: list[Problem] = []
    for kind in KNOWN:
        for key, content in _rows(kind):
            if content in ({}, [], None):
                continue  # erased, or never there
            try:
                kind.validate_python(content)
            except UnreadableError as error:
                problems.append(Problem(CODE, error.problem.message, str(key), kind.advice))
    return tuple(problems)


def _rows(kind: Stored[Any]) -> Iterator[tuple[object, object]]:
    rows = QuerySet[Any](apps.get_model(kind.model)).order_by("pk").values_list("pk", kind.column)
    return rows.iterator(chunk_size=500)
