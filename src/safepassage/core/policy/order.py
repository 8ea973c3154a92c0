"""The order inside a tier: the policy's criteria, then the committed lottery; total, whatever order comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safepassage.core.policy.lottery import Draw, Lottery, draw_lot
from safepassage.core.policy.parties import Judged
from safepassage.core.policy.rules import Memo, answer_once
from safepassage.core.policy.standings import Answer, Knowledge, MemberStatus
from safepassage.core.policy.values import OrderBy, OrderItem, Policy

_PLACES = {Answer.YES: 0, Answer.UNKNOWN: 1, Answer.NO: 2}
_NEVER = 10**9
_SEATED = (MemberStatus.PRINCIPAL, MemberStatus.OWN_GROUND, MemberStatus.DEPENDENT, MemberStatus.UNSETTLED)


@dataclass(frozen=True, slots=True)
class Placed:
    """A party with its tier, its place inside it (from 1), its draw, and what gave the place, in words."""

    judged: Judged
    tier: int
    rank: int
    draw: Draw
    criteria: tuple[str, ...]


def order_parties(
    judged: Sequence[Judged], policy: Policy, *, lottery: Lottery, knowledge: Knowledge, memo: Memo
) -> list[Placed]:
    """Every party that has a tier, in total order."""
    keyed = []
    for each in judged:
        if each.tier is None or each.principal is None:
            continue
        draw = _draw(each, lottery, knowledge)
        found = [_criterion(item, each, draw, knowledge, memo) for item in policy.order]
        key = (each.tier.number, *(place for place, _ in found), draw.round, draw.number, each.party.id)
        keyed.append((key, each, each.tier.number, draw, tuple(words for _, words in found)))
    keyed.sort(key=lambda entry: entry[0])
    ranks: dict[int, int] = {}
    placed = []
    for _, each, tier, draw, words in keyed:
        ranks[tier] = ranks.get(tier, 0) + 1
        placed.append(Placed(each, tier, ranks[tier], draw, words))
    return placed


def _draw(each: Judged, lottery: Lottery, knowledge: Knowledge) -> Draw:
    """The principal's draw: one person, one ticket, however many listings, parties or relatives they have."""
    assert each.principal is not None
    own = knowledge.first_known.get(each.principal)
    draw_id = knowledge.draw_of.get(each.principal, each.principal)
    return draw_lot(lottery, draw_id, knowledge.first_known.get(draw_id, own))


def _criterion(
    item: OrderItem, each: Judged, draw: Draw, knowledge: Knowledge, memo: Memo
) -> tuple[tuple[int, str], str]:
    """A sort key (lower is earlier) and its words."""
    if item.by is OrderBy.FIRST and item.rule is not None:
        answer = answer_once(item.rule, each.facts, memo).answer
        return (_PLACES[answer], ""), f"{item.rule.source}: {answer.value}"
    if item.by is OrderBy.NEEDS:
        count = _people_with_needs(each)
        return (-count, ""), f"people with specific needs: {count}"
    if item.by is OrderBy.FIRST_KNOWN:
        known = knowledge.first_known.get(each.principal) if each.principal else None
        day = known.date() if known else None
        return (day.toordinal() if day else _NEVER, ""), f"first known: {day.isoformat() if day else 'not known'}"
    return (draw.round, draw.number), f"draw {draw.number[:12]} of round {draw.round + 1}"


def _people_with_needs(each: Judged) -> int:
    seated = {member.person for member in each.members if member.status in _SEATED}
    return sum(person in seated for person in each.in_need)
