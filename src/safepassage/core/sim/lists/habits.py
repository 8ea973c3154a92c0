"""How each list writer spells, dates and phones: drawn once per list, kept through the list, with some drift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from safepassage.core.sim.lists.luck import weighted

SOUNDS: Mapping[str, Mapping[str, float]] = {
    "ā": {"a": 0.85, "aa": 0.15},
    "ī": {"i": 0.55, "ee": 0.38, "y": 0.07},
    "ū": {"u": 0.5, "oo": 0.4, "ou": 0.1},
    "ō": {"o": 0.8, "oo": 0.2},
    "ē": {"i": 0.4, "e": 0.35, "ee": 0.25},
    "e": {"e": 0.55, "i": 0.45},
    "o": {"o": 0.45, "u": 0.55},
    "x": {"kh": 0.95, "x": 0.05},
    "ɣ": {"gh": 0.95, "g": 0.05},
    "q": {"q": 0.75, "k": 0.1, "gh": 0.15},
    "š": {"sh": 0.96, "ch": 0.04},
    "č": {"ch": 0.95, "tch": 0.05},
    "ž": {"zh": 0.85, "j": 0.15},
    "j": {"j": 0.92, "dj": 0.08},
    "w": {"w": 0.75, "v": 0.25},
    "ay": {"ai": 0.45, "ay": 0.35, "ei": 0.12, "ey": 0.08},
    "aw": {"aw": 0.55, "ow": 0.25, "au": 0.2},
    "y-end": {"i": 0.6, "y": 0.25, "ee": 0.15},
    "a-end": {"a": 0.75, "ah": 0.25},
    "ya": {"ia": 0.6, "ya": 0.4},
    "mohammad": {"mohammad": 0.5, "mohammed": 0.12, "muhammad": 0.2, "mohamad": 0.08, "mohd": 0.05, "m.": 0.05},
    "zāda": {"zada": 0.5, "zadah": 0.15, "zadeh": 0.35},
    "zay": {"zai": 0.65, "zay": 0.2, "zoy": 0.05, "zei": 0.1},
    "'": {"": 0.8, "'": 0.2},
}
"""For each sound what writers make of it, with weights: a list's habit is one draw from each line."""


@dataclass(frozen=True, slots=True)
class ListHabit:
    """The habits of one list's writer. Shares are between 0 and 1."""

    latin: Mapping[str, str]
    drift: float
    """Share of sounds spelt against the own habit."""
    compound: str
    """How compounds stand in Latin script: `joined`, `split` or `hyphen`."""
    arabic_share: float
    """Share of groups written in Arabic script."""
    arabic_keys: bool
    """Whether an Arabic keyboard was used (ي ك instead of ی ک)."""
    arabic_compound: str
    """What stands inside a compound in Arabic script: nothing, a blank, or a zero-width non-joiner."""
    upper: bool
    dates: str
    """Notation of birth dates: see `stating.state_birth`."""
    phones: str
    """Notation of phones: see `stating.state_phone`."""
    surname_share: float
    father_as_surname: float
    honorifics: float
    typos: float
    missing: float
    """Share of optional cells left empty."""
    digits: str = "latin"
    """`latin`, or `eastern` for ۰۱۲."""


def draw_habit(
    rng: np.random.Generator,
    *,
    dates: str,
    phones: str,
    arabic_share: float = 0.0,
    arabic_keys: bool = False,
    upper: bool = False,
    typos: float = 0.03,
    missing: float = 0.15,
    digits: str = "latin",
) -> ListHabit:
    """The habits of one writer: what the list's form dictates is given, what is personal is drawn."""
    return ListHabit(
        latin={sound: weighted(rng, options) for sound, options in SOUNDS.items()},
        drift=float(rng.uniform(0.01, 0.08)),
        compound=weighted(rng, {"joined": 0.55, "split": 0.4, "hyphen": 0.05}),
        arabic_share=arabic_share,
        arabic_keys=arabic_keys,
        arabic_compound=weighted(rng, {"": 0.6, " ": 0.25, "\u200c": 0.15}),
        upper=upper,
        dates=dates,
        phones=phones,
        surname_share=float(rng.uniform(0.75, 0.97)),
        father_as_surname=float(rng.uniform(0.0, 0.12)),
        honorifics=float(rng.uniform(0.0, 0.08)),
        typos=typos,
        missing=missing,
        digits=digits,
    )
