"""Writes listings as Splink's table, runs Splink in its own process and measures what it made of them."""

from __future__ import annotations

import csv
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.identity.measure import Figures, measure_clusters
from safepassage.core.identity.features import Columns, columns_of
from safepassage.core.people import Listing

_CHOICE = "splink_threshold"


def is_there() -> bool:
    """Whether Splink is installed (`requirements/bench.txt`)."""
    return importlib.util.find_spec("splink") is not None


def run_splink(rows: Sequence[dict[str, str]], listings: Sequence[Listing]) -> Figures:
    """Figures of Splink on one set, at whichever of its thresholds is best on this very set: that favours it.

    Its keys are our normaliser's (writing them counts into no seconds); rules, comparisons and training are its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        table, answer = Path(folder) / "table.csv", Path(folder) / "answer.json"
        with table.open("w", encoding="utf-8", newline="") as file:
            lines = _lines(columns_of(listings))
            writer = csv.DictWriter(file, list(first := next(lines)))
            writer.writeheader()
            writer.writerow(first)
            writer.writerows(lines)
        command = [sys.executable, "-m", "benchmarks.identity.splink", str(table), str(answer)]
        told = subprocess.run(
            command, capture_output=True, text=True, check=False
        )  # its own messages only if it fails
        if told.returncode:
            raise RuntimeError(f"Splink failed:\n{told.stderr[-2000:]}")
        found = json.loads(answer.read_text(encoding="utf-8"))
    order = sorted(range(len(listings)), key=lambda at: listings[at].id)
    best: Figures = {}
    for threshold, clusters in found["clusters"].items():
        parts = [[order[row] for row in cluster] for cluster in clusters]
        figures: Figures = {_CHOICE: float(threshold), **measure_clusters(rows, parts)}
        if not best or float(str(figures["pair_f1"])) > float(str(best["pair_f1"])):
            best = figures
    return {"rows": len(rows), **best, **found["cost"]}


def _lines(columns: Columns) -> Iterator[dict[str, str | int]]:
    """One line a listing: words in their reading form, their skeletons, and every other fact once."""
    words, bones = columns.words.texts, columns.skeletons.texts
    for at in range(columns.size):
        name, father = columns.name[at].tolist(), columns.father[at].tolist()
        day = int(columns.birth_low[at, 0])
        yield {
            "unique_id": at,
            "name": words[name[0]].lstrip("~"),
            "name_bone": bones[columns.bones[name[0]]],
            "surname": words[name[1]].lstrip("~"),
            "surname_bone": bones[columns.bones[name[1]]],
            "father": words[father[0]].lstrip("~"),
            "father_bone": bones[columns.bones[father[0]]],
            "birth_day": day if columns.is_day[at] else "",
            "birth_low": day or "",
            "birth_high": int(columns.birth_high[at, 0]) or "",
            "birth_year": date.fromordinal(day).year if day else "",
            "passport": columns.documents.texts[columns.passport[at, 0]],
            "tazkira": columns.documents.texts[max(columns.tazkira[at].tolist())],
            "phone": columns.phones.texts[columns.phone[at, 0]],
            "sex": ("", "f", "m")[columns.sex[at]],
            "place": int(columns.place[at]) or "",
        }
