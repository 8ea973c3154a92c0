"""From a number of families to the files of an operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from safepassage.core.sim.lists import shapes_forms, shapes_sheets, shapes_text
from safepassage.core.sim.lists.coverage import cover
from safepassage.core.sim.lists.entries import Entry, write_entries
from safepassage.core.sim.lists.habits import ListHabit, draw_habit
from safepassage.core.sim.lists.households import draw_families
from safepassage.core.sim.lists.shapes_text import Made
from safepassage.core.sim.lists.table import Table
from safepassage.core.sim.lists.values import GeneratedLists

_Shape = Callable[[np.random.Generator, str, Sequence[Sequence[Entry]]], Made]


@dataclass(frozen=True, slots=True)
class _ListPlan:
    """One list: its file and shape, the habits of its writer, and how much it draws each claim."""

    file: str
    shape: _Shape
    habit: Callable[[np.random.Generator], ListHabit]
    draws: Mapping[str, float]
    fixer_share: float = 0.0


_LISTS: Mapping[str, _ListPlan] = {
    "embassy": _ListPlan(
        "embassy-priority.xlsx",
        shapes_sheets.embassy_xlsx,
        partial(draw_habit, dates="mon", phones="zeros", upper=True, typos=0.015),
        {"citizen": 6, "resident": 5, "siv": 2, "staff": 2, "": 0.4},
    ),
    "form": _ListPlan(
        "partner-form.xlsx",
        shapes_sheets.form_xlsx,
        partial(draw_habit, dates="iso", phones="plus", arabic_share=0.25),
        {"": 1.0},
    ),
    "volunteers": _ListPlan(
        "volunteers.csv",
        shapes_text.volunteers_csv,
        partial(draw_habit, dates="mixed", phones="mixed", arabic_share=0.08, typos=0.06, missing=0.3),
        {"": 1.6},
        fixer_share=0.08,
    ),
    "ngo": _ListPlan(
        "ngo-dari.csv",
        shapes_text.ngo_dari_csv,
        partial(draw_habit, dates="solar", phones="national", arabic_share=1.0, arabic_keys=True),
        {"at-risk": 2.5, "": 0.7},
        fixer_share=0.05,
    ),
    "teachers": _ListPlan(
        "teachers-pashto.tsv",
        shapes_text.teachers_tsv,
        partial(draw_habit, dates="solar-year", phones="dashed", arabic_share=1.0, digits="eastern"),
        {"at-risk": 1.5, "p2": 1.0, "": 0.3},
    ),
    "staff": _ListPlan(
        "staff-roster.ods",
        shapes_sheets.staff_ods,
        partial(draw_habit, dates="dotted", phones="bare", missing=0.1),
        {"staff": 5, "p2": 3, "siv": 0.8, "": 0.05},
    ),
    "kobo": _ListPlan(
        "registration-form.json",
        shapes_forms.form_json,
        partial(draw_habit, dates="iso", phones="plus", arabic_share=0.4),
        {"p1": 2, "": 0.8},
    ),
    "links": _ListPlan(
        "family-links.xml",
        shapes_forms.persons_pfif,
        partial(draw_habit, dates="iso", phones="plus", missing=0.4),
        {"": 0.45},
    ),
    "chat": _ListPlan(
        "chat-pasted.txt",
        shapes_text.chat_text,
        partial(draw_habit, dates="age", phones="national", typos=0.08, missing=0.45),
        {"siv": 0.8, "": 0.5},
        fixer_share=0.12,
    ),
}


def generate_lists(
    rng: np.random.Generator, *, families: int = 900, people: int = 3000, rows: int = 5000
) -> GeneratedLists:
    """The lists of an invented operation, in nine shapes, and the key of who is who.

    Everyone is invented. The same state of `rng` gives the same bytes; about 2 s for the default sizes.

    Args:
        rng: Source of all luck.
        families: Number of families (1 to 14 people each).
        people: Number of people in all, between `families` and nine times as many; everyone stands in some list.
        rows: About how many rows with people the lists have in all; a little more than asked for.

    Raises:
        ValueError: if so many people don't fit so many families.
    """
    truth = draw_families(rng, families, people)
    covered = cover(rng, truth, {name: plan.draws for name, plan in _LISTS.items()}, rows)
    files: dict[str, bytes] = {}
    tables: list[Table] = []
    for name, plan in _LISTS.items():
        written = write_entries(rng, covered[name], plan.habit(rng), fixer_share=plan.fixer_share)
        files[plan.file], made = plan.shape(rng, plan.file, written)
        tables += made
    return GeneratedLists(
        files=files,
        answers=tuple(answer for table in tables for answer in table.answers),
        others=tuple(other for table in tables for other in table.others),
    )
