"""What a sheet of paper that two people typed alike means: the events that a phone would have written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from safepassage.apps.gate.effects import events_heed
from safepassage.apps.gate.keyed import slip_count
from safepassage.apps.gate.loading import AT_DEPARTURE, legs_loading
from safepassage.apps.gate.offline import bands_of
from safepassage.apps.ledger.selectors import events_of_kind, state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.manifests import manifest_persons, manifest_read, network_of_manifest
from safepassage.apps.passes.selectors import pass_found
from safepassage.core.errors import NotFoundError, Problems
from safepassage.core.ids import PassId
from safepassage.core.intake.keyed import read_slip
from safepassage.core.intake.paper import lines_of
from safepassage.core.ledger import EventKind
from safepassage.core.ledger.clock import to_milliseconds
from safepassage.core.passes import read_short_code
from safepassage.core.people import AgeBand

_GROWN = frozenset({AgeBand.ADULT, AgeBand.OLDER, AgeBand.UNKNOWN})


def sheet_count(*, kind: str, number: str, fields: Mapping[str, str], account: str, now: datetime) -> str:
    """Appends what a sheet means, at the hour on it; in the transaction of who calls.

    Returns:
        What is left to be done by name; empty if nothing is.

    Raises:
        ProblemsError: its hour has not come, or it fits nothing that is on record.
        NotFoundError: there is no such pass or manifest.
    """
    at = datetime.fromisoformat(fields["at"])
    if at > now:
        _refuse("future", "Its time has not come.", "Look at date and zone.")
    told: dict[str, Any] = {"account": account, "now": now}
    occurred = to_milliseconds(at)
    if kind == "walk-in":
        if not slip_count(read_slip({"slip": number, **fields}), account=account, now=now):
            _refuse("counted", "This slip counts already: nothing is written.", "Look for its number among walk-ins.")
        return ""
    if kind == "pass":
        return _count_pass(number, fields, occurred, told)
    if kind == "manifest":
        return _count_manifest(number, fields, occurred, told)
    body: dict[str, Any] = {"point": fields["point"], "level": fields["level"], "occurred": occurred}
    if fields["heads"]:
        body["count"] = int(fields["heads"])
    event = event_append(kind=EventKind.PRESSURE_TALLIED, body=body, **told)
    events_heed(stored=[event.id])
    return ""


def still_counts(*, kind: str, number: str, fields: Mapping[str, str]) -> bool:
    """Whether what a sheet once meant has effect still; where it was annulled, the sheet may be typed anew."""
    at = to_milliseconds(datetime.fromisoformat(fields["at"]))
    if kind == "walk-in":
        return any(event.code("slip") == number for event in events_of_kind(EventKind.WALK_INS))
    if kind == "pass":
        wanted = EventKind.ENCOUNTER, "pass", read_short_code(number) or ""
    elif kind == "manifest":
        wanted = EventKind.HEADS_COUNTED, "leg", number.rsplit(":v", 1)[0]
    else:
        wanted = EventKind.PRESSURE_TALLIED, "point", fields["point"]
    event_kind, name, value = wanted
    return any(event.code(name) == value and event.occurred == at for event in events_of_kind(event_kind))


def _count_pass(number: str, fields: Mapping[str, str], occurred: int, told: dict[str, Any]) -> str:
    """The whole party was admitted, or somebody was referred. Who of a part came in nobody can tell from a list."""
    record = pass_found(read_short_code(number) or PassId(""))
    if record is None:
        raise NotFoundError("No pass has that code.", where=number, advice="Type it as printed beside the square.")
    heads = int(fields["heads"])
    is_admitted = fields["outcome"] == "admitted"
    if is_admitted and heads != record.heads:
        _refuse("heads", "Part of a party is on no list by name.", "Put `referred`, and see to them by name.")
    if fields["point"] != record.access_point:
        _refuse("other-point", f"That pass is for {record.access_point}.", "Type the point that is on the sheet.")
    if is_admitted and record.revoked_at and to_milliseconds(record.revoked_at) <= occurred:
        _refuse("revoked", "That pass was withdrawn before that hour.", "Put `referred`, and see to them by name.")
    rows = tuple((person, record.party) for person in record.persons)
    are_children = is_admitted and not (
        _GROWN & set(bands_of(record.text, record.access_point, record.window_start.date()))
    )
    reasons = ("on-paper", *(("child-without-adult",) if are_children else ()))
    body: dict[str, Any] = {
        "point": fields["point"],
        "verdict": "look-closer" if are_children or not is_admitted else "valid",
        "reasons": reasons,
        "heads": heads,
        "party": record.party,
        "pass": record.id,
        "occurred": occurred,
        "rows": tuple((person,) for person, _ in rows) if heads == record.heads else (),
    }
    event_append(kind=EventKind.ENCOUNTER, body=body, **told)
    if is_admitted and not are_children:
        body = {"point": fields["point"], "pass": record.id, "reasons": reasons, "occurred": occurred, "rows": rows}
        event_append(kind=EventKind.PERSONS_ADMITTED, body=body, **told)
    return "children" if are_children else ""


def _count_manifest(number: str, fields: Mapping[str, str], occurred: int, told: dict[str, Any]) -> str:
    """Whole parties were aboard; of a part it is left to name who was not."""
    leg, version = number.rsplit(":v", 1)
    manifest, persons = manifest_read(leg, int(version)), manifest_persons(leg, int(version))
    known = {line.number: line for line in manifest.lines}
    part = lines_of(fields["part"], 0 if fields["part"] == "all" else len(known))
    aboard = lines_of(fields["aboard"], len(known)) - part
    if unknown := sorted((aboard | part) - {*known}):
        _refuse("line", f"The list has no line {', '.join(map(str, unknown))}.", "Look at the version on the sheet.")
    whole = sum(len(persons.get(known[line].party, ())) for line in aboard)
    if int(fields["heads"]) < whole + len(part):
        _refuse("heads", f"{fields['heads']} heads, but the lines make {whole + len(part)} at least.", "Count again.")
    (found,) = (one for one in network_of_manifest(leg, int(version)).legs if one.id == leg)
    (loading,) = legs_loading(state_now(), legs=[found])
    kind = EventKind.PERSONS_SET_OUT if loading.is_before_gate else EventKind.PERSONS_BOARDED
    rows = tuple(
        (person, known[line].party) for line in sorted(aboard) for person in persons.get(known[line].party, ())
    )
    if rows:
        event_append(kind=kind, body={"leg": leg, "occurred": occurred, "rows": rows}, **told)
    if rows and not loading.is_before_gate:
        event_append(kind=EventKind.PERSONS_DEPARTED, body={"leg": leg, "occurred": occurred, "rows": rows}, **told)
    counted = {
        "leg": leg,
        "count": int(fields["heads"]),
        "owner": fields["owner"],
        "method": AT_DEPARTURE,
        "occurred": occurred,
    }
    event_append(kind=EventKind.HEADS_COUNTED, body=counted, **told)
    return " ".join(str(line) for line in sorted(part))


def _refuse(code: str, message: str, advice: str) -> None:
    problems = Problems()
    problems.add(code, message, advice=advice)
    problems.raise_if_any("the sheet as typed")
