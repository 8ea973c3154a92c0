"""When officers come and go: a second look at what was taken from one, and the ways on where nobody is left to vouch.

Founding anew and recovering are for whoever holds the machine: only the command line has them, each is an event,
stands in the access log, and is shown under *Vouching* until somebody else who signs vouches for the account.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.hands import MACHINE, VOUCHING, Act, traces_now
from safepassage.apps.accounts.models import Account
from safepassage.apps.accounts.roles import permissions_of
from safepassage.apps.accounts.services import MANAGING, account_keep, manager_check, password_check
from safepassage.apps.accounts.two_people import accounts_withdrawn, second_check, vouchers_for
from safepassage.apps.ledger.services import acts_in_turn
from safepassage.core.errors import ConflictError, ForbiddenError


@transaction.atomic
def account_withdrawal_answer(*, account: Account, is_agreed: bool, by: str, now: datetime | None = None) -> None:
    """Another officer agrees that one was closed or lost roles; or objects: it is open again and has its roles.

    Raises:
        ConflictError: nobody has to look at this account.
        ForbiddenError: `by` can't be the second person (`accounts.two_people`) of whoever did it.
    """
    acts_in_turn()
    found = next((one for one in accounts_withdrawn() if one.account.pk == account.pk), None)
    if found is None:
        raise ConflictError(
            "Nothing was taken from this account that waits for another.", advice="Load the page again."
        )
    second_check(first=found.by, second=by, permission=VOUCHING)
    if is_agreed:
        account_keep(account, Act.WITHDRAWAL_AGREED, by=by, now=now)
        return
    if found.withdrawal.is_closed:
        account.is_active = True
        account_keep(account, Act.OPENED, "is_active", by=by, now=now)
    if found.withdrawal.roles - account.roles:
        account.role_codes = sorted(found.withdrawal.roles | account.roles)
        account_keep(account, Act.ROLES_SET, "role_codes", by=by, now=now)


@transaction.atomic
def account_found_anew(*, account: Account, by: str, now: datetime | None = None) -> None:
    """Takes an officer's account for a person of its own where nobody is left who could vouch: as at the founding.

    For whoever holds the machine. Two people are two again once its holder has typed a password of their own.

    Raises:
        ForbiddenError: `by` may not, it is their own account, one that is closed or does not vouch; or somebody
            is there who could vouch for it.
        ConflictError: it is a person of its own already.
    """
    manager_check(by)
    acts_in_turn()
    if account.username == by or not account.may(VOUCHING):
        raise ForbiddenError(
            "Founded anew is another open account that may vouch.",
            where=VOUCHING,
            advice="Make one for the second person: `safepassage accounts add NAME --role supervisor`.",
        )
    trace = traces_now().of(account.username)
    if trace.is_vouched:
        raise ConflictError(
            "Nobody has to vouch for this account.",
            advice="Its holder types a password of their own: `safepassage accounts password NAME --as NAME`.",
        )
    others = vouchers_for(account)
    if others:
        raise ForbiddenError(
            "Somebody is there who can vouch for this account.",
            where=", ".join(others),
            advice="Let them: `safepassage accounts vouch`. Of whoever has left, close the account first.",
        )
    account_keep(account, Act.FOUNDED_ANEW, by=by, now=now)


@transaction.atomic
def account_recover(*, account: Account, password: str, now: datetime | None = None) -> None:
    """Lets an administrator in again whose password is lost, where no other administrator can sign in.

    For whoever holds the machine, who needs no account for it. A closed account is open again. Whoever holds the
    machine then has a hand in it: another officer has to vouch.

    Raises:
        ForbiddenError: not an administrator's account, or a weak password.
    """
    acts_in_turn()
    if MANAGING not in permissions_of(account.roles):
        raise ForbiddenError(
            "Only an administrator's account is recovered at the machine.",
            where=account.username,
            advice="An administrator gives it a new password: `safepassage accounts password`.",
        )
    password_check(username=account.username, password=password)
    account.set_password(password)
    account.is_active = True
    account_keep(account, Act.RECOVERED, "password", "is_active", by=MACHINE, now=now)
