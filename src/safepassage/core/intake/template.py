"""Reads a column map that was saved as JSON: the one place of intake where a map comes in from outside."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from safepassage.core.dates import Calendar, DayOrder
from safepassage.core.errors import Problem, ProblemsError
from safepassage.core.intake import column_map as maps
from safepassage.core.people import DocumentKind, Relation


class _Column(BaseModel):
    model_config = ConfigDict(extra="forbid")

    index: int = Field(ge=0)
    header: str
    field: maps.Field
    member: int = Field(default=0, ge=0, le=99)
    relation: Relation = Relation.UNKNOWN
    document: DocumentKind | None = None
    code: str = ""
    confidence: float = Field(default=1.0, ge=0, le=1)
    reason: str = ""
    values: tuple[tuple[str, str], ...] = ()


class _Template(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=maps.TEMPLATE_VERSION)
    name: str = ""
    sheet: str = ""
    signature: str
    header_row: int = Field(ge=0)
    day_order: DayOrder | None = None
    calendar: Calendar | None = None
    columns: list[_Column]
    everyone: tuple[tuple[maps.Field, str], ...] = ()


def read_template(content: object) -> maps.ColumnMap:
    """The column map of a saved template.

    Raises:
        ProblemsError: with one problem for each fault, where it stands.
    """
    try:
        read = _Template.model_validate(content)
    except ValidationError as error:
        raise ProblemsError(
            (
                Problem(
                    "bad-template",
                    f"{fault['msg']}.",
                    ".".join(str(part) for part in fault["loc"]),
                    "Save the column map anew from the list.",
                )
                for fault in error.errors(include_input=False, include_url=False)
            ),
            what="the column map",
        ) from None
    return maps.ColumnMap(
        sheet=read.sheet,
        header_row=read.header_row,
        columns=tuple(maps.ColumnChoice(**column.model_dump()) for column in read.columns),
        signature=read.signature,
        day_order=read.day_order,
        calendar=read.calendar,
        name=read.name,
        everyone=read.everyone,
    )
