"""From bookings to pass orders: who is expected, where and when; names stay behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.movement.selectors import BookingLine, bookings_lines
from safepassage.apps.passes.models import PassRecord
from safepassage.apps.policy.selectors import policy_in_force
from safepassage.apps.registry.selectors import persons_by_id
from safepassage.core.dates import age_band
from safepassage.core.identity import Person
from safepassage.core.ids import OperationId, PersonId
from safepassage.core.passes import BindingFact, ExpectedMember, PassOrder, mrz_birth
from safepassage.core.people import DocumentKind

WINDOW_MARGIN = timedelta(minutes=30)
"""A pass opens its window this much before, and closes it this much after, the planned hour."""
BOUND_KINDS = (
    DocumentKind.PASSPORT,
    DocumentKind.TAZKIRA_ELECTRONIC,
    DocumentKind.NATIONAL_ID,
    DocumentKind.RESIDENCE_CARD,
    DocumentKind.VISA,
)
"""Documents that a member may be recognised by on the device."""
BINDINGS = 2
"""Most documents bound for a member: each tag makes the printed square denser."""


@dataclass(frozen=True, slots=True)
class PartyOrder:
    """A pass order, and the persons on it in the order of its members."""

    order: PassOrder
    persons: tuple[PersonId, ...]


def orders_due(*, now: datetime, parties: Iterable[str] | None = None) -> list[PartyOrder]:
    """Orders for every booking without a living pass that fits it; for `parties` only, and even so, if given."""
    if parties is None:
        lines = _without_pass()
    else:
        wanted = set(parties)
        lines = [line for line in bookings_lines() if line.party in wanted]
    persons = persons_by_id(person for line in lines for person in line.persons)
    policy = policy_in_force(now)
    version = f"{policy.policy} {policy.version}" if policy else ""
    operation = OperationId(operation_now().code)
    return [_order(line, persons, operation, version, now=now) for line in lines if line.window_end > now]


def orders_figures(*, now: datetime) -> tuple[int, int]:
    """How many passes are due, for how many people. Cost: reads bookings, nobody's person."""
    due = [line for line in _without_pass() if line.window_end > now]
    return len(due), sum(len(line.persons) for line in due)


def _without_pass() -> list[BookingLine]:
    """The bookings without a living pass that fits them."""
    living = {
        (party, point, begins): persons
        for party, point, begins, persons in PassRecord.objects.filter(revoked_at=None).values_list(
            "party", "access_point", "window_start", "persons"
        )
    }
    return [line for line in bookings_lines() if living.get(_place(line)) != list(line.persons)]


def parties_unbooked() -> list[str]:
    """Parties that hold a living pass and are booked no longer: a later plan took their place."""
    booked = {line.party for line in bookings_lines()}
    holders = PassRecord.objects.filter(revoked_at=None).order_by("party").values_list("party", flat=True)
    return [party for party in holders if party not in booked]


def _place(line: BookingLine) -> tuple[str, str, datetime]:
    return line.party, line.access_point, line.window_start - WINDOW_MARGIN


def _order(
    line: BookingLine, persons: dict[PersonId, Person], operation: OperationId, version: str, *, now: datetime
) -> PartyOrder:
    members = tuple(_member(persons[person], now) for person in line.persons if person in persons)
    order = PassOrder(
        operation=operation,
        party=line.party,
        point=line.access_point,
        window_start=line.window_start - WINDOW_MARGIN,
        window_end=line.window_end + WINDOW_MARGIN,
        policy_version=version,
        members=members,
        route=line.route,
    )
    return PartyOrder(order, tuple(person for person in line.persons if person in persons))


def document_facts(person: Person) -> tuple[BindingFact, ...]:
    """The documents by which a device can recognise this person, as their machine-readable zones print them."""
    birth = mrz_birth(person.birth)
    numbers = dict.fromkeys(one.number for one in person.documents if one.kind in BOUND_KINDS and one.number)
    return tuple(BindingFact(number, birth) for number in numbers)[:BINDINGS]


def _member(person: Person, now: datetime) -> ExpectedMember:
    return ExpectedMember(person.sex, age_band(person.birth, now.date()), document_facts(person))
