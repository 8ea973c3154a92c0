"""Reads of the call list, messages, and next steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import translation

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.movement.bookings import BookingLine, bookings_lines
from safepassage.apps.movement.told import parties_told_otherwise
from safepassage.apps.outreach.after_call import next_after_call
from safepassage.apps.outreach.contact import contact_warnings, phones_unsafe
from safepassage.apps.outreach.directions import Directions, directions_of
from safepassage.apps.outreach.models import Call, NextStep, PublicText
from safepassage.apps.policy.selectors import standings_now, standings_of
from safepassage.apps.policy.values import STANDING
from safepassage.apps.registry.open_questions import PartyAsked, parties_asked_about
from safepassage.apps.registry.questions import reviews_open
from safepassage.apps.registry.selectors import parties_by_id, parties_now, persons_by_id, persons_now
from safepassage.apps.registry.shared_phones import count_families, families_by_phone
from safepassage.core.identity import BothScripts, Party, Person, both_scripts, doubt_of_size
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.names import skeleton
from safepassage.core.people import Relation
from safepassage.core.policy import MemberStatus, Standing

SHARED_BY = 3
"""Families from which on a number they give is told to be shared: two are often brothers."""
NAMELESS = "name unknown"
"""What stands on a sheet for whoever a list only counts ("3 kids"): the seat is theirs; ask for the name."""
_COMES = {
    MemberStatus.EXCLUDED: "may not come",
    MemberStatus.UNSETTLED: "keeps a seat while a fact is missing (ask)",
    MemberStatus.PROPOSED: "takes no seat until confirmed",
}
"""What a call sheet says of a member who is not among those who may come."""


@dataclass(frozen=True, slots=True)
class NotComing:
    """A member of whom the policy doesn't say that they may come: `status` tells whether they may not, or not yet."""

    person: PersonId
    name: str
    """As a list writes it; empty if no name is known."""
    relation: Relation
    status: MemberStatus


@dataclass(frozen=True, slots=True)
class CallLine:
    """One party to be called: personal data, for the call sheet only."""

    party: PartyId
    principal: Person
    phones: tuple[str, ...]
    heads: int
    language: str
    tier: int
    booking: BookingLine | None
    outcome: str
    called_at: datetime | None
    zone: ZoneInfo
    doubt: str = ""
    """What is not known of how many they are."""
    perhaps_more: int = 0
    is_told_otherwise: bool = False
    """Whether they know another hour or place than they have by now: they are to be told again."""
    is_unsafe: bool = False
    """Whether it is unsafe to call them: then no number is here."""
    has_refused: bool = False
    shared: tuple[tuple[str, int], ...] = ()
    """Numbers that several other families give too, with how many give each: a hotel's, a helper's."""
    held_back: int = 0
    """Numbers of theirs that nobody may call: a party that is unsafe to call has given the same ("reception")."""
    asked: PartyAsked = field(default_factory=PartyAsked)
    """What open questions say of who they are."""
    told_apart: str = ""
    """What tells the principal from another of the same name on the list: father's name, year of birth."""
    members: int = 0
    not_coming: tuple[NotComing, ...] = ()
    """Who of the members may not come, or not yet: whoever calls must say so, or a family comes whole in vain."""

    @property
    def may_come(self) -> int:
        """How many of the members may come for sure, as the party's page counts."""
        return self.members - len(self.not_coming)

    @property
    def coming_said(self) -> str:
        """Who may not come, or not yet, in words for a sheet; empty if all may."""
        told = []
        for one in self.not_coming:
            relation = f" ({one.relation.value.replace('-', ' ')})" if one.relation is not Relation.UNKNOWN else ""
            told.append(f"{one.name or NAMELESS}{relation} {_COMES[one.status]}")
        return f"{self.may_come} of {self.members} may come: {', '.join(told)}" if told else ""

    def without(self, hidden: Set[PersonId]) -> CallLine:
        """The line with nobody named who is hidden; they are counted all the same."""
        kept = tuple(replace(one, name="") if one.person in hidden else one for one in self.not_coming)
        return replace(self, not_coming=kept)

    @property
    def next_said(self) -> str:
        """What is done next after the last call."""
        return next_after_call(self.outcome, has_place=self.booking is not None)

    @property
    def told(self) -> Directions | None:
        """Where and when they have to be, in the language of whoever reads the page."""
        language = translation.get_language() or "en"
        return (
            directions_of(self.booking, zone=self.zone, heads=self.heads, language=language) if self.booking else None
        )

    @property
    def names(self) -> BothScripts:
        """The principal's name in both scripts."""
        return both_scripts(self.principal)


def call_list_is_provisional() -> bool:
    """Whether questions about who is whom are still open: the list may change."""
    return reviews_open().exists()


def call_lines(*, booked_only: bool = False) -> list[CallLine]:
    """Everyone who stands in a tier, in policy order; cost: loads all persons."""
    persons, parties = persons_now(), {party.id: party for party in parties_now()}
    of_person: dict[PersonId, tuple[PartyId, ...]] = {}
    for party in parties.values():
        for member in party.members:
            of_person[member.person] = (*of_person.get(member.person, ()), party.id)
    notes = _notes(parties, count_families(persons.values(), of_person))
    bookings = {line.party: line for line in bookings_lines()}
    last = {call.party: call for call in Call.objects.order_by("at", "pk")}
    lines = []
    for standing in standings_now():
        if standing.tier is None or (booked_only and standing.party not in bookings):
            continue
        line = _line(standing, persons, bookings.get(standing.party), last.get(standing.party), notes)
        if line:
            lines.append(line)
    return _told_apart(lines)


@dataclass(frozen=True, slots=True)
class _Notes:
    """What is to be known of parties before they are called."""

    parties: Mapping[PartyId, Party]
    unsafe: frozenset[PartyId]
    refused: frozenset[PartyId]
    silent: frozenset[str]
    """Numbers that nobody may call."""
    asked: Mapping[PartyId, PartyAsked]
    families: Mapping[str, int]
    """How many parties give a number."""
    zone: ZoneInfo
    otherwise: frozenset[PartyId]
    """Who was told another hour or place than they have now."""


def _notes(parties: Mapping[PartyId, Party], families: Mapping[str, int]) -> _Notes:
    warnings = contact_warnings(parties)
    return _Notes(
        parties,
        frozenset(warnings.unsafe),
        frozenset(warnings.refused),
        phones_unsafe(),
        parties_asked_about(parties),
        families,
        operation_now().zone,
        parties_told_otherwise(parties),
    )


def _line(
    standing: Standing,
    persons: Mapping[PersonId, Person],
    booking: BookingLine | None,
    call: Call | None,
    notes: _Notes,
) -> CallLine | None:
    principal = persons.get(standing.principal) if standing.principal else None
    if principal is None or standing.tier is None:
        return None
    people = [persons[member.person] for member in standing.members if member.person in persons]
    phones = tuple(dict.fromkeys((*principal.phones, *(phone for person in people for phone in person.phones))))
    spoken = tuple(phone for phone in phones if phone not in notes.silent)
    return CallLine(
        party=standing.party,
        principal=principal,
        phones=spoken,
        heads=len(booking.persons) if booking else len(standing.seated),
        language=principal.language,
        tier=standing.tier,
        booking=booking,
        outcome=_outcome(call, is_told_otherwise=standing.party in notes.otherwise),
        called_at=call.at if call else None,
        zone=notes.zone,
        doubt=doubt_of_size(notes.parties[standing.party]) if standing.party in notes.parties else "",
        perhaps_more=notes.parties[standing.party].perhaps_more if standing.party in notes.parties else 0,
        is_told_otherwise=standing.party in notes.otherwise,
        is_unsafe=standing.party in notes.unsafe,
        has_refused=standing.party in notes.refused,
        shared=tuple((phone, many) for phone in spoken if (many := notes.families.get(phone, 0)) >= SHARED_BY),
        held_back=sum(phone in notes.silent for phone in phones),
        asked=notes.asked.get(standing.party, PartyAsked()),
        members=len(standing.members),
        not_coming=tuple(
            NotComing(one.person, persons[one.person].name if one.person in persons else "", one.relation, one.status)
            for one in sorted(standing.members, key=lambda one: one.status)
            if one.person not in standing.accepted
        ),
    )


def _outcome(call: Call | None, *, is_told_otherwise: bool) -> str:
    """What came of the last call; a call that told another hour or place than holds now is still to be made."""
    is_open = call is None or (is_told_otherwise and call.outcome == Call.Outcome.REACHED)
    return Call.Outcome.TO_DO if call is None or is_open else call.outcome


def _told_apart(lines: Sequence[CallLine]) -> list[CallLine]:
    """The lines, each of several principals of one name with what tells them apart."""
    named = Counter(_called(line) for line in lines)
    return [
        replace(line, told_apart=_tells_apart(line.principal)) if named[_called(line)] > 1 and _called(line) else line
        for line in lines
    ]


def _called(line: CallLine) -> tuple[str, ...]:
    return skeleton(line.names.latin or line.names.arabic)


def _tells_apart(person: Person) -> str:
    """Father's name and year of birth, as far as they are known; the province if neither is."""
    birth = f"born {person.birth.earliest.year}" if person.birth else ""
    father = f"father {person.father}" if person.father else ""
    return ", ".join(filter(None, (father, birth))) or person.place


def texts_all() -> QuerySet[PublicText]:
    """All texts for people outside."""
    return PublicText.objects.order_by("code", "language")


def texts_that_may_be_sent(codes: Iterable[str]) -> list[PublicText]:
    """Those of these texts behind which a person stands."""
    return [one for one in PublicText.objects.filter(code__in=list(codes)) if one.may_be_sent]


def next_steps_open() -> QuerySet[NextStep]:
    """Parties left behind whose next step is not done, the most urgent first."""
    return NextStep.objects.filter(done_at=None).order_by("due_at", "party")


def calls_of(party: PartyId) -> QuerySet[Call]:
    """The calls to one party, the newest first."""
    return Call.objects.filter(party=party).order_by("-at", "-pk")


def next_step_of(party: PartyId) -> NextStep | None:
    """What happens next for a party left behind."""
    return NextStep.objects.filter(pk=party, done_at=None).first()


def call_lines_of(parties: Sequence[str]) -> list[CallLine]:
    """The lines of these parties alone, in the order given; a party without a tier is missing."""
    records = standings_of(parties)
    standings = [
        STANDING.validate_python(records[PartyId(key)].content) for key in parties if PartyId(key) in records
    ]
    persons = persons_by_id(member.person for standing in standings for member in standing.members)
    notes = _notes(
        parties_by_id(parties), families_by_phone(phone for person in persons.values() for phone in person.phones)
    )
    bookings = {line.party: line for line in bookings_lines(parties)}
    last = {call.party: call for call in Call.objects.filter(party__in=list(parties)).order_by("at", "pk")}
    lines = [_line(one, persons, bookings.get(one.party), last.get(one.party), notes) for one in standings]
    return _told_apart([line for line in lines if line])


def outcome_choices() -> list[tuple[str, str]]:
    """The outcomes that a call can have, for buttons."""
    return [(str(value), str(label)) for value, label in Call.Outcome.choices if value != Call.Outcome.TO_DO]


def outcomes_so_far() -> dict[str, int]:
    """The last outcome of each party called, as its line shows it: outcome to number of parties."""
    last = {call.party: call for call in Call.objects.order_by("at", "pk")}
    otherwise = parties_told_otherwise(last)
    shown = (_outcome(call, is_told_otherwise=PartyId(party) in otherwise) for party, call in last.items())
    return dict(Counter(outcome for outcome in shown if outcome != Call.Outcome.TO_DO))
