"""Work at the access points: each visit is verified as a phone does it, decided, and noted."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from safepassage.core.ids import PartyId, PassId, PersonId, derived_id
from safepassage.core.ledger import EventKind, Stage
from safepassage.core.passes import (
    BindingFact,
    GateAction,
    GateDecision,
    GateReason,
    Use,
    Verdict,
    VerifierState,
    bind_document,
    verify_pass,
)
from safepassage.core.people import AgeBand, Sex
from safepassage.core.sim.gateday.acts import Acts
from safepassage.core.sim.gateday.officer import decide_visit
from safepassage.core.sim.gateday.values import GateParty, GateScene
from safepassage.core.sim.gateday.visits import Bearer, Draw, Visit
from safepassage.core.sim.gateday.whereabouts import Whereabouts

_SYNC = timedelta(hours=6)
_STRANGERS_PAPER = BindingFact("X00000000")
_DOCUMENTED_WALK_INS = 0.6


@dataclass(slots=True)
class GateWork:
    """The days at all access points, visit by visit in the order of time."""

    rng: np.random.Generator
    scene: GateScene
    draw: Draw
    acts: Acts
    people: Whereabouts
    refused: Counter[str] = field(default_factory=Counter)
    encounters: int = 0
    walk_ins: int = 0
    last_visit: dict[PartyId, datetime] = field(default_factory=dict)
    _queue: list[tuple[datetime, int, Visit]] = field(default_factory=list)
    _uses: dict[PassId, list[tuple[datetime, str, Use]]] = field(default_factory=dict)
    _numbered: int = 0
    _slips: str = ""

    def work(self, visits: Iterable[Visit]) -> None:
        """Takes all visits, and those that follow from them."""
        self._slips = self.rng.bytes(3).hex()
        for visit in visits:
            self._push(visit)
        while self._queue:
            _, _, visit = heapq.heappop(self._queue)
            self._take(visit)

    def _push(self, visit: Visit) -> None:
        self._numbered += 1
        heapq.heappush(self._queue, (visit.at, self._numbered, visit))

    def _take(self, visit: Visit) -> None:
        verdict = None
        if visit.text:
            verifier = self._verifier(visit)
            assert visit.device.point is not None
            verdict = verify_pass(visit.text, verifier=verifier, now=visit.at, point=visit.device.point)
        if visit.party is None and visit.bearer is Bearer.NOBODY:
            self._walk_in(visit)
            return
        if visit.party is not None and visit.bearer is not Bearer.COPY:
            self.last_visit[visit.party.party] = visit.at
        is_bound, inside = self._is_bound(visit, verdict), self._known_inside(visit)
        decision = decide_visit(visit, verdict, is_bound=is_bound, inside=inside)
        self._note_encounter(visit, verdict, decision)
        if decision.action is GateAction.ADMIT:
            self._admit(visit, verdict, decision)
            self._follow_admission(visit)
            return
        self.refused[str(verdict.code) if verdict else "no-pass"] += 1
        if decision.action is GateAction.TURN_AWAY and visit.bearer in {Bearer.PARTY, Bearer.NOBODY}:
            self._turn_away(visit, verdict, decision)
        self._follow_referral(visit, decision)

    def _verifier(self, visit: Visit) -> VerifierState:
        """What the device knows now: its own uses, and others' once they have reached it."""
        assert visit.device.point is not None
        base = self.scene.verifiers[visit.device.point]
        uses: list[Use] = []
        if visit.party is not None and visit.party.issued is not None:
            for known_from, device, use in self._uses.get(visit.party.issued.id, []):
                if device == visit.device.id or (known_from <= visit.at and not visit.device.is_offline):
                    uses.append(use)
        tags = base.admitted_tags
        if visit.party is not None and visit.party.issued is not None:
            members = visit.party.issued.content.members
            inside = self._by_document(visit)
            tags |= {tag for place in sorted(inside) for tag in members[place].tags}
        lists = base.revocations if base.revocations and base.revocations.issued_at <= visit.at else None
        return replace(base, uses=(*base.uses, *uses), admitted_tags=tags, revocations=lists)

    def _known_inside(self, visit: Visit) -> frozenset[int]:
        """Places of members whose admission the device knows of: all of them if it is online, else its own."""
        if visit.party is None:
            return frozenset()
        admissions = self.people.admissions
        return frozenset(
            place
            for place, member in enumerate(visit.party.members)
            if any(
                device == visit.device.id or not visit.device.is_offline
                for device in admissions.get(member.person, ())
            )
        )

    def _by_document(self, visit: Visit) -> frozenset[int]:
        """Places of members known to be inside whom a document carried: their pass shows no use of them."""
        return frozenset(place for place in self._known_inside(visit) if self._is_unused(visit, place))

    def _is_unused(self, visit: Visit, place: int) -> bool:
        assert visit.party is not None
        assert visit.party.issued is not None
        return all(place not in use.members for _, _, use in self._uses.get(visit.party.issued.id, []))

    def _is_bound(self, visit: Visit, verdict: Verdict | None) -> bool:
        if verdict is None or verdict.content is None or visit.party is None or visit.device.point is None:
            return False
        keys = self.scene.verifiers[visit.device.point].point_day_keys
        facts: Sequence[BindingFact] = (_STRANGERS_PAPER,)
        if visit.bearer is Bearer.PARTY:
            facts = [fact for place in visit.present for fact in visit.party.members[place].documents]
        return any(bind_document(verdict.content, fact, keys=keys).is_bound for fact in facts)

    def _note_encounter(self, visit: Visit, verdict: Verdict | None, decision: GateDecision) -> None:
        self.encounters += 1
        reasons = tuple(dict.fromkeys([*(map(str, verdict.codes) if verdict else ()), str(decision.reason)]))
        body: dict[str, object] = {
            "point": visit.device.point,
            "role": "access-point",
            "verdict": str(verdict.level) if verdict else "no-pass",
            "reasons": reasons,
            "heads": len(visit.present) + visit.extra_heads,
            "rows": (),
        }
        if verdict and verdict.content:
            body["pass"] = verdict.content.id
        is_known = visit.bearer is Bearer.NOBODY or (verdict is not None and verdict.content is not None)
        if visit.bearer is not Bearer.COPY and visit.party is not None and is_known:
            people = _people_of(visit)
            body["party"] = visit.party.party
            body["rows"] = tuple((person,) for person in people)
            self.people.see(people, Stage.AT_ACCESS_POINT)
        self.acts.add(visit.at, visit.device, EventKind.ENCOUNTER, body)

    def _admit(self, visit: Visit, verdict: Verdict | None, decision: GateDecision) -> None:
        assert visit.party is not None
        assert visit.device.point is not None
        members = [visit.party.members[place].person for place in decision.members]
        body: dict[str, object] = {
            "point": visit.device.point,
            "reasons": (str(decision.reason),),
            "rows": tuple((person, visit.party.party) for person in members),
        }
        if verdict and verdict.content:
            body["pass"] = verdict.content.id
            use = Use(verdict.content.id, decision.members, visit.device.point, visit.at)
            known_from = visit.at + (_SYNC if visit.device.is_offline else timedelta())
            self._uses.setdefault(use.pass_id, []).append((known_from, visit.device.id, use))
        self.acts.add(visit.at, visit.device, EventKind.PERSONS_ADMITTED, body)
        self.people.admit(members, visit.device.id, visit.at)
        if decision.extra_heads:
            self._write_slip(visit, Sex.UNKNOWN, AgeBand.CHILD)

    def _turn_away(self, visit: Visit, verdict: Verdict | None, decision: GateDecision) -> None:
        assert visit.party is not None
        people = [person for person in _people_of(visit) if person not in self.people.admitted_at]
        if not people:
            return
        rows = tuple((person, visit.party.party) for person in people)
        body: dict[str, object] = {"point": visit.device.point, "reason": str(decision.reason), "rows": rows}
        if verdict and verdict.content:
            body["pass"] = verdict.content.id
        self.acts.add(visit.at, visit.device, EventKind.PERSONS_TURNED_AWAY, body)
        self.people.seen_at_gate.update(people)
        self.people.send_back(people, Stage.TURNED_AWAY)

    def _walk_in(self, visit: Visit) -> None:
        """Somebody whom no list knows: a numbered slip; in if they can show what makes them eligible."""
        person, slip = self._write_slip(visit, Sex.MALE if self.rng.random() < 0.6 else Sex.FEMALE, AgeBand.ADULT)
        party = derived_id("T", self.scene.operation, "slip", slip)
        rows = ((person, party),)
        if self.rng.random() < _DOCUMENTED_WALK_INS:
            reasons = (str(GateReason.ELIGIBLE_BY_DOCUMENT),)
            body = {"point": visit.device.point, "reasons": reasons, "rows": rows}
            self.acts.add(visit.at, visit.device, EventKind.PERSONS_ADMITTED, body)
            self.people.admit((person,), visit.device.id, visit.at)
            return
        turned = {"point": visit.device.point, "reason": str(GateReason.NO_GROUND), "rows": rows}
        self.acts.add(visit.at, visit.device, EventKind.PERSONS_TURNED_AWAY, turned)
        self.people.send_back((person,), Stage.TURNED_AWAY)
        self.refused["no-pass"] += 1

    def _write_slip(self, visit: Visit, sex: Sex, band: AgeBand) -> tuple[PersonId, str]:
        self.walk_ins += 1
        slip = f"slip-{self._slips}-{self.walk_ins:04d}"
        person = PersonId(derived_id("P", self.scene.operation, "slip", slip))
        body = {"point": visit.device.point, "slip": slip, "rows": ((person, str(sex), str(band)),)}
        self.acts.add(visit.at, visit.device, EventKind.WALK_INS, body)
        self.people.see((person,), Stage.AT_ACCESS_POINT)
        return person, slip

    def _follow_admission(self, visit: Visit) -> None:
        """Those who come later, by themselves, with the same pass."""
        if visit.rest and visit.party is not None:
            later = visit.at + timedelta(minutes=int(self.rng.integers(10, 60)))
            self._push(replace(visit, at=later, present=visit.rest, rest=(), extra_heads=0, attempt=1))

    def _follow_referral(self, visit: Visit, decision: GateDecision) -> None:
        """They come again, as told, unless they don't."""
        assignment = visit.party.assignment if visit.party else None
        if visit.bearer is not Bearer.PARTY or assignment is None or visit.attempt > 1 or not visit.is_returning:
            return
        point, window = assignment.access_point, assignment.access_window
        if point is None or window is None or all(one in self.people.admitted_at for one in _people_of(visit)):
            return
        wait = timedelta(minutes=int(self.rng.integers(10, 90)))
        if decision.reason is GateReason.COME_BACK:
            again = self.draw.at_point(visit, point, window.begins + wait / 3)
            self._push(replace(again, attempt=visit.attempt, extra_heads=visit.extra_heads))
        elif decision.reason is GateReason.OTHER_POINT and visit.device.point != point:
            self._push(self.draw.at_point(visit, point, max(visit.at, window.begins) + wait))
        elif decision.reason in {GateReason.MISSING_MEMBER, GateReason.CHILD_WITHOUT_ADULT}:
            present = tuple(sorted((*visit.present, *visit.rest)))
            if decision.reason is GateReason.MISSING_MEMBER or visit.rest:
                self._push(replace(visit, at=visit.at + wait / 3, present=present, rest=(), extra_heads=0, attempt=1))


def _people_of(visit: Visit) -> list[PersonId]:
    party: GateParty | None = visit.party
    return [party.members[place].person for place in visit.present] if party else []
