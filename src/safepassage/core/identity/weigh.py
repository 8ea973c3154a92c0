"""Compares and weighs all candidate pairs, part by part: what is hopeless by its own facts is laid aside at once.

Memory grows with the listings and the hopeful pairs, not with all pairs that share a key; each part can be kept
(`keep`), so that a run over a million listings that was killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from safepassage.core.identity.blocking import Pairs, candidate_codes
from safepassage.core.identity.calibrate import calibration_of, settled
from safepassage.core.identity.compare import Comparer
from safepassage.core.identity.family import Weighed, family_pass
from safepassage.core.identity.features import Columns, Flags, columns_of
from safepassage.core.identity.frozen import thaw
from safepassage.core.identity.given_back import give_back
from safepassage.core.identity.judged import Judged, sort_judgements
from safepassage.core.identity.keep import NOTHING_KEPT, Arrays, Keep
from safepassage.core.identity.learn import SAMPLE, estimate
from safepassage.core.identity.sorting import Codes
from safepassage.core.identity.stages import (
    columns_from_arrays,
    columns_to_arrays,
    weighed_from_arrays,
    weighed_to_arrays,
    weights_from_arrays,
    weights_to_arrays,
)
from safepassage.core.identity.values import Calibration, IdentitySettings, Judgement, Parameters
from safepassage.core.identity.weights import SAME, Weights
from safepassage.core.people import Listing

HOPELESS = 1e-4
"""Pairs less likely than this by their own facts only cost time: a family that speaks for them brings them back."""
_PART = 1 << 20
"""Candidate pairs weighed at a time."""

Progress = Callable[[float, str], None]


@dataclass(slots=True)
class Run:
    """What is weighed and what a person judged, before anything is decided."""

    columns: Columns
    weights: Weights
    weighed: Weighed
    hopeless: Codes
    """Candidate pairs, as left * n + right in ascending order, that were compared and are no one person."""
    judged: Judged
    settings: IdentitySettings
    is_certain: Flags
    calibration: Calibration | None = None
    """By judgements, if there are enough; else the chances are set right by the program's figure alone."""
    comparer: Comparer | None = None
    """With the words that it compared, for whoever compares more; a part of the whole comes without."""


def weigh(  # noqa: PLR0917
    listings: Sequence[Listing],
    judgements: Sequence[Judgement],
    settings: IdentitySettings,
    parameters: Parameters | None,
    tell: Progress,
    keep: Keep = NOTHING_KEPT,
) -> Run:
    """The first half of `resolve`, for whoever measures it or has to go on with it.

    Raises:
        ValueError: if two listings have one id.
    """
    tell(0.0, "reading listings")
    habits = parameters.habits if parameters else None
    columns = keep.value("columns", lambda: columns_of(listings, habits), columns_to_arrays, columns_from_arrays)
    if len(set(columns.ids)) != len(listings):
        raise ValueError("two listings have one id: take each list in once, then resolve")
    judged = sort_judgements(judgements, {listing: row for row, listing in enumerate(columns.ids)})
    tell(0.1, "finding candidate pairs")
    codes = keep.once("pairs", lambda: {"codes": candidate_codes(columns, settings.block_cap)})["codes"]
    give_back()
    comparer = Comparer(columns)
    tell(0.25, "learning weights")
    weights = learnt_weights(comparer, codes, keep) if parameters is None else thaw(parameters)
    weighed, hopeless = _weighed(comparer, weights, codes, tell, keep)
    del codes
    give_back()
    for turn in range(settings.family_rounds):
        tell(0.55 + 0.25 * turn / settings.family_rounds, "weighing families together")
        weighed, weights = _family(comparer, weights, weighed, parameters, turn, keep)
        give_back()
    calibration = parameters.calibration if parameters else calibration_of(weighed, judged, columns.unit, settings)
    weighed, is_certain = settled(weighed, calibration, settings)
    hopeless = _without(hopeless, weighed.pairs, columns.size)
    return Run(columns, weights, weighed, hopeless, judged, settings, is_certain, calibration, comparer)


def pairs_of(codes: Codes, n: int) -> Pairs:
    """Codes left * n + right as pairs."""
    return np.stack((codes // n, codes % n), axis=1) if len(codes) else np.zeros((0, 2), np.int64)


def learnt_weights(comparer: Comparer, codes: Codes, keep: Keep) -> Weights:
    """Learnt from candidate pairs outside the groups, evenly taken."""

    def learn() -> Arrays:
        columns = comparer.columns
        outside = np.concatenate([_outside(columns, part) for part in _parts(codes)] or [codes])
        step = max(1, len(outside) // SAMPLE)
        sample = comparer.compare(pairs_of(outside[::step], columns.size))
        return weights_to_arrays(estimate(comparer, sample, step))

    return weights_from_arrays(keep.once("weights", learn))


def _outside(columns: Columns, codes: Codes) -> Codes:
    left, right = columns.group[codes // columns.size], columns.group[codes % columns.size]
    return np.asarray(codes[(left != right) | (left < 0)])


def _parts(codes: Codes) -> Iterator[Codes]:
    for start in range(0, len(codes), _PART):
        yield codes[start : start + _PART]


def _weighed(comparer: Comparer, weights: Weights, codes: Codes, tell: Progress, keep: Keep) -> tuple[Weighed, Codes]:
    """The hopeful pairs with what was found of them, and the codes of the others."""
    n = comparer.columns.size

    def of(part: Codes) -> Arrays:
        pairs = pairs_of(part, n)
        compared = comparer.compare(pairs)
        at = weights.hopeful(compared, HOPELESS)
        chances = weights.posteriors(compared.taken(at))
        is_kept = chances[:, SAME] > HOPELESS
        at, chances = at[is_kept], chances[is_kept]
        hopeful = Weighed(pairs[at], compared.taken(at), chances, np.zeros(len(at), np.float32))
        return {**weighed_to_arrays(hopeful), "hopeless": np.delete(part, at)}

    found: list[Arrays] = []
    for number, part in enumerate(_parts(codes)):
        tell(0.3 + 0.25 * number * _PART / len(codes), f"comparing {len(codes):,} pairs")
        found.append(keep.once(f"compared-{number:04d}", lambda part=part: of(part)))  # type: ignore[misc]
    found = found or [of(codes)]
    merged = {name: np.concatenate([part.pop(name) for part in found]) for name in list(found[0])}
    hopeless = merged.pop("hopeless")
    return weighed_from_arrays(merged), hopeless


def _family(  # noqa: PLR0917
    comparer: Comparer, weights: Weights, weighed: Weighed, parameters: Parameters | None, turn: int, keep: Keep
) -> tuple[Weighed, Weights]:
    def passed() -> Arrays:
        after, learnt = family_pass(comparer, weights, weighed, is_learning=parameters is None)
        return {**weighed_to_arrays(after), **weights_to_arrays(learnt)}

    arrays = keep.once(f"family-{turn}", passed)
    return weighed_from_arrays(arrays), weights_from_arrays(arrays)


def _without(hopeless: Codes, pairs: Pairs, n: int) -> Codes:
    """The hopeless pairs that no family brought back."""
    back = pairs[:, 0] * n + pairs[:, 1]
    if not len(back):
        return hopeless
    at = np.minimum(np.searchsorted(back, hopeless), len(back) - 1)
    return np.asarray(hopeless[back[at] != hopeless])
