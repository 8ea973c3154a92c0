"""Builders of the passes' tests: one invented operation, its keys, its verifier, the Testani family's pass."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from safepassage.core.ids import OperationId, PointId
from safepassage.core.passes import (
    BindingFact,
    ExpectedMember,
    IssuedPass,
    PassOrder,
    PolicyVersion,
    RevocationList,
    SigningKey,
    VerifierState,
    derive_point_day_key,
    issue_pass,
)
from safepassage.core.people import AgeBand, Sex

OPERATION = OperationId("op-test")
GATE = PointId("north-gate")
OTHER_GATE = PointId("south-gate")
ISSUER = SigningKey(bytes(range(32)))
PASS_SECRET = bytes(range(32, 64))
NOON = datetime(2021, 8, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TODAY = NOON.date()

FATHER = BindingFact("P0000001", "800514")
FAMILY = (
    ExpectedMember(Sex.MALE, AgeBand.ADULT, (FATHER,)),
    ExpectedMember(
        Sex.FEMALE, AgeBand.ADULT, (BindingFact("P0000002", "840203"), BindingFact("1000-11111", "84<<<<"))
    ),
    ExpectedMember(Sex.MALE, AgeBand.CHILD),
)


def randomness(seed: int) -> bytes:
    """Thirty-two bytes that differ for each seed."""
    return hashlib.sha256(f"test {seed}".encode()).digest()


def order(**changes: Any) -> PassOrder:
    """The family's order: the north gate, 11:00 to 13:00."""
    family = PassOrder(
        operation=OPERATION,
        party="Y-TESTANI",
        point=GATE,
        window_start=NOON - HOUR,
        window_end=NOON + HOUR,
        policy_version="2021-08-26.1",
        members=FAMILY,
        route="blue-bus",
    )
    return replace(family, **changes)


def issued(
    seed: int = 1, *, now: datetime = NOON - 24 * HOUR, key: SigningKey = ISSUER, **changes: Any
) -> IssuedPass:
    """A pass as ordered."""
    return issue_pass(
        order(**changes), signing_key=key, pass_secret=PASS_SECRET, now=now, randomness=randomness(seed)
    )


def point_day_key(point: PointId = GATE, day: date = TODAY, operation: OperationId = OPERATION):
    """A key of the test operation."""
    return derive_point_day_key(PASS_SECRET, operation, point, day)


def verifier(**changes: Any) -> VerifierState:
    """A device of the north gate that synced an hour ago."""
    return replace(SYNCED, **changes)


SYNCED = VerifierState(
    operation=OPERATION,
    points=(GATE,),
    issuing_keys=(ISSUER.public,),
    point_day_keys=(point_day_key(),),
    revocations=RevocationList(OPERATION, NOON - HOUR, 1),
    newest_signed_time=NOON - HOUR,
    policies=(PolicyVersion("2021-08-26.1"),),
)
