"""How long it takes to find a person in a store of many, beside a scan of all texts in the same store.

    python -m benchmarks.search [--people 100000] [--asked 60] [--keep FOLDER] [--json]

Invented people (the demo's lexicon) are laid down in a plain SQLite store that is thrown away,
or kept in a folder to be asked again. Each question is what
a desk would type of somebody in it; the scan is one LIKE over the kept texts for the same words: the store asked
without these indexes. `first_three`: how often the person stood among the first three shown.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from safepassage.core.identity import Person

CHUNK = 20_000


def invent(people: int, rng: np.random.Generator) -> Iterator[Person]:
    from safepassage.core.dates import PartialDate, Precision
    from safepassage.core.identity import Person
    from safepassage.core.ids import PersonId
    from safepassage.core.people import Sex
    from safepassage.core.sim.lists.habits import draw_habit
    from safepassage.core.sim.lists.naming import draw_given, draw_surname
    from safepassage.core.sim.lists.spelling import arabic, latin

    habits = [draw_habit(rng, dates="iso", phones="plus") for _ in range(8)]
    for number in range(people):
        given, father = draw_given(rng, Sex(rng.choice(["f", "m"]))), draw_given(rng, Sex.MALE)
        surname = draw_surname(rng)
        words, habit = (*given, *([surname] if surname else [])), habits[number % len(habits)]
        born = date(1950, 1, 1) + timedelta(days=int(rng.integers(26_000)))
        yield Person(
            id=PersonId(f"P-{number:08d}"),
            listings=(),
            sources=(),
            groups=(),
            name=latin(words, habit, rng),
            name_arabic=arabic(words, habit),
            father=latin(father, habit, rng),
            birth=PartialDate(((born, born),), Precision.DAY),
            phones=(f"+937{int(rng.integers(10**8)):08d}",),
        )


def is_laid_down(people: int) -> bool:
    """Whether a kept store holds so many; one that was stopped half way is refused.

    Raises:
        SystemExit: if it holds others.
    """
    from safepassage.apps.registry.models import PersonRecord

    held = PersonRecord.objects.count()
    if held not in {0, people}:
        raise SystemExit(f"The kept store holds {held:,} people and not {people:,}: name another folder.")
    return held == people


def lay_down(people: int, rng: np.random.Generator) -> None:
    from django.db import connection

    from safepassage.apps.registry.models import PersonRecord
    from safepassage.apps.registry.search_index import index_change
    from safepassage.apps.registry.terms import terms_text
    from safepassage.apps.registry.values import PERSON

    batch: list[Person] = []

    def write() -> None:
        texts = {str(one.id): terms_text(one) for one in batch}
        PersonRecord.objects.bulk_create(
            PersonRecord(
                id=one.id,
                founded=int(one.id[2:]),
                founder="x",
                content=PERSON.dump_python(one, mode="json"),
                search_text=texts[one.id],
            )
            for one in batch
        )
        index_change(texts, {})
        sys.stderr.write(f"\r{int(batch[-1].id[2:]) + 1:,} people laid down")
        batch.clear()

    for one in invent(people, rng):
        batch.append(one)
        if len(batch) == CHUNK:
            write()
    if batch:
        write()
    sys.stderr.write("\n")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


QUESTIONS: dict[str, Callable[[Person], tuple[str, str]]] = {
    "name and father": lambda one: (one.name, one.father.split()[0]),
    "name and year, other script": lambda one: (one.name_arabic, str(one.birth.earliest.year) if one.birth else ""),
    "name with a letter left out, and year": lambda one: (
        one.name[:2] + one.name[3:],
        str(one.birth.earliest.year) if one.birth else "",
    ),
    "phone": lambda one: ("0" + one.phones[0][3:], ""),
    "name alone": lambda one: (one.name, ""),
}


def scan(text: str, fact: str) -> None:
    """The same words by LIKE over every kept text."""
    from safepassage.apps.registry.models import PersonRecord
    from safepassage.core.names import fold

    found = PersonRecord.objects.all()
    for word in fold(f"{text} {fact}").split():
        found = found.filter(search_text__contains=word)
    list(found.values_list("id", flat=True)[:50])


def measure(people: int, asked: int, rng: np.random.Generator) -> list[dict[str, object]]:
    from safepassage.apps.registry.models import PersonRecord
    from safepassage.apps.registry.search import persons_find
    from safepassage.apps.registry.values import PERSON

    keys = [f"P-{number:08d}" for number in rng.integers(people, size=asked)]
    known = [PERSON.validate_python(PersonRecord.objects.get(pk=key).content) for key in keys]
    lines: list[dict[str, object]] = []
    for name, question in QUESTIONS.items():
        ours, scans, first = [], [], 0
        for one in known:
            text, fact = question(one)
            began = time.perf_counter()
            answer = persons_find(text, fact=fact)
            ours.append((time.perf_counter() - began) * 1000)
            first += any(found.id == one.id for found in answer.persons[:3])
        for one in known[: max(3, asked // 10)]:
            began = time.perf_counter()
            scan(*question(one))
            scans.append((time.perf_counter() - began) * 1000)
        median = statistics.median(ours)
        lines.append(
            {
                "asked": name,
                "median_ms": round(median, 1),
                "p95_ms": round(sorted(ours)[int(0.95 * len(ours))], 1),
                "scan_over_ours": round(statistics.median(scans) / median, 1),
                "first_three": f"{first}/{asked}",
            }
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder of the store; asked as it is if it is there")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    with nullcontext(told.keep) if told.keep else tempfile.TemporaryDirectory() as home:
        Path(home).mkdir(parents=True, exist_ok=True)
        os.environ.update(
            SAFEPASSAGE_HOME=str(Path(home).absolute()), DJANGO_SETTINGS_MODULE="safepassage.web.settings"
        )
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        rng = np.random.default_rng(told.seed)
        if not is_laid_down(told.people):
            lay_down(told.people, rng)
        lines = measure(told.people, told.asked, rng)
    if told.json:
        print(json.dumps({"people": told.people, "questions": lines}))
        return
    print(f"{told.people:,} people")
    for line in lines:
        print("  " + "  ".join(f"{name} {value}" for name, value in line.items()))


if __name__ == "__main__":
    main()
