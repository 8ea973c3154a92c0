"""Founding an operation, and the teams that can be responsible for people in it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from phonenumbers import SUPPORTED_REGIONS

from safepassage.apps.accounts.models import Operation, Team, time_zones
from safepassage.core.errors import ConflictError, ForbiddenError


@transaction.atomic
def operation_found(
    *,
    code: str,
    name: str,
    controller: str,
    contact: str = "",
    retention_days: int,
    time_zone: str,
    default_region: str,
    began_at: datetime,
) -> Operation:
    """Founds the operation of this store: once.

    Raises:
        ConflictError: if the store already holds one.
        ForbiddenError: a code, time zone or region that later steps could not use; everything wrong is named.
    """
    operation = Operation(
        code=code,
        name=name,
        controller=controller,
        contact=contact,
        retention_days=retention_days,
        time_zone=time_zone,
        default_region=default_region,
        began_at=began_at,
    )
    _check_operation(operation)
    if Operation.objects.exists():
        raise ConflictError("This store already holds an operation.", advice="Use another folder: --home FOLDER.")
    operation.save(force_insert=True)
    return operation


def _check_operation(operation: Operation) -> None:
    wrong: list[str] = []
    try:
        operation.clean_fields()
    except ValidationError as error:
        wrong += [f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()]
    if operation.code != operation.code.lower():
        wrong.append("code: Lower case only.")
    if operation.time_zone not in time_zones():
        wrong.append("time zone: Not a name of the IANA list, e.g. Asia/Kabul.")
    if operation.default_region not in SUPPORTED_REGIONS:
        wrong.append("region: Not a code of ISO 3166-1, e.g. AF.")
    if wrong:
        raise ForbiddenError(
            "The operation can't be founded like this: " + "; ".join(wrong), advice="Correct and try again."
        )


def team_create(*, code: str, name: str, point: str = "") -> Team:
    """Makes a team that can be responsible for people; the same code again changes nothing."""
    team, _ = Team.objects.get_or_create(code=code, defaults={"name": name, "point": point})
    return team
