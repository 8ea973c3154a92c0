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
_IS_FAMILY = 0.99
_IS_TWICE_IN_A_LIST = 0.9999


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


def is_sound(compared: Compared, family: npt.NDArray[np.float32]) -> Flags:
    """Whether a link may ever be made without a person's eye, however likely it is.

    A shared document carries a link alone, unless another name stands beside one father or another sex: children
    stand on their mother's passport. Without one nothing may contradict (another name or none, another father,
    sex or document, a birth years off), and beside the name one of birth, father and a rare phone must agree, or the
    rest of the family be found as well (`family`: the chance that both groups are one).

    Brothers and sisters have alike names and near births, and a list may hold one of them alone (Hamid of 2015 here,
    Omid of 2015 there). So what is only alike asks a person: a near name without one day of birth, names that sound
    alike beside another date, names that their surname alone makes alike, another date beside another phone, another
    surname without one day of birth (brothers have one father, and where columns are turned the surname stands
    first), one word of two in common (Noor Ahmad, Noor Mohammad) unless the births agree. A single name met elsewhere
    in the other (Ahmad, Mohammad Ahmad) joins where two of family, father and one day of birth stand beside it.
    Neighbouring numbers of documents are two who went to one office; two rows of one list with two phones are two.

    Whom both lists leave without a name (an unnamed baby, "FNU LNU") is one person where the rest of the family is
    found as well, and the day of birth and the sex are the same: asked about instead, such a child is two until then.
    """
    level = compared.is_at
    shares_document = compared.shares_document(1)
    is_another = (level(EvidenceField.NAME, 1) & level(EvidenceField.FATHER, 4, 5, 6)) | (
        level(EvidenceField.NAME, 0, 1, 2) & level(EvidenceField.SEX, 2, 5)
    )
    is_other_date = level(EvidenceField.BIRTH, 4, 6)
    is_family, is_one_day, is_one_father = (
        family >= _IS_FAMILY,
        level(EvidenceField.BIRTH, 1),
        level(EvidenceField.FATHER, 5, 6),
    )
    is_same_child = is_family & is_one_day & level(EvidenceField.SEX, 1, 4)
    is_met_elsewhere = ~level(EvidenceField.SURNAME, 1, 5) & (
        (is_one_day & (is_family | is_one_father)) | (is_family & is_one_father & level(EvidenceField.BIRTH, 5))
    )
    contradicts = (
        level(EvidenceField.NAME, 0, 1, 2, 3, 9, 10, 14, 15, 16)
        | (level(EvidenceField.NAME, 11) & ~is_met_elsewhere)
        | (level(EvidenceField.NAME, 12, 13) & ~is_same_child)
        | (level(EvidenceField.NAME, 4) & (~is_family | ~level(EvidenceField.BIRTH, 1, 2)))
        | (level(EvidenceField.NAME, 5, 6) & is_other_date)
        | (level(EvidenceField.PHONE, 5) & (is_other_date | level(EvidenceField.BIRTH, 3)))
        | level(EvidenceField.FATHER, 1)
        | level(EvidenceField.SEX, 2, 5)
        | level(EvidenceField.BIRTH, 7, 8, 9)
        | level(EvidenceField.PASSPORT, 3, 4)
        | level(EvidenceField.TAZKIRA, 3)
        | (level(EvidenceField.SURNAME, 1) & ~level(EvidenceField.BIRTH, 1, 2))
        | (
            level(EvidenceField.SURNAME, 5)
            & ~level(EvidenceField.BIRTH, 1, 2)
            & (level(EvidenceField.BIRTH, 0, 3, 4, 6) | ~level(EvidenceField.FATHER, 4, 5, 6))
        )
        | are_two_rows_of_one_list(compared, family)
    )
    agrees = (
        level(EvidenceField.BIRTH, 1, 2, 3, 5, 6)
        | level(EvidenceField.FATHER, 4, 5, 6)
        | level(EvidenceField.PHONE, 1)
        | level(EvidenceField.PASSPORT, 2)
        | level(EvidenceField.TAZKIRA, 2)
        | is_family
    )
    return np.asarray(np.where(shares_document, ~is_another, ~contradicts & agrees))


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


def are_two_rows_of_one_list(compared: Compared, family: npt.NDArray[np.float32]) -> Flags:
    """Whether one list names both, with two phones or years of birth, and neither document nor family joins them.

    Lists hold people of one place and trade: two of one common name and age in forty rows (Zahra and Zohra Ahmadi)
    are no wonder, however rare the name seems there, nor are two families whose heads and sons have one name.
    """
    level = compared.is_at
    return np.asarray(
        ~level(EvidenceField.LIST, 0)
        & (level(EvidenceField.PHONE, 4, 5) | (level(EvidenceField.PHONE, 0) & level(EvidenceField.BIRTH, 4, 6)))
        & ~compared.shares_document(1)
        & ~level(EvidenceField.BIRTH, 1, 2)
        & (family < np.where(level(EvidenceField.FATHER, 4, 5, 6), _IS_FAMILY, _IS_TWICE_IN_A_LIST))
    )


def is_of_others(compared: Compared) -> Flags:
    """Whether two fathers are told, and the surnames conflict or one list names both: no barer row joins two such.

    Two rows of one list with two fathers are two people, unless they share a document, a phone of their own or one
    day of birth; a hotel's phone is shared by strangers.
    """
    level = compared.is_at
    is_one_list = ~level(EvidenceField.LIST, 0) & ~level(EvidenceField.PHONE, 1) & ~level(EvidenceField.BIRTH, 1, 2)
    shares_document = compared.shares_document(1)
    return np.asarray(
        level(EvidenceField.FATHER, 1) & (level(EvidenceField.SURNAME, 1, 5) | is_one_list) & ~shares_document
    )


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
