"""Learns the weights from the operation's own listings; no label is used.

Unrelated is learnt from pairs drawn across all listings, household from pairs inside one list group, one person by
expectation maximisation over the candidate pairs, started from pairs that share a document.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.beliefs import STRENGTH, beliefs
from safepassage.core.identity.compare import SHARES, Compared, Comparer
from safepassage.core.identity.features import Floats
from safepassage.core.identity.kinds import kinds_of, mean_of
from safepassage.core.identity.levels import AT, BOTH_MISSING, FIELDS, LEVELS
from safepassage.core.identity.samples import group_pairs, scattered_pairs
from safepassage.core.identity.values import EvidenceField
from safepassage.core.identity.weights import HOUSEHOLD, SAME, UNRELATED, Floats32, Weights, log_shares

_CONTRARY: dict[EvidenceField, tuple[int, ...]] = {
    EvidenceField.NAME: (1, 2, 3, 8, 9, 10, 11, 14, 15, 16),
    EvidenceField.SURNAME: (1, 5),
    EvidenceField.FATHER: (1, 2),
    EvidenceField.BIRTH: (4, 7, 8, 9),
}
"""Levels that speak against one person: how often one person shows them is learnt from pairs that share a document.

Left to expectation maximisation, siblings who share all but the name would teach it that names differ freely.
"""
_ROUNDS, _ROUNDS_APART = 7, 20
_TWICE, _TWICE_STRENGTH = 0.004, 1000.0
"""Belief on how often two rows of one group are one person, and for how many pairs it stands."""
OVERLAP = 0.9
"""Belief on how many of a family's members another list of it holds too."""
_OVERLAP_STRENGTH, _MOST_OVERLAP = 20.0, 0.99
_SLOPE_APART = 0.7
"""What a bit of evidence counts between strangers' groups (see `calibrate`): a little less than elsewhere."""
_APART_STRENGTH = 3.0
"""For how many pairs of one person it stands that strangers' groups hold as many of them as all listings."""
SAMPLE = 250_000
"""Pairs of each kind to learn from."""
_NAMELESS_BITS = 10.0
"""Against two without names being one: counted kin are many, and nothing but a document tells them apart."""
_RELATION_BITS = 4.0
"""How much one relation in both lists may speak for one person, however rare it is: many a family has one such,
and the word is of whoever wrote the list."""
_DENYING = frozenset(
    {"named by other relatives", "differ", "conflict", "within ten years", "further apart", "differ, name alike"}
)
"""Levels that deny sameness: whatever the lists of an operation are like, they never speak for it."""


def estimate(comparer: Comparer, sample: Compared, step: int) -> Weights:
    """Learns the weights for one operation from every `step`-th candidate pair outside list groups."""
    columns = comparer.columns
    prior_counts = [share * np.array(STRENGTH)[:, None] for share in beliefs()]
    unrelated = comparer.compare(scattered_pairs(columns.size, SAMPLE))
    household = comparer.compare(group_pairs(columns.group, SAMPLE))
    kin, kin_share = kinds_of(household.levels, None)
    counts = [table.copy() for table in prior_counts]
    for at, field in enumerate(FIELDS):
        counts[at][UNRELATED] += _count(unrelated.levels[:, at], LEVELS[field], None)
    weights = Weights(
        _tables(counts, mean_of(kin, kin_share)),
        np.array([1e-6, 1e-5, 1.0]),
        kin,
        kin_share,
        dict(zip(SHARES, comparer.rarity.means(columns), strict=True)),
        _TWICE,
        OVERLAP,
        1.0,
    )
    weights = _maximise(weights, counts, prior_counts, sample, step, columns.size)
    relations = weights.tables[AT[EvidenceField.RELATION]]
    np.minimum(relations[SAME], relations[UNRELATED] + _RELATION_BITS, out=relations[SAME])
    weights.twice = _twice(weights, household)
    return weights


def _twice(weights: Weights, inside: Compared) -> float:
    """How often two rows of one list group are one person: by pairs of them that state one document."""
    documents = [AT[EvidenceField.PASSPORT], AT[EvidenceField.TAZKIRA]]
    seen = int((inside.levels[:, documents] == 1).any(axis=1).sum())
    shown = 1.0 - float(np.prod([1.0 - np.exp2(weights.tables[at][SAME, 1]) for at in documents]))
    return (seen / max(shown, 0.01) + _TWICE * _TWICE_STRENGTH) / (len(inside.levels) + _TWICE_STRENGTH)


def _maximise(  # noqa: PLR0917
    weights: Weights, counts: list[Floats], prior_counts: list[Floats], sample: Compared, step: int, n: int
) -> Weights:
    all_pairs = max(n * (n - 1) / 2, 1.0)
    anchors = (sample.levels[:, AT[EvidenceField.PASSPORT]] == 1) | (sample.levels[:, AT[EvidenceField.TAZKIRA]] == 1)
    share = np.zeros((len(sample.levels), 3), np.float32)
    share[:, SAME] = anchors
    weights.priors = np.array([0.7 / max(n, 2), 3.0 / max(n, 2), 1.0])
    home = [table[HOUSEHOLD] for table in weights.tables]
    anchored = [
        prior_counts[at][SAME] + _count(sample.levels[anchors, at], LEVELS[field], None) * step
        for at, field in enumerate(FIELDS)
    ]
    for turn in range(_ROUNDS):
        if turn:
            share = weights.posteriors(sample)
        for at, field in enumerate(FIELDS):
            skip = turn == 0 and field in (EvidenceField.PASSPORT, EvidenceField.TAZKIRA)
            if skip:
                continue
            seen = _count(sample.levels[:, at], LEVELS[field], share[:, SAME]) * step
            counts[at][SAME] = _held_to_anchors(field, prior_counts[at][SAME] + seen, anchored[at])
        if turn:  # two of one household across lists: what stands in one group can't tell it
            at = AT[EvidenceField.LIST]
            seen = _count(sample.levels[:, at], LEVELS[EvidenceField.LIST], share[:, HOUSEHOLD]) * step
            counts[at][HOUSEHOLD] = prior_counts[at][HOUSEHOLD] + seen
        weights.tables = _tables(counts, home)
        if turn:
            same = max(float(share[:, SAME].sum()) * step, 0.5)
            related = max(float(share[:, HOUSEHOLD].sum()) * step, 0.5)
            weights.priors = np.array([same / all_pairs, related / all_pairs, 1.0])
    return weights


def _held_to_anchors(field: EvidenceField, counts: Floats, anchored: Floats) -> Floats:
    """Counts whose contrary levels have the share among stated ones that pairs sharing a document show."""
    contrary = list(_CONTRARY.get(field, ()))
    if not contrary:
        return counts
    is_contrary = np.zeros(len(counts), np.bool_)
    is_contrary[contrary] = True
    stated = counts[1:].sum()
    share = anchored[contrary].sum() / anchored[1:].sum()
    out = counts.copy()
    agreeing = ~is_contrary
    agreeing[0] = False
    out[agreeing] *= (1 - share) * stated / max(float(counts[agreeing].sum()), 1e-9)
    out[contrary] = share * stated * anchored[contrary] / anchored[contrary].sum()
    return out


def _count(levels: npt.NDArray[np.int8], names: tuple[str, ...], by: Floats32 | None) -> Floats:
    return np.bincount(levels, weights=by, minlength=len(names)).astype(np.float64)


def _tables(counts: list[Floats], home: list[Floats]) -> list[Floats]:
    tables = [log_shares(field, table) for field, table in zip(FIELDS, counts, strict=True)]
    for field, table, row in zip(FIELDS, tables, home, strict=True):
        if field is not EvidenceField.LIST:
            table[HOUSEHOLD] = row
        denying = [at for at, name in enumerate(LEVELS[field]) if name in _DENYING]
        table[SAME, denying] = np.minimum(table[SAME, denying], table[UNRELATED, denying])
    names = tables[AT[EvidenceField.NAME]]
    names[SAME, BOTH_MISSING] = names[:, BOTH_MISSING].min() - _NAMELESS_BITS
    return tables


def refit_household(weights: Weights, compared: Compared, at: npt.NDArray[np.int64], share: Floats32) -> Weights:
    """Learns "two of one household" anew from pairs across lists whose groups are held to be one family.

    Pairs inside one group were written by one hand; across lists a household's spellings differ.
    """
    kin, kin_share = kinds_of(compared.levels[at], share, (weights.kin, weights.kin_share))
    tables = [table.copy() for table in weights.tables]
    for field, table, row in zip(FIELDS, tables, mean_of(kin, kin_share), strict=True):
        if field is not EvidenceField.LIST:
            table[HOUSEHOLD] = row
    return Weights(
        tables, weights.priors, kin, kin_share, weights.means, weights.twice, weights.overlap, weights.apart
    )


def refit_overlap(weights: Weights, smaller: Floats, met: Floats) -> Weights:
    """Learns anew how many of a family's members another list of it holds too.

    Args:
        weights: As learnt so far.
        smaller: Of each two groups that are surely one family: how many members the smaller one has.
        met: How many of these are expected to be found in the larger one. One of them is left out, since without him
            the two would not be known for one family.
    """
    others = np.maximum(smaller - 1, 0)
    seen = np.clip(met - 1, 0, others).sum() + OVERLAP * _OVERLAP_STRENGTH
    share = min(float(seen / (others.sum() + _OVERLAP_STRENGTH)), _MOST_OVERLAP)
    return replace(weights, overlap=share)


def refit_apart(weights: Weights, same: Floats, strangers: Floats32, of: float) -> Weights:
    """Learns anew how much rarer one person is among two of groups that are no one family.

    By expectation maximisation, with evidence at what it is worth (`calibrate`): at face value the few pairs of
    strangers' groups that are one person would be outweighed by chance.

    Args:
        weights: As learnt so far.
        same: Chances of one person by their own facts, of candidate pairs of two groups, as if one person were as
            frequent there as anywhere.
        strangers: Chances that the two groups are no one family.
        of: How many pairs of two groups there are, candidates or not.
    """
    odds = (same / np.maximum(1 - same, 1e-9)) ** _SLOPE_APART
    share = 1.0
    for _ in range(_ROUNDS_APART):
        scaled = odds * share**_SLOPE_APART
        met = float((strangers * scaled / (1 + scaled)).sum())
        share = (met + _APART_STRENGTH) / (of * float(weights.priors[SAME]) + _APART_STRENGTH)
        share = min(share, 1.0)
    return replace(weights, apart=share)
