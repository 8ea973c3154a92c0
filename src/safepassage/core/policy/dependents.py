"""Who may come through somebody else: apart from who travels together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safepassage.core.people import Relation
from safepassage.core.policy.facts import Assessed
from safepassage.core.policy.rules import Memo, Unstated, answer_once
from safepassage.core.policy.standings import Answer, all_of
from safepassage.core.policy.values import DependentLine, DependentRule, PrincipalAge


@dataclass(frozen=True, slots=True)
class DependentFinding:
    """Whether somebody may come; `missing` names the facts that decide, `failed` what does not fit."""

    answer: Answer
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def judge_dependent(
    rule: DependentRule, member: Assessed, relation: Relation, *, is_principal_minor: Answer, memo: Memo
) -> DependentFinding:
    """Whether `member`, who is the `relation` of the principal, may come: one line must fit."""
    missing: dict[str, None] = {}
    failed: dict[str, None] = {}
    answer = Answer.NO
    for line in rule.lines:
        if _relation(line, relation) is Answer.NO:
            continue
        tests = list(_tests(line, member, relation, is_principal_minor, memo))
        together = all_of(result for _, result in tests)
        if together is Answer.YES:
            return DependentFinding(Answer.YES)
        if together is Answer.UNKNOWN:
            answer = Answer.UNKNOWN
            missing.update(dict.fromkeys(name for name, result in tests if result is Answer.UNKNOWN))
        else:
            failed.update(dict.fromkeys(name for name, result in tests if result is Answer.NO))
    return DependentFinding(answer, tuple(missing), tuple(failed) or ("relation",))


def _tests(
    line: DependentLine, member: Assessed, relation: Relation, is_principal_minor: Answer, memo: Memo
) -> Iterator[tuple[str, Answer]]:
    """Each condition of a line with its answer; the relation first."""
    yield "relation", _relation(line, relation)
    if line.max_age is not None:
        yield "age", member.is_below(line.max_age + 1)
    if line.min_age is not None:
        yield "age", _not(member.is_below(line.min_age))
    if line.is_married is not None:
        married = member.facts["is_married"]
        fits = Answer.YES if married == line.is_married else Answer.NO
        yield "marriage", fits if isinstance(married, bool) else Answer.UNKNOWN
    if line.principal is not PrincipalAge.ANY:
        is_minor_line = line.principal is PrincipalAge.MINOR
        yield "age of the principal", is_principal_minor if is_minor_line else _not(is_principal_minor)
    if line.rule is not None:
        stated = Unstated() if relation is Relation.UNKNOWN else relation.value
        yield "its condition", answer_once(line.rule, {**member.facts, "relation": stated}, memo).answer


def _relation(line: DependentLine, relation: Relation) -> Answer:
    if relation is Relation.UNKNOWN:
        return Answer.UNKNOWN
    return Answer.YES if relation in line.relations else Answer.NO


def _not(answer: Answer) -> Answer:
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(answer, answer)
