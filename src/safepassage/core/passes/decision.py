"""The decision on people, apart from the verdict on their pass."""

from __future__ import annotations

from safepassage.core.errors import ForbiddenError
from safepassage.core.passes.values import (
    GateAction,
    GateDecision,
    GateReason,
    Verdict,
    VerdictCode,
    VerdictLevel,
)


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

    Args:
        action: Admit, refer or turn away.
        reason: Why.
        verdict: On the pass that they showed, if any.
        members: Ordinals on the pass that the decision is about.
        extra_heads: People beyond those on the pass.
        is_eligible_by_document: Whether a document that they showed makes them eligible.

    Raises:
        ForbiddenError: whoever is eligible by document is not turned away for a bad pass; who is late through a
            checkpoint is held and rebooked; a child without a confirmed adult is never sent back; a member is
            admitted once; part of a party needs a reason of its own.
    """
    if action is GateAction.TURN_AWAY:
        _check_turning_away(reason, verdict, is_eligible_by_document=is_eligible_by_document)
    if action is GateAction.ADMIT and verdict is not None:
        _check_admission(reason, verdict, members)
    code = verdict.code if verdict else None
    return GateDecision(action, reason, members, extra_heads, code, is_eligible_by_document)


def _check_turning_away(reason: GateReason, verdict: Verdict | None, *, is_eligible_by_document: bool) -> None:
    if is_eligible_by_document:
        raise ForbiddenError(
            "Whoever is eligible by document is not turned away for a bad pass.",
            code="document-outranks-pass",
            advice="Admit by document, or refer.",
        )
    if reason is GateReason.CHILD_WITHOUT_ADULT:
        raise ForbiddenError(
            "A child without a confirmed adult is never sent back.",
            code="child-never-sent-back",
            advice="Refer to the focal point.",
        )
    if verdict and VerdictCode.LATE_CHECKPOINT in verdict.codes:
        raise ForbiddenError(
            "Who is late through a checkpoint is held and rebooked.", code="late-is-held", advice="Refer: rebook."
        )


def _check_admission(reason: GateReason, verdict: Verdict, members: tuple[int, ...]) -> None:
    if reason is GateReason.PASS_VALID and verdict.level is VerdictLevel.NOT_VALID:
        raise ForbiddenError(
            "This pass opens nothing here and now.",
            code="pass-not-valid",
            advice="Admit by document or code, refer, or ask for an override.",
        )
    closed = set(members) - set(verdict.remaining)
    if verdict.content and closed and reason is not GateReason.OVERRIDE:
        raise ForbiddenError(
            "A member is admitted once.", code="already-admitted", advice="Tick only those whose admission is open."
        )
    if reason is GateReason.PASS_VALID and set(members) != set(verdict.remaining):
        raise ForbiddenError(
            "Part of a party needs a reason of its own.",
            code="part-needs-reason",
            advice="Say why the others are not admitted; their admission stays open.",
        )
