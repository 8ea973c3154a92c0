"""What the situation report says, the same for page and print: figures grouped, ordered, and cut to one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from safepassage.core.exchange.values import SituationReport
from safepassage.core.ledger import UNKNOWN, Stage

GROUPS: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    ("Known or identified", (Stage.KNOWN, Stage.IDENTIFIED)),
    ("Eligible", (Stage.ELIGIBLE,)),
    ("Called or booked", (Stage.CALLED, Stage.BOOKED)),
    ("On the way", (Stage.UNDER_WAY, Stage.AT_ACCESS_POINT)),
    ("Inside", (Stage.ADMITTED, Stage.PROCESSED, Stage.BOARDED)),
    ("Out", (Stage.DEPARTED, Stage.AT_STAGING_BASE, Stage.AT_SAFE_HAVEN, Stage.CLOSED)),
    ("Turned away", (Stage.TURNED_AWAY,)),
    ("Did not come", (Stage.NO_SHOW, Stage.NOT_FOUND, Stage.DECLINED)),
    ("Lost", (Stage.DETAINED, Stage.MISSING, Stage.DIED)),
    ("Left behind", (Stage.LEFT_BEHIND,)),
    ("Not eligible", (Stage.NOT_ELIGIBLE,)),
)
"""Every stage stands in exactly one group (tested)."""
MAX_CATEGORIES = 12
MAX_LINES = 5
MOST_ALARMS = 8
_Line = TypeVar("_Line", bound=tuple[object, ...])


@dataclass(frozen=True, slots=True)
class Figures:
    """The report's figures, ready to be set."""

    people: int
    seen: int
    groups: tuple[str, ...]
    categories: tuple[tuple[str, tuple[int, ...], int, int], ...]
    """(category, people in each group, people, of them seen); what is past the page is summed as "others"."""
    totals: tuple[int, ...]
    stages: tuple[tuple[str, int], ...]
    """Stages with people at them, in the order of the corridor."""
    refused: tuple[tuple[str, int], ...]
    alarms: tuple[tuple[str, int], ...]
    left_behind: tuple[tuple[str, int], ...]
    departures: tuple[tuple[str, int, int], ...]
    discrepancies: tuple[tuple[str, int, int, str], ...]
    more: tuple[tuple[str, int], ...]
    """(what, how many lines are not on this page)."""


def derive_figures(report: SituationReport) -> Figures:
    """The figures of one page; nothing is dropped without saying how many lines were."""
    by_category: dict[str, Counter[Stage]] = {}
    seen: Counter[str] = Counter()
    for row in report.counts:
        by_category.setdefault(row.category, Counter())[row.stage] += row.people
        seen[row.category] += row.seen
    stages = sum(by_category.values(), Counter[Stage]())
    more: list[tuple[str, int]] = []
    return Figures(
        people=sum(stages.values()),
        seen=sum(seen.values()),
        groups=tuple(name for name, _ in GROUPS),
        categories=tuple(_category_lines(by_category, seen)),
        totals=tuple(_grouped(stages)),
        stages=tuple((str(stage), stages[stage]) for stage in Stage if stages[stage]),
        refused=_cut("reasons of refusal", _by_number(report.refused), more),
        alarms=_cut("things that wait", report.alarms, more, lines=MOST_ALARMS),
        left_behind=_cut("next steps", _by_number(report.left_behind), more),
        departures=_cut("departures", report.departures, more),
        discrepancies=_cut("discrepancies", report.discrepancies, more),
        more=tuple(more),
    )


def _grouped(stages: Counter[Stage]) -> list[int]:
    return [sum(stages[stage] for stage in members) for _, members in GROUPS]


def _category_lines(
    by_category: dict[str, Counter[Stage]], seen: Counter[str]
) -> Iterable[tuple[str, tuple[int, ...], int, int]]:
    names = [name for name in by_category if name != UNKNOWN]
    shown, rest = names[:MAX_CATEGORIES], names[MAX_CATEGORIES:]
    for name in shown:
        yield name, tuple(_grouped(by_category[name])), sum(by_category[name].values()), seen[name]
    if rest:
        summed = sum((by_category[name] for name in rest), Counter[Stage]())
        name = f"{len(rest)} others"
        yield name, tuple(_grouped(summed)), sum(summed.values()), sum(seen[one] for one in rest)
    unknown = by_category.get(UNKNOWN, Counter())
    yield UNKNOWN, tuple(_grouped(unknown)), sum(unknown.values()), seen[UNKNOWN]


def _by_number(lines: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(lines, key=lambda line: (-line[1], line[0])))


def _cut(
    what: str, found: Sequence[_Line], more: list[tuple[str, int]], *, lines: int = MAX_LINES
) -> tuple[_Line, ...]:
    if len(found) > lines:
        more.append((what, len(found) - lines))
    return tuple(found[:lines])
