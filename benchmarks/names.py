"""How well names alone tell people apart: recall at 1 % false positives, and speed.

    python -m benchmarks.names FILE.csv[.gz] ...

The columns `name`, `pid` and `fam` are read; nothing is learnt from them. Same-person pairs are split by script;
false positives are taken over two of two families, over two of one family, and over both, half and half ("wife of
Karim" states no name of hers: pairs where both sides state one are counted by themselves too). Beside ours stands the
method of a library that is best at that very figure.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from safepassage.core.names import fold, similarity, skeleton, transliterate
from safepassage.core.names.script import is_arabic

PAIRS = 4000
SHARE = 0.01
KINDS = ("latin", "cross")

Pairs = dict[str, list[tuple[str, str]]]
Likeness = Callable[[str, str], float]


def read(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return [row for row in csv.DictReader(io.StringIO(text.decode("utf-8-sig"))) if row["name"].strip()]


def pairs_of(rows: list[dict[str, str]], rng: np.random.Generator) -> Pairs:
    by_person: dict[str, list[str]] = defaultdict(list)
    by_family: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        by_person[row["pid"]].append(row["name"])
        by_family[row["fam"]].append((row["pid"], row["name"]))
    found: Pairs = {"latin": [], "cross": [], "random": [], "family": []}
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


def ours(a: str, b: str) -> float:
    return similarity(a, b).score


def _on_letters(method: Callable[..., float]) -> Likeness:
    return lambda a, b: method(romanised(a), romanised(b))


@lru_cache(maxsize=1 << 16)
def romanised(text: str) -> str:
    return fold(transliterate(text))


PEERS: dict[str, Likeness] = {
    "Jaro-Winkler": _on_letters(JaroWinkler.normalized_similarity),
    "edit ratio": _on_letters(fuzz.ratio),
    "token sort ratio": _on_letters(fuzz.token_sort_ratio),
    "token set ratio": _on_letters(fuzz.token_set_ratio),
    "weighted ratio": _on_letters(fuzz.WRatio),
}
"""Methods of a library as they come, on text that our own rules have put into plain Latin letters."""


def states_name(pair: tuple[str, str]) -> bool:
    return all(skeleton(name) for name in pair)


def scores(pairs: Sequence[tuple[str, str]], likeness: Likeness) -> np.ndarray:
    return np.array([likeness(a, b) for a, b in pairs])


def recall(positive: np.ndarray, negative: np.ndarray) -> tuple[float, float]:
    limit = float(np.quantile(negative, 1 - SHARE))
    return float((positive > limit).mean()), limit


def recalls(pairs: Pairs, likeness: Likeness) -> dict[tuple[str, str], float]:
    """Recall by (what the false positives are taken over, kind of pair)."""
    got = {kind: scores(found, likeness) for kind, found in pairs.items()}
    against = {"strangers": got["random"], "one family": got["family"]}
    against["both"] = np.concatenate(list(against.values()))
    named = {kind: np.array([states_name(pair) for pair in pairs[kind]]) for kind in KINDS}
    return {
        (label, kind + rest): recall(got[kind][taken], negative)[0]
        for label, negative in against.items()
        for kind in KINDS
        for rest, taken in (("", slice(None)), (", both named", named[kind]))
        if got[kind][taken].size
    }


def print_names(rows: list[dict[str, str]], seed: int = 1) -> dict[str, float]:
    """A table: our recalls, and beside each the peer that is best at that very one. Returns ours."""
    return _print_recalls(pairs_of(rows, np.random.default_rng(seed)))


def _print_recalls(pairs: Pairs) -> dict[str, float]:
    mine = recalls(pairs, ours)
    theirs = {name: recalls(pairs, method) for name, method in PEERS.items()}
    print(f"{'name pairs: recall at 1 % false pairs':46} {'Safe Passage':>14} {'best peer':>14}")
    for figure, share in mine.items():
        best = max(theirs, key=lambda name: theirs[name][figure])
        print(f"  {f'{figure[1]}, against {figure[0]}':44} {share:>14.3f} {theirs[best][figure]:>14.3f}  {best}")
    return {f"{kind}, against {whom}": round(share, 4) for (whom, kind), share in mine.items()}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=int, default=0, help="print this many pairs that the scores get wrong")
    options = parser.parse_args(argv)
    for path in options.files:
        rows = read(path)
        started = time.process_time()
        for row in rows:
            skeleton(row["name"])
            fold(row["name"])
        print(f"{path.name}: {len(rows)} names, fold and skeleton in {time.process_time() - started:.1f} s of work")
        pairs = pairs_of(rows, np.random.default_rng(options.seed))
        _print_recalls(pairs)
        if options.errors:
            print_errors(pairs, options.errors)


def print_errors(pairs: Pairs, count: int) -> None:
    got = {kind: scores(found, ours) for kind, found in pairs.items()}
    _, limit = recall(got["latin"], np.concatenate((got["random"], got["family"])))
    for kind in KINDS:
        for place in np.flatnonzero(got[kind] <= limit)[:count]:
            print(f"    missed {kind}: {pairs[kind][place]} {got[kind][place]:.2f}")
    for kind in ("random", "family"):
        for place in np.argsort(-got[kind])[:count]:
            print(f"    taken, {kind}: {pairs[kind][place]} {got[kind][place]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
