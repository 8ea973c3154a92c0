"""Whether two people can be what somebody says that they are to each other, by what is known of their ages.

Only what can't be is told: a year in doubt counts in their favour, and nothing is said where no birth is known.
"""

from __future__ import annotations

from datetime import date

from safepassage.core.dates import PartialDate
from safepassage.core.people import Relation

_YEAR = 365.2425
YEARS_OLDER: dict[Relation, int] = {Relation.PARENT: 12, Relation.GRANDPARENT: 24}
"""The fewest years by which somebody is older than whose parent or grandparent they are."""
SPOUSE_YEARS = 10
"""Below this nobody is a spouse: a list that says so has mixed up two people or two years."""
SIBLING_YEARS = 50
_YOUNGER = {Relation.CHILD: Relation.PARENT, Relation.GRANDCHILD: Relation.GRANDPARENT}


def has_fitting_ages(relation: Relation, one: PartialDate | None, other: PartialDate | None, *, on: date) -> bool:
    """Whether the births let `one` be the `relation` of `other` on a day; True where nothing speaks against it."""
    if relation in _YOUNGER:
        return has_fitting_ages(_YOUNGER[relation], other, one, on=on)
    if relation in {Relation.SPOUSE, Relation.FIANCE}:
        return all(birth is None or _years(birth.earliest, on) >= SPOUSE_YEARS for birth in (one, other))
    if one is None or other is None:
        return True
    if relation in YEARS_OLDER:
        return _years(one.earliest, other.latest) >= YEARS_OLDER[relation]
    if relation is Relation.SIBLING:
        least = max(_years(one.latest, other.earliest), _years(other.latest, one.earliest))
        return least <= SIBLING_YEARS
    return True


def _years(since: date, until: date) -> float:
    return (until - since).days / _YEAR
