"""What an officer may decide about people."""

from __future__ import annotations

import pytest

from safepassage.core.errors import ForbiddenError
from safepassage.core.passes import Delay, GateAction, GateReason, Use, VerdictCode, decide, verify_pass
from tests.core.passes.orders import GATE, HOUR, NOON, issued, verifier

PASS = issued()


def check(now=NOON, **state):
    return verify_pass(PASS.text, verifier=verifier(**state), now=now, point=GATE)


VALID = check()
EXPIRED = check(now=NOON + 2 * HOUR)
LATE = check(now=NOON + 2 * HOUR, delays=(Delay("blue-bus", NOON + 4 * HOUR),))
PART = check(uses=(Use(PASS.id, (0,), GATE, NOON),))


def test_a_valid_pass_admits_its_party():
    decision = decide(GateAction.ADMIT, GateReason.PASS_VALID, verdict=VALID, members=(0, 1, 2))
    assert (decision.action, decision.verdict) == (GateAction.ADMIT, VerdictCode.VALID)


def test_the_document_carries_people_where_the_pass_does_not():
    by_document = decide(
        GateAction.ADMIT,
        GateReason.ELIGIBLE_BY_DOCUMENT,
        verdict=EXPIRED,
        members=(0,),
        is_eligible_by_document=True,
    )
    assert by_document.verdict is VerdictCode.EXPIRED
    assert decide(GateAction.ADMIT, GateReason.WALK_IN, extra_heads=3).extra_heads == 3


@pytest.mark.parametrize(
    ("action", "reason", "given", "code"),
    [
        (GateAction.TURN_AWAY, GateReason.NO_GROUND, {"verdict": EXPIRED, "is_eligible_by_document": True},
         "document-outranks-pass"),
        (GateAction.TURN_AWAY, GateReason.COME_BACK, {"verdict": LATE}, "late-is-held"),
        (GateAction.TURN_AWAY, GateReason.CHILD_WITHOUT_ADULT, {}, "child-never-sent-back"),
        (GateAction.ADMIT, GateReason.PASS_VALID, {"verdict": EXPIRED, "members": (0, 1, 2)}, "pass-not-valid"),
        (GateAction.ADMIT, GateReason.PASS_VALID, {"verdict": PART, "members": (0, 1, 2)}, "already-admitted"),
        (GateAction.ADMIT, GateReason.PASS_VALID, {"verdict": VALID, "members": (0, 1)}, "part-needs-reason"),
    ],
)  # fmt: skip
def test_the_rules_of_the_house_hold(action, reason, given, code):
    with pytest.raises(ForbiddenError) as caught:
        decide(action, reason, **given)
    assert caught.value.code == code


def test_part_of_a_party_is_admitted_with_a_reason_and_an_override_is_recorded_as_such():
    part = decide(GateAction.ADMIT, GateReason.MISSING_MEMBER, verdict=VALID, members=(0, 1))
    assert part.members == (0, 1)
    forced = decide(GateAction.ADMIT, GateReason.OVERRIDE, verdict=PART, members=(0, 1, 2))
    assert forced.reason is GateReason.OVERRIDE


def test_nobody_with_no_ground_has_to_be_admitted():
    assert decide(GateAction.TURN_AWAY, GateReason.NO_GROUND, verdict=EXPIRED).action is GateAction.TURN_AWAY
