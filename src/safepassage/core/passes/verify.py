"""The check of a pass, with no network. The twin in field/src/verify.ts obeys the same spec and vectors."""

from __future__ import annotations

from datetime import datetime

from safepassage.core.ids import PointId
from safepassage.core.passes.values import Verdict
from safepassage.core.passes.verifier import VerifierState


def verify_pass(text: str, *, verifier: VerifierState, now: datetime, point: PointId) -> Verdict:
    """Says what a pass is worth here and now; never raises for what a camera read.

    Args:
        text: What the QR holds.
        verifier: What the device knows.
        now: The device's clock, aware UTC.
        point: The access point at which the device stands.
    """
    raise NotImplementedError
