"""What a policy says, after its text was read: values only.

A policy is a published, versioned, signed-off text. The words follow docs/glossary.md: a *category* is what a
person is by evidence, a *tier* is what the policy gives a party, a *reserve* keeps seats for a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safepassage.core.ids import PolicyId
from safepassage.core.people import Relation
from safepassage.core.policy.rules import Rule


@dataclass(frozen=True, slots=True)
class Words:
    """A text for humans, English first; Dari (`fa-AF`) and Pashto (`ps`) where a person has written them."""

    en: str
    fa_af: str = ""
    ps: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """What a person is by evidence. `rule` is CEL over the person's facts (docs/policy.md lists them)."""

    id: str
    title: Words
    rule: Rule
    line: int = 0


class PrincipalAge(StrEnum):
    """To which principals a line of a dependent rule applies."""

    ANY = "any"
    MINOR = "minor"
    ADULT = "adult"


@dataclass(frozen=True, slots=True)
class DependentLine:
    """One way to come as a dependent: all that is stated must hold.

    Ages are completed years and inclusive. `is_married` None means that marriage does not matter.
    `relations` are to the principal ("is the child of the principal").
    """

    relations: tuple[Relation, ...]
    min_age: int | None = None
    max_age: int | None = None
    is_married: bool | None = None
    principal: PrincipalAge = PrincipalAge.ANY
    rule: Rule | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class DependentRule:
    """Who may come as a dependent: one of the lines must fit."""

    id: str
    title: Words
    lines: tuple[DependentLine, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Minors:
    """The rule for minors: below which age, and whether a party may be eligible on a minor's ground."""

    below_age: int = 18
    may_be_principal: bool = True


@dataclass(frozen=True, slots=True)
class Tier:
    """What a party gets, 1 is first.

    A party is in the tier if a confirmed member is in one of the `principal` categories and `rule` (CEL over
    the party, none means always) holds. `dependents` names the rule for the others; None: nobody but those
    who are themselves in a principal category.
    """

    number: int
    title: Words
    principal: tuple[str, ...]
    dependents: str | None = None
    rule: Rule | None = None
    line: int = 0


class ReservePer(StrEnum):
    """Over what a reserve is counted."""

    LEG = "leg"
    DAY = "day"


class ReserveUse(StrEnum):
    """Which seats a party of the group takes first."""

    RESERVE_FIRST = "reserve-first"
    """The group fills its own seats first: a floor."""
    OPEN_FIRST = "open-first"
    """The group competes for open seats first and adds its reserve on top."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """Seats kept for a group: `seats` a number, or `share` of the capacity (0..1), per leg or per day.

    Seats that nobody of the group takes go back to all `release_hours` before the freeze.
    """

    id: str
    title: Words
    rule: Rule
    seats: int | None = None
    share: float | None = None
    per: ReservePer = ReservePer.LEG
    use: ReserveUse = ReserveUse.RESERVE_FIRST
    release_hours: float = 0.0
    line: int = 0


class StandByRule(StrEnum):
    """What becomes of those who came and found no seat on an overbooked leg."""

    FIRST_ON_NEXT = "first-on-next"
    """They wait where they are and are the first who board the next departure that they may take."""


@dataclass(frozen=True, slots=True)
class Overbooking:
    """How far heads may be booked beyond seats: the chance, by leg, that somebody who came finds none (0..1).

    `stand_by` None: nothing is said of who is left standing, so the legs that take people out are never overbooked.
    """

    bumped_at_most: float
    stand_by: StandByRule | None = None
    line: int = 0


class OrderBy(StrEnum):
    """What orders parties inside a tier; always ends with the lottery."""

    FIRST = "first"
    """Parties for which the rule says yes, then unknown, then no."""
    NEEDS = "needs"
    """More people with specific needs first."""
    FIRST_KNOWN = "first-known"
    """The earlier the party's principal became known, the earlier (by whole days)."""
    LOTTERY = "lottery"


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One criterion of the order inside a tier."""

    by: OrderBy
    rule: Rule | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Honour:
    """Whether promises (a call, a booking, a pass) under an earlier version are kept; `until` ends it."""

    is_on: bool = True
    until: datetime | None = None

    def holds_at(self, now: datetime) -> bool:
        """Whether a promise is honoured at a moment (aware UTC)."""
        return self.is_on and (self.until is None or now < self.until)


NOT_SIGNED = "NOT SIGNED"
"""What stands in `signed-off-by` of a text that nobody has signed off."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy as read. `digest` is that of its text (`policy_digest`); moments are aware UTC.

    `effective_until` None: until superseded. `sources` say where the rule was taken from.
    """

    id: PolicyId
    version: str
    title: Words
    effective_from: datetime
    effective_until: datetime | None
    signed_off_by: str
    honour_earlier: Honour
    categories: tuple[Category, ...]
    dependents: tuple[DependentRule, ...]
    tiers: tuple[Tier, ...]
    order: tuple[OrderItem, ...]
    reserves: tuple[Reserve, ...] = ()
    minors: Minors = Minors()
    overbooking: Overbooking | None = None
    """None: nobody is booked beyond the seats."""
    sources: tuple[str, ...] = ()
    notes: str = ""
    digest: str = ""
    text: str = ""

    def is_in_force(self, now: datetime) -> bool:
        """Whether the policy is in force at a moment (aware UTC)."""
        return self.effective_from <= now and (self.effective_until is None or now < self.effective_until)

    @property
    def is_signed(self) -> bool:
        """Whether the text names who signed it off; the templates say that nobody did."""
        name = self.signed_off_by.strip()
        return bool(name) and not name.upper().startswith(NOT_SIGNED)
