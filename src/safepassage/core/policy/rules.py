"""Rules: CEL expressions compiled once, and answered with three values.

A fact that is not known for sure is a set of possible values. A rule is answered in every possible world: yes
in all of them is `yes`, no in all is `no`, anything else `unknown`. So a person born "in 2003 or 2004" is of
age in 2024 whatever the day, a missing birth date never counts as a guess, and `age < 18 || age >= 18` is yes.

CEL is the Common Expression Language (https://cel.dev); a closed part of it is allowed, see `FUNCTIONS`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import cel

from safepassage.core.policy.standings import Answer
from safepassage.core.policy.variables import Kind, Variable

MAX_LENGTH = 2000
MAX_WORLDS = 5000
"""Worlds tried before the answer is `unknown`; a rule over one person stays far below."""
MAX_MAYBES = 8

OTHER = "?"
"""The value of an unstated text that no rule names."""

_LOGIC = ("!_", "_&&_", "_||_", "_?_:_", "@in", "@not_strictly_false")
_FIGURES = ("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_+_", "_-_", "-_")
FUNCTIONS = frozenset((*_LOGIC, *_FIGURES, "size", "startsWith"))
"""What a rule may call: comparison, logic, `in`, `size`, `startsWith`, `exists`, `all`. No clock, no regex."""

_LITERAL = re.compile(r'"([^"]*)"|' + r"'([^']*)'")
_BOUND = re.compile(r"\.(?:exists|all)\(\s*([A-Za-z_]\w*)\s*,")


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number known to lie between two, both included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """A value that is one of these, nobody knows which."""

    options: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class Unstated:
    """A text that nobody stated: it may be any."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of which some members are sure and others possible; a maybe ending in `*` stands for a beginning."""

    sure: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


Fact = str | int | bool | tuple[str, ...] | Span | OneOf | Unstated | Listed
Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule. Two rules are equal if their text is."""

    source: str
    variables: tuple[str, ...] = field(compare=False)
    literals: tuple[str, ...] = field(compare=False)
    program: Any = field(compare=False, repr=False)


class RuleError(ValueError):
    """A rule that can't be used; `advice` says what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        self.advice = advice
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer with the facts that it rests on, or that it lacks."""

    answer: Answer
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


Memo = dict[tuple[Fact, ...], Finding]
"""Answers already given, by rule and facts."""


def compile_rule(text: str, variables: Mapping[str, Variable]) -> Rule:
    """Compiles a rule and checks names, functions and types against the documented variables.

    Raises:
        RuleError: if the text is no CEL, names an unknown variable or function, or does not answer yes or no.
    """
    if len(text) > MAX_LENGTH:
        raise RuleError(f"the rule is longer than {MAX_LENGTH} characters", "Divide it into several categories.")
    if "\\" in text:
        raise RuleError("the rule holds a backslash", "Write texts in quotes without escapes.")
    try:
        program = cel.compile(text)
    except (ValueError, TypeError, RuntimeError, OverflowError) as error:
        raise RuleError(f"the rule is not CEL: {_first_line(error)}", "See docs/policy.md, Rules.") from None
    literals = tuple(dict.fromkeys(a or b for a, b in _LITERAL.findall(text)))
    bound = set(_BOUND.findall(_LITERAL.sub('""', text)))
    used = program.variables()
    for name in used:
        if name not in variables and name not in bound:
            raise RuleError(f"the rule names `{name}`, which is no variable", f"Known: {', '.join(variables)}.")
    for name in program.functions():
        if name not in FUNCTIONS:
            raise RuleError(f"the rule uses `{name.strip('_@')}`, which is not allowed", "See docs/policy.md, Rules.")
    rule = Rule(text, tuple(name for name in used if name in variables), literals, program)
    _check_types(rule, variables)
    return rule


def answer_rule(rule: Rule, facts: Facts, *, most_worlds: int = MAX_WORLDS) -> Finding:
    """Answers a rule in every possible world of the facts that it names."""
    options = {name: _options(facts[name], rule) for name in rule.variables}
    missing = tuple(name for name, values in options.items() if values is None or len(values) > 1)
    seen: set[bool] = set()
    for world in _worlds(options, most_worlds):
        result = _execute(rule, world)
        if result is None:
            return Finding(Answer.UNKNOWN, missing=missing)
        seen.add(result)
        if len(seen) > 1:
            break
    if len(seen) != 1:
        return Finding(Answer.UNKNOWN, missing=missing)
    if seen == {False}:
        return Finding(Answer.NO)
    return Finding(Answer.YES, evidence=tuple(_evidence(rule, facts)))


def words_asked_of(rule: Rule, name: str) -> tuple[str, ...]:
    """The texts that a rule looks for in one list, as in `"siv" in claims`, one for each time."""
    return tuple(a or b for a, b in re.findall(rf"(?:{_LITERAL.pattern})\s+in\s+{name}\b", rule.source))


def answer_once(rule: Rule, facts: Facts, memo: Memo) -> Finding:
    """`answer_rule`, remembered for equal facts: most people share theirs with many others."""
    key = (rule.source, *(facts[name] for name in rule.variables))
    found = memo.get(key)
    if found is None:
        found = memo[key] = answer_rule(rule, facts)
    return found


def _worlds(options: Mapping[str, list[Any] | None], most: int) -> Iterator[dict[str, Any]]:
    size = 1
    for values in options.values():
        size *= 0 if values is None else len(values)
    if not 0 < size <= most:
        return
    for combination in itertools.product(*(values or () for values in options.values())):
        yield dict(zip(options, combination, strict=True))


def _options(fact: Fact, rule: Rule) -> list[Any] | None:
    """What a fact may be; None if there are too many ways."""
    match fact:
        case Span(least=least, most=most):
            return list(range(least, most + 1))
        case OneOf(options=options):
            return list(options)
        case Unstated():
            return [OTHER, *rule.literals]
        case Listed(sure=sure, maybe=maybe):
            return _lists(sure, maybe, rule)
        case tuple():
            return [list(fact)]
        case _:
            return [fact]


def _lists(sure: tuple[str, ...], maybe: tuple[str, ...], rule: Rule) -> list[Any] | None:
    open_ones: list[str] = []
    for item in maybe:
        named = [text for text in rule.literals if text.startswith(item[:-1])] if item.endswith("*") else [item]
        open_ones += [text for text in named if text in rule.literals and text not in sure and text not in open_ones]
    if len(open_ones) > MAX_MAYBES:
        return None
    return [
        [*sure, *chosen] for count in range(len(open_ones) + 1) for chosen in itertools.combinations(open_ones, count)
    ]


def _execute(rule: Rule, world: dict[str, Any]) -> bool | None:
    try:
        result = rule.program.execute(world)
    except (ValueError, TypeError, RuntimeError, ArithmeticError, LookupError):
        return None
    return result if isinstance(result, bool) else None


def _evidence(rule: Rule, facts: Facts) -> Iterator[str]:
    for name in rule.variables:
        match facts[name]:
            case Span(least=least, most=most):
                yield f"{name}: {least} to {most}"
            case OneOf() | Unstated():
                continue
            case tuple() | Listed() as fact:
                items = fact.sure if isinstance(fact, Listed) else fact
                found = [item for item in items if item in rule.literals]
                if found:
                    yield f"{name}: {', '.join(found)}"
            case bool() as truth:
                yield f"{name}: {'yes' if truth else 'no'}"
            case value:
                yield f"{name}: {value}"


def _check_types(rule: Rule, variables: Mapping[str, Variable]) -> None:
    """Runs the rule on invented facts; CEL hides a type mistake behind `&&` and `||`, so several are tried."""
    half = len(rule.literals) // 2
    lists: tuple[list[str], ...] = ([], list(rule.literals), list(rule.literals[:half]), list(rule.literals[half:]))
    for number, texts, (count, truth) in itertools.product(
        (0, 17, 40, 120), lists, ((0, False), (1, True), (2, True), (3, False))
    ):
        text = rule.literals[count % len(rule.literals)] if rule.literals and count else OTHER
        values = {Kind.LIST: texts, Kind.NUMBER: number, Kind.YES_NO: truth, Kind.TEXT: text}
        world = {name: values[variables[name].kind] for name in rule.variables}
        try:
            result = rule.program.execute(world)
        except (ValueError, TypeError, RuntimeError, ArithmeticError, LookupError) as error:
            raise RuleError(
                f"the rule can't be answered: {_first_line(error)}", "Compare numbers with numbers, texts with texts."
            ) from None
        if not isinstance(result, bool):
            raise RuleError("the rule does not answer yes or no", "End it in a comparison, or `x in list`.")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:160] if str(error) else type(error).__name__
