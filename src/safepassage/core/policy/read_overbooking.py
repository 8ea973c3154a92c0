"""Reads what a policy says of overbooking: how often somebody may be left standing, and what becomes of them."""

from __future__ import annotations

import re

from safepassage.core.policy.fields import Fields
from safepassage.core.policy.located import Mapping
from safepassage.core.policy.values import Overbooking, StandByRule

_CHANCE = re.compile(r"(0\.[1-9]|(?:[1-9]|1[0-9])(?:\.[0-9])?|20(?:\.0)?)\s*%\Z")
"""At most 20 %: a text that lets more than one departure of five leave somebody standing is a slip of the pen."""


def read_overbooking(fields: Fields) -> Overbooking | None:
    """The rule, or none: then nobody is booked beyond the seats."""
    node = fields.get("overbooking")
    if node is None:
        return None
    if not isinstance(node, Mapping):
        fields.note("policy-not-fields", "`overbooking` must have `bumped-at-most`.", node.line)
        return None
    inside = Fields(node, fields.problems, fields.file, "`overbooking`")
    chance = _chance(inside)
    has_rule = inside.get("stand-by") is not None
    rule = inside.choice("stand-by", StandByRule, default=StandByRule.FIRST_ON_NEXT) if has_rule else None
    inside.done()
    return Overbooking(chance, rule, node.line)


def _chance(fields: Fields) -> float:
    text = fields.text("bumped-at-most")
    match = _CHANCE.match(text)
    if match:
        return float(match[1]) / 100
    if text:
        line = fields.node.lines.get("bumped-at-most", fields.line)
        message = "`bumped-at-most` must be a chance of at least 0.1% and at most 20%, such as 2%."
        fields.note("policy-not-share", message, line)
    return 0.0
