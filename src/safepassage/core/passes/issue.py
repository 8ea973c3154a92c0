"""Issuing: from an order to a pass, its codes and its printed form."""

from __future__ import annotations

from datetime import datetime

from safepassage.core.passes.keys import SigningKey
from safepassage.core.passes.values import IssuedPass, PassOrder


def issue_pass(
    order: PassOrder, *, signing_key: SigningKey, pass_secret: bytes, now: datetime, randomness: bytes
) -> IssuedPass:
    """Issues one pass.

    Args:
        order: For whom, where, when.
        signing_key: The site's issuing key.
        pass_secret: 32 bytes from which point-and-day keys are derived.
        now: Aware UTC; the issue time, to the second.
        randomness: 32 fresh bytes for each pass, never used twice: id, nonce and codes come from them.

    Raises:
        ProblemsError: the order can't be a pass; every mistake is listed.
    """
    raise NotImplementedError
