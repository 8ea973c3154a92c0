"""The parts of the state that are not about one person: corrections, merged ids, parties, passes, head counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from safepassage.core.ids import EventId, PartyId, PersonId, PointId
from safepassage.core.ledger.events import Event
from safepassage.core.ledger.kinds import EventKind
from safepassage.core.ledger.state import Alarm, HeadCount, PartyState, PassState

PARTY_KINDS = frozenset({EventKind.PARTIES_FORMED, EventKind.MEMBERS_CONFIRMED, EventKind.MEMBERS_REMOVED})
PASS_KINDS = frozenset({EventKind.PASSES_ISSUED, EventKind.PASSES_REVOKED, EventKind.PERSONS_ADMITTED})
COUNT_KINDS = frozenset({EventKind.HEADS_COUNTED, EventKind.DISCREPANCY_CLOSED})


def find_annulled(annulments: Iterable[Event], known: Set[EventId]) -> tuple[frozenset[EventId], list[Alarm]]:
    """The events that don't count, and annulments whose event isn't here (yet).

    An annulment can itself be annulled; its event then counts again. An id holds its event's digest, so that an
    event can't name a later one: there are no circles. A chain of them may be as long as a device likes to write it.
    """
    by_target: dict[EventId, list[EventId]] = {}
    alarms: list[Alarm] = []
    for event in annulments:
        target = EventId(event.code("event"))
        by_target.setdefault(target, []).append(event.id)
        if target not in known:
            alarms.append(Alarm("annuls-nothing", target, (event.id,), (event.device,)))
    holds: dict[EventId, bool] = {}
    waiting = list(by_target)
    while waiting:
        unsettled = [one for one in by_target.get(waiting[-1], ()) if one not in holds]
        if unsettled:
            waiting += unsettled
        else:
            last = waiting.pop()
            holds[last] = not any(holds[one] for one in by_target.get(last, ()))
    return frozenset(target for target in by_target if not holds[target]), alarms


def resolve_redirects(events: Iterable[Event]) -> tuple[dict[PersonId, PersonId], list[Alarm]]:
    """Where each merged id leads in the end; the last word on an id wins, and a split takes its new id back.

    Ids that lead in a circle all lead to the least of them, with an alarm.
    """
    step: dict[PersonId, PersonId] = {}
    for event in events:
        if event.kind is EventKind.PERSONS_REDIRECTED:
            for person, into in event.rows:
                step[PersonId(str(person))] = PersonId(str(into))
        elif event.kind is EventKind.PERSONS_SPLIT:
            for _, new in event.rows:
                step.pop(PersonId(str(new)), None)
    final: dict[PersonId, PersonId] = {}
    alarms: set[Alarm] = set()
    for person in step:
        path = [person]
        while path[-1] in step and step[path[-1]] not in path:
            path.append(step[path[-1]])
        end = path[-1]
        if end in step:
            end = min(path[path.index(step[end]) :])
            alarms.add(Alarm("redirect-circle", end))
        if end != person:
            final[person] = end
    return final, sorted(alarms)


def derive_parties(events: Iterable[Event], redirects: Mapping[PersonId, PersonId]) -> dict[PartyId, PartyState]:
    """Members of each party, confirmed and proposed; `events` in order, none annulled."""
    members: dict[PartyId, dict[PersonId, bool]] = {}
    for event in events:
        if event.kind not in PARTY_KINDS:
            continue
        for row in event.rows:
            party, person = PartyId(str(row[0])), PersonId(str(row[1]))
            person = redirects.get(person, person)
            if event.kind is EventKind.MEMBERS_REMOVED:
                members.setdefault(party, {}).pop(person, None)
            else:
                is_confirmed = event.kind is EventKind.MEMBERS_CONFIRMED or row[2] == 1
                earlier = members.setdefault(party, {}).get(person, False)
                members[party][person] = is_confirmed or earlier
    return {
        party: PartyState(
            party,
            tuple(sorted(person for person, is_confirmed in found.items() if is_confirmed)),
            tuple(sorted(person for person, is_confirmed in found.items() if not is_confirmed)),
        )
        for party, found in sorted(members.items())
    }


def derive_passes(events: Iterable[Event]) -> tuple[dict[str, PassState], list[Alarm]]:
    """Each pass as issued, revoked and first used; a use after its revocation raises an alarm."""
    passes: dict[str, PassState] = {}
    revoked: dict[str, tuple[int, str, Event]] = {}
    uses: list[Event] = []
    for event in events:
        if event.kind is EventKind.PASSES_ISSUED:
            for number, party, point, begins, ends, heads in event.rows:
                passes[str(number)] = PassState(
                    str(number), PartyId(str(party)), PointId(str(point)), int(begins), int(ends), int(heads)
                )
        elif event.kind is EventKind.PASSES_REVOKED:
            for (number,) in event.rows:
                revoked.setdefault(str(number), (event.occurred, event.code("reason"), event))
        elif event.kind is EventKind.PERSONS_ADMITTED and event.code("pass"):
            uses.append(event)
    alarms: list[Alarm] = []
    for event in uses:
        number = event.code("pass")
        if number in revoked and revoked[number][0] < event.occurred:
            revocation = revoked[number][2]
            alarms.append(Alarm("revoked-pass-used", number, (revocation.id, event.id), (event.device,)))
        if number in passes and passes[number].used_at is None:
            passes[number] = replace(passes[number], used_at=event.occurred)
    for number in revoked:
        if number in passes:
            passes[number] = replace(passes[number], revoked=revoked[number][1])
    return dict(sorted(passes.items())), alarms


def derive_head_counts(events: Iterable[Event]) -> tuple[HeadCount, ...]:
    """Heads counted by eye, in order, and the reasons with which their discrepancies were closed."""
    counts: dict[EventId, HeadCount] = {}
    closed: dict[EventId, str] = {}
    for event in events:
        if event.kind is EventKind.HEADS_COUNTED:
            counts[event.id] = HeadCount(
                event.id,
                event.occurred,
                event.number("count"),
                event.code("owner"),
                event.code("point"),
                event.code("leg"),
            )
        elif event.kind is EventKind.DISCREPANCY_CLOSED:
            closed[EventId(event.code("head_count"))] = event.code("reason")
    return tuple(replace(count, closed=closed.get(key, "")) for key, count in counts.items())
