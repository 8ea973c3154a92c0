"""From parties and their standings to what the planner is asked: heads, needs, starts; no names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.models import Booking
from safepassage.apps.movement.told import told_moments
from safepassage.apps.policy.selectors import overrides_standing, standings_now
from safepassage.apps.registry.needs import needs_corrected
from safepassage.apps.registry.selectors import parties_now, persons_now
from safepassage.core.dates import age_band
from safepassage.core.identity import Party, PartyFlag, Person
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import Stage
from safepassage.core.ledger.whereabouts import people_gone
from safepassage.core.movement import BandHeads, Cases, Commitment, Demand, Network, starts_for
from safepassage.core.policy import Standing


def demands_now(network: Network, *, now: datetime) -> tuple[Demand, ...]:
    """One demand for each party that a policy was applied to and that is not gone, in the order of parties."""
    persons = needs_corrected(persons_now())
    parties = {party.id: party for party in parties_now()}
    told = told_moments()
    overrides = overrides_standing()
    gone = people_gone_by(network)
    away = {person for person, one in state_now().people.items() if one.stage is Stage.NO_SHOW}
    demands = []
    for standing in sorted(standings_now(), key=lambda one: one.party):
        party = parties.get(standing.party)
        if party is None:
            continue
        wanted = travellers(standing, party)
        if wanted and gone.issuperset(wanted):
            continue
        people = [persons[key] for key in wanted if key in persons and key not in gone]
        demand = _demand(standing, party, people, network, now=now)
        # who did not come keeps tier and rank, and no place on what has left: they are planned anew
        told_at = None if wanted and away.issuperset(wanted) else told.get(party.id)
        demands.append(_promised(demand, told_at, overrides.get(party.id)))
    return tuple(demands)


def tiers_now() -> dict[PartyId, int | None]:
    """The tier in which each party is planned for: by its standing, or by an approved override."""
    return {standing.party: standing.tier for standing in standings_now()} | dict(overrides_standing())


def travellers(standing: Standing, party: Party) -> tuple[PersonId, ...]:
    """Who takes a seat: members whom the policy seats and who are confirmed; without a tier, all confirmed ones."""
    confirmed = [member.person for member in party.confirmed]
    seated = set(standing.seated)
    return tuple(person for person in confirmed if person in seated) or tuple(confirmed)


def people_gone_by(network: Network) -> frozenset[PersonId]:
    """Whoever needs no seat in this network: they left by a way that it no longer has, or can't travel now.

    Who is under way on legs that it still has keeps their places there, the later ones too.
    """
    legs = {leg.id for leg in network.legs}
    kept = {
        PersonId(person)
        for booked, persons in Booking.objects.values_list("legs", "persons")
        if legs.issuperset(booked)
        for person in persons
    }
    return people_gone(state_now(), kept=kept)


def _demand(standing: Standing, party: Party, people: list[Person], network: Network, *, now: datetime) -> Demand:
    bands = Counter(age_band(person.birth, now.date()) for person in people)
    needs = Counter(need for person in people for need in person.needs)
    return Demand(
        party=party.id,
        heads=len(people),
        tier=standing.tier,
        rank=standing.rank or 0,
        starts=starts_for(network, [person.place for person in people if person.place]),
        bands=tuple(BandHeads(band, heads) for band, heads in sorted(bands.items())),
        cases=tuple(Cases(need, cases) for need, cases in sorted(needs.items())),
        groups=standing.reserves,
        hold=_hold(party, people),
    )


def _promised(demand: Demand, told_at: datetime | None, tier: int | None) -> Demand:
    """The demand with what the party was told, and the tier of an approved override."""
    if tier is not None:
        demand = replace(demand, tier=tier)
    if told_at:
        demand = replace(demand, told_at=told_at, commitment=Commitment.TOLD)
    return demand


def _hold(party: Party, people: list[Person]) -> str:
    if not people:
        return "nobody-confirmed"
    if PartyFlag.MINOR_WITHOUT_ADULT in party.flags:
        return "minor-without-adult"
    return ""
