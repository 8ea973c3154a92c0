"""Weights as a value that can be kept, compared and used again."""

from __future__ import annotations

import hashlib

import numpy as np

from safepassage.core.identity.compare import SHARES
from safepassage.core.identity.features import FEATURES_VERSION
from safepassage.core.identity.habits import Habits
from safepassage.core.identity.levels import FIELDS, LEVELS
from safepassage.core.identity.spelling import SPELLING_VERSION
from safepassage.core.identity.values import Parameters
from safepassage.core.identity.weights import Weights


def freeze(weights: Weights, habits: Habits) -> Parameters:
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
    twice = ("group:twice", (weights.twice, weights.twice, weights.twice))
    found = (*levels, *kin, ("kin:share", (first, second, third)), twice, *means)
    body = repr((FEATURES_VERSION, SPELLING_VERSION, found, same, home, unrelated, habits))
    version = hashlib.sha256(body.encode()).hexdigest()[:12]
    return Parameters(version, (same, home, unrelated), found, habits)


def thaw(parameters: Parameters) -> Weights:
    """The weights of a frozen version.

    Raises:
        ValueError: if it was frozen by a version of the program that compares other facts.
    """
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
        return Weights(
            tables, np.array(parameters.priors), kin, np.array(found["kin:share"]), means, found["group:twice"][0]
        )
    except KeyError as missing:
        raise ValueError(f"these weights are of another version of the matcher: no {missing}") from missing
