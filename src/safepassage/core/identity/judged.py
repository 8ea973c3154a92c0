"""Judgements sorted for the matcher: who is together, who is apart, and which of them contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safepassage.core.identity.cluster import Forest
from safepassage.core.identity.values import TWO_PEOPLE, Alarm, AlarmCode, Judgement, JudgementVerdict
from safepassage.core.ids import ListingId


@dataclass(frozen=True, slots=True)
class Judged:
    """Active judgements by row number; `together` never contradicts `apart`."""

    together: tuple[tuple[int, int], ...]
    apart: tuple[tuple[int, int], ...]
    unsure: frozenset[tuple[int, int]]
    hidden: frozenset[tuple[int, int]]
    alarms: tuple[Alarm, ...]


def sort_judgements(judgements: Sequence[Judgement], row_of: Mapping[str, int]) -> Judged:
    """Withdrawn judgements have no effect; the order of the argument is of no meaning.

    Two listings that a person holds to be different stay apart even where other judgements, taken together,
    would join them: the later "same" that closes such a circle is not applied, and an alarm names it.
    """
    active = sorted(
        (judgement for judgement in judgements if judgement.is_active),
        key=lambda judgement: (
            judgement.at,
            *sorted((judgement.left, judgement.right)),
            judgement.verdict,
            judgement.by,
        ),
    )
    alarms: list[Alarm] = []
    known = []
    for judgement in active:
        ids = _ids(judgement)
        if judgement.left == judgement.right or not all(listing in row_of for listing in ids):
            alarms.append(
                Alarm(
                    AlarmCode.JUDGED_LISTING_MISSING,
                    ids,
                    "A judgement names a listing that is not there, or the same listing twice.",
                    "Withdraw the judgement, or take in the list again that held it.",
                )
            )
            continue
        known.append((judgement, _rows(judgement, row_of)))
    apart = [rows for judgement, rows in known if judgement.verdict in TWO_PEOPLE]
    hidden = frozenset(rows for judgement, rows in known if judgement.verdict is JudgementVerdict.KEEP_APART)
    unsure = frozenset(rows for judgement, rows in known if judgement.verdict is JudgementVerdict.UNSURE)
    forest, together = Forest(), []
    enemies: dict[int, set[int]] = {}
    for a, b in apart:
        enemies.setdefault(a, set()).add(b)
        enemies.setdefault(b, set()).add(a)
    for judgement, (a, b) in known:
        if judgement.verdict is not JudgementVerdict.SAME:
            continue
        left, right = forest.root(a), forest.root(b)
        foes = {forest.root(x) for x in enemies.get(left, ())}
        if left != right and right in foes:
            alarms.append(_contradiction(judgement, is_hidden=(a, b) in hidden))
            continue
        forest.join(a, b)
        together.append((a, b))
        if left != right:
            kept, gone = forest.root(a), max(left, right)
            enemies[kept] = enemies.get(left, set()) | enemies.get(right, set())
            if gone != kept:
                enemies.pop(gone, None)
    return Judged(tuple(together), tuple(sorted(set(apart))), unsure, hidden, tuple(alarms))


def _ids(judgement: Judgement) -> tuple[ListingId, ListingId]:
    left, right = sorted((judgement.left, judgement.right))
    return left, right


def _rows(judgement: Judgement, row_of: Mapping[str, int]) -> tuple[int, int]:
    a, b = row_of[judgement.left], row_of[judgement.right]
    return min(a, b), max(a, b)


def _contradiction(judgement: Judgement, *, is_hidden: bool) -> Alarm:
    code = AlarmCode.KEPT_APART_LINKED if is_hidden else AlarmCode.JUDGEMENTS_CONTRADICT
    return Alarm(
        code,
        _ids(judgement),
        "One judgement says these are one person; others, taken together, say they are two.",
        "They stay two until one of the judgements is withdrawn.",
    )
