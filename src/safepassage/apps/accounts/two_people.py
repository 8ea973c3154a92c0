"""Two people are two people: who may be the second person of an act, through whichever door it comes.

Two accounts are two people unless one person may sit behind both. Behind an account is whoever holds it, and whoever
had a hand in it: made it, or set its password; and whoever had a hand in theirs. More roles are no hand: they change
what somebody may do, not who it is. All of that is read from the ledger's signed events, so that no row in the store
hides it. Somebody who signs and had no hand in it can vouch for whoever holds it: the hands of before then count no
more. The two officers with whom an operation is founded need nobody to vouch: the first two accounts that may vouch.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import authenticate
from django.db import transaction

from safepassage.apps.accounts.models import Account
from safepassage.apps.accounts.roles import SIGNING, Role, permissions_of
from safepassage.apps.accounts.services import password_check
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.ledger.services import account_ref, acts_in_turn, event_append
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ledger import Event, EventKind

FOUNDERS = 2
"""So many accounts that may vouch are made with nobody there who could; every later one is vouched for."""
VOUCHING = "account.vouch"


@dataclass(frozen=True, slots=True)
class Proven:
    """An account whose holder proved who they are in this very act: made by `account_prove` alone.

    An act that two do at one moment takes its second person as this, never as a name that somebody typed.
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


def hands_on_accounts() -> dict[str, frozenset[str]]:
    """Who had a hand in which account and was not vouched away since; both as the ledger names them. One query."""
    hands: dict[str, frozenset[str]] = {}
    founders: set[str] = set()
    for event in events_of_kind(EventKind.ACCOUNT_CHANGED):
        subject, act, by = event.code("subject"), event.code("act"), event.code("account")
        before = hands.get(subject, frozenset())
        is_new = subject not in founders and VOUCHING in _permissions_told(event)
        if act == "vouched":
            hands[subject] = frozenset()
        elif is_new and len(founders) < FOUNDERS:
            founders.add(subject)
            hands[subject] = frozenset()
        elif act in {"created", "password-set"}:
            hands[subject] = (before | {by} | hands.get(by, frozenset())) - {subject}
    return hands


def _permissions_told(event: Event) -> frozenset[str]:
    told = event.body.get("roles", ())
    codes = told if isinstance(told, tuple) else ()
    return permissions_of(frozenset(role for role in Role if role.value in codes))


def are_two(first: str, second: str) -> bool:
    """Whether two accounts can't be one person, as far as the record knows."""
    hands = hands_on_accounts()
    return _behind(first, hands).isdisjoint(_behind(second, hands))


def _behind(username: str, hands: dict[str, frozenset[str]]) -> frozenset[str]:
    ref = account_ref(username)
    return frozenset({ref}) | hands.get(ref, frozenset())


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
            advice="Somebody else who signs has to vouch for the newer account first: `safepassage accounts vouch`.",
        )


def has_second(*, first: str, permission: str) -> bool:
    """Whether anybody else here could be the second person of an act; else whoever is here is alone."""
    hands = hands_on_accounts()
    mine = _behind(first, hands)
    return any(
        account.may(permission) and mine.isdisjoint(_behind(account.username, hands))
        for account in Account.objects.filter(is_active=True).exclude(username=first)
    )


def accounts_unvouched() -> list[tuple[Account, tuple[str, ...]]]:
    """Open accounts that sign and in which others had a hand, with the user names of those."""
    hands = hands_on_accounts()
    names = {account_ref(name): name for name in Account.objects.values_list("username", flat=True)}
    found = []
    for account in Account.objects.filter(is_active=True).order_by("username"):
        had = hands.get(account_ref(account.username), frozenset())
        if had and signs(account.roles):
            found.append((account, tuple(sorted(names.get(ref, ref) for ref in had))))
    return found


@transaction.atomic
def account_vouch(*, account: Account, password: str, by: str, now: datetime | None = None) -> None:
    """Says that whoever holds this account is a person of their own, whom one knows.

    They type a new password beside the one who vouches, so that nobody who set the former one has it any longer.

    Raises:
        ForbiddenError: one who may not, or had a hand in it themselves; a weak password, or the former one.
        ConflictError: there is nothing to vouch for.
    """
    acts_in_turn()
    if not hands_on_accounts().get(account_ref(account.username)):
        raise ConflictError("Nobody else had a hand in this account.", advice="Load the page again.")
    second_check(first=account.username, second=by, permission=VOUCHING)
    password_check(username=account.username, password=password)
    if account.check_password(password):
        raise ForbiddenError(
            "This is the password that others may know.",
            advice="Let its holder type one of their own.",
        )
    account.set_password(password)
    account.save(update_fields=["password"])
    body = {"subject": account.username, "act": "vouched"}
    event_append(kind=EventKind.ACCOUNT_CHANGED, body=body, account=by, now=now)
