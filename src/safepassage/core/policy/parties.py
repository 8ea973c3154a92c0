"""One party under a policy: the tier, the principal, and who may come, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from safepassage.core.identity import Member, Party
from safepassage.core.ids import PersonId
from safepassage.core.people import Relation
from safepassage.core.policy import sentences
from safepassage.core.policy.dependents import DependentFinding, judge_dependent
from safepassage.core.policy.facts import Assessed, party_facts
from safepassage.core.policy.kinship import relation_between
from safepassage.core.policy.rules import Facts, Finding, Memo, answer_once
from safepassage.core.policy.standings import (
    Answer,
    MemberStanding,
    MemberStatus,
    Outcome,
    Reason,
    all_of,
    any_of,
)
from safepassage.core.policy.values import DependentRule, Policy, Tier

_YES = Finding(Answer.YES)


@dataclass(frozen=True, slots=True)
class PartyMemo:
    """What was found of one party, of members and of pairs of them: not to be worked out for each fact tried."""

    relations: dict[tuple[PersonId, PersonId], Relation] = field(default_factory=dict)
    findings: dict[tuple[str, Assessed, Relation, Answer], DependentFinding] = field(default_factory=dict)
    """By rule, member, relation, and whether the ground is a minor: all that decides."""
    members: dict[tuple[int, Assessed, tuple[Assessed, ...]], MemberStanding] = field(default_factory=dict)
    """By tier, member, and every ground in order."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a policy says of one party before parties are ordered."""

    party: Party
    outcome: Outcome
    tier: Tier | None
    principal: PersonId | None
    members: tuple[MemberStanding, ...]
    reasons: tuple[Reason, ...]
    could_be: tuple[int, ...]
    facts: Facts
    in_need: tuple[PersonId, ...]
    """Confirmed members with a specific need."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every judgement of parties needs: the policy, the assessed persons, answers already given."""

    policy: Policy
    assessed: Mapping[PersonId, Assessed]
    names: tuple[str, ...]
    """The variables of a party that the policy looks at."""
    memo: Memo = field(default_factory=dict)
    remembered: PartyMemo | None = None
    """For judging one party many times over, each time with another fact of one member."""

    @classmethod
    def of(cls, policy: Policy, assessed: Mapping[PersonId, Assessed], *, is_one_party: bool = False) -> Bench:
        """The bench of one policy; `is_one_party` if it judges that party alone, again and again."""
        rules = [tier.rule for tier in policy.tiers] + [item.rule for item in policy.order]
        rules += [reserve.rule for reserve in policy.reserves]
        names = tuple(sorted({name for rule in rules if rule for name in rule.variables}))
        return cls(policy, assessed, names, remembered=PartyMemo() if is_one_party else None)

    def rule_of(self, tier: Tier) -> DependentRule | None:
        """The dependent rule of a tier."""
        return next((rule for rule in self.policy.dependents if rule.id == tier.dependents), None)

    def in_need(self, party: Party) -> tuple[PersonId, ...]:
        """Confirmed members with a specific need."""
        return tuple(member.person for member in party.confirmed if self.assessed[member.person].facts["needs"])


@dataclass(frozen=True, slots=True)
class _TierTest:
    tier: Tier
    answer: Answer
    grounds: tuple[tuple[Member, Answer], ...]
    """Each confirmed member with whether they can be the principal of this tier."""
    condition: Finding


def judge_party(party: Party, bench: Bench) -> Judged:
    """Finds the first tier that the party is surely in.

    A tier that only a missing fact keeps closed is passed over, and told in `could_be`; if no tier is sure and
    one is possible, the party is unresolved, never "not eligible".
    """
    confirmed = [(member, bench.assessed[member.person]) for member in party.confirmed]
    facts = party_facts(confirmed, minors_below=bench.policy.minors.below_age, names=bench.names)
    possible: list[_TierTest] = []
    failed: list[_TierTest] = []
    for tier in bench.policy.tiers:
        test = _test_tier(tier, confirmed, facts, bench)
        if test.answer is Answer.YES:
            return _in_tier(party, test, possible, facts, bench)
        (possible if test.answer is Answer.UNKNOWN else failed).append(test)
    if possible:
        return _unresolved(party, possible, facts, bench)
    reasons = [sentences.nobody_confirmed()] if not confirmed else [sentences.no_tier(len(bench.policy.tiers))]
    reasons += [
        sentences.condition_fails(test.tier)
        for test in failed
        if test.condition.answer is Answer.NO and any_of(answer for _, answer in test.grounds) is not Answer.NO
    ]
    members = tuple(_without_tier(member, MemberStatus.EXCLUDED, bench) for member in party.members)
    return Judged(party, Outcome.NOT_ELIGIBLE, None, None, members, tuple(reasons), (), facts, bench.in_need(party))


def _test_tier(tier: Tier, confirmed: Sequence[tuple[Member, Assessed]], facts: Facts, bench: Bench) -> _TierTest:
    grounds = tuple((member, _can_be_principal(tier, assessed, bench)) for member, assessed in confirmed)
    condition = answer_once(tier.rule, facts, bench.memo) if tier.rule is not None else _YES
    answer = all_of((any_of(ground for _, ground in grounds), condition.answer))
    return _TierTest(tier, answer, grounds, condition)


def _can_be_principal(tier: Tier, assessed: Assessed, bench: Bench) -> Answer:
    minors = bench.policy.minors
    in_category = _is_of_tier(tier, assessed)
    if in_category is Answer.NO or minors.may_be_principal:
        return in_category
    is_minor = assessed.is_below(minors.below_age)
    is_grown = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(is_minor, is_minor)
    return all_of((in_category, is_grown))


def _is_of_tier(tier: Tier, assessed: Assessed) -> Answer:
    if not assessed.categories:
        return Answer.NO
    return any_of(found.answer for found in assessed.categories if found.category in tier.principal)


def _in_tier(party: Party, test: _TierTest, possible: Sequence[_TierTest], facts: Facts, bench: Bench) -> Judged:
    tier = test.tier
    principal = _choose_principal(test, bench)
    reasons = [sentences.in_tier(tier), sentences.principal(principal.person, bench.assessed[principal.person], tier)]
    reasons += [_maybe(each, bench) for each in possible]
    grounds = [principal] + [
        member
        for member in party.confirmed
        if member is not principal and _is_of_tier(tier, bench.assessed[member.person]) is Answer.YES
    ]
    members = _judge_members(party, grounds, tier, bench)
    reasons += sentences.about_minors(party, members, bench.assessed, bench.policy.minors.below_age)
    could_be = tuple(each.tier.number for each in possible)
    return Judged(
        party,
        Outcome.TIER,
        tier,
        principal.person,
        members,
        tuple(reasons),
        could_be,
        facts,
        bench.in_need(party),
    )


def _choose_principal(test: _TierTest, bench: Bench) -> Member:
    """Identity's proposal if it is a ground; else the earliest category of the tier, then the lowest id.

    Nothing here looks at a draw, so nobody is made the principal for their luck.
    """
    sure = [member for member, answer in test.grounds if answer is Answer.YES]

    def place(member: Member) -> tuple[bool, int, str]:
        assessed = bench.assessed[member.person]
        category = next(i for i, code in enumerate(test.tier.principal) if assessed.is_in(code) is Answer.YES)
        return not member.is_principal, category, member.person

    return min(sure, key=place)


def _judge_members(party: Party, grounds: Sequence[Member], tier: Tier, bench: Bench) -> tuple[MemberStanding, ...]:
    if bench.remembered is None:
        return tuple(_judge_member(party, member, grounds, tier, bench) for member in party.members)
    found, known = [], bench.remembered.members
    by = tuple([bench.assessed[ground.person] for ground in grounds])
    for member in party.members:
        key = tier.number, bench.assessed[member.person], by
        standing = known.get(key)
        if standing is None:
            standing = known[key] = _judge_member(party, member, grounds, tier, bench)
        found.append(standing)
    return tuple(found)


def _judge_member(
    party: Party, member: Member, grounds: Sequence[Member], tier: Tier, bench: Bench
) -> MemberStanding:
    assessed = bench.assessed[member.person]
    if not member.is_confirmed:
        reason = sentences.not_confirmed(member.person)
        return _standing(member, MemberStatus.PROPOSED, assessed, reason)
    if member is grounds[0]:
        return _standing(member, MemberStatus.PRINCIPAL, assessed, sentences.principal(member.person, assessed, tier))
    if any(member is ground for ground in grounds):
        return _standing(member, MemberStatus.OWN_GROUND, assessed, sentences.own_ground(member.person, tier))
    return _judge_dependent(party, member, grounds, tier, bench)


def _judge_dependent(
    party: Party, member: Member, grounds: Sequence[Member], tier: Tier, bench: Bench
) -> MemberStanding:
    assessed = bench.assessed[member.person]
    missing: dict[str, None] = {}
    if _is_of_tier(tier, assessed) is Answer.UNKNOWN:
        missing.update(dict.fromkeys(_missing(tier, assessed)))
    rule = bench.rule_of(tier)
    failed: tuple[str, ...] = ()
    for ground in grounds if rule is not None else ():
        assert rule is not None
        relation, finding = _judge_pair(party, member, ground, rule, bench)
        if finding.answer is Answer.YES:
            reason = sentences.dependent(member.person, relation, ground.person, rule)
            return MemberStanding(
                member.person, MemberStatus.DEPENDENT, assessed.categories, relation, ground.person, reason
            )
        missing.update(dict.fromkeys(finding.missing))
        failed = failed or finding.failed
    if missing:
        reason = sentences.maybe_dependent(member.person, tuple(missing))
        return _standing(member, MemberStatus.UNSETTLED, assessed, reason)
    if rule is None:
        return _standing(member, MemberStatus.EXCLUDED, assessed, sentences.no_dependents(member.person, tier))
    return _standing(member, MemberStatus.EXCLUDED, assessed, sentences.not_dependent(member.person, rule, failed))


def _judge_pair(
    party: Party, member: Member, ground: Member, rule: DependentRule, bench: Bench
) -> tuple[Relation, DependentFinding]:
    """What a member is to a ground, and whether they may come through them."""
    assessed = bench.assessed[member.person]
    is_minor = bench.assessed[ground.person].is_below(bench.policy.minors.below_age)
    pairs = bench.remembered
    if pairs is None:
        relation = relation_between(party, member, ground)
        return relation, judge_dependent(rule, assessed, relation, is_principal_minor=is_minor, memo=bench.memo)
    two = member.person, ground.person
    known = pairs.relations.get(two)
    relation = pairs.relations[two] = relation_between(party, member, ground) if known is None else known
    key = rule.id, assessed, relation, is_minor
    finding = pairs.findings.get(key)
    if finding is None:
        finding = judge_dependent(rule, assessed, relation, is_principal_minor=is_minor, memo=bench.memo)
        pairs.findings[key] = finding
    return relation, finding


def _unresolved(party: Party, possible: Sequence[_TierTest], facts: Facts, bench: Bench) -> Judged:
    reasons = tuple(_maybe(each, bench) for each in possible)
    members = tuple(_without_tier(member, MemberStatus.UNSETTLED, bench) for member in party.members)
    could_be = tuple(each.tier.number for each in possible)
    return Judged(party, Outcome.UNRESOLVED, None, None, members, reasons, could_be, facts, bench.in_need(party))


def _maybe(test: _TierTest, bench: Bench) -> Reason:
    open_members = [
        (member.person, _missing(test.tier, bench.assessed[member.person]) or ("age",))
        for member, answer in test.grounds
        if answer is Answer.UNKNOWN
    ]
    return sentences.maybe_tier(test.tier, open_members, test.condition.missing)


def _missing(tier: Tier, assessed: Assessed) -> tuple[str, ...]:
    names = [
        name
        for found in assessed.categories
        if found.category in tier.principal and found.answer is Answer.UNKNOWN
        for name in found.missing
    ]
    return tuple(dict.fromkeys(names))


def _without_tier(member: Member, status: MemberStatus, bench: Bench) -> MemberStanding:
    assessed = bench.assessed[member.person]
    if not member.is_confirmed:
        return _standing(member, MemberStatus.PROPOSED, assessed, sentences.not_confirmed(member.person))
    return _standing(member, status, assessed, None)


def _standing(member: Member, status: MemberStatus, assessed: Assessed, reason: Reason | None) -> MemberStanding:
    return MemberStanding(member.person, status, assessed.categories, member.relation, None, reason)
