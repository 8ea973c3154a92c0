"""How well names alone tell people apart: recall at 1 % false positives, and speed.

    python -m benchmarks.names FILE.csv[.gz] ...

The columns `name`, `pid` and `fam` are read; nothing is learnt from them. Same-person pairs are split by script;
false positives are taken over random pairs, over pairs of two people of one family, and over both, half and half.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from safepassage.core.names import fold, similarity, skeleton
from safepassage.core.names.script import is_arabic

PAIRS = 4000
SHARE = 0.01


def read(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return [row for row in csv.DictReader(io.StringIO(text.decode("utf-8-sig"))) if row["name"].strip()]


def pairs_of(rows: list[dict[str, str]], rng: np.random.Generator) -> dict[str, list[tuple[str, str]]]:
    by_person: dict[str, list[str]] = defaultdict(list)
    by_family: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        by_person[row["pid"]].append(row["name"])
        by_family[row["fam"]].append((row["pid"], row["name"]))
    found: dict[str, list[tuple[str, str]]] = {"latin": [], "cross": [], "random": [], "family": []}
    people = [names for names in by_person.values() if len(names) > 1]
    for index in rng.permutation(len(people)):
        a, b = (people[index][i] for i in rng.choice(len(people[index]), 2, replace=False))
        kind = "cross" if is_arabic(a) != is_arabic(b) else "" if is_arabic(a) else "latin"
        if kind and len(found[kind]) < PAIRS:
            found[kind].append((a, b))
    families = [members for members in by_family.values() if len({pid for pid, _ in members}) > 1]
    while len(found["family"]) < PAIRS:
        members = families[rng.integers(len(families))]
        (p, a), (q, b) = (members[i] for i in rng.choice(len(members), 2, replace=False))
        if p != q:
            found["family"].append((a, b))
    while len(found["random"]) < PAIRS:
        one, two = rows[rng.integers(len(rows))], rows[rng.integers(len(rows))]
        if one["fam"] != two["fam"]:
            found["random"].append((one["name"], two["name"]))
    return found


def scores(pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    return np.array([similarity(a, b).score for a, b in pairs])


def recall(positive: np.ndarray, negative: np.ndarray) -> tuple[float, float]:
    limit = float(np.quantile(negative, 1 - SHARE))
    return float((positive > limit).mean()), limit


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=int, default=0, help="print this many pairs that the scores get wrong")
    options = parser.parse_args(argv)
    for path in options.files:
        rows = read(path)
        started = time.perf_counter()
        for row in rows:
            skeleton(row["name"])
            fold(row["name"])
        seconds = time.perf_counter() - started
        print(f"{path.name}: {len(rows)} names, fold and skeleton in {seconds:.1f} s")
        pairs = pairs_of(rows, np.random.default_rng(options.seed))
        started = time.perf_counter()
        got = {kind: scores(found) for kind, found in pairs.items()}
        print(f"  {sum(map(len, pairs.values()))} similarities in {time.perf_counter() - started:.1f} s")
        mixed = np.concatenate([got["random"], got["family"]])
        for label, negative in (("random", got["random"]), ("family", got["family"]), ("mixed", mixed)):
            for kind in ("latin", "cross"):
                share, limit = recall(got[kind], negative)
                print(f"  against {label:7} {kind:6} recall {share:.3f} at score > {limit:.3f}")
        share, limit = recall(got["latin"], got["random"])
        print_errors(pairs, got, limit, options.errors)


def print_errors(
    pairs: dict[str, list[tuple[str, str]]], got: dict[str, np.ndarray], limit: float, count: int
) -> None:
    for kind in ("latin", "cross"):
        for place in np.flatnonzero(got[kind] <= limit)[:count]:
            print(f"    missed {kind}: {pairs[kind][place]} {got[kind][place]:.2f}")
    for place in np.argsort(-got["random"])[:count]:
        print(f"    taken: {pairs['random'][place]} {got['random'][place]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
