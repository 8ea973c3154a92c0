"""Asks whether two parties that lists tie together, and that no list may join, are one household."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import combinations

from safepassage.core.identity.circle import Circle
from safepassage.core.identity.values import (
    OF_HOUSEHOLDS,
    Judgement,
    JudgementVerdict,
    Link,
    LinkGround,
    Review,
    ReviewKind,
)
from safepassage.core.ids import PartyId, PersonId, derived_id

_UNSURE_FACTOR = 0.001
"""What somebody looked at and left open comes last."""
_EVEN = 0.5
"""No weights were asked: a list says so, and nobody knows whose it is."""


def ask_of_ties(
    circles: Sequence[Circle],
    judgements: Sequence[Judgement],
    kept_apart: frozenset[tuple[PersonId, PersonId]],
    held: Set[PartyId],
) -> tuple[Review, ...]:
    """One question for each two parties that share a person and in one of which somebody is committed.

    It names one person of the founding list of each. Not asked is what was answered already, and what would show
    anybody to whom they are kept apart from.
    """
    said = {frozenset((x.left, x.right)): x.verdict for x in judgements if x.is_active}
    where: dict[PersonId, list[int]] = {}
    for at, circle in enumerate(circles):
        for person in circle.people:
            where.setdefault(person, []).append(at)
    tied = sorted({pair for found in where.values() for pair in combinations(found, 2)})
    questions = []
    for one, other in tied:
        near, far = circles[one], circles[other]
        if not {near.id, far.id} & held or any((p, q) in kept_apart for p in near.people for q in far.people):
            continue
        mine, theirs = (circle.stated[circle.groups[0]] for circle in (near, far))
        pair = next(
            ((mine[p].id, theirs[q].id) for p in mine for q in theirs if p not in theirs and q not in mine), None
        )
        if pair is None or said.get(frozenset(pair)) in OF_HOUSEHOLDS:
            continue
        left, right = sorted(pair)
        likely = _EVEN * (_UNSURE_FACTOR if said.get(frozenset(pair)) is JudgementVerdict.UNSURE else 1.0)
        questions.append(
            Review(
                id=derived_id("Q", ReviewKind.SAME_HOUSEHOLD, left, right),
                kind=ReviewKind.SAME_HOUSEHOLD,
                listings=(left, right),
                links=(Link(left, right, 0.0, household=_EVEN, ground=LinkGround.MATCHER),),
                harm=round(_EVEN * likely, 6),
                question="A list names people of both these parties together. Are they one household?",
                groups=tuple(sorted({*near.list_groups, *far.list_groups})),
            )
        )
    return tuple(questions)
