"""What is asked of identity, line by line, beside what was found: the last table of `make bench-identity`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

_WIDTH = 52

Found = Mapping[str, Mapping[str, float]]
"""Figures by set, those of a kind as "kind: figure"."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line: a figure of some sets, and from or up to where it is good."""

    what: str
    figure: str
    bounds: Mapping[str, float]
    """By set."""
    is_least: bool

    def is_met(self, of: str, value: float) -> bool:
        """Whether a set's figure is as good as asked."""
        return value >= self.bounds[of] if self.is_least else value <= self.bounds[of]


MILLION = "million"
_BOTH = ("dev", "dev2")


def _at_least(what: str, figure: str, bounds: Mapping[str, float]) -> Wanted:
    return Wanted(what, figure, bounds, is_least=True)


def _at_most(what: str, figure: str, bounds: Mapping[str, float]) -> Wanted:
    return Wanted(what, figure, bounds, is_least=False)


LINES = (
    _at_least("pair F1", "pair_f1", {"dev": 0.955, "dev2": 0.86}),
    _at_least("B-cubed F1", "b3_f1", {"dev": 0.983, "dev2": 0.925}),
    _at_least("true pairs among candidates", "blocking_recall", {"dev": 0.985, "dev2": 0.93}),
    _at_least("automatic merges: precision", "auto_precision", {"dev": 0.999, "dev2": 0.998}),
    _at_least("automatic merges: share of true pairs", "auto_coverage", {"dev": 0.80}),
    _at_most("automatic merges wrong in a family, per 100k", "auto_wrong_inside_family_per_100k", {"dev": 25.0}),
    _at_most("the same if likely links were made unasked", "wrong_inside_family_per_100k", {"dev": 25.0}),
    _at_least("recall: single name", "recall_by_error: single_name", {"dev": 0.86}),
    _at_least("recall: no birth date", "recall_by_error: dob_missing", {"dev": 0.92}),
    _at_least("recall: Arabic script", "recall_by_error: arabic_script", {"dev": 0.95}),
    _at_most("calibration error, ten bins", "calibration_error", dict.fromkeys(_BOTH, 0.02)),
    _at_most("decisions per 100 rows", "decisions_per_100_rows", {"dev": 3.0, "dev2": 8.0}),
    _at_most("seconds", "seconds", {"dev": 20.0, MILLION: 300.0}),
    _at_most("peak MB", "peak_mb", {"dev": 600.0, MILLION: 4000.0}),
    _at_most("one listing arrives: ms, 99 of 100 below", "one listing: ms, 99 of 100 are below", {MILLION: 20.0}),
    _at_least(
        "its partner among candidates, with its party", "list group: true partner among candidates", {MILLION: 0.95}
    ),
    _at_least("names at 1 % false pairs, Latin", "names: latin, against strangers", {"dev": 0.91}),
    _at_least("names at 1 % false pairs, both scripts", "names: cross, against strangers", {"dev": 0.93}),
)


def flat(figures: Mapping[str, float | Mapping[str, float]]) -> dict[str, float]:
    """Figures of one set in one table."""
    found: dict[str, float] = {}
    for figure, value in figures.items():
        if isinstance(value, Mapping):
            found |= {f"{figure}: {kind}": share for kind, share in value.items()}
        else:
            found[figure] = value
    return found


def print_wanted(found: Found, say: Callable[[str], None] = print) -> None:
    """The table; a set that was not measured leaves its lines out."""
    say("\n# what is asked for")
    say(f"{'measure':{_WIDTH}} {'set':>8} {'found':>10} {'asked for':>12}")
    for line in LINES:
        for of, bound in line.bounds.items():
            value = found.get(of, {}).get(line.figure)
            if value is not None:
                asked = f"{'>=' if line.is_least else '<='} {bound:g}"
                short = "" if line.is_met(of, value) else "  short"
                say(f"{line.what:{_WIDTH}} {of:>8} {value:>10,.5g} {asked:>12}{short}")
