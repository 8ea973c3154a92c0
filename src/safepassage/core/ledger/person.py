"""One person's state from the events that name them: which stage they prove, who answers, what contradicts.

The rules, in the order in which they decide (see `docs/ledger.md`):

1. who died, died;
2. detained and missing hold until somebody sees the person; closed and left behind until they are seen, called
   or booked again (who had boarded when a phase closed was not left behind);
3. what somebody saw is never taken back by a later event of less: the furthest stage counts. Before admission
   only, a turn-away, a no-show, a fruitless search or a refusal sends the person back, and a later call,
   booking or sighting begins anew;
4. booked while a seat is held, else called, else what the last policy applied says, else identified, else known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from safepassage.core.ids import EventId, LegId, PartyId, PersonId, TeamId
from safepassage.core.ledger.body import Row
from safepassage.core.ledger.events import Event
from safepassage.core.ledger.kinds import EventKind
from safepassage.core.ledger.stages import HELD, LOST, SENT_BACK, Stage, seen_stage
from safepassage.core.ledger.state import UNKNOWN, Alarm, PersonState, Touch

_ASSIGNING = frozenset({EventKind.PERSONS_ASSIGNED, EventKind.WALK_INS, EventKind.PERSONS_SPLIT})
_BOOKING = frozenset({EventKind.PERSONS_BOOKED, EventKind.PERSONS_UNBOOKED})
_RESPONSIBILITY = frozenset(
    {
        EventKind.RESPONSIBILITY_TAKEN,
        EventKind.HANDOVER_OFFERED,
        EventKind.HANDOVER_ACCEPTED,
        EventKind.HANDOVER_REFUSED,
    }
)


@dataclass(slots=True)
class _Reading:
    """What has been read so far of one person's events, in order. A proof is (stage, event)."""

    person: PersonId
    alarms: list[Alarm] = field(default_factory=list)
    is_assigned: bool = False
    first: Event | None = None
    identified: Event | None = None
    standings: dict[str, tuple[Event, Row]] = field(default_factory=dict)
    called: Event | None = None
    legs: dict[str, Event] = field(default_factory=dict)
    seen: tuple[Stage, Event] | None = None
    back: tuple[Stage, Event] | None = None
    held: tuple[Stage, Event] | None = None
    died: Event | None = None
    admissions: list[Event] = field(default_factory=list)
    parties: dict[str, None] = field(default_factory=dict)
    point: str = ""
    seen_at: int | None = None
    next_step: str = ""
    owner: str = ""
    team: str = ""
    offers: dict[str, tuple[str, str]] = field(default_factory=dict)
    ever: Stage = Stage.KNOWN

    def alarm(self, code: str, *events: Event) -> None:
        self.alarms.append(
            Alarm(
                code,
                self.person,
                tuple(event.id for event in events),
                tuple(sorted({event.device for event in events})),
            )
        )

    def stood(self, stage: Stage) -> None:
        """Notes that they stood at a stage of the corridor, whatever comes of it."""
        if stage.place > self.ever.place:
            self.ever = stage

    @property
    def is_inside(self) -> bool:
        return self.seen is not None and self.seen[0].place >= Stage.ADMITTED.place


def derive_person(
    person: PersonId, touches: Sequence[Touch], ids: tuple[PersonId, ...]
) -> tuple[PersonState, tuple[Alarm, ...]]:
    """The state of one person, and what their events contradict; `touches` in the order of events, none annulled."""
    reading = _Reading(person)
    for event, row in touches:
        _read(reading, event, row)
    if not reading.is_assigned:
        reading.alarms.append(Alarm("never-assigned", person))
    if len(reading.admissions) > 1:
        reading.alarm("admitted-twice", *reading.admissions)
    return _conclude(reading, ids), tuple(reading.alarms)


def _read(reading: _Reading, event: Event, row: Row) -> None:
    kind = event.kind
    reading.first = reading.first or event
    stage = seen_stage(event)
    if stage:
        _read_sighting(reading, event, stage)
    elif kind in _ASSIGNING:
        reading.is_assigned = True
    elif kind in SENT_BACK:
        _read_sent_back(reading, event)
    elif kind in HELD:
        _read_held(reading, event, row)
    elif kind in _RESPONSIBILITY:
        _read_responsibility(reading, event)
    elif kind in _BOOKING:
        _read_booking(reading, event, row)
    else:
        _read_other(reading, event, row)
    if kind is EventKind.WALK_INS:
        reading.is_assigned = True


def _read_other(reading: _Reading, event: Event, row: Row) -> None:
    kind = event.kind
    if kind is EventKind.STANDINGS_GIVEN:
        reading.standings[str(row[1])] = (event, row)
        if int(row[3]) > 0:
            reading.stood(Stage.ELIGIBLE)
    elif kind is EventKind.PERSONS_CALLED:
        reading.called = event
        reading.stood(Stage.CALLED)
        _begin_anew(reading)
    elif kind is EventKind.CALL_OUTCOMES and event.code("outcome") == "refused" and not reading.is_inside:
        reading.back = (Stage.DECLINED, event)
    elif kind is EventKind.PERSONS_IDENTIFIED:
        reading.identified = reading.identified or event
        reading.stood(Stage.IDENTIFIED)
    elif kind is EventKind.PERSONS_FOUND:
        reading.held = None
        reading.point, reading.seen_at = event.code("point"), event.occurred
    elif kind is EventKind.PERSONS_DIED:
        reading.died = reading.died or event
    elif kind is EventKind.NEXT_STEPS_SET:
        reading.next_step, reading.owner = str(row[1]), str(row[2])
    elif kind is EventKind.NEXT_STEPS_DONE:
        reading.next_step = ""
    elif kind is EventKind.PARTIES_FORMED or kind is EventKind.MEMBERS_CONFIRMED:
        reading.parties[str(row[0])] = None
    elif kind is EventKind.MEMBERS_REMOVED:
        reading.parties.pop(str(row[0]), None)
        reading.standings.pop(str(row[0]), None)


def _read_sighting(reading: _Reading, event: Event, stage: Stage) -> None:
    if reading.died:
        reading.alarm("seen-after-death", reading.died, event)
    if event.kind is EventKind.PERSONS_ADMITTED:
        reading.admissions.append(event)
    if reading.seen is None or stage.place > reading.seen[0].place:
        reading.seen = (stage, event)
    reading.stood(stage)
    reading.back = reading.held = None
    reading.point, reading.seen_at = event.code("leg") or event.code("point"), event.occurred


def _read_sent_back(reading: _Reading, event: Event) -> None:
    if event.kind is EventKind.PERSONS_NO_SHOW:
        reading.legs.pop(event.code("leg"), None)
    if event.kind is EventKind.PERSONS_TURNED_AWAY:
        reading.seen_at = event.occurred
        reading.point = event.code("point")
        reading.held = None
        if reading.is_inside:
            reading.alarm("turned-away-inside", *reading.admissions[-1:], event)
    if reading.is_inside:
        return
    reading.back, reading.seen = (SENT_BACK[event.kind], event), None


def _read_held(reading: _Reading, event: Event, row: Row) -> None:
    if event.kind is EventKind.PERSONS_LEFT_BEHIND:
        if reading.seen and reading.seen[0].place >= Stage.BOARDED.place:
            return
        reading.next_step, reading.owner = str(row[1]), str(row[2])
        if reading.held and reading.held[0] in LOST:
            return
    else:
        reading.next_step, reading.owner = "", event.code("owner")
    reading.held = (HELD[event.kind], event)


def _begin_anew(reading: _Reading) -> None:
    """A call or a booking: lifts what only kept the person out of the corridor, finds nobody who is lost."""
    reading.back = None
    if reading.held and reading.held[0] not in LOST:
        reading.held = None


def _read_booking(reading: _Reading, event: Event, row: Row) -> None:
    leg = str(row[2])
    if event.kind is EventKind.PERSONS_BOOKED:
        reading.legs[leg] = event
        reading.stood(Stage.BOOKED)
        _begin_anew(reading)
    else:
        reading.legs.pop(leg, None)


def _read_responsibility(reading: _Reading, event: Event) -> None:
    kind, handover = event.kind, event.code("handover")
    if kind is EventKind.RESPONSIBILITY_TAKEN:
        if reading.team and reading.team != event.code("team"):
            reading.alarm("taken-without-handover", event)
        else:
            reading.team = event.code("team")
    elif kind is EventKind.HANDOVER_OFFERED:
        if reading.team and reading.team != event.code("giver"):
            reading.alarm("not-responsible", event)
        else:
            reading.team = event.code("giver")
            reading.offers[handover] = (event.code("giver"), event.code("receiver"))
    elif kind is EventKind.HANDOVER_REFUSED:
        reading.offers.pop(handover, None)
    elif handover not in reading.offers:
        reading.alarm("handover-not-offered", event)
    else:
        _, reading.team = reading.offers[handover]
        reading.offers.clear()


def _stage(reading: _Reading) -> tuple[Stage, Event]:
    """The rules of the module's docstring, in their order."""
    if reading.died:
        return Stage.DIED, reading.died
    for proof in (reading.held, reading.back):
        if proof:
            return proof
    return _corridor(reading)


def _corridor(reading: _Reading) -> tuple[Stage, Event]:
    if reading.seen:
        return reading.seen
    if reading.legs:
        return Stage.BOOKED, max(reading.legs.values(), key=lambda event: event.order)
    if reading.called:
        return Stage.CALLED, reading.called
    standing = _standing(reading.standings.values())
    if standing and int(standing[1][3]) >= 0:
        return (Stage.ELIGIBLE if standing[1][3] else Stage.NOT_ELIGIBLE), standing[0]
    if reading.identified:
        return Stage.IDENTIFIED, reading.identified
    assert reading.first is not None  # derive_person is never called without a touch
    return Stage.KNOWN, reading.first


def _standing(standings: Iterable[tuple[Event, Row]]) -> tuple[Event, Row] | None:
    """Of the policy applied last: the best tier over the parties that they are in; then unresolved; then none."""
    given = sorted(standings, key=lambda standing: (standing[0].order, standing[1]))
    if not given:
        return None
    applied = (given[-1][0].code("policy"), given[-1][0].number("version"))
    of_it = [one for one in given if (one[0].code("policy"), one[0].number("version")) == applied]
    return min(of_it, key=lambda one: (_worth(int(one[1][3])), one[1][3], one[1][4], one[1][1]))


def _worth(tier: int) -> int:
    """0 for a tier, 1 for unresolved (-1), 2 for not eligible (0)."""
    return 0 if tier > 0 else 2 + tier


def _conclude(reading: _Reading, ids: tuple[PersonId, ...]) -> PersonState:
    stage, proof = _stage(reading)
    furthest = _corridor(reading)[0]
    if stage is Stage.CLOSED:
        furthest = Stage.CLOSED
    standing = _standing(reading.standings.values())
    offers = list(reading.offers.values())
    is_waiting = stage is Stage.LEFT_BEHIND or stage in LOST
    return PersonState(
        person=reading.person,
        stage=stage,
        furthest=Stage.KNOWN if furthest is Stage.NOT_ELIGIBLE else furthest,
        since=proof.occurred,
        proof=EventId(proof.id),
        category=str(standing[1][2]) if standing else UNKNOWN,
        tier=max(int(standing[1][3]), 0) if standing else 0,
        policy=standing[0].code("policy") if standing else "",
        policy_version=standing[0].number("version") if standing else 0,
        parties=tuple(PartyId(party) for party in sorted(reading.parties)),
        legs=tuple(LegId(leg) for leg in sorted(reading.legs)),
        point=reading.point,
        seen_at=reading.seen_at,
        team=TeamId(reading.team) if reading.team else None,
        offered_to=TeamId(offers[-1][1]) if offers else None,
        next_step=reading.next_step if is_waiting else "",
        owner=reading.owner if is_waiting else "",
        ids=ids,
        ever=max(reading.ever, furthest, key=lambda one: one.place),
        is_called=reading.called is not None,
    )
