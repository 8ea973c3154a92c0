"""Acts on accounts and on the operation."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from phonenumbers import SUPPORTED_REGIONS

from safepassage.apps.accounts.models import Account, Operation, Team
from safepassage.apps.accounts.roles import Role
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ledger import EventKind

_NAME = re.compile(r"\w[\w.@+-]{0,59}")
"""A user name stands in the address of its account's page, in events as a derived id, in the access log as it is."""


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
    _check_operation(
        Operation(
            code=code,
            name=name,
            controller=controller,
            contact=contact,
            retention_days=retention_days,
            time_zone=time_zone,
            default_region=default_region,
            began_at=began_at,
        )
    )
    if Operation.objects.exists():
        raise ConflictError("This store already holds an operation.", advice="Use another folder: --home FOLDER.")
    return Operation.objects.create(
        code=code,
        name=name,
        controller=controller,
        contact=contact,
        retention_days=retention_days,
        time_zone=time_zone,
        default_region=default_region,
        began_at=began_at,
    )


def _check_operation(operation: Operation) -> None:
    wrong: list[str] = []
    try:
        operation.clean_fields()
    except ValidationError as error:
        wrong += [f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()]
    if operation.code != operation.code.lower():
        wrong.append("code: Lower case only.")
    if operation.time_zone not in available_timezones():
        wrong.append("time zone: Not a name of the IANA list, e.g. Asia/Kabul.")
    if operation.default_region not in SUPPORTED_REGIONS:
        wrong.append("region: Not a code of ISO 3166-1, e.g. AF.")
    if wrong:
        raise ForbiddenError(
            "The operation can't be founded like this: " + "; ".join(wrong), advice="Correct and try again."
        )


@transaction.atomic
def account_create(
    *, username: str, password: str | None, roles: frozenset[Role], by: str = "", now: datetime | None = None
) -> Account:
    """Makes an account with a duty name, in the name of `by`, or of itself where nobody was there before.

    Raises:
        ForbiddenError: the name would not stand in an address, or is longer than a duty name.
        ConflictError: if the name is taken.
    """
    if not _NAME.fullmatch(username):
        raise ForbiddenError(
            "That can't be a user name.", advice="Letters, figures, dot, dash and underscore, 60 at most: desk-2."
        )
    if Account.objects.filter(username=username).exists():
        raise ConflictError("That user name is taken.", advice="Choose another, e.g. with the desk's number.")
    account = Account.objects.create_account(username, password, roles)
    _account_event(account, "created", by=by or username, now=now, roles=roles)
    return account


def _account_event(
    account: Account, act: str, *, by: str, now: datetime | None, roles: frozenset[Role] | None = None
) -> None:
    """Writes what was done to an account into the ledger, with both accounts as derived ids."""
    body: dict[str, object] = {"subject": account.username, "act": act}
    if roles is not None:
        body["roles"] = tuple(sorted(role.value for role in roles))
    event_append(kind=EventKind.ACCOUNT_CHANGED, body=body, account=by or account.username, now=now)


@transaction.atomic
def account_password_set(*, account: Account, password: str, by: str, now: datetime | None = None) -> Account:
    """Gives an account a new password; whoever was signed in with the old one is signed out.

    Raises:
        ForbiddenError: it is too short, too common, or like the user name.
    """
    password_check(username=account.username, password=password)
    account.set_password(password)
    account.save(update_fields=["password"])
    _account_event(account, "password-set", by=by, now=now)
    return account


@transaction.atomic
def account_roles_set(
    *, account: Account, roles: frozenset[Role], by: str = "", now: datetime | None = None
) -> Account:
    """Replaces the roles of an account.

    Raises:
        ForbiddenError: nobody would be an administrator any more.
    """
    if Role.ADMINISTRATOR not in roles:
        _keep_an_administrator(account)
    account.role_codes = sorted(roles)
    account.save(update_fields=["role_codes"])
    _account_event(account, "roles-set", by=by, now=now, roles=roles)
    return account


def team_create(*, code: str, name: str, point: str = "") -> Team:
    """Makes a team that can be responsible for people; the same code again changes nothing."""
    team, _ = Team.objects.get_or_create(code=code, defaults={"name": name, "point": point})
    return team


def password_check(*, username: str, password: str) -> None:
    """Refuses a weak password before anything is made.

    Raises:
        ForbiddenError: it is too short, too common, or like the user name.
    """
    try:
        validate_password(password, Account(username=username))
    except ValidationError as error:
        raise ForbiddenError(
            " ".join(error.messages), code="weak-password", advice="Take four random words."
        ) from error


@transaction.atomic
def account_active_set(*, account: Account, is_active: bool, by: str, now: datetime | None = None) -> Account:
    """Closes an account, or opens it again; a closed one is signed out at its next click and keeps its traces.

    Raises:
        ForbiddenError: your own, or the last administrator's.
    """
    if not is_active:
        if account.username == by:
            raise ForbiddenError("Nobody closes their own account.", advice="Another administrator has to do it.")
        _keep_an_administrator(account)
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    _account_event(account, "opened" if is_active else "closed", by=by, now=now)
    return account


def _keep_an_administrator(account: Account) -> None:
    acts_in_turn()  # two who take each other's role at once would leave nobody
    others = Account.objects.filter(is_active=True).exclude(pk=account.pk)
    if Role.ADMINISTRATOR in account.roles and not any(Role.ADMINISTRATOR in one.roles for one in others):
        raise ForbiddenError(
            "This is the last administrator.", advice="Give another account the role of an administrator first."
        )
