"""One or more gate days, from a plan's assignments and issued passes to signed events of every device."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import numpy as np

from safepassage.core.errors import Problems
from safepassage.core.ids import PartyId, PersonId, PointId
from safepassage.core.ledger import EventKind, Stage
from safepassage.core.movement import Window
from safepassage.core.sim.gateday.acts import Acts, upload_chains, write_acts
from safepassage.core.sim.gateday.gatework import GateWork
from safepassage.core.sim.gateday.onward import Legs
from safepassage.core.sim.gateday.values import GateDays, GateDevice, GateHabits, GateParty, GateScene, GateTotals
from safepassage.core.sim.gateday.visits import Bearer, Draw, Visit
from safepassage.core.sim.gateday.whereabouts import Whereabouts

_CLOSE_AFTER = timedelta(hours=5)


def simulate_gate_days(rng: np.random.Generator, scene: GateScene, *, habits: GateHabits | None = None) -> GateDays:
    """What happens to the booked parties at the access points and on the legs, and what every device writes of it.

    Passes are checked by `passes.verify_pass` with what each device knows at that moment. No-shows, early and late
    arrivals, wrong gates, half families, missing and extra children, copied, forged and revoked passes, walk-ins, a
    device that syncs late and repeated uploads occur as often as `habits` says; all by `rng`. About 1 s per thousand
    parties.

    Args:
        rng: Source of all luck.
        scene: Parties, passes, network, devices.
        habits: How often what goes wrong.

    Returns:
        Uploads in order of arrival, and the totals that a ledger folding them must reach, in whatever order. The
        events speak of bookings and passes that earlier events of the site have made known.

    Raises:
        ProblemsError: no device of the site, or an access point of the plan without a device or without keys.
    """
    habits = habits or GateHabits()
    _check(scene)
    by_point: dict[PointId, tuple[GateDevice, ...]] = {}
    for device in scene.devices:
        if device.point is not None:
            by_point[device.point] = (*by_point.get(device.point, ()), device)
    site = next(device for device in scene.devices if device.point is None)
    acts, people = Acts(), Whereabouts()
    draw = Draw(rng, habits, by_point)
    visits = _draw_visits(rng, scene, habits, draw) if by_point else []
    legs = Legs(rng, scene, habits, site, acts, people)
    legs.set_out(_first_visits(visits))
    gate = GateWork(rng, scene, draw, acts, people)
    gate.work(visits)
    legs.run()
    _close(scene, site, acts, people, gate.last_visit)
    chains = write_acts(rng, acts.found, scene.devices, scene.operation)
    uploads = upload_chains(rng, chains, scene.devices, uploaded_twice=habits.uploaded_twice)
    return GateDays(uploads, _totals(people, gate))


def _check(scene: GateScene) -> None:
    problems = Problems()
    if not any(device.point is None for device in scene.devices):
        problems.add("no-site-device", "No device of the site itself.", advice="Add one with no point.")
    standing = {device.point for device in scene.devices}
    needed = {p.assignment.access_point for p in scene.parties if p.assignment and p.assignment.access_point}
    for point in sorted(needed):
        if point not in standing:
            problems.add("no-device", "No device stands at this access point.", where=point)
    for point in sorted({*needed, *(one for one in standing if one is not None)}):
        if point not in scene.verifiers:
            problems.add("no-verifier", "Nothing is known of the keys of this access point.", where=point)
    problems.raise_if_any("the scene of the gate days")


def _draw_visits(rng: np.random.Generator, scene: GateScene, habits: GateHabits, draw: Draw) -> list[Visit]:
    visits: list[Visit] = []
    windows: list[Window] = []
    unbooked: list[GateParty] = []
    for party in scene.parties:
        assignment = party.assignment
        if assignment is None or assignment.access_window is None:
            if assignment is None:
                unbooked.append(party)
            continue
        windows.append(assignment.access_window)
        if party.issued is None:
            visits.append(draw.walk_in(assignment.access_window, party=party))
        else:
            visits += draw.visits_of(party)
    if windows:
        for party in unbooked:
            if rng.random() < habits.unbooked:
                visits.append(draw.walk_in(windows[int(rng.integers(len(windows)))], party=party))
        for _ in range(int(rng.binomial(len(windows), habits.walk_ins))):
            visits.append(draw.walk_in(windows[int(rng.integers(len(windows)))]))
    return visits


def _first_visits(visits: list[Visit]) -> dict[PartyId, datetime]:
    first: dict[PartyId, datetime] = {}
    for visit in visits:
        if visit.party is not None and visit.bearer is Bearer.PARTY:
            key = visit.party.party
            first[key] = min(visit.at, first.get(key, visit.at))
    return first


def _close(
    scene: GateScene, site: GateDevice, acts: Acts, people: Whereabouts, last_visit: dict[PartyId, datetime]
) -> None:
    """Hours after each window the site writes who never came: no-shows, and minors whose family came without them."""
    for party in scene.parties:
        if party.assignment is None:
            continue
        absent = [m for m in party.members if m.person not in people.seen_at_gate]
        if not absent:
            continue
        window = party.assignment.access_window
        ends = window.ends if window else party.assignment.report_at
        at = max(ends + _CLOSE_AFTER, last_visit.get(party.party, ends) + timedelta(hours=1))
        has_come = len(absent) < len(party.members)
        missing = [m.person for m in absent if has_come and m.is_minor]
        others = [m.person for m in absent if m.person not in missing]
        if missing:
            rows = tuple((person,) for person in missing)
            acts.add(at, site, EventKind.PERSONS_MISSING, {"owner": scene.owner, "rows": rows})
            people.hold(missing, Stage.MISSING)
        if others:
            _write_no_show(party, others, at, site, acts)
            people.send_back(others, Stage.NO_SHOW)


def _write_no_show(party: GateParty, people: list[PersonId], at: datetime, site: GateDevice, acts: Acts) -> None:
    body: dict[str, object] = {"rows": tuple((person, party.party) for person in people)}
    if party.assignment and party.assignment.legs:
        body["leg"] = party.assignment.legs[0]
    acts.add(at, site, EventKind.PERSONS_NO_SHOW, body)


def _totals(people: Whereabouts, gate: GateWork) -> GateTotals:
    found = Counter(people.stages.values())
    return GateTotals(
        stages=dict(sorted(people.stages.items())),
        encounters=gate.encounters,
        admitted=len(people.admitted_at),
        boarded=people.count(Stage.BOARDED),
        departed=people.count(Stage.DEPARTED),
        arrived=people.count(Stage.AT_STAGING_BASE),
        no_shows=found[Stage.NO_SHOW],
        walk_ins=gate.walk_ins,
        refused=dict(sorted(gate.refused.items())),
        admitted_twice=frozenset(person for person, devices in people.admissions.items() if len(devices) > 1),
    )
