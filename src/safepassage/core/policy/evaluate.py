"""Applies a policy: from persons and parties to standings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from safepassage.core.dates import PartialDate
from safepassage.core.errors import NotFoundError
from safepassage.core.identity import Party, Person
from safepassage.core.ids import PersonId
from safepassage.core.policy import sentences
from safepassage.core.policy.facts import ALWAYS_READ, Assessed, age_span, as_stated, person_facts
from safepassage.core.policy.lottery import Lottery
from safepassage.core.policy.order import Placed, order_parties
from safepassage.core.policy.parties import Bench, Judged, judge_party
from safepassage.core.policy.promises import keep_promise
from safepassage.core.policy.rules import Fact, Facts, Memo, Span, answer_once
from safepassage.core.policy.standings import Answer, CategoryFinding, Knowledge, Standing, Standings
from safepassage.core.policy.values import Policy
from safepassage.core.policy.variables import PERSON_VARIABLES

Progress = Callable[[float, str], None]
_STEP = 5000


def apply_policy(
    policy: Policy,
    parties: Sequence[Party],
    persons: Sequence[Person],
    *,
    now: datetime,
    lottery: Lottery,
    knowledge: Knowledge = Knowledge(),  # noqa: B008 (frozen)
    progress: Progress | None = None,
) -> Standings:
    """What the policy gives each party, with reasons.

    The answer depends on the values alone, not on their order.

    Args:
        policy: As read.
        parties: Every party of the operation, in any order.
        persons: Every person who stands in one of them.
        now: Aware UTC; ages count on its day.
        lottery: Rounds with their commitments, and seeds where revealed.
        knowledge: Checked facts, trust, dates first known, lineage of draws, promises.
        progress: Called with the share done and what is being done.

    Raises:
        NotFoundError: if a party names a person who is not among `persons`.
        ValueError: if `now` has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("`now` must be aware")
    tell = progress or _tell_nobody
    bench = Bench.of(policy, assess_persons(policy, persons, now=now, knowledge=knowledge))
    judged: list[Judged] = []
    kept: set[str] = set()
    for number, party in enumerate(sorted(parties, key=lambda each: each.id)):
        if number % _STEP == 0:
            tell(0.3 + 0.5 * number / len(parties), "judging parties")
        found = _judge(party, bench)
        promise = knowledge.promises.get(party.id)
        if promise is not None:
            found, is_kept = keep_promise(found, promise, policy, now)
            kept.update([party.id] if is_kept else [])
        judged.append(found)
    tell(0.8, "ordering parties")
    placed = order_parties(judged, policy, lottery=lottery, knowledge=knowledge, memo=bench.memo)
    standings = [_placed(each, order, policy, bench.memo, kept) for order, each in enumerate(placed, start=1)]
    standings += [_unplaced(each, policy) for each in judged if each.tier is None]
    tell(1.0, "done")
    return Standings(
        policy=policy.id,
        version=policy.version,
        digest=policy.digest,
        at=now,
        standings=tuple(standings),
        is_in_force=policy.is_in_force(now),
        is_provisional=any(each.is_provisional for each in standings),
    )


def assess_persons(
    policy: Policy, persons: Sequence[Person], *, now: datetime, knowledge: Knowledge, memo: Memo | None = None
) -> Mapping[PersonId, Assessed]:
    """The facts and categories of each person; people with equal facts share the findings.

    `memo` holds answers of the policy's rules from one call to the next.
    """
    on = now.astimezone(UTC).date()
    names = _names(policy)
    memo = {} if memo is None else memo
    ages: dict[PartialDate | None, Span] = {}
    alike: dict[tuple[object, ...], tuple[Facts, tuple[CategoryFinding, ...]]] = {}
    shared: dict[tuple[Fact, ...], tuple[Facts, tuple[CategoryFinding, ...]]] = {}
    assessed = {}
    for person in persons:
        age = ages.get(person.birth)
        if age is None:
            age = ages[person.birth] = age_span(person.birth, on)
        stated = as_stated(person, age, knowledge)
        found = alike.get(stated)
        if found is None:
            facts = person_facts(person, age, knowledge=knowledge, names=names, on=on)
            key = tuple(facts.values())
            found = shared.get(key)
            if found is None:
                found = shared[key] = facts, tuple(_find(policy, facts, memo))
            alike[stated] = found
        assessed[person.id] = Assessed(person.id, found[0], age, found[1])
    return assessed


def _names(policy: Policy) -> tuple[str, ...]:
    """The variables of a person that the policy looks at."""
    rules = [category.rule for category in policy.categories]
    rules += [line.rule for each in policy.dependents for line in each.lines if line.rule is not None]
    named = {name for rule in rules for name in rule.variables} | ALWAYS_READ
    return tuple(name for name in PERSON_VARIABLES if name in named)


def _find(policy: Policy, facts: Facts, memo: Memo) -> list[CategoryFinding]:
    """Where each category stands; those surely not held are left out."""
    found = []
    for category in policy.categories:
        finding = answer_once(category.rule, facts, memo)
        if finding.answer is not Answer.NO:
            found.append(CategoryFinding(category.id, finding.answer, finding.evidence, finding.missing))
    return found


def _judge(party: Party, bench: Bench) -> Judged:
    for member in party.members:
        if member.person not in bench.assessed:
            raise NotFoundError(
                "a party has a member who is not among the persons given",
                code="person-not-given",
                where=f"party {party.id}, person {member.person}",
                advice="Derive persons and parties from the same listings and try again.",
            )
    return judge_party(party, bench)


def _placed(each: Placed, order: int, policy: Policy, memo: Memo, kept: set[str]) -> Standing:
    judged = each.judged
    reserves = [one for one in policy.reserves if answer_once(one.rule, judged.facts, memo).answer is Answer.YES]
    reasons = [*judged.reasons, *(sentences.reserve(one) for one in reserves)]
    reasons.append(sentences.ranked_by(each.tier, each.rank, each.criteria))
    if each.draw.round > 0:
        reasons.append(sentences.late_to_list(each.draw.round))
    if each.draw.is_provisional:
        reasons.append(sentences.lottery_provisional())
    return Standing(
        party=judged.party.id,
        outcome=judged.outcome,
        tier=each.tier,
        rank=each.rank,
        order=order,
        principal=judged.principal,
        members=judged.members,
        reasons=tuple(reasons),
        policy=policy.id,
        version=policy.version,
        digest=policy.digest,
        reserves=tuple(one.id for one in reserves),
        could_be=judged.could_be,
        is_promise=judged.party.id in kept,
        is_provisional=each.draw.is_provisional,
        draw=f"{each.draw.round}-{each.draw.number}",
    )


def _unplaced(judged: Judged, policy: Policy) -> Standing:
    return Standing(
        party=judged.party.id,
        outcome=judged.outcome,
        tier=None,
        rank=None,
        order=None,
        principal=None,
        members=judged.members,
        reasons=judged.reasons,
        policy=policy.id,
        version=policy.version,
        digest=policy.digest,
        could_be=judged.could_be,
    )


def _tell_nobody(_share: float, _what: str) -> None:
    """No progress is wanted."""
