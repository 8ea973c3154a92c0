"""Weights as a value that can be kept, compared and used again."""

from __future__ import annotations

import hashlib

import numpy as np

from safepassage.core.identity.compare import SHARES
from safepassage.core.identity.features import FEATURES_VERSION
from safepassage.core.identity.habits import Habits
from safepassage.core.identity.levels import FIELDS, LEVELS
from safepassage.core.identity.spelling import SPELLING_VERSION
from safepassage.core.identity.values import Calibration, Parameters
from safepassage.core.identity.weights import Weights

_WEIGHED_BY = "2"
"""Counted up when what is learnt, or how it is weighed, becomes another thing."""


def _rules() -> str:
    """The rules of reading and comparing that this program has."""
    levels = hashlib.sha256(repr(sorted(LEVELS.items())).encode()).hexdigest()[:8]
    return f"{FEATURES_VERSION} {SPELLING_VERSION} {levels} {_WEIGHED_BY}"


RULES = _rules()


_OF_GROUPS = ("group:twice", "family:overlap", "family:apart")


def _of_groups(weights: Weights) -> tuple[float, float, float]:
    return weights.twice, weights.overlap, weights.apart


def is_current(parameters: Parameters) -> bool:
    """Whether they were learnt by the rules that this program compares by: else they can't be weighed by."""
    return parameters.rules == RULES


def freeze(weights: Weights, habits: Habits, calibration: Calibration | None = None) -> Parameters:
    """The weights and habits with a version that changes whenever a weight or a rule of normalisation does."""
    levels = tuple(
        (f"{field}:{at}", (round(float(m), 6), round(float(h), 6), round(float(u), 6)))
        for field, table in zip(FIELDS, weights.tables, strict=True)
        for at, (m, h, u) in enumerate(table.T)
    )
    kin = tuple(
        (f"kin:{field}:{at}", (round(float(a), 6), round(float(b), 6), round(float(c), 6)))
        for field, table in zip(FIELDS, weights.kin, strict=True)
        for at, (a, b, c) in enumerate(table.T)
    )
    same, home, unrelated = (float(prior) for prior in weights.priors)
    first, second, third = (float(share) for share in weights.kin_share)
    means = tuple((f"mean:{field}", (mean, mean, mean)) for field, mean in weights.means.items())
    of_groups = tuple((name, (of, of, of)) for name, of in zip(_OF_GROUPS, _of_groups(weights), strict=True))
    found = (*levels, *kin, ("kin:share", (first, second, third)), *of_groups, *means)
    body = repr((RULES, found, same, home, unrelated, habits, *([calibration] if calibration else [])))
    version = hashlib.sha256(body.encode()).hexdigest()[:12]
    return Parameters(version, (same, home, unrelated), found, habits, RULES, calibration)


def thaw(parameters: Parameters) -> Weights:
    """The weights of a frozen version.

    Raises:
        ValueError: if it was frozen by a version of the program that compares other facts.
    """
    if parameters.rules != RULES:
        raise ValueError("these weights were learnt by other rules of reading and comparing: learn them anew")
    found = dict(parameters.levels)
    try:
        tables, kin = (
            [
                np.array([found[f"{kind}{field}:{at}"] for at in range(len(LEVELS[field]))], np.float64).T
                for field in FIELDS
            ]
            for kind in ("", "kin:")
        )
        means = {field: found[f"mean:{field}"][0] for field in SHARES}
        of_groups = (found[name][0] for name in _OF_GROUPS)
        return Weights(tables, np.array(parameters.priors), kin, np.array(found["kin:share"]), means, *of_groups)
    except KeyError as missing:
        raise ValueError(f"these weights are of another version of the matcher: no {missing}") from missing
