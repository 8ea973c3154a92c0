"""Columns that declare what they hold, so that what they do not hold is found where it is read.

StoredJSON   JSON of a declared shape
StoredCode   a text that is one of a closed list
StoredFlag   a yes or no that is no where it is neither

A contract test holds that no model keeps JSON, or one of its `choices`, in another column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Annotated, Any, Literal

from django.db import models
from django.db.models.fields.json import KeyTransform
from pydantic import AfterValidator, TypeAdapter, ValidationError

from safepassage.apps.ledger.damage import Damaged, DamagedDict, DamagedFlag, DamagedList, is_damaged, note_damage


def _with_code(value: dict[str, Any]) -> dict[str, Any]:
    if not all(isinstance(value.get(name), str) for name in ("code", "message")):
        raise ValueError
    return value


Coded = Annotated[dict[str, Any], AfterValidator(_with_code)]
"""An object with a code and a message, as alarms and warnings are kept."""
BACKUP = "Restore the last good backup into a new folder (`safepassage backup restore`)."
"""What to do where the program can't work it out anew."""
Reading = Literal["stops", "nothing"]
Deconstructed = tuple[str, str, Any, Any]


def _refuse_damaged(value: object) -> None:
    if isinstance(value, Damaged):
        value.refuse()


class StoredJSON(models.JSONField):
    """JSON of a declared shape. What is of another shape, or no JSON, is read as damaged; no other row suffers.

    Args:
        shape: What it holds, as a type: `list[str]`, `dict[str, int]`; dearer ones of a whole value of core are
            read by `Stored`.
        mend: What to do about a damaged one, for people.
        damaged: "stops": a `Damaged`, which stops whoever decides by it; "nothing": an empty list or object, marked,
            where having none of it gives nobody anything (no role, no purpose).
    """

    def __init__(
        self,
        *told: Any,  # noqa: ANN401
        shape: Any = dict,  # noqa: ANN401
        damaged: Reading = "stops",
        mend: str = BACKUP,
        **options: Any,  # noqa: ANN401
    ) -> None:
        self.shape, self.damaged, self.mend = shape, damaged, mend
        self._adapter = TypeAdapter[Any](shape)
        super().__init__(*told, **options)

    def deconstruct(self) -> Deconstructed:
        """As Django's own field: the table is the same."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.JSONField", args, options

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ANN401 - as Django's
        """The value, or what stands for a damaged one."""
        if isinstance(expression, KeyTransform):
            return super().from_db_value(value, expression, connection)
        if value is None and self.null:
            return None
        try:
            found = json.loads(value, cls=self.decoder)
            self._adapter.validate_python(found, strict=True)
        except (ValidationError, ValueError, TypeError, RecursionError):
            return self._stand_in()
        return found

    def _stand_in(self) -> object:
        note_damage(str(self))
        if self.damaged == "stops":
            return Damaged(str(self))
        return DamagedList() if getattr(self.shape, "__origin__", self.shape) is list else DamagedDict()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002
        """As Django's; a damaged value is written by nobody, marked ones neither: the row keeps what it has."""
        _refuse_damaged(value)
        if is_damaged(value):
            Damaged(str(self)).refuse()
        return super().get_db_prep_value(value, connection, prepared)


class StoredFlag(models.BooleanField):  # type: ignore[type-arg]
    """A yes or no that opens a door: what is neither is read as no."""

    def deconstruct(self) -> Deconstructed:
        """As Django's own field: the table is the same."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.BooleanField", args, options

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ANN401, ARG002 - as Django's
        """Whether it is a yes."""
        return DamagedFlag() if isinstance(value, Damaged) else value


class StoredCode(models.CharField):  # type: ignore[type-arg]
    """A text of a closed list: its `choices`, or `codes`. Another is read as damaged.

    Args:
        codes: The list, or what gives it when it is first asked for; blank is allowed where the column is `blank`.
        mend: What to do about a damaged one, for people.
    """

    def __init__(
        self,
        *told: Any,  # noqa: ANN401
        codes: Collection[str] | Callable[[], Collection[str]] = (),
        mend: str = BACKUP,
        **options: Any,  # noqa: ANN401
    ) -> None:
        self._codes, self.mend = codes, mend
        self._known: frozenset[str] | None = None
        super().__init__(*told, **options)

    def deconstruct(self) -> Deconstructed:
        """As Django's own field: the table is the same."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    @property
    def known(self) -> frozenset[str]:
        """Every code that it may hold."""
        if self._known is None:
            given = self._codes() if callable(self._codes) else self._codes
            blank = [""] if self.blank else []
            self._known = frozenset(map(str, [*given, *(code for code, _ in self.choices or ()), *blank]))
        return self._known

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ANN401, ARG002 - as Django's
        """The code, or what stands for a damaged one."""
        if value is None or value in self.known:
            return value
        note_damage(str(self))
        return Damaged(str(self))

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django's
        """As Django's; a damaged value is written by nobody."""
        _refuse_damaged(value)
        return super().get_prep_value(value)
