"""Acts on accounts."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from safepassage.apps.accounts.hands import MACHINE, VOUCHING, Act, traces_now
from safepassage.apps.accounts.models import Account
from safepassage.apps.accounts.names import username_new
from safepassage.apps.accounts.roles import SEEING, Role, permissions_of
from safepassage.apps.accounts.two_people import Proven, needs_vouching, second_check, sight_check
from safepassage.apps.ledger.services import access_note, account_ref, acts_in_turn, event_append
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ledger import EventKind

MANAGING = "account.manage"


@transaction.atomic
def account_found(
    *, username: str, password: str, roles: frozenset[Role], place: str = "", now: datetime | None = None
) -> Account:
    """Makes the first account of a store, by its own holder: nobody was there who could.

    Every later one is made by somebody (`account_create`), who has a hand in it.

    Raises:
        ConflictError: somebody is there already.
        ForbiddenError: that can't be a user name (`accounts.names`).
    """
    acts_in_turn()
    if Account.objects.exists():
        raise ConflictError(
            "This operation has accounts already, and nobody makes their own.",
            advice="An administrator makes it: `safepassage accounts add`.",
        )
    return _made(username, password, roles, by=username, place=place, now=now)


@transaction.atomic
def account_create(
    *,
    username: str,
    password: str | None,
    roles: frozenset[Role],
    by: str = "",
    second: Proven | None = None,
    place: str = "",
    now: datetime | None = None,
) -> Account:
    """Makes an account with a duty name in the name of `by`, who has a hand in it until somebody vouches.

    Without `by`, as only a program does that holds the machine, it was made by nobody known (`hands.MACHINE`): two
    such accounts are not two people, and each waits for somebody to vouch.

    A role that sees the protected is given by whoever has it, or beside `second` who has (`two_people.sight_check`).

    Raises:
        ForbiddenError: that can't be a user name (`accounts.names`); `by` may not, or not alone.
        ConflictError: the name is taken, or looks like another's.
    """
    if by:
        manager_check(by)
        if SEEING in permissions_of(roles):
            sight_check(subject=username, by=by, second=second)
    acts_in_turn()
    return _made(username, password, roles, by=by or MACHINE, second=second, place=place, now=now)


def _made(
    username: str,
    password: str | None,
    roles: frozenset[Role],
    *,
    by: str,
    second: Proven | None = None,
    place: str = "",
    now: datetime | None,
) -> Account:
    username = username_new(username, given=Account.objects.values_list("username", flat=True))
    account = Account.objects.create_account(username, password, roles)
    account_keep(account, Act.CREATED, by=by, second=second, place=place, now=now)
    return account


def manager_check(by: str) -> None:
    """Refuses whoever acts on accounts without an open account that may.

    Raises:
        ForbiddenError: nobody has that name, the account is closed, or may not.
    """
    acts_in_turn()  # two who act on each other at once: the second finds what the first did
    actor = Account.objects.filter(username=by, is_active=True).first()
    if actor is None or not actor.may(MANAGING):
        raise ForbiddenError(
            "Whoever acts on accounts needs an open account that may do so.",
            code="no-manager",
            where=by,
            advice="An administrator does it, each under their own name: `safepassage accounts list` has the names.",
        )


def account_keep(
    account: Account,
    act: Act,
    *fields: str,
    by: str,
    second: Proven | None = None,
    place: str = "",
    now: datetime | None,
) -> None:
    """Saves what was done to an account; writes it into the ledger, as derived ids, and the access log, by name.

    `place`: where it was done (`accounts.places`); empty where only a program knows.
    """
    account.save(update_fields=fields)
    body: dict[str, object] = {"subject": account.username, "act": act.value}
    if act is Act.CREATED or "role_codes" in fields:
        body["roles"] = tuple(account.role_codes)
    if second:
        body["second"] = second.username
    if place:
        body["place"] = place
    event_append(kind=EventKind.ACCOUNT_CHANGED, body=body, account=by, now=now)
    is_together = act is Act.PASSWORD_OWN and traces_now().of(account.username).one_place
    said = "account taken-up-at-one-place" if is_together else f"account {act}"
    access_note(account=by, subjects=[account_ref(account.username)], act=said, purpose="account", now=now)


@transaction.atomic
def account_claim_note(*, account: str, now: datetime | None = None) -> None:
    """Notes in the access log that this account's name was used at the open store, and not proven."""
    access_note(
        account=MACHINE, subjects=[account_ref(account)], act="use a name unproven", purpose="command", now=now
    )


@transaction.atomic
def account_password_set(
    *,
    account: Account,
    password: str,
    by: str,
    is_vouching: bool = False,
    second: Proven | None = None,
    place: str = "",
    now: datetime | None = None,
) -> Account:
    """Gives an account a new password; whoever was signed in with the old one is signed out.

    By its holder it is their own. By another it is one more hand in the account: until somebody vouches for its
    holder, and the holder has typed a password of their own. `is_vouching` says just that: `by` knows who holds the
    account, who types beside them; all earlier hands are gone. Who sets the password of an account that sees the
    protected could sign in as it: the same holds (`two_people.sight_check`).

    Raises:
        ForbiddenError: `by` may not, or not alone, or had a hand in an account that they vouch for; a weak password,
            or the one that it had.
        ConflictError: there is nothing to vouch for.
    """
    acts_in_turn()
    if is_vouching:
        _may_vouch(account, by)
    elif account.username != by:
        manager_check(by)
        if account.may(SEEING):
            sight_check(subject=account.username, by=by, second=second)
    password_check(username=account.username, password=password)
    if account.check_password(password):
        raise ForbiddenError(
            "This is the password that the account has, and others may know it.",
            advice="Let its holder type another one, of their own.",
        )
    act = Act.VOUCHED if is_vouching else Act.PASSWORD_OWN if account.username == by else Act.PASSWORD_SET
    account.set_password(password)
    account_keep(account, act, "password", by=by, second=second, place=place, now=now)
    return account


def _may_vouch(account: Account, by: str) -> None:
    if not needs_vouching(traces_now().of(account.username)):
        raise ConflictError("There is nothing to vouch for in this account.", advice="Load the page again.")
    second_check(first=account.username, second=by, permission=VOUCHING)


@transaction.atomic
def account_roles_set(
    *, account: Account, roles: frozenset[Role], by: str, second: Proven | None = None, now: datetime | None = None
) -> Account:
    """Replaces the roles of an account; an officer who loses by it stands on the page *Vouching* for another to see.

    A role that lets it see the protected is given by whoever has it, or beside `second`, who has
    (`two_people.sight_check`).

    Raises:
        ForbiddenError: nobody would be an administrator any more; or `by` may not, or not alone.
    """
    manager_check(by)
    if SEEING in permissions_of(roles) and not account.may(SEEING):
        sight_check(subject=account.username, by=by, second=second)
    if Role.ADMINISTRATOR not in roles:
        _keep_an_administrator(account)
    account.role_codes = sorted(roles)
    account_keep(account, Act.ROLES_SET, "role_codes", by=by, second=second, now=now)
    return account


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

    That an officer's account was closed stands on the page *Vouching*, until another agrees or opens it again.

    Raises:
        ForbiddenError: your own, or the last administrator's; or `by` may not.
    """
    manager_check(by)
    if not is_active:
        if account.username == by:
            raise ForbiddenError("Nobody closes their own account.", advice="Another administrator has to do it.")
        _keep_an_administrator(account)
    account.is_active = is_active
    account_keep(account, Act.OPENED if is_active else Act.CLOSED, "is_active", by=by, now=now)
    return account


def _keep_an_administrator(account: Account) -> None:
    others = Account.objects.filter(is_active=True).exclude(pk=account.pk)
    if Role.ADMINISTRATOR in account.roles and not any(Role.ADMINISTRATOR in one.roles for one in others):
        raise ForbiddenError(
            "This is the last administrator.", advice="Give another account the role of an administrator first."
        )
