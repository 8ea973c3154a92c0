"""How many who were expected do not come: learnt from parties that were, per kind of leg, rally point and notice.

Parties come whole or stay away whole, so parties are counted and not heads: a party of which somebody came counts as
come. Rates are beta-binomial. Each kind leans on the next wider one, as if `LEAN` parties of that rate had been seen
in it: on the leg's mode and place, those on the mode, that on everything, and everything on a prior of one in twenty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from scipy.special import betaincinv

LEAST_SEEN = 20
"""Parties expected, all in all, before anything is concluded from them."""
LEAN = 20.0
PRIOR = (0.5, 9.5)
"""Of everything: as if half a party of ten had stayed away."""
SURE = 0.9
"""The share of the interval that goes with a rate."""


class Notice(StrEnum):
    """How long before departure a party was told; closed."""

    SHORT = "short"
    """Less than six hours."""
    DAY = "day"
    """Six hours to a day."""
    LONG = "long"


def notice_of(told_before: timedelta) -> Notice:
    """The band of a notice."""
    if told_before < timedelta(hours=6):
        return Notice.SHORT
    return Notice.DAY if told_before <= timedelta(hours=24) else Notice.LONG


@dataclass(frozen=True, slots=True)
class Expected:
    """What a party was expected for: how its first leg is travelled, from where, told how long before."""

    mode: str
    start: str
    notice: Notice


@dataclass(frozen=True, slots=True)
class NoShowRate:
    """The chance that a party does not come: mean and interval (nine of ten), and the parties seen of that very kind.

    `a` and `b` are those of the beta distribution of the rate.
    """

    a: float
    b: float
    parties: int
    missed: int

    @property
    def mean(self) -> float:
        """The rate to reckon with."""
        return self.a / (self.a + self.b)

    @property
    def low(self) -> float:
        """Below this it is one time in twenty."""
        return self.quantile((1 - SURE) / 2)

    @property
    def high(self) -> float:
        """Above this it is one time in twenty."""
        return self.quantile((1 + SURE) / 2)

    def quantile(self, share: float) -> float:
        """The rate below which it is in this share of cases."""
        return float(betaincinv(self.a, self.b, share))


_Key = tuple[str, ...]


@dataclass(slots=True)
class NoShowRates:
    """Rates by kind, learnt once; `of` gives one for any kind, seen or not."""

    _seen: dict[_Key, tuple[int, int]]
    _known: dict[_Key, NoShowRate] = field(default_factory=dict)

    @property
    def parties(self) -> int:
        """Parties of which it is known whether they came."""
        return self._seen.get((), (0, 0))[0]

    @property
    def is_learnt(self) -> bool:
        """Whether enough parties were expected to conclude anything."""
        return self.parties >= LEAST_SEEN

    @property
    def overall(self) -> NoShowRate:
        """The rate of everything together."""
        return self._rate(())

    def of(self, expected: Expected) -> NoShowRate:
        """The rate of a kind, leaning on wider ones as far as little was seen of it."""
        return self._rate((expected.mode, expected.start, expected.notice.value))

    def kinds(self) -> tuple[tuple[Expected, NoShowRate], ...]:
        """Every kind that was seen, with its rate."""
        keys = sorted(key for key in self._seen if len(key) == 3)
        found = (Expected(mode, start, Notice(notice)) for mode, start, notice in keys)
        return tuple((one, self.of(one)) for one in found)

    def _rate(self, key: _Key) -> NoShowRate:
        known = self._known.get(key)
        if known is None:
            parties, missed = self._seen.get(key, (0, 0))
            if key:
                wider = self._rate(key[:-1])
                a, b = LEAN * wider.mean, LEAN * (1 - wider.mean)
            else:
                a, b = PRIOR
            known = self._known[key] = NoShowRate(a + missed, b + parties - missed, parties, missed)
        return known


def learn_no_shows(seen: Iterable[tuple[Expected, bool]]) -> NoShowRates:
    """Rates from parties that were expected: what for, and whether they stayed away."""
    counts: defaultdict[_Key, list[int]] = defaultdict(lambda: [0, 0])
    for expected, stayed_away in seen:
        key = (expected.mode, expected.start, expected.notice.value)
        for length in range(4):
            counts[key[:length]][0] += 1
            counts[key[:length]][1] += stayed_away
    return NoShowRates({key: (parties, missed) for key, (parties, missed) in counts.items()})
