"""Policy: a published text that gives every party a tier, with reasons made at the time."""

from safepassage.core.policy.check import check_policy
from safepassage.core.policy.diff import PartyShift, PolicyDiff, Shift, diff_policies
from safepassage.core.policy.evaluate import apply_policy
from safepassage.core.policy.explain import Explanation, WouldBe, decisive_first, explain_standing, facts_asked
from safepassage.core.policy.lottery import Lottery, Round, commit_lottery, draw_lineage, open_round, reveal_seed
from safepassage.core.policy.read import policy_digest, read_policy
from safepassage.core.policy.standings import (
    Answer,
    CategoryFinding,
    Knowledge,
    MemberStanding,
    MemberStatus,
    Outcome,
    Promise,
    Reason,
    ReasonCode,
    Standing,
    Standings,
)
from safepassage.core.policy.values import Overbooking, Policy, Reserve, ReservePer, ReserveUse, StandByRule

__all__ = [
    "Answer",
    "CategoryFinding",
    "Explanation",
    "Knowledge",
    "Lottery",
    "MemberStanding",
    "MemberStatus",
    "Outcome",
    "Overbooking",
    "PartyShift",
    "Policy",
    "PolicyDiff",
    "Promise",
    "Reason",
    "ReasonCode",
    "Reserve",
    "ReservePer",
    "ReserveUse",
    "Round",
    "Shift",
    "StandByRule",
    "Standing",
    "Standings",
    "WouldBe",
    "apply_policy",
    "check_policy",
    "commit_lottery",
    "decisive_first",
    "diff_policies",
    "draw_lineage",
    "explain_standing",
    "facts_asked",
    "open_round",
    "policy_digest",
    "read_policy",
    "reveal_seed",
]
