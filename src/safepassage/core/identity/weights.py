"""What each level of agreement is worth, learnt from the operation's own listings.

Three hypotheses for a pair: one person (m), two of one household (h), unrelated (u). Unrelated is learnt from
pairs drawn across all listings, household from pairs inside one list group, one person by expectation
maximisation over the candidate pairs, started from pairs that share a document. No label is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.beliefs import STRENGTH, beliefs
from safepassage.core.identity.blocking import Pairs
from safepassage.core.identity.compare import Compared, Comparer
from safepassage.core.identity.features import Floats
from safepassage.core.identity.levels import AT, FIELDS, LEVELS
from safepassage.core.identity.values import EvidenceField

SAME, HOUSEHOLD, UNRELATED = 0, 1, 2
PERSONAL = frozenset(
    {
        EvidenceField.NAME,
        EvidenceField.BIRTH,
        EvidenceField.PASSPORT,
        EvidenceField.TAZKIRA,
        EvidenceField.SEX,
    }
)
"""Facts of one's own; phone, place, surname and father are the household's."""
_CONTRARY: dict[EvidenceField, tuple[int, ...]] = {
    EvidenceField.NAME: (1, 2, 3, 8, 9),
    EvidenceField.SURNAME: (1,),
    EvidenceField.FATHER: (1, 2),
    EvidenceField.BIRTH: (4, 7, 8, 9),
}
"""Levels that speak against one person: how often one person shows them is learnt from pairs that share a document.

Left to expectation maximisation, siblings who share all but the name would teach it that names differ freely.
"""
_ROUNDS = 8
_SAMPLE = 250_000
_NAME_AGREES = 4
_IN_GROUP_SAME = 0.004
"""Share of pairs inside one list group that are one person listed twice, before anything is compared."""


@dataclass(slots=True)
class Weights:
    """Log2 shares by field, hypothesis and level, the priors, and the mean rarity of what is agreed on."""

    tables: list[Floats]
    priors: Floats
    mean_name: float
    mean_father: float

    def of_field(self, at: int, compared: Compared) -> npt.NDArray[np.float32]:
        """(pairs, 3) log2 likelihoods of one field, rarity included."""
        field, levels = FIELDS[at], compared.levels[:, at]
        if field is EvidenceField.LIST:
            table = self.tables[at].T.astype(np.float32)
            table[2] = 0.0  # inside one list group the prior says it all
            return np.take(table, levels, axis=0)
        out = np.take(self.tables[at].T.astype(np.float32), levels, axis=0)
        if field is EvidenceField.NAME:
            rarity = np.where(levels >= _NAME_AGREES, np.log2(compared.name_share / self.mean_name), 0.0)
            out[:, HOUSEHOLD:] += rarity[:, None]
        elif field is EvidenceField.FATHER:
            out[:, UNRELATED] += np.where(levels >= 4, np.log2(compared.father_share / self.mean_father), 0.0)
        elif field is EvidenceField.SURNAME:
            rarity = np.log2(np.clip(compared.surname_share / self.mean_name, 0.25, 64.0))
            out[:, UNRELATED] += np.where(levels >= 3, rarity, 0.0)
        return out

    def sums(self, compared: Compared) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """(pairs, 3) log2 likelihoods of all fields, and of those that tell members of one household apart."""
        total = np.zeros((len(compared.levels), 3), np.float32)
        own = np.zeros((len(compared.levels), 3), np.float32)
        for at, field in enumerate(FIELDS):
            part = self.of_field(at, compared)
            total += part
            if field in PERSONAL:
                own += part
        return total, own

    def log_priors(self, compared: Compared) -> npt.NDArray[np.float32]:
        """(pairs, 3) log2 priors; inside one list group nearly all pairs are two people of one household."""
        out = np.tile(np.log2(self.priors).astype(np.float32), (len(compared.levels), 1))
        inside = compared.levels[:, AT[EvidenceField.LIST]] == 2
        out[inside] = np.log2(np.array([_IN_GROUP_SAME, 1 - _IN_GROUP_SAME, 1e-6], np.float32))
        return out

    def posteriors(self, compared: Compared) -> npt.NDArray[np.float32]:
        """(pairs, 3) probabilities of the three hypotheses."""
        return self.chances_of(self.sums(compared)[0], compared)

    def chances_of(self, total: npt.NDArray[np.float32], compared: Compared) -> npt.NDArray[np.float32]:
        """The same from sums at hand."""
        return normalised(total + self.log_priors(compared))


def normalised(total: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Probabilities of log2 weights, row by row."""
    odds = np.exp2(total - total.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)


def scattered_pairs(n: int, wanted: int) -> Pairs:
    """Pairs spread evenly over all listings, without luck: multiplicative strides."""
    if n < 3:
        return np.zeros((0, 2), np.int64)
    total = min(wanted, n * (n - 1) // 2)
    k = np.arange(total, dtype=np.uint64)
    with np.errstate(over="ignore"):
        key = (k + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(31)
        key *= np.uint64(0xBF58476D1CE4E5B9)
        key ^= key >> np.uint64(29)
    left = (k % np.uint64(n)).astype(np.int64)
    right = ((key >> np.uint64(8)) % np.uint64(n - 1)).astype(np.int64)
    right = right + (right >= left)
    return np.stack((np.minimum(left, right), np.maximum(left, right)), axis=1)


def group_pairs(group: npt.NDArray[np.int32], limit: int) -> Pairs:
    """Pairs of listings of one list group, at most `limit` of them, evenly taken."""
    order = np.flatnonzero(group >= 0)
    order = order[np.argsort(group[order], kind="stable")]
    pairs = []
    for step in (1, 2, 3, 4):
        a, b = order[:-step], order[step:]
        same = group[a] == group[b]
        pairs.append(np.stack((np.minimum(a[same], b[same]), np.maximum(a[same], b[same])), axis=1))
    found = np.concatenate(pairs) if pairs else np.zeros((0, 2), np.int64)
    return found[:: max(1, len(found) // limit)]


def estimate(comparer: Comparer, compared: Compared) -> Weights:
    """Learns the weights for one operation."""
    columns = comparer.columns
    prior_counts = [share * np.array(STRENGTH)[:, None] for share in beliefs()]
    unrelated = comparer.compare(scattered_pairs(columns.size, _SAMPLE))
    household = comparer.compare(group_pairs(columns.group, _SAMPLE))
    counts = [table.copy() for table in prior_counts]
    for at in range(len(FIELDS)):
        if FIELDS[at] is not EvidenceField.LIST:
            counts[at][HOUSEHOLD] += _count(household.levels[:, at], LEVELS[FIELDS[at]], None)
        counts[at][UNRELATED] += _count(unrelated.levels[:, at], LEVELS[FIELDS[at]], None)
    first = columns.bones[columns.name[:, 0]]
    father = columns.bones[columns.father[:, 0]]
    weights = Weights(
        _tables(counts),
        np.array([1e-6, 1e-5, 1.0]),
        _mean(comparer.rarity.word_share[first[first > 0]]),
        _mean(comparer.rarity.father_share[father[father > 0]]),
    )
    return _maximise(weights, counts, prior_counts, compared, columns.size)


def _maximise(
    weights: Weights, counts: list[Floats], prior_counts: list[Floats], compared: Compared, n: int
) -> Weights:
    outside = np.flatnonzero(compared.levels[:, AT[EvidenceField.LIST]] != 2)
    step = max(1, len(outside) // (2 * _SAMPLE))
    taken = outside[::step]
    sample = compared.taken(taken)
    all_pairs = max(n * (n - 1) / 2, 1.0)
    anchors = (sample.levels[:, AT[EvidenceField.PASSPORT]] == 1) | (sample.levels[:, AT[EvidenceField.TAZKIRA]] == 1)
    share = np.zeros((len(taken), 3), np.float32)
    share[:, SAME] = anchors
    weights.priors = np.array([0.7 / max(n, 2), 3.0 / max(n, 2), 1.0])
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
        weights.tables = _tables(counts)
        if turn:
            same = max(float(share[:, SAME].sum()) * step, 0.5)
            home = max(float(share[:, HOUSEHOLD].sum()) * step, 0.5)
            weights.priors = np.array([same / all_pairs, home / all_pairs, 1.0])
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


def _count(levels: npt.NDArray[np.int8], names: tuple[str, ...], by: npt.NDArray[np.float32] | None) -> Floats:
    return np.bincount(levels, weights=by, minlength=len(names)).astype(np.float64)


def _tables(counts: list[Floats]) -> list[Floats]:
    tables = []
    for field, table in zip(FIELDS, counts, strict=True):
        filled = table + 1e-4
        if field is EvidenceField.SEX:  # given the name: people of one name mostly are of one sex
            parts = (filled[:, :3], filled[:, 3:])
            tables.append(np.log2(np.concatenate([x / x.sum(axis=1, keepdims=True) for x in parts], axis=1)))
        else:
            tables.append(np.log2(filled / filled.sum(axis=1, keepdims=True)))
    return tables


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 1.0


def refit_household(
    weights: Weights, compared: Compared, at: npt.NDArray[np.int64], share: npt.NDArray[np.float32]
) -> Weights:
    """Learns "two of one household" anew from pairs across lists whose groups are held to be one family.

    Pairs inside one group were written by one hand; across lists a household's spellings differ.
    """
    counts = [belief * np.array(STRENGTH)[:, None] for belief in beliefs()]
    tables = _tables(
        [
            np.stack(
                (count[SAME], count[HOUSEHOLD] + _count(compared.levels[at, i], LEVELS[FIELDS[i]], share), count[2])
            )
            for i, count in enumerate(counts)
        ]
    )
    mixed = [table.copy() for table in weights.tables]
    for i, field in enumerate(FIELDS):
        if field is not EvidenceField.LIST:
            mixed[i][HOUSEHOLD] = tables[i][HOUSEHOLD]
    return Weights(mixed, weights.priors, weights.mean_name, weights.mean_father)
