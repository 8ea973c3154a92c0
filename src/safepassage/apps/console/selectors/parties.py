"""Parties and persons as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from safepassage.apps.console.protection import hidden_among
from safepassage.apps.ledger.selectors import events_of, state_now
from safepassage.apps.movement.bookings import bookings_of
from safepassage.apps.policy.selectors import standings_of
from safepassage.apps.policy.values import STANDING
from safepassage.apps.registry.answers import adults_confirmed, confirmations_unapplied
from safepassage.apps.registry.checked import facts_checked
from safepassage.apps.registry.kin import relations_stated
from safepassage.apps.registry.needs import needs_corrected
from safepassage.apps.registry.selectors import parties_by_id, persons_by_id, persons_of, run_last
from safepassage.core.dates import age_bands
from safepassage.core.identity import Member, Party, PartyFlag, Person
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import Event, EventKind
from safepassage.core.ledger.state import PersonState
from safepassage.core.people import MARRIED, Relation
from safepassage.core.policy import MemberStanding, Standing

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account
    from safepassage.apps.registry.models import RelationStated

CONFIDENTIAL = frozenset({EventKind.JUDGEMENTS_GIVEN, EventKind.JUDGEMENTS_WITHDRAWN})


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party in a list; `principal`, by the policy if it has one, is None where its names are hidden."""

    party: Party
    principal: Person | None
    is_hidden: bool
    tier: int | None
    outcome: str
    rank: int | None
    is_booked: bool
    flags: tuple[str, ...]

    @property
    def proposed(self) -> int:
        """Members that take no seat until confirmed."""
        return len(self.party.members) - len(self.party.confirmed)


def party_lines(ids: Sequence[str], account: Account) -> list[PartyLine]:
    """These parties in the order given. Cost: four queries."""
    parties = parties_by_id(ids)
    standings, bookings = standings_of(ids), bookings_of(parties)
    chosen = {
        party.id: PersonId(
            (party.id in standings and standings[party.id].content.get("principal")) or proposed.person
        )
        for party in parties.values()
        for proposed in [party.principal]
    }
    principals = persons_by_id(chosen.values())
    hidden_parties = hidden_among(parties, account)
    lines = []
    for party in (parties[PartyId(key)] for key in ids if key in parties):
        standing, hidden = standings.get(party.id), party.id in hidden_parties
        lines.append(
            PartyLine(
                party=party,
                principal=None if hidden else principals.get(chosen[party.id]),
                is_hidden=hidden,
                tier=standing.tier if standing else None,
                outcome=standing.outcome if standing else "",
                rank=standing.rank if standing else None,
                is_booked=party.id in bookings,
                flags=flags_shown(party, account),
            )
        )
    return lines


def flags_shown(party: Party, account: Account) -> tuple[str, ...]:
    """The flags that the reader may know of."""
    return tuple(flag.value for flag in party.flags if flag is not PartyFlag.KEPT_APART or account.may("apart.see"))


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of a party with what is known of them now."""

    member: Member
    person: Person | None
    ages: tuple[str, ...]
    """The age bands that they can be in, youngest first; a year of birth alone can leave two."""
    state: PersonState | None
    standing: MemberStanding | None
    adult: Person | None
    adult_proposed: Person | None
    asks: frozenset[str] = frozenset()
    """Facts on which the policy's answer hangs, and the relation where nobody knows it."""
    said: tuple[tuple[RelationStated, str], ...] = ()
    """What one of us said that they are to other members, and the name of each."""
    answered: tuple[str, ...] = ()
    """What was answered of them on this page (see `_answered`) and counts from the next run or application on."""


def member_lines(party: Party, standing: Standing | None, *, on: date) -> list[MemberLine]:
    """The members of a party: the principal, then confirmed ones, of these the spouse, then children by age."""
    persons, people = needs_corrected(persons_of(party)), state_now().people
    by_person = {one.person: one for one in standing.members} if standing else {}
    said = relations_stated(member.person for member in party.members)
    answered = _answered(party, said)
    ordered = sorted(party.members, key=lambda one: _place(one, persons.get(one.person)))
    return [
        MemberLine(
            member=member,
            person=persons.get(member.person),
            ages=_ages(persons.get(member.person), on),
            state=people.get(member.person),
            standing=by_person.get(member.person),
            adult=persons.get(member.accompanying_adult) if member.accompanying_adult else None,
            adult_proposed=persons.get(member.adult_proposed) if member.adult_proposed else None,
            asks=_asked(member, by_person.get(member.person)) - set(answered.get(member.person, ())),
            answered=answered.get(member.person, ()),
            said=tuple(
                (one, other.name if (other := persons.get(PersonId(one.of))) else one.of)
                for one in said
                if one.person == member.person
            ),
        )
        for member in ordered
    ]


def _answered(party: Party, said: Sequence[RelationStated]) -> dict[PersonId, tuple[str, ...]]:
    """What was answered of each member since the matcher ran and the policy was applied: it waits for the next time.

    `member`: confirmed as one; `adult`: who answers for them; `relation`; `marriage`.
    """
    ids = [member.person for member in party.members]
    run, standing = run_last(), standings_of([party.id]).get(party.id)
    applied = standing.given_at if standing else None
    confirmed, adults = confirmations_unapplied().get(party.id, set()), adults_confirmed(ids)
    checked = facts_checked(ids)
    before = facts_checked(ids, at=applied) if applied and checked else {}
    newly = {one.person for one in said if run is None or one.at > run.began_at}
    found = {}
    for member in party.members:
        key = member.person
        is_answered = {
            "member": key in confirmed and not member.is_confirmed,
            "adult": member.is_minor and key in adults and adults[key] != member.accompanying_adult,
            "relation": key in newly,
            "marriage": checked.get(key, {}).get(MARRIED) != before.get(key, {}).get(MARRIED),
        }
        if any(is_answered.values()):
            found[key] = tuple(what for what, holds in is_answered.items() if holds)
    return found


def _place(member: Member, person: Person | None) -> tuple[bool, bool, int, int]:
    born = person.birth.earliest.toordinal() if person and person.birth else date.max.toordinal()
    near = (Relation.SPOUSE, Relation.CHILD)
    return (
        not member.is_principal,
        not member.is_confirmed,
        near.index(member.relation) if member.relation in near else len(near),
        born,
    )


def _asked(member: Member, standing: MemberStanding | None) -> frozenset[str]:
    reason = standing.reason if standing else None
    missing = set(dict(reason.data).get("missing", "").split(", ")) if reason else set()
    if member.relation is Relation.UNKNOWN and not member.is_principal:
        missing.add("relation")
    return frozenset(missing & {"relation", "marriage"})


def _ages(person: Person | None, on: date) -> tuple[str, ...]:
    return tuple(band.value for band in age_bands(person.birth if person else None, on))


def standing_value(party: PartyId) -> Standing | None:
    """The standing of a party, whole."""
    record = standings_of([party]).get(party)
    return STANDING.validate_python(record.content) if record else None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of a person: when, what, where told; ids and codes only."""

    at: int
    kind: str
    where: str
    server_time: datetime | None


def history_of(person: PersonId, account: Account) -> list[HistoryLine]:
    """The events that name a person, the newest first; judgements only where keep-apart may be known."""
    return [
        HistoryLine(event.occurred, event.kind.value, _where(event), event.server_time)
        for event in reversed(events_of(person))
        if event.kind not in CONFIDENTIAL or account.may("apart.see")
    ]


def _where(event: Event) -> str:
    names = ("point", "leg", "plan", "policy", "outcome", "reason", "verdict", "phase", "team", "party")
    return " · ".join(str(event.body[name]) for name in names if event.body.get(name))
