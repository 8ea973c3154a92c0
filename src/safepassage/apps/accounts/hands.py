"""Who may sit behind which account, read from the signed events `account-changed`: no row in the store hides it.

Behind an account is its holder, whoever made it or set its password (a *hand* in it), and whoever had a hand in
theirs. Hands go when both has happened: somebody vouched for the holder, and the holder has since typed a password
of their own. More roles are no hand: they change what somebody may do, not who it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from safepassage.apps.accounts.roles import SIGNING, Role, permissions_of
from safepassage.apps.ledger.kept import Kept
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.ledger.services import account_ref
from safepassage.core.ledger import Event, EventKind
from safepassage.core.ledger.clock import from_milliseconds

FOUNDERS = 2
"""So many accounts that may vouch are made with nobody there who could; every later one is vouched for."""
VOUCHING = "account.vouch"
MACHINE = "@machine"
"""Stands for whoever opens the store without an account of their own: at the command line, or by a program. No user
name is like it."""


class Act(StrEnum):
    """What was done to an account (`core.ledger.kinds` has the same list)."""

    CREATED = "created"
    ROLES_SET = "roles-set"
    CLOSED = "closed"
    OPENED = "opened"
    PASSWORD_SET = "password-set"  # noqa: S105 (a code)
    PASSWORD_OWN = "password-own"  # noqa: S105
    VOUCHED = "vouched"
    WITHDRAWAL_AGREED = "withdrawal-agreed"
    FOUNDED_ANEW = "founded-anew"
    RECOVERED = "recovered"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An officer's account was closed, or lost a role that signs, by another; nobody else has looked at it since."""

    by: str
    at: datetime
    roles: frozenset[Role]
    """The roles before."""
    is_closed: bool


@dataclass(frozen=True, slots=True)
class OnePlace:
    """A founder's account was taken up where the other founder was at work, so many minutes after it was made."""

    other: str
    minutes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """What the events say of one account; accounts by their ids in the ledger."""

    hands: frozenset[str] = frozenset()
    is_vouched: bool = False
    is_own: bool = False
    """Whether its holder typed the password of now themselves."""
    roles: frozenset[Role] = frozenset()
    ever: frozenset[str] = frozenset()
    """Acts of two that it was ever allowed to take part in."""
    anew_by: str = ""
    """Who founded it anew with nobody there to vouch, until somebody vouches."""
    anew_at: datetime | None = None
    withdrawal: Withdrawal | None = None
    one_place: OnePlace | None = None
    """Until its holder has said that they are another person (`accounts.founders`)."""
    is_confirmed: bool = False

    @property
    def waits_for_holder(self) -> bool:
        """Whether only a password of the holder's own is missing."""
        return bool(self.hands) and self.is_vouched


@dataclass(frozen=True, slots=True)
class Traces:
    """All accounts; `ever_two` are the acts of two for which there ever were two people, however many are left."""

    accounts: dict[str, Trace] = field(default_factory=dict)
    ever_two: frozenset[str] = frozenset()

    def of(self, username: str) -> Trace:
        """What is known of an account."""
        return self.accounts.get(account_ref(username), Trace())

    def behind(self, username: str) -> frozenset[str]:
        """Everybody who may act as this account."""
        return self._behind(account_ref(username))

    def could_be(self, username: str) -> frozenset[str]:
        """As `behind`, as if every holder who is vouched for had typed a password of their own already."""
        return _could_be(account_ref(username), self.of(username))

    def _behind(self, ref: str) -> frozenset[str]:
        return frozenset({ref}) | self.accounts.get(ref, Trace()).hands


_KEPT = Kept[Traces]()


def traces_now() -> Traces:
    """What the events say of every account. Cost: nothing, unless an account changed since it was asked last."""
    events = events_of_kind(EventKind.ACCOUNT_CHANGED)
    return _KEPT.get((events,), lambda: traces_read(events))


def traces_read(events: tuple[Event, ...]) -> Traces:
    """Folds the events of accounts, in the order of arrival."""
    accounts: dict[str, Trace] = {}
    founders: dict[str, int] = {}
    places: dict[str, set[str]] = {}
    ever_two: set[str] = set()
    for event in events:
        subject = event.code("subject")
        trace = _carried_on(accounts.get(subject, Trace()), event, accounts)
        told = permissions_of(trace.roles)
        if VOUCHING in told and subject not in founders and len(founders) < FOUNDERS:
            founders[subject] = event.occurred
            trace = replace(trace, is_vouched=True)
        trace = _placed(trace, event, founders, places)
        trace = replace(trace, ever=trace.ever | (told & SIGNING))
        if trace.is_vouched and trace.is_own:
            trace = replace(trace, hands=frozenset())
        accounts[subject] = trace
        ever_two |= _shared(subject, accounts)
    return Traces(accounts, frozenset(ever_two))


def _placed(trace: Trace, event: Event, founders: dict[str, int], places: dict[str, set[str]]) -> Trace:
    """The trace with what the place of an act tells of the second founder; `places` learns where who was at work."""
    subject, by, act, place = (event.code(name) for name in ("subject", "account", "act", "place"))
    if place:
        places.setdefault(by, set()).add(place)
    if act == Act.CONFIRMED and by == subject:
        return replace(trace, one_place=None, is_confirmed=True)
    if act == Act.VOUCHED:
        return replace(trace, one_place=None)
    is_taken_up = act == Act.PASSWORD_OWN and by == subject and not trace.is_confirmed
    if not (is_taken_up and place and subject in list(founders)[1:]):
        return trace
    other = next((one for one in founders if one != subject and place in places.get(one, ())), "")
    minutes = (event.occurred - founders[subject]) // 60_000
    moment = from_milliseconds(event.occurred)
    return replace(trace, one_place=OnePlace(other, minutes, moment) if other else None)


def _carried_on(before: Trace, event: Event, accounts: dict[str, Trace]) -> Trace:
    subject, by, act = event.code("subject"), event.code("account"), event.code("act")
    theirs = (frozenset({by}) | accounts.get(by, Trace()).hands) - {subject}
    after = before
    match act:
        case Act.CREATED:
            after = replace(before, hands=theirs, is_own=by == subject)
        case Act.PASSWORD_SET | Act.RECOVERED:
            after = replace(before, hands=before.hands | theirs, is_vouched=False, is_own=False)
        case Act.PASSWORD_OWN:
            after = replace(before, is_own=by == subject)
        case Act.VOUCHED:
            after = replace(before, hands=theirs, is_vouched=True, is_own=False, anew_by="", anew_at=None)
        case Act.FOUNDED_ANEW:
            moment = from_milliseconds(event.occurred)
            hands = before.hands | theirs
            after = replace(before, hands=hands, is_vouched=True, is_own=False, anew_by=by, anew_at=moment)
        case Act.WITHDRAWAL_AGREED:
            after = replace(before, withdrawal=None)
        case _:
            pass
    roles = _roles_told(event) if "roles" in event.body else before.roles
    return replace(after, roles=roles, withdrawal=_withdrawal(after, event, roles))


def _withdrawal(before: Trace, event: Event, roles: frozenset[Role]) -> Withdrawal | None:
    """What an officer's account lost by others and nobody else has looked at, until agreed to or given back."""
    act, by, former = event.code("act"), event.code("account"), before.withdrawal
    had = former.roles if former else before.roles
    is_closed = act == Act.CLOSED or bool(former and former.is_closed and act not in {Act.OPENED, Act.RECOVERED})
    lost = permissions_of(had) & SIGNING - permissions_of(roles)
    if not (lost or (is_closed and permissions_of(had) & SIGNING)):
        return None
    if act in {Act.CLOSED, Act.ROLES_SET} and by != event.code("subject"):
        return Withdrawal(by, from_milliseconds(event.occurred), had, is_closed=is_closed)
    return replace(former, is_closed=is_closed) if former else None


def _shared(subject: str, accounts: dict[str, Trace]) -> set[str]:
    """The acts of two that this account and another, who can't be one person, were ever allowed to take part in."""
    mine = accounts[subject]
    behind = _could_be(subject, mine)
    found: set[str] = set()
    for ref, other in accounts.items() if mine.ever else ():
        if other.ever & mine.ever - found and behind.isdisjoint(_could_be(ref, other)):
            found |= other.ever & mine.ever
    return found


def _could_be(ref: str, trace: Trace) -> frozenset[str]:
    """Who is behind an account, as if whoever is vouched for had typed a password of their own already."""
    return frozenset({ref}) if trace.is_vouched else frozenset({ref}) | trace.hands


def _roles_told(event: Event) -> frozenset[Role]:
    told = event.body.get("roles", ())
    codes = told if isinstance(told, tuple) else ()
    return frozenset(role for role in Role if role.value in codes)
