"""Two people are two people: who may be the second person of an act, through whichever door it comes.

Two accounts are two people unless one person may sit behind both (`accounts.hands`). Somebody who signs and had no
hand in an account can vouch for whoever holds it. The two officers with whom an operation is founded need nobody to
vouch: the first two accounts that may vouch. Where there ever were two people, one alone is never enough again,
however many accounts were closed since.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import authenticate

from safepassage.apps.accounts.hands import MACHINE, VOUCHING, Trace, Withdrawal, traces_now
from safepassage.apps.accounts.models import Account
from safepassage.apps.accounts.roles import SEEING, SIGNING, Role, permissions_of
from safepassage.apps.ledger.services import account_ref
from safepassage.core.errors import ForbiddenError


@dataclass(frozen=True, slots=True)
class Proven:
    """An account whose holder proved who they are in this very act: made by `account_prove` alone.

    An act that two do at one moment takes its second as this, never as a name that somebody typed.
    """

    username: str


def account_prove(*, username: str, password: str) -> Proven:
    """Proves by password that whoever acts is who they say.

    Raises:
        ForbiddenError: not so; which half is wrong is not said.
    """
    if authenticate(username=username, password=password) is None:
        raise ForbiddenError(
            "That account and password do not go together, or the account is closed.",
            code="not-proven",
            advice="Each of two types their own password; `safepassage accounts list` has the names.",
        )
    return Proven(username)


def signs(roles: frozenset[Role]) -> bool:
    """Whether these roles let an account be one of two."""
    return bool(permissions_of(roles) & SIGNING)


def are_two(first: str, second: str) -> bool:
    """Whether two accounts can't be one person, as far as the record knows."""
    traces = traces_now()
    return traces.behind(first).isdisjoint(traces.behind(second))


def second_check(*, first: str, second: str, permission: str) -> None:
    """Refuses whoever can't be the second person of an act.

    Raises:
        ForbiddenError: no open account, not allowed to, the same account, or one behind which the first may be.
    """
    if first == second:
        raise ForbiddenError(
            "Whoever asks can't also agree.", code="one-person", advice="Another account has to look at it."
        )
    account = Account.objects.filter(username=second, is_active=True).first()
    if account is None or not account.may(permission):
        raise ForbiddenError(
            "The second person needs an open account that may do this.",
            code="no-second",
            where=permission,
            advice="`safepassage accounts list` says who there is, and their roles.",
        )
    if not are_two(first, second):
        raise ForbiddenError(
            "These two accounts may be one person: one of them made the other or set its password, or a third one "
            "did so with both.",
            code="not-two-people",
            advice=_way_out(first, second),
        )


def _way_out(first: str, second: str) -> str:
    waiting = [name for name in (first, second) if traces_now().of(name).waits_for_holder]
    if waiting and traces_now().could_be(first).isdisjoint(traces_now().could_be(second)):
        return (
            f"The holder of {' and of '.join(waiting)} types a password of their own first: in the console under "
            "their name, or `safepassage accounts password NAME --as NAME`."
        )
    return "Somebody else who signs has to vouch for the newer account first: `safepassage accounts vouch`."


def has_second(*, first: str, permission: str) -> bool:
    """Whether anybody else ever could be the second person of an act; else whoever is here is alone.

    Accounts that were closed, lost a role or got another password since count too: who takes the second person away
    is not alone by that. Where the others have left, `officers.account_found_anew` is the way.
    """
    traces = traces_now()
    if permission in traces.ever_two:
        return True
    mine = traces.could_be(first)
    others = Account.objects.exclude(username=first).values_list("username", flat=True)
    return any(permission in traces.of(one).ever and mine.isdisjoint(traces.could_be(one)) for one in others)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An open account that signs and behind which somebody else may be, or that was founded anew."""

    account: Account
    hands: tuple[str, ...]
    waits_for_holder: bool
    """It is vouched for: only a password of the holder's own is missing."""
    anew_by: str
    """Who founded it anew, if nobody has vouched for it since."""


def accounts_unsettled() -> list[Unsettled]:
    """Open accounts that sign and still wait: for somebody to vouch, or for a password of their holder's own."""
    traces, names = traces_now(), names_of_refs()
    found = []
    for account in Account.objects.filter(is_active=True).order_by("username"):
        trace = traces.of(account.username)
        if signs(account.roles) and (trace.hands or trace.anew_by):
            hands = tuple(sorted(names.get(ref, ref) for ref in trace.hands))
            found.append(Unsettled(account, hands, trace.waits_for_holder, names.get(trace.anew_by, trace.anew_by)))
    return found


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An officer's account that another closed or took roles from, and nobody else has looked at it."""

    account: Account
    by: str
    withdrawal: Withdrawal


def accounts_withdrawn() -> list[Withdrawn]:
    """What one person took from officers, and another has yet to agree or object to."""
    traces, names = traces_now(), names_of_refs()
    found = []
    for account in Account.objects.order_by("username"):
        withdrawal = traces.of(account.username).withdrawal
        if withdrawal:
            found.append(Withdrawn(account, names.get(withdrawal.by, withdrawal.by), withdrawal))
    return found


def seers_beside(by: str, subject: str) -> list[str]:
    """Open accounts that could agree to giving `subject` the right to know of the protected (`roles.SEEING`)."""
    others = Account.objects.filter(is_active=True).exclude(username__in={by, subject}).order_by("username")
    return [one.username for one in others if one.may(SEEING) and are_two(by, one.username)]


def sight_check(*, subject: str, by: str, second: Proven | None) -> None:
    """Refuses one person alone who lets an account know of the protected: gives it a role, or sets its password.

    Whoever does it has that right themselves, and it is not their own account; else somebody who has it agrees, in
    person. Where nobody is there who could (the founding; all others have left, or may be the same person) one is
    enough, and the event names no second.

    Raises:
        ForbiddenError: nobody agreed though somebody could, or whoever did is no second person.
    """
    if second is None:
        actor = Account.objects.filter(username=by, is_active=True).first()
        is_theirs_to_give = actor is not None and actor.may(SEEING) and by != subject
        if not is_theirs_to_give and seers_beside(by, subject):
            raise ForbiddenError(
                "This account would see records that are protected: a second person who sees them agrees.",
                code="needs-second",
                where=SEEING,
                advice="They type their own user name and password beside yours (at the command: --second NAME).",
            )
        return
    if second.username == subject:
        raise ForbiddenError(
            "Whoever asks can't also agree.", code="one-person", advice="Another account has to look at it."
        )
    second_check(first=by, second=second.username, permission=SEEING)


def vouchers_for(account: Account) -> list[str]:
    """Open accounts that may vouch for this one."""
    traces = traces_now()
    mine = traces.behind(account.username)
    others = Account.objects.filter(is_active=True).exclude(pk=account.pk).order_by("username")
    return [one.username for one in others if one.may(VOUCHING) and mine.isdisjoint(traces.behind(one.username))]


def needs_vouching(trace: Trace) -> bool:
    """Whether somebody has to vouch for an account before it counts as its holder alone."""
    return bool(trace.anew_by or (trace.hands and not trace.is_vouched))


def names_of_refs() -> dict[str, str]:
    """User names by how the ledger names them."""
    names = {account_ref(name): name for name in Account.objects.values_list("username", flat=True)}
    return names | {account_ref(MACHINE): MACHINE}
