"""Reasons: a closed code, the values, and an English sentence. Persons are named by id only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from safepassage.core.identity import Party
from safepassage.core.ids import PersonId
from safepassage.core.people import Relation
from safepassage.core.policy.facts import Assessed
from safepassage.core.policy.standings import Answer, MemberStanding, MemberStatus, Promise, Reason, ReasonCode
from safepassage.core.policy.values import DependentRule, Policy, Reserve, Tier

_COMING = (MemberStatus.PRINCIPAL, MemberStatus.OWN_GROUND, MemberStatus.DEPENDENT)


def in_tier(tier: Tier) -> Reason:
    """The party is in a tier."""
    data = (("tier", str(tier.number)), ("title", tier.title.en))
    return Reason(ReasonCode.IN_TIER, f"In tier {tier.number} ({tier.title.en}).", data=data)


def principal(person: PersonId, assessed: Assessed, tier: Tier) -> Reason:
    """On whose ground, and by what evidence."""
    found = next(
        each
        for code in tier.principal
        for each in assessed.categories
        if each.category == code and each.answer is Answer.YES
    )
    evidence = "; ".join(found.evidence) or "the rule asks for nothing that is missing"
    text = f"{person} is the principal: category {found.category}, by {evidence}."
    data = (("category", found.category), ("evidence", evidence))
    return Reason(ReasonCode.PRINCIPAL, text, person, data)


def own_ground(person: PersonId, tier: Tier) -> Reason:
    """Eligible without anybody else."""
    text = f"{person} may come on their own ground in tier {tier.number}."
    return Reason(ReasonCode.OWN_GROUND, text, person, (("tier", str(tier.number)),))


def dependent(person: PersonId, relation: Relation, through: PersonId, rule: DependentRule) -> Reason:
    """Eligible through somebody else."""
    text = f"{person} may come as the {relation.value} of {through} (rule {rule.id})."
    return Reason(
        ReasonCode.DEPENDENT,
        text,
        person,
        (("relation", relation.value), ("through", through), ("rule", rule.id)),
    )


def maybe_dependent(person: PersonId, missing: tuple[str, ...]) -> Reason:
    """A missing fact decides."""
    facts = ", ".join(missing)
    text = f"Whether {person} may come hangs on what is not known: {facts}. Ask, and keep the seat."
    return Reason(ReasonCode.MAYBE_DEPENDENT, text, person, (("missing", facts),))


def not_dependent(person: PersonId, rule: DependentRule, failed: tuple[str, ...]) -> Reason:
    """The dependent rule does not fit."""
    what = ", ".join(failed) or "relation"
    text = f"{person} is not covered by the rule {rule.id}: {what} does not fit."
    return Reason(ReasonCode.NOT_DEPENDENT, text, person, (("rule", rule.id), ("failed", what)))


def no_dependents(person: PersonId, tier: Tier) -> Reason:
    """The tier takes nobody along."""
    text = f"Tier {tier.number} takes no dependents, and {person} has no ground of their own."
    return Reason(ReasonCode.NO_DEPENDENTS_IN_TIER, text, person, (("tier", str(tier.number)),))


def not_confirmed(person: PersonId) -> Reason:
    """Proposed by a list only."""
    text = f"{person} is not confirmed as a member of this party and takes no seat until someone confirms."
    return Reason(ReasonCode.NOT_CONFIRMED, text, person)


def nobody_confirmed() -> Reason:
    """Nobody to judge."""
    return Reason(ReasonCode.NOBODY_CONFIRMED, "No member of this party is confirmed.")


def no_tier(tiers: int) -> Reason:
    """Every tier is surely closed."""
    text = f"No confirmed member gives a ground for any of the {tiers} tiers."
    return Reason(ReasonCode.NO_TIER, text, data=(("tiers", str(tiers)),))


def condition_fails(tier: Tier) -> Reason:
    """There is a ground, but the tier's condition is not met."""
    rule = tier.rule.source if tier.rule is not None else ""
    text = f"There is a ground for tier {tier.number}, but its condition is not met: {rule}."
    return Reason(ReasonCode.TIER_CONDITION_FAILS, text, data=(("tier", str(tier.number)), ("rule", rule)))


def maybe_tier(tier: Tier, members: Sequence[tuple[PersonId, tuple[str, ...]]], condition: tuple[str, ...]) -> Reason:
    """Which facts keep a tier neither open nor closed."""
    parts = [f"{', '.join(missing)} of {person}" for person, missing in members]
    if condition:
        parts.append(f"{', '.join(condition)} of the party")
    what = "; ".join(parts) or "facts that are not known"
    text = f"Tier {tier.number} ({tier.title.en}) is possible; it hangs on: {what}."
    return Reason(ReasonCode.MAYBE_TIER, text, data=(("tier", str(tier.number)), ("missing", what)))


def about_minors(
    party: Party, members: Sequence[MemberStanding], assessed: Mapping[PersonId, Assessed], below: int
) -> Iterator[Reason]:
    """A minor who would be left, or who would move without an adult: a person must decide."""
    coming = {member.person for member in members if member.status in _COMING}
    adults = {member.person: {member.accompanying_adult, member.adult_proposed} for member in party.members}

    def _is_minor(member: MemberStanding) -> bool:
        return assessed[member.person].is_below(below) is Answer.YES

    for member in members:
        if assessed[member.person].is_below(below) is Answer.NO:
            continue
        if member.status is MemberStatus.EXCLUDED:
            text = f"{member.person} is or may be a minor and would be left behind: a person must decide first."
            yield Reason(ReasonCode.LEAVES_MINOR, text, member.person)
        elif member.person in coming and not adults[member.person] & coming and _is_minor(member):
            text = f"{member.person} is a minor without an accompanying adult: not moved without sign-off."
            yield Reason(ReasonCode.MINOR_SIGN_OFF, text, member.person)


def promise_honoured(promise: Promise, person: PersonId | None = None) -> Reason:
    """An earlier promise is kept."""
    who = f"{person} may come" if person else f"Kept in tier {promise.tier}"
    text = f"{who}: promised under {promise.policy} {promise.version}."
    data = (("tier", str(promise.tier)), ("policy", promise.policy), ("version", promise.version))
    return Reason(ReasonCode.PROMISE_HONOURED, text, person, data)


def promise_not_honoured(promise: Promise, policy: Policy) -> Reason:
    """An earlier promise is not kept; the party must be told."""
    text = (
        f"Promised tier {promise.tier} under {promise.policy} {promise.version}; "
        f"version {policy.version} does not honour earlier promises at this time. The party must be told."
    )
    data = (("tier", str(promise.tier)), ("policy", promise.policy), ("version", promise.version))
    return Reason(ReasonCode.PROMISE_NOT_HONOURED, text, data=data)


def ranked_by(tier: int, rank: int, criteria: Sequence[str]) -> Reason:
    """The place inside the tier and what gave it."""
    how = "; ".join(criteria)
    text = f"Place {rank} in tier {tier}: {'; '.join(map(_in_words, criteria))}."
    return Reason(ReasonCode.RANKED_BY, text, data=(("tier", str(tier)), ("rank", str(rank)), ("by", how)))


def _in_words(criterion: str) -> str:
    """A criterion as people read it; a rule that has no words is quoted as the policy writes it."""
    rule, colon, answer = criterion.rpartition(": ")
    if not colon or answer not in _ANSWERS:
        return criterion
    words = rule_in_words(rule)
    return f"{words}: {_ANSWERS[answer]}" if words else f'the rule "{rule}": {_ANSWERS[answer]}'


def rule_in_words(rule: str) -> str:
    """A rule of the simple kinds in words ("a need: stretcher or medical"); empty if it is none of them."""
    if rule in _RULE_WORDS:
        return _RULE_WORDS[rule]
    parts = [_AMONG.fullmatch(part.strip()) for part in rule.split("||")]
    lists = {part[2] for part in parts if part}
    if not all(parts) or len(lists) != 1 or not lists <= _LISTS.keys():
        return ""
    values = [part[1].replace("-", " ") for part in parts if part]
    said = " or ".join(filter(None, (", ".join(values[:-1]), values[-1])))
    return f"{_LISTS[lists.pop()]}: {said}"


_ANSWERS = {"yes": "yes", "no": "no", "unknown": "not known"}
_AMONG = re.compile(r"[\"']([\w:-]+)[\"'] in (\w+)")
_LISTS = {
    "needs": "a need",
    "claims": "a claim",
    "checked": "a fact found true",
    "categories": "a category of a member",
    "documents": "a document",
}
_RULE_WORDS = {"has_minor_without_adult": "a minor without an adult", "is_married": "married"}


def late_to_list(number: int) -> Reason:
    """Known after a round of the lottery closed."""
    text = f"Became known after the list closed: draws in round {number + 1} of the lottery."
    return Reason(ReasonCode.LATE_TO_LIST, text, data=(("round", str(number + 1)),))


def lottery_provisional() -> Reason:
    """The seed is sealed."""
    text = "The lottery's seed is not revealed yet: places among equals are provisional."
    return Reason(ReasonCode.LOTTERY_PROVISIONAL, text)


def reserve(each: Reserve) -> Reason:
    """The party may use kept seats."""
    text = f"May use the seats of the reserve {each.id} ({each.title.en})."
    return Reason(ReasonCode.RESERVE, text, data=(("reserve", each.id),))
