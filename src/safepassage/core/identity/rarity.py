"""How often names and phones occur in an operation: agreeing on what many share says little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safepassage.core.identity.features import Columns, Floats, Ints, birth_year
from safepassage.core.identity.sorting import distinct_of_own


@dataclass(slots=True)
class Rarity:
    """How often words and phones occur in this operation."""

    word_share: Floats
    """Share of names that hold a word of this skeleton, by skeleton."""
    father_share: Floats
    birth_share: Floats
    """Share of listings born in about the same year, by listing: there are far more children than old people."""
    phone_groups: Ints
    """Number of list groups (or lone listings) that state a phone."""

    def means(self, columns: Columns) -> tuple[float, float, float, float]:
        """Mean share of a name, a further name, a father's name and a year of birth over all listings."""
        first, father = (columns.bones[table[:, 0]] for table in (columns.name, columns.father))
        name = _mean(self.word_share[first[first > 0]])
        has_birth = columns.birth_low[:, 0] > 0
        return name, name, _mean(self.father_share[father[father > 0]]), _mean(self.birth_share[has_birth])


def rarity_of(columns: Columns) -> Rarity:
    """By the habits of the columns; phones by the listings at hand, since a fixer may come with any list."""
    texts, habits, n = columns.skeletons.texts, columns.habits, columns.size
    unit = np.where(columns.unit >= 0, columns.unit, np.arange(n) + int(columns.unit.max(initial=0)) + 1)
    wide = int(unit.max(initial=0)) + 1
    holders = distinct_of_own((columns.phone.T.astype(np.int64) * wide + unit)[columns.phone.T > 0])
    return Rarity(
        habits.name_share(texts),
        habits.father_share(texts),
        _birth_share(columns),
        np.bincount(holders // wide, minlength=len(columns.phones.texts)).astype(np.int32),
    )


def _birth_share(columns: Columns) -> Floats:
    has = columns.birth_low[:, 0] > 0
    out = np.ones(columns.size)
    out[has] = columns.habits.birth_share(birth_year(columns)[has])
    return out


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 1.0
