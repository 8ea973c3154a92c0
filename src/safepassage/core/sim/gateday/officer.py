"""What a careful officer does with the people, given the verdict on their pass. Goes through `passes.decide`."""

from __future__ import annotations

from safepassage.core.passes import GateAction, GateDecision, GateReason, Verdict, VerdictCode, VerdictLevel, decide
from safepassage.core.sim.gateday.visits import Bearer, Visit

_COME_AGAIN = {
    VerdictCode.TOO_EARLY: GateReason.COME_BACK,
    VerdictCode.EXPIRED: GateReason.LATE_REBOOK,
    VerdictCode.LATE_CHECKPOINT: GateReason.LATE_REBOOK,
    VerdictCode.UNKNOWN_KEY: GateReason.OTHER_POINT,
    VerdictCode.WRONG_POINT: GateReason.OTHER_POINT,
    VerdictCode.USED_HERE: GateReason.OVERRIDE,
    VerdictCode.USED_ELSEWHERE: GateReason.OVERRIDE,
    VerdictCode.ALREADY_ADMITTED: GateReason.OVERRIDE,
}
"""For the party itself: refer, for this reason."""


def decide_visit(visit: Visit, verdict: Verdict | None, *, is_bound: bool, inside: frozenset[int]) -> GateDecision:
    """The decision on one visit.

    Args:
        visit: Who is there.
        verdict: On the pass that they show; None if they show none.
        is_bound: Whether a document that they show is of a member of the pass.
        inside: Places of members who were admitted before, as far as this device knows.
    """
    if verdict is None:
        return _without_pass(visit)
    if visit.bearer is not Bearer.PARTY or visit.party is None:
        return _strangers(visit, verdict)
    if verdict.level is VerdictLevel.NOT_VALID:
        return _bad_pass(visit, verdict, inside)
    if verdict.code is VerdictCode.LATE_CHECKPOINT:
        return decide(GateAction.REFER, GateReason.LATE_REBOOK, verdict=verdict)
    if not is_bound and any(visit.party.members[place].documents for place in visit.present):
        return decide(GateAction.REFER, GateReason.NOT_BOUND, verdict=verdict)
    return _good_pass(visit, verdict)


def _without_pass(visit: Visit) -> GateDecision:
    if visit.party is not None and visit.party.is_eligible_by_document:
        return decide(
            GateAction.ADMIT, GateReason.ELIGIBLE_BY_DOCUMENT, members=visit.present, is_eligible_by_document=True
        )
    return decide(GateAction.TURN_AWAY, GateReason.NO_GROUND, members=visit.present)


def _strangers(visit: Visit, verdict: Verdict) -> GateDecision:
    """A pass that is good and not theirs is looked into; one that is bad opens nothing."""
    if verdict.level is VerdictLevel.NOT_VALID and VerdictCode.LATE_CHECKPOINT not in verdict.codes:
        return decide(GateAction.TURN_AWAY, GateReason.NO_GROUND, verdict=verdict, extra_heads=visit.extra_heads)
    return decide(GateAction.REFER, GateReason.NOT_BOUND, verdict=verdict, extra_heads=visit.extra_heads)


def _bad_pass(visit: Visit, verdict: Verdict, inside: frozenset[int]) -> GateDecision:
    assert visit.party is not None
    is_open = set(visit.present) if verdict.content is None else set(visit.present) & set(verdict.remaining)
    members = tuple(sorted(is_open - inside))
    if visit.party.is_eligible_by_document and members:
        return decide(
            GateAction.ADMIT,
            GateReason.ELIGIBLE_BY_DOCUMENT,
            verdict=verdict,
            members=members,
            is_eligible_by_document=True,
        )
    if verdict.code in _COME_AGAIN:
        return decide(GateAction.REFER, _COME_AGAIN[verdict.code], verdict=verdict)
    if visit.party.is_eligible_by_document:
        return decide(GateAction.REFER, GateReason.OVERRIDE, verdict=verdict, is_eligible_by_document=True)
    if any(member.is_minor for member in visit.party.members) and all(
        visit.party.members[place].is_minor for place in visit.present
    ):
        return decide(GateAction.REFER, GateReason.CHILD_WITHOUT_ADULT, verdict=verdict)
    return decide(GateAction.TURN_AWAY, GateReason.NO_GROUND, verdict=verdict, members=visit.present)


def _good_pass(visit: Visit, verdict: Verdict) -> GateDecision:
    assert visit.party is not None
    members = visit.party.members
    here = tuple(place for place in visit.present if place in verdict.remaining)
    absent = tuple(place for place in verdict.remaining if place not in visit.present)
    if not here:
        return decide(GateAction.REFER, GateReason.OVERRIDE, verdict=verdict)
    admitted = {place for place in range(len(members)) if place not in verdict.remaining}
    adults_known = any(not members[place].is_minor for place in (*here, *admitted))
    if not adults_known:
        return decide(GateAction.REFER, GateReason.CHILD_WITHOUT_ADULT, verdict=verdict)
    if visit.attempt == 0 and any(members[place].is_minor for place in absent):
        return decide(GateAction.REFER, GateReason.MISSING_MEMBER, verdict=verdict)
    reason = GateReason.MISSING_MEMBER if absent else GateReason.PASS_VALID
    return decide(GateAction.ADMIT, reason, verdict=verdict, members=here, extra_heads=visit.extra_heads)
