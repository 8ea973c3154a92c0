"""Compares pairs fact by fact: each fact gives a level, a small number with a name (see `LEVELS`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.blocking import Pairs
from safepassage.core.identity.compare_facts import NumberComparer, birth_levels, equal_levels
from safepassage.core.identity.compare_kin import EXCHANGED
from safepassage.core.identity.compare_names import NameComparer
from safepassage.core.identity.features import ROLE_COUNT, Bytes, Columns, Flags
from safepassage.core.identity.in_parts import each_part
from safepassage.core.identity.levels import AT, BIRTHS_AGREE, FIELDS, NAMES_ALIKE, is_among
from safepassage.core.identity.rarity import Rarity, rarity_of
from safepassage.core.identity.values import EvidenceField

SHARES = (EvidenceField.NAME, EvidenceField.SURNAME, EvidenceField.FATHER, EvidenceField.BIRTH)


@dataclass(slots=True)
class Compared:
    """Levels of pairs, and the shares of what they agree on (1 where nothing rare is agreed on)."""

    levels: Bytes
    shares: npt.NDArray[np.float32]
    """(pairs, 4), columns by `SHARES`."""

    def taken(self, at: npt.NDArray[np.int64]) -> Compared:
        """Some of the pairs."""
        return Compared(self.levels[at], self.shares[at])

    def part(self, at: slice) -> Compared:
        """Some that stand side by side, in place."""
        return Compared(self.levels[at], self.shares[at])

    def is_at(self, field: EvidenceField, *levels: int) -> Flags:
        """Which pairs compare in a field at one of these levels."""
        return is_among(self.levels[:, AT[field]], levels)

    def shares_document(self, *levels: int) -> Flags:
        """Which pairs have a passport or a tazkira in common: 1 is the same number, 2 one slip."""
        return self.is_at(EvidenceField.PASSPORT, *levels) | self.is_at(EvidenceField.TAZKIRA, *levels)

    @staticmethod
    def room_for(count: int) -> Compared:
        """Pairs that are still to be compared."""
        return Compared(np.zeros((count, len(FIELDS)), np.int8), np.ones((count, len(SHARES)), np.float32))

    def put(self, at: slice | npt.NDArray[np.int64] | Flags, part: Compared) -> None:
        """Writes pairs that were compared to their places."""
        self.levels[at] = part.levels
        self.shares[at] = part.shares


class Comparer:
    """Compares pairs of one set of columns; words that were compared once are remembered."""

    def __init__(self, columns: Columns, rarity: Rarity | None = None) -> None:
        self.columns = columns
        self.rarity = rarity or rarity_of(columns)
        self._names = NameComparer(columns, self.rarity)
        self._numbers = NumberComparer(columns, self.rarity)

    def compare(self, pairs: Pairs) -> Compared:
        """Levels of every fact for each pair."""
        out = Compared.room_for(len(pairs))

        def put(part: slice) -> None:
            out.put(part, self._compare(pairs[part, 0], pairs[part, 1]))

        each_part(len(pairs), put)
        return out

    def _compare(self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> Compared:
        columns = self.columns
        out = Compared.room_for(len(left))
        names = self._names.names(left, right)
        father, father_share = self._names.fathers(left, right)
        father[names.name == EXCHANGED] = 0
        birth = birth_levels(columns, left, right)
        births_agree = (birth > 0) & (birth <= BIRTHS_AGREE)
        roles = np.stack((columns.role[left], columns.role[right]), axis=1)
        is_same_list = columns.source[left] == columns.source[right]
        is_same_group = (columns.group[left] == columns.group[right]) & (columns.group[left] >= 0)
        is_implied = (columns.unit[left] == columns.unit[right]) & (columns.unit[left] >= 0) & ~is_same_group
        found = {
            EvidenceField.NAME: names.name,
            EvidenceField.SURNAME: names.surname,
            EvidenceField.FATHER: father,
            EvidenceField.BIRTH: birth,
            EvidenceField.PASSPORT: self._numbers.passports(left, right),
            EvidenceField.TAZKIRA: self._numbers.tazkiras(left, right),
            EvidenceField.PHONE: self._numbers.phones(left, right),
            EvidenceField.SEX: equal_levels(columns.sex, left, right) + 3 * is_among(names.name, NAMES_ALIKE),
            EvidenceField.PLACE: equal_levels(columns.place, left, right),
            EvidenceField.RELATION: ROLE_COUNT**2 * births_agree + roles.min(axis=1) * ROLE_COUNT + roles.max(axis=1),
            EvidenceField.LIST: np.where(is_same_group, 2, np.where(is_implied, 3, np.where(is_same_list, 1, 0))),
        }
        for field, levels in found.items():
            out.levels[:, AT[field]] = levels
        birth_share = np.maximum(self.rarity.birth_share[left], self.rarity.birth_share[right])
        for share, values in enumerate((names.name_share, names.surname_share, father_share, birth_share)):
            out.shares[:, share] = values
        return out


def is_denying(compared: Compared) -> Flags:
    """Whether something speaks against one person, other than that too little is stated."""
    found = np.zeros(len(compared.levels), np.bool_)
    for field, levels in _DENYING.items():
        found |= is_among(compared.levels[:, AT[field]], levels)
    return found


def is_denied_twice(compared: Compared) -> Flags:
    """Whether the names differ and something else of their own does as well: not one person by elimination alone.

    In a family that two lists share, whoever alone is left in both is likely one person. Where names and births both
    speak against it, a list more likely left out one of them and the other list the other.
    """
    level = compared.is_at
    shares_document = compared.shares_document(1, 2)
    other = (
        level(EvidenceField.SURNAME, 1, 5)
        | level(EvidenceField.BIRTH, 7, 8, 9)
        | level(EvidenceField.FATHER, 1)
        | level(EvidenceField.SEX, 2, 5)
        | has_other_document(compared)
    )
    return np.asarray(level(EvidenceField.NAME, 1, 14) & other & ~shares_document)


def has_other_document(compared: Compared) -> Flags:
    """Whether both state a passport or a tazkira, and not the same."""
    return np.asarray((compared.levels[:, [AT[EvidenceField.PASSPORT], AT[EvidenceField.TAZKIRA]]] == 4).any(axis=1))


_DENYING: dict[EvidenceField, tuple[int, ...]] = {
    EvidenceField.NAME: (1, 2, 12, 14),
    EvidenceField.FATHER: (1,),
    EvidenceField.BIRTH: (7, 8, 9),
    EvidenceField.SEX: (2, 5),
    EvidenceField.PASSPORT: (4,),
    EvidenceField.TAZKIRA: (4,),
    EvidenceField.LIST: (2, 3),
}
