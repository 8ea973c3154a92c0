"""One party's standing in plain words, and what one fact more would change."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.identity import Party, Person
from safepassage.core.ids import PersonId
from safepassage.core.people import Document, DocumentKind, Sex
from safepassage.core.policy.evaluate import assess_persons
from safepassage.core.policy.facts import ALWAYS_READ, PARTY_AGES, Assessed
from safepassage.core.policy.parties import Bench, Judged, judge_party
from safepassage.core.policy.rules import Memo, Rule, Span, words_asked_of
from safepassage.core.policy.standings import Knowledge, MemberStatus, Outcome, Standing
from safepassage.core.policy.values import Policy

ASKED_FIRST = frozenset({"age", "sex", "is_married", "relation"})
"""Facts that a question to the family settles, before those that a document or an authority has to prove."""
_ALPHA_3 = 3
_Given = tuple[Outcome, int | None, int]


@dataclass(frozen=True, slots=True)
class WouldBe:
    """One fact that decides: what the party would be given if it were so.

    `fact` is a variable ("age"), `value` what it would be ("20 or younger"), `outcome` the party's then, with `tier`
    (None unless it is one) and how many members are `coming`; `text` says all of it.
    """

    person: PersonId
    fact: str
    value: str
    outcome: Outcome
    tier: int | None
    coming: int
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A standing in plain words: a headline, sentences, and what single facts would change."""

    standing: Standing
    headline: str
    sentences: tuple[str, ...]
    would_be: tuple[WouldBe, ...]


def decisive_first(explanation: Explanation) -> list[WouldBe]:
    """What single facts would change, in the order in which to look into them.

    What would help before what would cost a seat; of these what a question to the family settles before what has to
    be proven; and each member once before anybody a second time.
    """
    standing = explanation.standing
    now = standing.tier if standing.outcome is Outcome.TIER else None

    def is_worse(one: WouldBe) -> bool:
        if one.tier is None:
            return now is not None or standing.outcome is Outcome.UNRESOLVED
        return now is not None and (one.tier, -one.coming) > (now, -len(standing.accepted))

    turns: dict[tuple[bool, bool, PersonId], int] = {}
    placed = []
    for place, one in enumerate(explanation.would_be):
        key = (is_worse(one), one.fact not in ASKED_FIRST, one.person)
        turns[key] = turns.get(key, 0) + 1
        placed.append((key[0], key[1], turns[key], place, one))
    return [one for *_, one in sorted(placed, key=lambda each: each[:4])]


@dataclass(frozen=True, slots=True)
class _Try:
    """One fact of one person, replaced by a possible one."""

    fact: str
    value: str
    person: Person
    knowledge: Knowledge


def explain_standing(
    policy: Policy,
    party: Party,
    persons: Sequence[Person],
    *,
    standing: Standing,
    now: datetime,
    knowledge: Knowledge = Knowledge(),  # noqa: B008 (frozen)
) -> Explanation:
    """Says why a party stands where it stands, and what one fact more would change.

    Each confirmed member's unknown facts (birth, sex, nationality, marriage, a document's issuer) and each code
    and paper that the policy asks for are tried one at a time. What was promised is left as it is.

    Args:
        policy: The policy that gave the standing.
        party: The party.
        persons: At least its members.
        standing: What `apply_policy` gave.
        now: The moment of that call.
        knowledge: That of the call.
    """
    members = {member.person for member in party.members}
    people = {person.id: person for person in persons if person.id in members}
    memo: Memo = {}
    assessed = assess_persons(policy, tuple(people.values()), now=now, knowledge=knowledge, memo=memo)
    bench = Bench.of(policy, assessed, is_one_party=True)
    base = judge_party(party, bench)
    looked_at = _looked_at(policy)
    found: dict[tuple[PersonId, str, _Given], list[str]] = {}
    for member in party.confirmed:
        person = people[member.person]
        known = {looked_at(assessed[person.id]): base}
        for each in _tries(policy, person, assessed[person.id].age, now.astimezone(UTC).date(), knowledge):
            # one fact of one member is another: what the others are stays
            other = assess_persons(policy, (each.person,), now=now, knowledge=each.knowledge, memo=memo)
            alike = looked_at(other[person.id])
            changed = known.get(alike)
            if changed is None:
                changed = known[alike] = judge_party(party, replace(bench, assessed={**assessed, **other}))
            if _says(changed) != _says(base):
                found.setdefault((member.person, each.fact, _given(changed)), []).append(each.value)
    would_be = tuple(_would_be(*key, values, len(party.members)) for key, values in found.items())
    sentences = [reason.text for reason in standing.reasons]
    sentences += [member.reason.text for member in standing.members if member.reason is not None]
    return Explanation(standing, _headline(standing), tuple(dict.fromkeys(sentences)), would_be)


def _looked_at(policy: Policy) -> Callable[[Assessed], tuple[object, ...]]:
    """What of a person judging a party looks at: equal, and the party is judged alike. Of 121 ages few differ."""
    lines = [line for each in policy.dependents for line in each.lines]
    bounds = {policy.minors.below_age, *PARTY_AGES}
    bounds |= {line.max_age + 1 for line in lines if line.max_age is not None}
    bounds |= {line.min_age for line in lines if line.min_age is not None}
    names = {name for line in lines if line.rule for name in line.rule.variables} - {"relation"} | ALWAYS_READ

    def look(assessed: Assessed) -> tuple[object, ...]:
        categories = tuple([(each.category, each.answer, each.missing) for each in assessed.categories])
        return categories, *map(assessed.is_below, bounds), *[assessed.facts[name] for name in names]

    return look


def _headline(standing: Standing) -> str:
    under = f"under {standing.policy} {standing.version}"
    if standing.outcome is Outcome.TIER:
        coming, total = len(standing.accepted), len(standing.members)
        promise = ", by an earlier promise" if standing.is_promise else ""
        return f"Tier {standing.tier}, place {standing.rank} {under}{promise}: {coming} of {total} members may come."
    if standing.outcome is Outcome.UNRESOLVED:
        tiers = ", ".join(str(number) for number in standing.could_be)
        return f"Unresolved {under}: a fact is missing; tier {tiers} is possible."
    return f"Not eligible {under}."


def _coming(judged: Judged) -> frozenset[PersonId]:
    return frozenset(
        member.person
        for member in judged.members
        if member.status in (MemberStatus.PRINCIPAL, MemberStatus.OWN_GROUND, MemberStatus.DEPENDENT)
    )


def _says(judged: Judged) -> tuple[Outcome, int | None, frozenset[PersonId]]:
    """What has to differ for a fact to be worth telling."""
    return judged.outcome, judged.tier.number if judged.tier else None, _coming(judged)


def _given(judged: Judged) -> _Given:
    tier = judged.tier.number if judged.tier else None
    return judged.outcome, tier, len(_coming(judged)) if judged.tier else 0


def _would_be(person: PersonId, fact: str, given: _Given, values: list[str], members: int) -> WouldBe:
    outcome, tier, coming = given
    words = outcome.value.replace("-", " ") if tier is None else f"tier {tier}, {coming} of {members} may come"
    value = _ages_in_words(values) if fact == "age" else " or ".join(values)
    text = f"Would be {words} if {_if(person, fact, value)}."
    return WouldBe(person, fact, value, outcome, tier, coming, text)


def _if(person: PersonId, fact: str, value: str) -> str:
    """The condition in plain words: no name of a variable, which only whoever writes policies knows."""
    match fact:
        case "age":
            return f"{person} were {value} years old"
        case "sex":
            named = {Sex.FEMALE.value: "female", Sex.MALE.value: "male"}
            return f"{person} were {' or '.join(named.get(one, one) for one in value.split(' or '))}"
        case "is_married":
            named = {"yes": "married", "no": "not married"}
            return f"{person} were {' or '.join(named.get(one, one) for one in value.split(' or '))}"
        case "checked":
            return f"one of us checked of {person}, and found true: {value}"
        case "documents":
            return f"{person} held a {' or a '.join(map(_paper, value.split(' or ')))}"
        case _:
            return f"the {fact} of {person} were {value}"


def _paper(text: str) -> str:
    """A kind of document as a rule writes it ("passport:USA"), in words."""
    kind, _, country = text.partition(":")
    return f"{kind.replace('-', ' ')} of {country}" if country else kind.replace("-", " ")


def _ages_in_words(values: list[str]) -> str:
    """Ages as spans: "0 to 20, 60 to 120"."""
    spans: list[list[int]] = []
    for age in sorted(int(value) for value in values):
        if spans and age == spans[-1][1] + 1:
            spans[-1][1] = age
        else:
            spans.append([age, age])
    return ", ".join(f"{first} to {last}" if first != last else str(first) for first, last in spans)


def _tries(policy: Policy, person: Person, age: Span, on: date, knowledge: Knowledge) -> Iterator[_Try]:
    if age.least != age.most:
        for years in range(age.least, age.most + 1):
            yield _Try("age", str(years), replace(person, birth=_born(years, on)), knowledge)
    if person.sex is Sex.UNKNOWN:
        for sex in (Sex.FEMALE, Sex.MALE):
            yield _Try("sex", sex.value, replace(person, sex=sex), knowledge)
    if knowledge.is_married(person) is None:
        for truth in (True, False):
            yield _Try("is_married", "yes" if truth else "no", replace(person, is_married=truth), knowledge)
    yield from _asked_for(policy, person, knowledge)


def _born(years: int, on: date) -> PartialDate:
    """A birth date that makes somebody so old on a day (half a year into that age)."""
    moment = on - timedelta(days=math.floor((years + 0.5) * 365.2425))
    return PartialDate(((moment, moment),), Precision.DAY)


def _asked_for(policy: Policy, person: Person, knowledge: Knowledge) -> Iterator[_Try]:
    """What the policy's rules look for: codes to be checked, documents to be shown, a nationality to be stated."""
    rules = [category.rule for category in policy.categories]
    checked = knowledge.checked.get(person.id, {})
    for code in _texts(rules, "checked"):
        if code not in checked:
            one = {**knowledge.checked, person.id: {**checked, code: True}}
            yield _Try("checked", code, person, replace(knowledge, checked=one))
    for text in _texts(rules, "documents"):
        kind, _, country = text.partition(":")
        if kind in set(DocumentKind) and not any(
            each.kind == kind and (not country or each.country == country) for each in person.documents
        ):
            paper = Document(DocumentKind(kind), "?", country)
            yield _Try("documents", text, replace(person, documents=(*person.documents, paper)), knowledge)
    if not person.nationality:
        for text in dict.fromkeys(
            text for rule in rules for text in rule.literals if "nationality" in rule.variables
        ):
            if len(text) == _ALPHA_3 and text.isupper():
                yield _Try("nationality", text, replace(person, nationality=text), knowledge)


def facts_asked(policy: Policy) -> tuple[str, ...]:
    """The codes that a policy's rules ask to be checked, in the order of the text: what a desk can find out."""
    rules: list[Rule | None] = [each.rule for each in policy.categories]
    rules += [each.rule for each in policy.tiers]
    rules += [each.rule for each in policy.order]
    rules += [each.rule for each in policy.reserves]
    rules += [line.rule for each in policy.dependents for line in each.lines]
    found = [rule for rule in rules if rule is not None]
    return tuple(dict.fromkeys((*_texts(found, "checked"), *_texts(found, "refuted"))))


def _texts(rules: Sequence[Rule], variable: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for rule in rules for text in words_asked_of(rule, variable)))
