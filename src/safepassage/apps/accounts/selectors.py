"""Reads of accounts and of the operation."""

from __future__ import annotations

from django.db.models import QuerySet

from safepassage.apps.accounts.models import Account, Operation, Team
from safepassage.core.errors import NotFoundError


def operation_now() -> Operation:
    """The operation of this store.

    Raises:
        NotFoundError: before `safepassage init`.
    """
    operation = Operation.objects.order_by("pk").first()
    if operation is None:
        raise NotFoundError("This store holds no operation yet.", advice="Run `safepassage init` first.")
    return operation


def account_named(username: str) -> Account:
    """The account with this user name.

    Raises:
        NotFoundError: if there is none.
    """
    try:
        return Account.objects.get(username=username)
    except Account.DoesNotExist as error:
        raise NotFoundError(
            "There is no account with that name.", advice="`safepassage accounts list` names them."
        ) from error


def account_may(username: str, permission: str) -> bool:
    """Whether an account has a permission; a name that is no account acts at the command line, which trusts it."""
    found = Account.objects.filter(username=username).first()
    return found is None or found.may(permission)


def accounts_all() -> QuerySet[Account]:
    """All accounts by user name, closed ones last."""
    return Account.objects.select_related("team").order_by("-is_active", "username")


def team_codes() -> list[str]:
    """The codes of all teams."""
    return list(Team.objects.order_by("code").values_list("code", flat=True))
