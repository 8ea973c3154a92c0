"""`python -m benchmarks.identity.errors FILE.csv[.gz] [--examples 3]`: what is wrong and what is missed, by kind.

Kinds are told by what the two rows state and how it was compared (and by the answer key's families), the first that
fits, so that the figures add up. docs/identity-errors.md shows the same kinds with invented rows.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.identity.adapter import read_set
from benchmarks.identity.run import SETTINGS, quiet
from benchmarks.identity.truth import true_pairs
from safepassage.core.dates import PartialDate
from safepassage.core.identity.compare import Compared, Comparer
from safepassage.core.identity.levels import AT, FIELDS, LEVELS
from safepassage.core.identity.resolve import decide
from safepassage.core.identity.values import EvidenceField
from safepassage.core.identity.weigh import Run, weigh
from safepassage.core.identity.weights import HOUSEHOLD, SAME
from safepassage.core.people import Listing

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Rows = Sequence[dict[str, str]]

_NO_NAME = (
    "missing",
    "both missing",
    "named by one relative",
    "named by other relatives",
    "named by the other's father",
)
_ONE_NAME = ("sound alike", "sound alike across scripts", "equal", "in another order", "joined or split")
_OTHER_NAME = ("differ", "a little alike")
_YEARS_AGREE = ("same day", "day and month swapped", "one part differs", "same year, other day", "can be the same")
_YEARS_NEAR = ("within a year",)
_YEARS_APART = ("within three years", "within ten years", "further apart")


@dataclass(slots=True)
class Pairs:
    """Pairs of rows (numbered as the columns) with what was compared and found."""

    rows: Numbers
    compared: Compared
    same: npt.NDArray[np.float32]
    household: npt.NDArray[np.float32]
    family: npt.NDArray[np.float32]
    is_candidate: Flags
    is_kin: Flags
    """Whether both rows are of one family by the answer key."""

    def shows(self, field: EvidenceField, *levels: str) -> Flags:
        """Whether a fact was compared as one of these."""
        return np.isin(self.compared.levels[:, AT[field]], [LEVELS[field].index(level) for level in levels])


Kind = tuple[str, Callable[[Pairs], Flags]]

NAME, BIRTH, FATHER, PHONE, LIST = (
    EvidenceField.NAME,
    EvidenceField.BIRTH,
    EvidenceField.FATHER,
    EvidenceField.PHONE,
    EvidenceField.LIST,
)

WRONG: tuple[Kind, ...] = (
    ("kin, one without a name of their own", lambda x: x.is_kin & x.shows(NAME, *_NO_NAME)),
    ("kin of one name", lambda x: x.is_kin & x.shows(NAME, *_ONE_NAME)),
    ("kin whose names are alike or share a word", lambda x: x.is_kin),
    ("members of two families that agree in several", lambda x: x.family >= 0.5),
    ("strangers, joined by a third row", lambda x: x.same < SETTINGS.cluster_from),
    ("strangers of one name, births agree", lambda x: x.shows(NAME, *_ONE_NAME) & x.shows(BIRTH, *_YEARS_AGREE)),
    ("strangers of one name, a birth not stated", lambda x: x.shows(NAME, *_ONE_NAME) & x.shows(BIRTH, "missing")),
    ("strangers otherwise alike", lambda x: ~x.is_kin),
)
"""Two people in one cluster."""

MISSED: tuple[Kind, ...] = (
    ("a row without a name of their own", lambda x: x.shows(NAME, *_NO_NAME)),
    ("listed twice by one group or under one phone", lambda x: x.shows(LIST, "same group", "same list, one phone")),
    ("another name, or one spoilt beyond likeness", lambda x: x.shows(NAME, *_OTHER_NAME)),
    (
        "one name, a fact against it",
        lambda x: (
            x.shows(EvidenceField.PASSPORT, "differ")
            | x.shows(EvidenceField.TAZKIRA, "differ")
            | x.shows(FATHER, "differ")
            | x.shows(EvidenceField.SEX, "differ", "differ, name alike")
            | x.shows(BIRTH, *_YEARS_APART)
        ),
    ),
    ("one word of the name in common", lambda x: ~x.shows(NAME, *_ONE_NAME)),
    (
        "one name and nothing else that both state",
        lambda x: (
            x.shows(BIRTH, "missing") & x.shows(FATHER, "missing") & x.shows(PHONE, "missing", "differ", "one slip")
        ),
    ),
    ("one name, births agree", lambda x: x.shows(BIRTH, *_YEARS_AGREE)),
    ("one name, births a year apart", lambda x: x.shows(BIRTH, *_YEARS_NEAR)),
    ("one name, father or phone agree", lambda x: np.ones(len(x.rows), np.bool_)),
)
"""One person in two clusters."""


def sorted_out(pairs: Pairs, kinds: Sequence[Kind]) -> Iterator[tuple[str, Numbers]]:
    """Each kind with the places of its pairs; a pair is of the first kind that fits."""
    is_left = np.ones(len(pairs.rows), np.bool_)
    for name, fits in kinds:
        taken = is_left & fits(pairs)
        is_left &= ~taken
        yield name, np.flatnonzero(taken)


def errors_of(rows: Rows, listings: Sequence[Listing]) -> tuple[Run, Pairs, Pairs, int, int]:
    """The run, the wrong pairs, the missed pairs, how many are right, and how many wrong ones are automatic."""
    run = weigh(listings, (), SETTINGS, None, quiet)
    resolution = decide(run, listings, {}, quiet)
    place = {listing.id: at for at, listing in enumerate(listings)}
    order = [place[listing] for listing in run.columns.ids]  # type: ignore[index]
    people, families = [rows[at]["pid"] for at in order], [rows[at]["fam"] for at in order]
    row_of = {listing: at for at, listing in enumerate(run.columns.ids)}
    found, made = (
        {(row_of[a], row_of[b]) for cluster in clusters for at, a in enumerate(cluster) for b in cluster[at + 1 :]}
        for clusters in (resolution.clusters, resolution.certain_clusters)
    )
    n = len(order)
    true = {divmod(code, n) for code in true_pairs(people).tolist()}
    comparer = Comparer(run.columns)
    wrong, missed = (_pairs(run, comparer, sorted(some), families) for some in (found - true, true - found))
    return run, wrong, missed, len(found & true), len(made - true)


def _pairs(run: Run, comparer: Comparer, some: Sequence[tuple[int, int]], families: Sequence[str]) -> Pairs:
    rows = np.array(some, np.int64).reshape(-1, 2)
    n = run.columns.size
    codes, known = rows[:, 0] * n + rows[:, 1], run.weighed.pairs[:, 0] * n + run.weighed.pairs[:, 1]
    at = np.minimum(np.searchsorted(known, codes), max(len(known) - 1, 0))
    is_weighed = known[at] == codes if len(known) else np.zeros(len(codes), np.bool_)
    chances = np.where(is_weighed[:, None], run.weighed.chances[at], 0)
    return Pairs(
        rows,
        comparer.compare(rows),
        chances[:, SAME],
        chances[:, HOUSEHOLD],
        np.where(is_weighed, run.weighed.family[at], 0),
        is_weighed | np.isin(codes, run.hopeless),
        np.array([families[a] == families[b] for a, b in rows.tolist()], np.bool_),
    )


def _birth(birth: PartialDate) -> str:
    spans = (f"{low}" if low == high else f"{low} to {high}" for low, high in birth.readings)
    return birth.text or " or ".join(spans)


def shown(listing: Listing) -> str:
    """A row in one line."""
    facts = (
        listing.source,
        (listing.group or "").rpartition(":")[2],
        "" if listing.relation == "unknown" else listing.relation,
        listing.name,
        f"father {listing.father}" if listing.father else "",
        listing.sex,
        f"born {_birth(listing.birth)}" if listing.birth else "",
        *(document.number for document in listing.documents),
        *listing.phones,
        listing.place,
    )
    return " | ".join(str(fact) for fact in facts if fact)


def print_errors(title: str, pairs: Pairs, kinds: Sequence[Kind], shows: Callable[[int], str], examples: int) -> None:
    """A table of kinds, then examples of each, spread evenly."""
    print(f"\n## {title}: {len(pairs.rows):,} pairs")
    print(f"{'kind':52} {'pairs':>8} {'share':>7} {'never compared':>15}")
    sorted_kinds = list(sorted_out(pairs, kinds))
    for name, at in sorted_kinds:
        never = int((~pairs.is_candidate[at]).sum())
        print(f"{name:52} {len(at):>8,} {len(at) / max(len(pairs.rows), 1):>7.1%} {never:>15,}")
    for name, at in sorted_kinds if examples else ():
        print(f"\n### {name}")
        for place in at[np.linspace(0, len(at) - 1, min(examples, len(at))).astype(int)].tolist():
            levels = (LEVELS[field][pairs.compared.levels[place, AT[field]]] for field in FIELDS)
            said = (f"{field} {level}" for field, level in zip(FIELDS, levels, strict=True) if "missing" not in level)
            print(f"p {pairs.same[place]:.2f}, household {pairs.household[place]:.2f}: {', '.join(said)}")
            for row in pairs.rows[place].tolist():
                print(f"    {shows(row)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--examples", type=int, default=3, help="pairs shown of each kind (0: the tables alone)")
    options = parser.parse_args()
    for path in options.files:
        rows, listings = read_set(path)
        run, wrong, missed, right, made = errors_of(rows, listings)
        listing_of = {listing.id: listing for listing in listings}

        def shows(row: int, run: Run = run, listing_of: dict[str, Listing] = listing_of) -> str:  # type: ignore[assignment]
            return shown(listing_of[run.columns.ids[row]])

        print(f"# {path.name}: {len(rows):,} rows, {right:,} pairs found rightly")
        print(f"{made} of the wrong pairs were made automatically, the others are likely links, which join nobody")
        print_errors("Wrong (two people held to be one)", wrong, WRONG, shows, options.examples)
        print_errors("Missed (one person held to be two)", missed, MISSED, shows, options.examples)


if __name__ == "__main__":
    main()
