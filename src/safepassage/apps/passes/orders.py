"""From bookings to pass orders: who is expected, where and when; names stay behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.ledger.kept import Kept
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.bookings import BookingLine, bookings_lines
from safepassage.apps.movement.selectors import plan_record_now
from safepassage.apps.passes.models import PassRecord
from safepassage.apps.policy.selectors import policy_in_force
from safepassage.apps.registry.selectors import persons_behind, persons_known
from safepassage.core.dates import age_band
from safepassage.core.identity import Person
from safepassage.core.ids import OperationId, PartyId, PassId, PersonId
from safepassage.core.ledger import LedgerState
from safepassage.core.ledger.whereabouts import people_unseated
from safepassage.core.passes import BindingFact, ExpectedMember, PassOrder, mrz_birth
from safepassage.core.people import DocumentKind

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
PRINT_LOST_AFTER = timedelta(hours=2)
"""So long after it was issued a pass whose print nobody has is due again. A print waits an hour at most for whoever
asked for it, from when it was whole (`vault.waiting`)."""


@dataclass(frozen=True, slots=True)
class PartyOrder:
    """A pass order, and the persons on it in the order of its members."""

    order: PassOrder
    persons: tuple[PersonId, ...]


def orders_due(*, now: datetime, parties: Iterable[str] | None = None) -> list[PartyOrder]:
    """Orders for every booking without a living pass that fits it, whose key holds, and which is on paper.

    With `parties`: for those only, and even so. Whoever declined, died or was lost gets none: it would not hold.
    """
    if parties is None:
        lines = _without_pass(now)
    else:
        wanted = set(parties)
        lines = _travelling(bookings_lines(wanted))
    persons = persons_behind(person for line in lines for person in line.persons)
    policy = policy_in_force(now)
    version = f"{policy.policy} {policy.version}" if policy else ""
    operation = OperationId(operation_now().code)
    orders = [_order(line, persons, operation, version, now=now) for line in lines if line.window_end > now]
    return [one for one in orders if one.persons]


def orders_figures(*, now: datetime) -> tuple[int, int]:
    """How many passes are due, for how many people. Cost: reads bookings, nobody's person."""
    due = [line for line in _without_pass(now) if line.window_end > now]
    known = persons_known(person for line in due for person in line.persons)
    heads = [sum(person in known for person in line.persons) for line in due]
    return sum(map(bool, heads)), sum(heads)


def _without_pass(now: datetime) -> list[BookingLine]:
    """The bookings without a living pass that fits them; one whose print was lost is none."""
    held = PassRecord.objects.filter(revoked_at=None, key__revoked_at=None)
    lost = held.filter(printed_at=None, issued_at__lte=now - PRINT_LOST_AFTER).values_list("pk", flat=True)
    lost_ids = _unused(lost)
    living = {
        (party, point, begins): persons
        for key, party, point, begins, persons in held.values_list(
            "pk", "party", "access_point", "window_start", "persons"
        )
        if key not in lost_ids
    }
    unlike = _travelling(line for line in bookings_lines() if living.get(_place(line)) != list(line.persons))
    known = persons_known(person for line in unlike if _place(line) in living for person in line.persons)
    return [
        line
        for line in unlike
        if _place(line) not in living
        or living[_place(line)] != [person for person in line.persons if person in known]
    ]


def _unused(keys: Iterable[str]) -> set[str]:
    """Those of these passes with which nobody was admitted: one that was used is on paper, whatever is noted."""
    known = state_now().passes
    return {key for key in keys if (found := known.get(PassId(key))) is None or found.used_at is None}


def _travelling(lines: Iterable[BookingLine]) -> list[BookingLine]:
    """Those on which somebody can travel still. The state is asked for once, however many lines there are."""
    state = state_now()
    unseated = people_unseated(state)
    return [line for line in lines if not unseated.issuperset(_who(person, state) for person in line.persons)]


def passes_unfit() -> dict[PassId, str]:
    """Living passes that no longer hold, and the code why: whoever checks refuses them from this moment on.

    - `plan-changed`: a plan is published in which the party has no such place, or somebody on the pass none with it;
    - `not-travelling`: nobody on it can travel any more (died, lost, declined, closed);
    - `merged`: somebody on it is one person with somebody on another pass. The used one holds, else the first issued.

    A pass that somebody was admitted with is not taken back by a plan. Worked out once for each state of the record.
    """
    state = state_now()
    return _KEPT.get((state,), lambda: _unfit(state))  # every change of bookings or passes is an event too


_KEPT = Kept[dict[PassId, str]]()


def _unfit(state: LedgerState) -> dict[PassId, str]:
    used = {key for key, one in state.passes.items() if one.used_at is not None}
    living = sorted(
        PassRecord.objects.filter(revoked_at=None).defer("text"),
        key=lambda one: (one.id not in used, one.issued_at, one.id),
    )
    lines = {line.party: line for line in bookings_lines()} if plan_record_now() else None
    unseated = people_unseated(state)
    found: dict[PassId, str] = {}
    held: set[PersonId] = set()
    for one in living:
        people = {_who(PersonId(person), state) for person in one.persons}
        if lines is not None and one.id not in used and not _fits(one, people, lines, state):
            found[PassId(one.id)] = "plan-changed"
        elif people and people <= unseated:
            found[PassId(one.id)] = "not-travelling"
        elif people & held:
            found[PassId(one.id)] = "merged"
        else:
            held |= people
    return found


def _who(person: PersonId, state: LedgerState) -> PersonId:
    return state.redirects.get(person, person)


def _fits(
    record: PassRecord, people: set[PersonId], lines: Mapping[PartyId, BookingLine], state: LedgerState
) -> bool:
    line = lines.get(PartyId(record.party))
    if line is None or _place(line) != (record.party, record.access_point, record.window_start):
        return False
    return people <= {_who(person, state) for person in line.persons}


def _place(line: BookingLine) -> tuple[str, str, datetime]:
    return line.party, line.access_point, line.admits_from


def _order(
    line: BookingLine, persons: dict[PersonId, Person], operation: OperationId, version: str, *, now: datetime
) -> PartyOrder:
    members = tuple(_member(persons[person], now) for person in line.persons if person in persons)
    order = PassOrder(
        operation=operation,
        party=line.party,
        point=line.access_point,
        window_start=line.admits_from,
        window_end=line.admits_until,
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
