"""What each level of agreement is worth under three hypotheses: one person, two of one household, unrelated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.compare import SHARES, Compared
from safepassage.core.identity.features import Floats
from safepassage.core.identity.in_parts import each_part
from safepassage.core.identity.levels import AT, BIRTHS_AGREE, FIELDS, NAMES_AGREE, PARTS, is_among
from safepassage.core.identity.values import EvidenceField

SAME, HOUSEHOLD, UNRELATED = 0, 1, 2
KINDS = 3
"""Kinds of pairs inside a household: brothers and sisters, generations, couples and the rest; learnt, not named."""
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
_AGREES_FROM = {
    EvidenceField.SURNAME: 2,
    EvidenceField.FATHER: 4,
    EvidenceField.BIRTH: 1,
}

Floats32 = npt.NDArray[np.float32]


@dataclass(slots=True)
class Weights:
    """Log2 shares by field, hypothesis and level, the priors, and the mean rarity of what is agreed on.

    Members of one household are of several kinds: brothers agree in father, surname and generation at once, couples
    in none of them. `kin` holds for each field (kinds, levels) log2 shares, `kin_share` how frequent each kind is;
    the household row of `tables` is their mean.
    """

    tables: list[Floats]
    priors: Floats
    kin: list[Floats]
    kin_share: Floats
    means: dict[EvidenceField, float]
    """Mean share, by what is agreed on."""
    twice: float
    """Share of pairs inside one list group that are one person listed twice, before anything is compared."""
    overlap: float
    """Share of a family's members in one list whom another list of the same family holds too."""
    apart: float
    """How much rarer than among all pairs one person is among two of groups that are no one family: most of whom
    lists share stand in families that they share."""

    def of_field(self, at: int, compared: Compared) -> Floats32:
        """(pairs, 3) log2 likelihoods of one field, rarity included."""
        table = self.tables[at].T.astype(np.float32)
        if FIELDS[at] is EvidenceField.LIST:
            table[2] = 0.0  # inside one list group the prior says it all
        out = np.take(table, compared.levels[:, at], axis=0)
        if FIELDS[at] in SHARES:
            rarity = self._rarity(at, compared)
            out[:, UNRELATED] += rarity
            if FIELDS[at] is EvidenceField.NAME:
                out[:, HOUSEHOLD] += rarity
        return out

    def sums(self, compared: Compared) -> tuple[Floats32, Floats32]:
        """(pairs, 3) log2 likelihoods of all fields, and of those that tell members of one household apart."""
        total, own = (np.empty((len(compared.levels), 3), np.float32) for _ in range(2))

        def put(at: slice) -> None:
            total[at], own[at] = self._sums(compared.part(at))

        each_part(len(total), put)
        return total, own

    def _sums(self, compared: Compared) -> tuple[Floats32, Floats32]:
        count = len(compared.levels)
        total, own = np.zeros((count, 3), np.float32), np.zeros((count, 3), np.float32)
        kin, kin_shared = (np.tile(np.log2(self.kin_share).astype(np.float32), (count, 1)) for _ in range(2))
        for at, field in enumerate(FIELDS):
            part = self.of_field(at, compared)
            table = self.kin[at].T.astype(np.float32)
            of_kin = np.take(table, compared.levels[:, at], axis=0)
            if field is EvidenceField.LIST:
                of_kin = part[:, [HOUSEHOLD]]
            total += part
            kin += of_kin
            if field in PERSONAL:
                own += part
            else:
                kin_shared += of_kin
        name_rarity = self._rarity(AT[EvidenceField.NAME], compared)
        total[:, HOUSEHOLD] = _log_sum(kin) + name_rarity
        own[:, HOUSEHOLD] = total[:, HOUSEHOLD] - _log_sum(kin_shared)
        return total, own

    def _total(self, compared: Compared) -> Floats32:
        """The first of `sums` alone."""
        total = np.zeros((len(compared.levels), 3), np.float32)
        kin = np.tile(np.log2(self.kin_share).astype(np.float32), (len(total), 1))
        for at, field in enumerate(FIELDS):
            part = self.of_field(at, compared)
            total += part
            if field is EvidenceField.LIST:
                kin += part[:, [HOUSEHOLD]]
            else:
                kin += np.take(self.kin[at].T.astype(np.float32), compared.levels[:, at], axis=0)
        total[:, HOUSEHOLD] = _log_sum(kin) + self._rarity(AT[EvidenceField.NAME], compared)
        return total

    def log_priors(self, compared: Compared) -> Floats32:
        """(pairs, 3) log2 priors; inside one list group nearly all pairs are two people of one household."""
        out = np.tile(np.log2(self.priors).astype(np.float32), (len(compared.levels), 1))
        inside = compared.levels[:, AT[EvidenceField.LIST]] == 2
        out[inside] = np.log2(np.array([self.twice, 1 - self.twice, 1e-6], np.float32))
        return out

    def posteriors(self, compared: Compared) -> Floats32:
        """(pairs, 3) probabilities of the three hypotheses."""
        out = np.empty((len(compared.levels), 3), np.float32)

        def put(at: slice) -> None:
            part = compared.part(at)
            out[at] = self.chances_of(self._total(part), part)

        each_part(len(out), put)
        return out

    def hopeful(self, compared: Compared, least: float) -> npt.NDArray[np.int64]:
        """Where one person may be likelier than `least`: left out is only whom strangers alone make less likely."""
        out = np.empty(len(compared.levels), np.bool_)

        def put(at: slice) -> None:
            out[at] = self._against_strangers(compared.part(at)) >= np.log2(least) - 0.01

        each_part(len(out), put)
        return np.flatnonzero(out)

    def _against_strangers(self, compared: Compared) -> Floats32:
        """Log2 odds of one person against strangers."""
        priors = self.log_priors(compared)
        odds = priors[:, SAME] - priors[:, UNRELATED]
        for at, field in enumerate(FIELDS):
            table = (self.tables[at][SAME] - self.tables[at][UNRELATED]).astype(np.float32)
            if field is EvidenceField.LIST:
                table[2] = 0.0
            odds += np.take(table, compared.levels[:, at])
            if field in SHARES:
                odds -= self._rarity(at, compared)
        return odds

    def chances_of(self, total: Floats32, compared: Compared) -> Floats32:
        """The same from sums at hand."""
        return normalised(total + self.log_priors(compared))

    def _rarity(self, at: int, compared: Compared) -> Floats32:
        """Bits by which strangers agree more often (+) or less on this very name or year than on the mean one."""
        field, levels = FIELDS[at], compared.levels[:, at]
        share = compared.shares[:, SHARES.index(field)] / np.float32(self.means[field])
        if field is EvidenceField.SURNAME:
            share = np.clip(share, 0.25, 64.0)
        agrees = is_among(levels, NAMES_AGREE) if field is EvidenceField.NAME else levels >= _AGREES_FROM[field]
        if field is EvidenceField.BIRTH:  # a rare year is seldom stated well: only a common one counts
            agrees &= (levels <= BIRTHS_AGREE) & (share > 1)
        return np.where(agrees, np.log2(share), np.float32(0.0))


def _log_sum(bits: Floats32) -> Floats32:
    top = bits.max(axis=1)
    return np.asarray(top + np.log2(np.exp2(bits - top[:, None]).sum(axis=1)), np.float32)


def normalised(total: Floats32) -> Floats32:
    """Probabilities of log2 weights, row by row."""
    odds = np.exp2(total - total.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)


def log_shares(field: EvidenceField, counts: Floats) -> Floats:
    """Log2 shares of counted levels (hypotheses, levels); in parts where a field is weighed given another fact."""
    parts = np.split(counts + 1e-4, PARTS.get(field, 1), axis=1)
    return np.asarray(np.log2(np.concatenate([part / part.sum(axis=1, keepdims=True) for part in parts], axis=1)))
