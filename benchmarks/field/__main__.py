"""`python -m benchmarks.field [--identity FOLDER] [--json]`: what can be measured of the phone on this machine.

One call prints the whole table: at this machine's speed, and with a quarter of one processor for the whole browser
(look-ups: for the whole of Node, the same V8), a worker's loop beside. `--images FOLDER` instead reads `*.png` and
`*.jpg`, each with what its zone says in `NAME.txt`; `--zones N` instead reads N invented documents frame by
frame, `--photos N` as photos.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from hatch_build import ROOT, install_packages, node_folder
from tests.core.passes.make_vectors import heads
from tests.core.passes.orders import issued

from benchmarks.field.documents import read_images, read_photos, read_zones
from benchmarks.field.lookups import draw_lookups
from benchmarks.field.phone import measure_phone
from benchmarks.field.slowed import slowed
from benchmarks.field.squares import draw_squares
from benchmarks.field.table import table_of

SQUARES = 100
PEOPLE = 125_000
QUESTIONS = 6_000
FEWER = 300
DOCUMENTS = 200
SLOWER = 4


def main() -> int:
    """Measures and prints a table, or JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.field", description=__doc__)
    parser.add_argument("--identity", type=Path, help="folder of the identity benchmark's CSV files, for look-ups")
    parser.add_argument("--images", type=Path, help="pictures of documents, with their zones in NAME.txt")
    parser.add_argument("--zones", type=int, metavar="N", help="read N invented documents of all formats instead")
    parser.add_argument("--photos", type=int, metavar="N", help="read N photos of whole invented documents instead")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="so many invented documents; 0: none")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.images:
        print(json.dumps(read_images(options.images), indent=None if options.json else 1))
        return 0
    if options.zones:
        print(json.dumps(read_zones(options.zones), indent=None if options.json else 1))
        return 0
    if options.photos:
        print(json.dumps(read_photos(options.photos), indent=None if options.json else 1))
        return 0
    figures = measure(options.identity, options.documents)
    print(json.dumps(figures) if options.json else table_of(figures))
    return 0


def measure(identity: Path | None, documents: int) -> dict[str, Any]:
    """Everything, one after another: first at this machine's speed, then slowed."""
    texts = [issued(place, members=heads(1 + place % 12)).text for place in range(SQUARES)]
    squares = run_in_node({"squares": list(draw_squares(texts, seed=1))})["squares"]
    figures = {"squares": _of_squares(squares), "phone": measure_phone(), "phone_slowed": measure_phone(SLOWER)}
    if identity:
        drawn = draw_lookups(sorted(identity.glob("dev*.csv.gz")), people=PEOPLE, questions=QUESTIONS, seed=1)
        figures["lookups"] = _of_lookups(run_in_node({"lookups": drawn})["lookups"])
        fewer = drawn | {"questions": drawn["questions"][:FEWER], "nobody": drawn["nobody"][:FEWER]}
        figures["lookups_slowed"] = _of_lookups(run_in_node({"lookups": fewer}, slower=SLOWER)["lookups"])
    if documents:
        figures["zones"] = read_zones(documents)
        figures["photos"] = read_photos(max(10, documents // 10))
        figures["zones_slowed"] = read_zones(max(10, documents // 10), slower=SLOWER)
    return figures


def run_in_node(job: dict[str, Any], *, slower: float = 1) -> dict[str, Any]:
    """What field/src/bench.test.ts gives for this job."""
    install_packages()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job.json"
        path.write_text(json.dumps(job), encoding="utf-8")
        words: list[str | Path] = [
            node_folder() / "node",
            ROOT / "node_modules/vitest/vitest.mjs",
            "run",
            "field/src/bench.test.ts",
        ]
        running = subprocess.Popen(
            words, cwd=ROOT, env={**os.environ, "FIELD_BENCH": str(path)}, stdout=sys.stderr.buffer
        )
        with slowed(running.pid, slower):
            if running.wait():
                raise subprocess.CalledProcessError(running.returncode, words)
        done: dict[str, Any] = json.loads(path.with_name("job.json.done").read_text(encoding="utf-8"))
    return done


def _of_squares(read: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "images": len(read),
        "read": sum(one["is_read"] for one in read),
        "readable": sum(one["is_readable"] for one in read),
        "read_of_readable": sum(one["is_read"] and one["is_readable"] for one in read),
        "wrong": sum(one["is_wrong"] for one in read),
        "median_ms": round(median(one["ms"] for one in read), 1),
    }


def _of_lookups(found: dict[str, Any]) -> dict[str, Any]:
    asked = found["asked"]
    return {
        "people": PEOPLE,
        "build_ms": round(found["build_ms"]),
        "p95_ms": round(quantiles([one["ms"] for one in asked], n=20)[-1], 2),
        "among_first_3": _shares([one for one in asked if one["sort"] == "asked" and one["is_another"]]),
        "same_spelling": _shares([one for one in asked if one["sort"] == "asked" and not one["is_another"]]),
        "collisions": _shares([one for one in asked if one["sort"] == "collision"]),
        "nameless": _shares([one for one in asked if one["sort"] == "nameless"]),
        "every_question": _shares(asked),
        "shown_of_nobody": _shares(found["strangers"], lambda one: one["shown"] > 0),
    }


def _shares(
    asked: list[dict[str, Any]], is_right: Callable[[dict[str, Any]], bool] = lambda one: one["place"] >= 0
) -> dict[str, Any]:
    kinds: dict[str, list[bool]] = defaultdict(list)
    for one in asked:
        kinds[one["kind"]].append(is_right(one))
    shares = {kind: round(sum(right) / len(right), 3) for kind, right in sorted(kinds.items())}
    every = [right for all_of in kinds.values() for right in all_of]
    return shares | {"all": round(sum(every) / max(1, len(every)), 3), "questions": len(every)}


if __name__ == "__main__":
    raise SystemExit(main())
