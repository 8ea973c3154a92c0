"""`python -m benchmarks.identity.invent --rows 1000000 FILE.csv`: a large invented set in the columns of the sets.

Families of one to nine in one to four of eight lists, each list with its writer's spelling; a fifth of the rows in
Arabic script. Facts are left out, slip and drift; one phone in fifty is a fixer's. The same seed gives the same file.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from safepassage.core.people import Sex
from safepassage.core.sim.lists.habits import draw_habit
from safepassage.core.sim.lists.lexicon import Name
from safepassage.core.sim.lists.naming import draw_given, draw_surname
from safepassage.core.sim.lists.spelling import arabic, latin

COLUMNS = "rid src party rel name father sex dob ppt taz phone prov pid fam tags".split()  # noqa: SIM905
PLACES = "Kabul Herat Balkh Kandahar Nangarhar Ghazni Bamyan Kunduz Parwan Helmand".split()  # noqa: SIM905
POOL, SPELLINGS = 20_000, 3
_FAMILY = (0.1, 0.12, 0.15, 0.17, 0.16, 0.12, 0.09, 0.06, 0.03)
_LISTS = (0.38, 0.32, 0.2, 0.1)


class _Writer:
    """One list's way of writing names, remembered: a writer spells one name in few ways."""

    def __init__(self, number: int, rng: np.random.Generator) -> None:
        self._habit = draw_habit(rng, dates="iso", phones="plus")
        self._rng, self._known, self._is_arabic = rng, dict[Name, list[str]](), number % 5 == 4

    def write(self, name: Name, way: int) -> str:
        ways = self._known.get(name)
        if ways is None:
            one = arabic(name, self._habit)
            ways = [one if self._is_arabic else latin(name, self._habit, self._rng) for _ in range(SPELLINGS)]
            self._known[name] = ways
        return ways[way]


def invent(rows: int, seed: int) -> Iterator[list[str]]:
    """So many rows and at most a family more, in the order of the lists' families."""
    rng = np.random.default_rng(seed)
    men = [draw_given(rng, Sex.MALE) for _ in range(POOL)]
    women = [draw_given(rng, Sex.FEMALE) for _ in range(POOL)]
    surnames = [draw_surname(rng) for _ in range(POOL)]
    writers = [_Writer(number, rng) for number in range(10)]
    made = persons = families = 0
    while made < rows:
        families += 1
        dice = rng.random(400)
        size = int(rng.choice(9, p=_FAMILY)) + 1
        surname = surnames[int(dice[0] * POOL)]
        head, grandfather = men[int(dice[1] * POOL)], men[int(dice[2] * POOL)]
        phone = f"07{int(dice[3] * 400 if dice[4] < 0.02 else dice[3] * 1e8):08d}"
        place, born = PLACES[int(dice[5] * 10)], 1955 + int(dice[6] * 45)
        members: list[tuple[str, str, Name, Name, str, int, str, str]] = []
        for at in range(size):
            d = dice[10 + 10 * at : 20 + 10 * at]
            is_man = at == 0 or (at > 1 and d[0] < 0.5)
            rel = "self" if at == 0 else "wife" if at == 1 else "son" if is_man else "daughter"
            given = head if at == 0 else (men if is_man else women)[int(d[1] * POOL)]
            father = (grandfather if at == 0 else men[int(d[2] * POOL)]) if at < 2 else head
            year = born + int(d[3] * 6) - 3 if at < 2 else min(born + 20 + int(d[3] * 22), 2021)
            day = date(year, 1, 1).toordinal() + int(d[4] * 365)
            passport = f"P{int(d[5] * 1e8):08d}" if d[6] < 0.45 else ""
            tazkira = f"{int(d[7] * 1e8):08d}" if d[8] < 0.25 else ""
            members.append((f"{persons + at}", rel, given, father, "M" if is_man else "F", day, passport, tazkira))
        persons += size
        shown = rng.choice(10, size=1 + int(rng.choice(4, p=_LISTS)), replace=False)
        for number in shown.tolist():
            for person, rel, given, father, sex, day, passport, tazkira in members:
                d = rng.random(16)
                if size > 1 and d[0] < 0.15:
                    continue
                name = (*given, surname) if surname is not None and d[1] < 0.7 else given
                writer, way = writers[number], int(d[2] ** 4 * SPELLINGS)
                stated = date.fromordinal(day + (int(d[3] * 700) - 350 if d[4] < 0.04 else 0))
                dob = stated.isoformat() if d[5] < 0.6 else f"{stated.year}" if d[5] < 0.85 else ""
                yield [
                    str(made), f"L{number}", f"{families}" if d[6] < 0.9 and number != 3 else "",
                    rel if d[7] < 0.8 else "", _slip(writer.write(name, way), d[8], d[14]),
                    _slip(writer.write(father, way), d[9], d[15]) if d[9] < 0.75 else "",
                    sex if d[10] < 0.9 else "", dob, _slip(passport, d[11], d[14]) if d[11] < 0.8 else "",
                    tazkira if d[12] < 0.7 else "", phone if d[13] < 0.7 else "", place if d[14] < 0.6 else "",
                    person, str(families), "",
                ]  # fmt: skip
                made += 1


def _slip(text: str, luck: float, where: float) -> str:
    """In three of a hundred one sign is lost."""
    if luck > 0.03 or len(text) < 5:
        return text
    at = 1 + int(where * (len(text) - 1))
    return text[:at] + text[at + 1 :]


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_set(options.file, options.rows, options.seed)


def write_set(path: Path, rows: int, seed: int = 1) -> None:
    """So many rows to a CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(invent(rows, seed))


if __name__ == "__main__":
    main()
