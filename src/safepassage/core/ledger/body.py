"""The validator of event bodies: refuses whatever looks like free text, and lists everything that is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from safepassage.core.errors import Problems
from safepassage.core.ledger.codes import CLOSED_CODES
from safepassage.core.ledger.kinds import BODIES, EventKind, FieldKind

Scalar = str | int | tuple[str, ...]
Row = tuple[str | int, ...]
Value = Scalar | tuple[Row, ...]
Body = Mapping[str, Value]

_INT_LIMIT = 2**53
_PATTERNS = {
    FieldKind.ID: re.compile(r"[A-Z]{1,2}-[0-9A-HJKMNP-TV-Z]{8,26}"),
    FieldKind.REF: re.compile(
        r"(?=.{1,48}\Z)(?:[a-z0-9]+(?:[-._:][a-z0-9]+)*|(?=[^0-9]*[0-9])[A-Z0-9]+(?:[-._:][A-Z0-9]+)*)"
        r"|[A-Z]{1,2}-[0-9A-HJKMNP-TV-Z]{8,26}"
    ),
    FieldKind.CODE: re.compile(r"(?=.{1,40}\Z)[a-z0-9]+(?:-[a-z0-9]+)*"),
    FieldKind.DIGEST: re.compile(r"[0-9a-f]{64}"),
}


def _fits(kind: FieldKind, value: object) -> bool:
    if kind in _PATTERNS:
        return isinstance(value, str) and _PATTERNS[kind].fullmatch(value) is not None
    if kind is FieldKind.CODES:
        return isinstance(value, tuple) and all(_fits(FieldKind.CODE, item) for item in value)
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    if kind is FieldKind.FLAG:
        return value in {0, 1}
    return -_INT_LIMIT < value < _INT_LIMIT and (kind is FieldKind.INT or value >= 0)


def _freeze(value: object) -> object:
    """Lists (as JSON or a caller gives them) to tuples, truth values to 0 and 1, enums to their text."""
    kind = type(value)
    if kind is str or kind is int:
        return value
    if kind is list or kind is tuple:
        return tuple([_freeze(item) for item in value])  # type: ignore[attr-defined]  # a list or a tuple
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return tuple(_freeze(item) for item in value)
    return value


def is_reference(value: str) -> bool:
    """Whether `value` may stand where a configured id or slug is asked for."""
    return _fits(FieldKind.REF, value)


def freeze_body(body: Mapping[str, object]) -> Body:
    """A body of our own record, which was checked on its way in, with its lists made tuples."""
    frozen: dict[str, Any] = {name: tuple(value) if type(value) is list else value for name, value in body.items()}
    if "rows" in frozen:
        frozen["rows"] = tuple(map(tuple, frozen["rows"]))
    return frozen


def read_body(kind: EventKind, body: Mapping[str, object]) -> Body:
    """The body of an event, checked against `BODIES` and frozen; truth values become 0 and 1.

    A value that is refused is never repeated in the error: it may be a name.

    Raises:
        ProblemsError: every field that is missing, unknown, or is not what its place takes.
    """
    spec = BODIES[kind]
    problems = Problems()
    frozen: dict[str, Value] = {}
    for name in spec.required:
        if name not in body:
            problems.add("missing-field", f"`{name}` is missing", where=kind)
    for name, given in body.items():
        value = _freeze(given)
        if name == "rows" and spec.columns:
            frozen["rows"] = _read_rows(kind, value, problems)
            continue
        field = spec.required.get(name) or spec.optional.get(name)
        if field is None:
            problems.add("unknown-field", "there is a field that this kind does not have", where=kind)
        elif not _fits(field, value) or value not in CLOSED_CODES.get((kind, name), (value,)):
            problems.add("not-allowed", f"`{name}` takes {_told(kind, name, field)}, and not this", where=kind)
        else:
            frozen[name] = value  # type: ignore[assignment]  # _fits has narrowed it
    if spec.columns and "rows" not in body:
        problems.add("missing-field", "`rows` is missing", where=kind)
    problems.raise_if_any(f"the body of {kind}")
    return frozen


def _told(kind: EventKind, name: str, field: FieldKind) -> str:
    closed = CLOSED_CODES.get((kind, name))
    return f"one of {', '.join(closed)}" if closed else f"a {field}"


def _read_rows(kind: EventKind, rows: object, problems: Problems) -> tuple[Row, ...]:
    columns = tuple(BODIES[kind].columns.items())
    if not isinstance(rows, tuple):
        problems.add("not-allowed", "`rows` takes a list of rows", where=kind)
        return ()
    for number, row in enumerate(rows, 1):
        where = f"{kind}, row {number}"
        if not isinstance(row, tuple) or len(row) != len(columns):
            problems.add("not-allowed", f"a row has {', '.join(name for name, _ in columns)}", where=where)
            continue
        for (name, field), value in zip(columns, row, strict=True):
            if not _fits(field, value) or value not in CLOSED_CODES.get((kind, name), (value,)):
                problems.add("not-allowed", f"`{name}` takes {_told(kind, name, field)}, and not this", where=where)
    return rows
