"""Passes drawn and broken at random, with the verdict that the Python twin gives; the TypeScript twin has to agree.

`draw_cases(number, seed)` gives cases as JSON. Two in five are left as issued.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np

from safepassage.core.ids import OperationId
from safepassage.core.passes import (
    Delay,
    ExpectedMember,
    IssuedPass,
    PolicyVersion,
    Revocation,
    RevocationList,
    Use,
    VerifierState,
    verify_pass,
)
from safepassage.core.passes.issue import PURPOSE
from safepassage.core.passes.payload import encode_content
from safepassage.core.passes.seal import read_text, write_text
from safepassage.core.passes.sign import sign
from tests.core.passes.make_vectors import FORGER, NEW_ISSUER, flip, heads, sealed, seconds, state_json
from tests.core.passes.orders import (
    GATE,
    HOUR,
    ISSUER,
    NOON,
    OPERATION,
    OTHER_GATE,
    TODAY,
    issued,
    point_day_key,
    verifier,
)

POOL = 120
VALID_SHARE = 0.4
Rng = np.random.Generator


class Case:
    """One question, changed step by step."""

    def __init__(self, made: IssuedPass) -> None:
        self.made, self.text, self.state, self.now, self.point = made, made.text, verifier(), NOON, GATE

    def know(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)


def _alter(case: Case, rng: Rng) -> None:
    data = read_text(case.made.text)
    case.text = write_text(flip(data, int(rng.integers(len(data) * 8))))


def _forge(case: Case, rng: Rng) -> None:
    inside = sign(encode_content(case.made.content), key=ISSUER, purpose=PURPOSE)
    case.text = sealed(flip(inside, int(rng.integers(len(inside) * 8))))


def _sign_anew(case: Case, rng: Rng) -> None:
    key = (FORGER, NEW_ISSUER)[int(rng.integers(2))]
    case.text = sealed(sign(encode_content(case.made.content), key=key, purpose=PURPOSE))


def _garble(case: Case, rng: Rng) -> None:
    place = int(rng.integers(len(case.text)))
    case.text = case.text[:place] + "%é a\n"[int(rng.integers(5))] + case.text[place + int(rng.integers(2)) :]


def _shift(case: Case, rng: Rng) -> None:
    case.now = NOON + timedelta(minutes=int(rng.integers(-200, 2000)))


def _come_early(case: Case, rng: Rng) -> None:
    case.know(newest_signed_time=None, revocations=RevocationList(OPERATION, NOON - 30 * HOUR, 1))
    case.now = NOON - timedelta(minutes=int(rng.integers(60, 1400)))


def _hold(case: Case, rng: Rng) -> None:
    case.know(delays=(Delay("blue-bus", NOON + int(rng.integers(0, 40)) * HOUR),))
    case.now = NOON + timedelta(minutes=int(rng.integers(50, 1600)))


def _age_list(case: Case, rng: Rng) -> None:
    case.know(revocations=RevocationList(OPERATION, NOON - int(rng.integers(0, 60)) * HOUR, 1))


def _withdraw(case: Case, rng: Rng) -> None:
    named = (Revocation(case.made.id, case.made.content.window_end),) if rng.random() < 0.7 else ()
    case.know(revocations=RevocationList(OPERATION, NOON, 2, named, () if named else (ISSUER.id,)))


def _use(case: Case, rng: Rng) -> None:
    many = case.made.content.heads
    members = tuple(range(many)) if rng.random() < 0.6 else tuple(sorted({int(rng.integers(many)) for _ in range(2)}))
    case.know(uses=(Use(case.made.id, members, (GATE, OTHER_GATE)[int(rng.integers(2))], NOON),))


def _admit_by_document(case: Case, rng: Rng) -> None:
    tags = [tag for member in case.made.content.members for tag in member.tags]
    case.know(admitted_tags=frozenset(tags if rng.random() < 0.7 else tags[:1]))


def _judge_policy(case: Case, rng: Rng) -> None:
    known = PolicyVersion("2021-08-26.1", is_honoured=bool(rng.random() < 0.3))
    case.know(policies=(known, PolicyVersion("2021-08-27.1")) if rng.random() < 0.7 else ())


def _move(case: Case, rng: Rng) -> None:
    case.point = OTHER_GATE
    case.know(points=(GATE, OTHER_GATE) if rng.random() < 0.7 else (GATE,))


def _lose_keys(case: Case, rng: Rng) -> None:
    if rng.random() < 0.5:
        case.know(point_day_keys=(point_day_key(day=TODAY - timedelta(days=1)),))
    else:
        case.know(issuing_keys=(NEW_ISSUER.public,))


def _serve_another(case: Case, rng: Rng) -> None:
    case.know(operation=OperationId(f"op-{int(rng.integers(3))}"))


def _set_clock(case: Case, rng: Rng) -> None:
    case.know(newest_signed_time=NOON + timedelta(minutes=int(rng.integers(0, 20))))


TWISTS: tuple[Callable[[Case, Rng], None], ...] = (
    _alter, _forge, _sign_anew, _garble, _shift, _come_early, _hold, _age_list, _withdraw, _use, _admit_by_document,
    _judge_policy, _move, _lose_keys, _serve_another, _set_clock,
)  # fmt: skip


def _party(place: int) -> tuple[ExpectedMember, ...]:
    """Parties of one to twelve; in every third of them all have documents."""
    return heads(1 + place % 12) if place % 3 else heads(3)[1:]


def draw_cases(number: int, seed: int) -> dict[str, Any]:
    """So many cases: verifiers apart (each once), and for each check its text, verifier, time, point and verdict."""
    rng = np.random.default_rng(seed)
    pool = [issued(place, now=NOON - 48 * HOUR, members=_party(place)) for place in range(POOL)]
    states: dict[str, int] = {}
    checks = []
    for _ in range(number):
        case = Case(pool[int(rng.integers(POOL))])
        if rng.random() > VALID_SHARE:
            for twist in rng.choice(len(TWISTS), size=1 + int(rng.random() < 0.25), replace=False):
                TWISTS[int(twist)](case, rng)
        checks.append(_told(case, states.setdefault(_written(case.state), len(states))))
    return {"verifiers": [json.loads(state) for state in states], "checks": checks}


def _written(state: VerifierState) -> str:
    return json.dumps(state_json(state))


def _told(case: Case, place: int) -> dict[str, Any]:
    verdict = verify_pass(case.text, verifier=case.state, now=case.now, point=case.point)
    return {
        "text": case.text,
        "verifier": place,
        "now": seconds(case.now),
        "point": case.point,
        "level": str(verdict.level),
        "codes": [str(code) for code in verdict.codes],
        "remaining": list(verdict.remaining),
        "policyVersion": verdict.policy_version,
    }
