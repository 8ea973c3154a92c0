"""The decision on people, apart from the verdict on their pass."""

from __future__ import annotations

from safepassage.core.passes.values import GateAction, GateDecision, GateReason, Verdict


def decide(
    action: GateAction,
    reason: GateReason,
    *,
    verdict: Verdict | None = None,
    members: tuple[int, ...] = (),
    extra_heads: int = 0,
    is_eligible_by_document: bool = False,
) -> GateDecision:
    """A decision that keeps the rules of the house.

    Raises:
        ForbiddenError: whoever is eligible by document is not turned away for a bad pass; who is late through a
            checkpoint is held and rebooked; a child without a confirmed adult goes to the focal point; a member
            is admitted once.
    """
    raise NotImplementedError
