"""Whom it is unsafe to call and who refused, and what follows for their seat, their pass and their numbers.

The rule: whoever is **unsafe to call** keeps seat and pass, since the danger is in the call and not in the journey;
no sheet and no list shows their numbers, nor those of others where they are the same, until somebody has spoken with
them. Whoever **refused** is given no pass and no seat in the next plan; being called again and willing lifts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safepassage.apps.movement.bookings import bookings_of
from safepassage.apps.outreach.models import Call
from safepassage.apps.registry.selectors import parties_by_id, persons_by_id
from safepassage.core.ids import PartyId

_SPOKE = frozenset({Call.Outcome.REACHED, Call.Outcome.MOVED, Call.Outcome.REFUSED})
"""Outcomes of a call in which somebody of the party spoke: what was unsafe before is over."""


@dataclass(frozen=True, slots=True)
class ContactWarnings:
    """Parties that whoever plans, calls or hands out passes must know of, by id."""

    unsafe: tuple[PartyId, ...] = ()
    refused: tuple[PartyId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.unsafe or self.refused)

    def without(self, parties: frozenset[PartyId]) -> ContactWarnings:
        """These but for some parties: what a reader is told by name who may not know of them."""
        return ContactWarnings(
            tuple(one for one in self.unsafe if one not in parties),
            tuple(one for one in self.refused if one not in parties),
        )


def contact_warnings(parties: Iterable[str] | None = None) -> ContactWarnings:
    """Who of these parties is unsafe to call or has refused; of all parties ever called without `parties`.

    A call that nobody answered, or a wrong number, lifts neither.
    """
    calls = Call.objects.filter(outcome__in=[*_SPOKE, Call.Outcome.UNSAFE]).order_by("at", "pk")
    last = dict(calls.values_list("party", "outcome"))
    asked = sorted(last) if parties is None else [one for one in dict.fromkeys(parties) if one in last]
    return ContactWarnings(
        tuple(PartyId(one) for one in asked if last[one] == Call.Outcome.UNSAFE),
        tuple(PartyId(one) for one in asked if last[one] == Call.Outcome.REFUSED),
    )


def contact_warnings_booked() -> ContactWarnings:
    """Who of those with a booking is unsafe to call or has refused. Cost: reads the bookings of these alone."""
    warned = contact_warnings()
    booked = bookings_of((*warned.unsafe, *warned.refused))
    return ContactWarnings(
        tuple(party for party in warned.unsafe if party in booked),
        tuple(party for party in warned.refused if party in booked),
    )


def phones_unsafe() -> frozenset[str]:
    """Every number of whoever is unsafe to call: it rings with them whoever else gave it too."""
    parties = parties_by_id(contact_warnings().unsafe)
    people = persons_by_id(member.person for party in parties.values() for member in party.members)
    return frozenset(phone for person in people.values() for phone in person.phones)
