"""Values that a store keeps as JSON, read back: one that can't be read is said in words, and stops no other.

Stored   how one kind of value is read: alone (an error in words), of many (the unreadable left out), or
         all together, where leaving one out would decide something about people (all named in one error)
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import DatabaseError, models
from django.db.models import QuerySet
from pydantic import TypeAdapter, ValidationError

from safepassage.apps.ledger.columns import BACKUP
from safepassage.apps.ledger.damage import CODE, Damaged, is_damaged, is_undecodable
from safepassage.core.errors import Problem, ProblemsError, UnreadableError

T = TypeVar("T")
_NAMED = 5
log = logging.getLogger("safepassage.store")


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
    blank: object = None
    """What stands where there was something: after an erasure, or behind a merged id."""
    emptied: Callable[[], Iterable[object]] = tuple
    """Gives the keys of rows that are blank and must not be."""

    def __post_init__(self) -> None:
        KNOWN.append(self)

    def validate_python(self, content: object, *, where: str = "") -> T:
        """The value.

        Raises:
            UnreadableError: what is stored is none; nothing of it is repeated.
        """
        try:
            return self.adapter.validate_python(content)
        except (ValidationError, TypeError, AttributeError, KeyError, ProblemsError) as error:
            raise UnreadableError(
                f"A stored {self.what} can't be read.", code=CODE, where=where, advice=self.advice
            ) from error

    def is_fit(self, content: object) -> bool:
        """Whether it can be read, or has no need to be."""
        if is_damaged(content):
            return False
        if self.blank is not None and content == self.blank:
            return True
        try:
            self.validate_python(content)
        except UnreadableError:
            return False
        return True

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


def stored_check(of: Iterable[type[models.Model]] | None = None) -> tuple[Problem, ...]:
    """Every stored value that can't be read, by model, key and column, with what to do. Cost: reads all of them."""
    return tuple(problem for model in (models_kept() if of is None else of) for problem in _damages(model))


def models_kept() -> list[type[models.Model]]:
    """Every model of ours but the record itself, which `checking.record_check` verifies."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("safepassage.apps."))
    return [model for model in ours if model._meta.label != "ledger.EventRecord"]  # noqa: SLF001 - public in Django


def _damages(model: type[models.Model]) -> Iterator[Problem]:
    fields = list(model._meta.concrete_fields)  # noqa: SLF001 - public in Django
    label = model._meta.label  # noqa: SLF001
    kinds = {kind.column: kind for kind in KNOWN if kind.model == label}
    emptied = {column: set(kind.emptied()) for column, kind in kinds.items()}
    for key, values in _rows(model, [field.attname for field in fields]):
        for field, value in zip(fields, values, strict=True):
            kind = kinds.get(field.attname)
            if _is_fit(field, value) and (kind is None or (kind.is_fit(value) and key not in emptied[kind.column])):
                continue
            what = kind.what if kind else "value"
            advice = kind.advice if kind else getattr(field, "mend", BACKUP)
            yield Problem(CODE, f"A stored {what} can't be read.", f"{label} {key}, {field.column}", advice)


def _is_fit(field: models.Field[Any, Any], value: object) -> bool:
    if is_damaged(value):
        return False
    return value is None or not field.choices or value in dict(field.flatchoices)


def _rows(model: type[models.Model], columns: list[str]) -> Iterator[tuple[object, tuple[object, ...]]]:
    """Every row as (key, values); a row of which the database gives nothing has its columns read one by one."""
    rows = QuerySet[Any](model).order_by("pk")
    behind: object = None
    try:
        for key, *values in rows.values_list("pk", *columns).iterator(chunk_size=500):
            yield key, tuple(values)
            behind = key
    except DatabaseError as error:
        if not is_undecodable(error):
            raise
    else:
        return
    rest = rows if behind is None else rows.filter(pk__gt=behind)
    for key in list(rest.values_list("pk", flat=True)):
        yield key, tuple(_value(rows, key, column) for column in columns)


def _value(rows: QuerySet[Any], key: object, column: str) -> object:
    try:
        return rows.filter(pk=key).values_list(column, flat=True).get()
    except DatabaseError as error:
        if not is_undecodable(error):
            raise
        return Damaged(column)
