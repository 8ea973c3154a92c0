"""Reads a policy text: every mistake at once, each with its line."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from functools import lru_cache

from safepassage.core.errors import Problems, ProblemsError
from safepassage.core.ids import PolicyId
from safepassage.core.people import Relation
from safepassage.core.policy.fields import Fields
from safepassage.core.policy.located import Mapping, place, read_yaml
from safepassage.core.policy.read_overbooking import read_overbooking
from safepassage.core.policy.rules import Rule
from safepassage.core.policy.values import (
    Category,
    DependentLine,
    DependentRule,
    Honour,
    Minors,
    OrderBy,
    OrderItem,
    Policy,
    PrincipalAge,
    Reserve,
    ReservePer,
    ReserveUse,
    Tier,
)
from safepassage.core.policy.variables import DEPENDENT_VARIABLES, PARTY_VARIABLES, PERSON_VARIABLES

FORMAT = "safe-passage-policy/1"
MAX_AGE = 120
_SHARE = re.compile(r"([0-9]{1,2}(?:\.[0-9])?|100)\s*%\Z")
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_NO_RULE = Rule("false", (), (), None)


def policy_digest(text: str) -> str:
    """SHA-256 of the text (UTF-8, line ends as LF), 64 hex digits: says which text a device applies."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def read_policy(text: str, *, file: str = "") -> Policy:
    """Reads and validates a policy (the format: docs/policy.md and spec/policy-v1.schema.json).

    Args:
        text: The YAML text.
        file: Named in every problem.

    The last texts are kept: a text always gives the same policy, and reading YAML takes a tenth of a second.

    Raises:
        ProblemsError: with every mistake at once, each with its line.
    """
    return _read(text, file)


@lru_cache(maxsize=16)
def _read(text: str, file: str) -> Policy:
    problems = Problems()
    what = file or "the policy"
    root = read_yaml(text.removeprefix("\ufeff"), problems, file=file)
    if not isinstance(root, Mapping):
        if root is not None:
            problems.add("policy-not-fields", "A policy must have named fields.", where=place(file, root.line))
        raise ProblemsError(problems.found, what=what)
    policy = _policy(Fields(root, problems, file, "The policy"), text)
    problems.raise_if_any(what)
    return policy


def _policy(fields: Fields, text: str) -> Policy:
    if fields.text("format") not in ("", FORMAT):
        fields.note("policy-format", "This format is not known.", fields.line, f"Write `format: {FORMAT}`.")
    categories = _categories(fields)
    dependents = _dependents(fields)
    begins, ends = _effective(fields)
    policy = Policy(
        id=PolicyId(fields.code("id")),
        version=fields.text("version"),
        title=fields.words("title"),
        effective_from=begins,
        effective_until=ends,
        signed_off_by=fields.text("signed-off-by"),
        honour_earlier=_honour(fields),
        categories=categories,
        dependents=dependents,
        tiers=_tiers(fields, {each.id for each in categories}, {each.id for each in dependents}),
        order=_order(fields),
        reserves=_reserves(fields),
        minors=_minors(fields),
        overbooking=read_overbooking(fields),
        sources=tuple(source for source, _ in fields.texts("sources")),
        notes=fields.text("notes", is_needed=False),
        digest=policy_digest(text),
        text=text,
    )
    fields.done()
    return policy


def _effective(fields: Fields) -> tuple[datetime, datetime | None]:
    node = fields.get("effective", is_needed=True)
    if not isinstance(node, Mapping):
        if node is not None:
            fields.note("policy-not-fields", "`effective` must have `from`, and may have `until`.", node.line)
        return _NEVER, None
    inside = Fields(node, fields.problems, fields.file, "`effective`")
    begins, ends = inside.moment("from", is_needed=True), inside.moment("until")
    inside.done()
    if begins and ends and ends <= begins:
        inside.note("policy-ends-first", "The policy ends before it begins.", node.line)
    return begins or _NEVER, ends


def _honour(fields: Fields) -> Honour:
    node = fields.get("honour-earlier", is_needed=True)
    if isinstance(node, Mapping):
        inside = Fields(node, fields.problems, fields.file, "`honour-earlier`")
        until = inside.moment("until", is_needed=True)
        inside.done()
        return Honour(is_on=True, until=until)
    return Honour(is_on=bool(fields.truth("honour-earlier", default=False)))


def _minors(fields: Fields) -> Minors:
    node = fields.get("minors")
    if node is None:
        return Minors()
    if not isinstance(node, Mapping):
        fields.note("policy-not-fields", "`minors` must have named fields.", node.line)
        return Minors()
    inside = Fields(node, fields.problems, fields.file, "`minors`")
    below = inside.integer("below-age", least=1, most=25)
    may = inside.truth("may-be-principal", default=True)
    inside.done()
    return Minors(18 if below is None else below, bool(may))


def _categories(fields: Fields) -> tuple[Category, ...]:
    found: list[Category] = []
    for each in fields.mappings("categories", "A category", is_needed=True):
        category = Category(
            id=_new_id(each, {other.id for other in found}),
            title=each.words("title"),
            rule=each.rule("rule", PERSON_VARIABLES, is_needed=True) or _NO_RULE,
            line=each.line,
        )
        each.done()
        found.append(category)
    return tuple(found)


def _new_id(fields: Fields, taken: set[str]) -> str:
    code = fields.code("id")
    if code and code in taken:
        fields.note("policy-twice", f"{fields.what} with the id `{code}` stands twice.", fields.line)
    return code


def _dependents(fields: Fields) -> tuple[DependentRule, ...]:
    found: list[DependentRule] = []
    for each in fields.mappings("dependents", "A dependent rule"):
        rule = DependentRule(
            id=_new_id(each, {other.id for other in found}),
            title=each.words("title"),
            lines=tuple(
                _dependent_line(line) for line in each.mappings("anyone-of", "A line of `anyone-of`", is_needed=True)
            ),
            line=each.line,
        )
        each.done()
        found.append(rule)
    return tuple(found)


def _dependent_line(fields: Fields) -> DependentLine:
    relations = [fields.one_of(node, "relation", Relation) for node in fields.items("relation", is_needed=True)]
    if Relation.UNKNOWN in relations:
        advice = "A relation that nobody stated stays unsettled until someone asks."
        fields.note("policy-unknown-relation", "`unknown` is no ground to come.", fields.line, advice)
    least, most = fields.integer("min-age", most=MAX_AGE), fields.integer("max-age", most=MAX_AGE)
    if least is not None and most is not None and least > most:
        fields.note("policy-ages-crossed", "`min-age` is above `max-age`.", fields.line)
    line = DependentLine(
        relations=tuple(relation for relation in relations if relation),
        min_age=least,
        max_age=most,
        is_married=fields.truth("married"),
        principal=fields.choice("principal", PrincipalAge, default=PrincipalAge.ANY),
        rule=fields.rule("when", DEPENDENT_VARIABLES),
        line=fields.line,
    )
    fields.done()
    return line


def _tiers(fields: Fields, categories: set[str], dependents: set[str]) -> tuple[Tier, ...]:
    found: list[Tier] = []
    for each in fields.mappings("tiers", "A tier", is_needed=True):
        each.get("tier", is_needed=True)
        number = each.integer("tier", least=1, most=99)
        if number is not None and number != len(found) + 1:
            advice = f"This is the place of `tier: {len(found) + 1}`."
            each.note("policy-tier-number", "Tiers are numbered from 1, in their order.", each.line, advice)
        principal = each.texts("principal", is_needed=True)
        for code, line in principal:
            if code not in categories:
                each.note("policy-no-such-category", f"There is no category `{code[:40]}`.", line)
        rule = each.text("dependents", is_needed=False)
        if rule and rule not in dependents and rule != "none":
            line = each.node.lines.get("dependents", each.line)
            each.note("policy-no-such-dependents", f"There is no dependent rule `{rule[:40]}`.", line)
        found.append(
            Tier(
                number=len(found) + 1,
                title=each.words("title"),
                principal=tuple(code for code, _ in principal),
                dependents=rule if rule and rule != "none" else None,
                rule=each.rule("when", PARTY_VARIABLES),
                line=each.line,
            )
        )
        each.done()
    return tuple(found)


def _order(fields: Fields) -> tuple[OrderItem, ...]:
    found: list[OrderItem] = []
    for each in fields.mappings("order", "An item of `order`", is_needed=True):
        if each.get("first") is not None:
            item = OrderItem(OrderBy.FIRST, each.rule("first", PARTY_VARIABLES), each.line)
        else:
            node = each.get("by", is_needed=True)
            by = each.one_of(node, "by", OrderBy) if node is not None else None
            if by is OrderBy.FIRST:
                each.note("policy-not-one-of", "`by: first` needs a rule.", each.line, "Write `- first: RULE`.")
            item = OrderItem(by or OrderBy.LOTTERY, None, each.line)
        each.done()
        if found and found[-1].by is OrderBy.LOTTERY:
            each.note("policy-after-lottery", "Nothing can be ordered after the lottery.", each.line)
        found.append(item)
    if found and found[-1].by is not OrderBy.LOTTERY:
        advice = "End `order` with `- by: lottery`; without it equal parties would be ordered by accident."
        fields.note("policy-no-lottery", "The order does not end with the lottery.", found[-1].line, advice)
    return tuple(found)


def _reserves(fields: Fields) -> tuple[Reserve, ...]:
    found: list[Reserve] = []
    for each in fields.mappings("reserves", "A reserve"):
        seats, share = each.integer("seats", least=1, most=10_000), _share(each)
        if (each.get("seats") is None) == (each.get("share") is None):
            each.note("policy-reserve-size", "A reserve needs either `seats` or `share`.", each.line)
        reserve = Reserve(
            id=_new_id(each, {other.id for other in found}),
            title=each.words("title"),
            rule=each.rule("for", PARTY_VARIABLES, is_needed=True) or _NO_RULE,
            seats=seats,
            share=share,
            per=each.choice("per", ReservePer, default=ReservePer.LEG),
            use=each.choice("use", ReserveUse, default=ReserveUse.RESERVE_FIRST),
            release_hours=float(each.integer("release-hours", most=1000) or 0),
            line=each.line,
        )
        each.done()
        found.append(reserve)
    return tuple(found)


def _share(fields: Fields) -> float | None:
    text = fields.text("share", is_needed=False)
    if not text:
        return None
    match = _SHARE.match(text)
    if not match or not float(match[1]):
        line = fields.node.lines.get("share", fields.line)
        fields.note("policy-not-share", "`share` must be a share of the seats, such as 10%.", line)
        return None
    return float(match[1]) / 100
