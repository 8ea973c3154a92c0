"""Rows that state no family number in a list that writes it on others: of whose family each of them is.

A list of several hands writes the number on every row of one family and on the first row of the next. Read row by row
the second family would fall apart, its children alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from safepassage.core.intake.build import Draft
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.lexicon.fold import fold_words
from safepassage.core.people import Relation

STRANGERS = frozenset({Relation.UNKNOWN, Relation.HEAD, Relation.COLLEAGUE, Relation.NOT_RELATED})
"""Who stands in no family by what a row says of them alone."""


@dataclass(slots=True)
class _Family:
    """The family that the rows before are of: its number, if any, its members, and how often the number stands."""

    number: str = ""
    key: str = ""
    members: list[Draft] = field(default_factory=list)
    stated: int = 0


def families_of_blanks(firsts: Sequence[Draft], numbers: Sequence[str]) -> dict[int, str]:
    """For rows without a number, by the row's number, the family that they go on with.

    Somebody said to be kin goes on with the family above whose number stands there once, or with a head above who has
    none; where the number stands on several rows they must share a name or a phone with somebody of it, or stand
    between two rows of it. Somebody of whom no kinship is said must share a phone, be the child of somebody by the
    father's name, or stand between two rows of it.

    Returns:
        Keys of list groups: of the number as it stands above, or of a head without a number and those below.
    """
    found: dict[int, str] = {}
    family = _Family()
    following = _next_stated(numbers)
    for draft, number, after in zip(firsts, numbers, following, strict=True):
        if number:
            if number != family.number:
                family = _Family(number, f"number {number}")
            family.members.append(draft)
            family.stated += 1
        elif draft.relation is Relation.HEAD:
            family = _Family("", f"head in row {draft.row.number}", [draft])
        elif family.members and _goes_on(draft, family, is_between=bool(family.number) and after == family.number):
            if not family.number:
                found[family.members[0].row.number] = family.key
            found[draft.row.number] = family.key
            family.members.append(draft)
        else:
            family = _Family()
    return found


def _next_stated(numbers: Sequence[str]) -> list[str]:
    found, after = list[str](), ""
    for number in reversed(numbers):
        found.append(after)
        after = number or after
    return found[::-1]


def _goes_on(draft: Draft, family: _Family, *, is_between: bool) -> bool:
    if is_between:
        return True
    if draft.relation in STRANGERS:
        return draft.relation is Relation.UNKNOWN and any(_is_near(draft, one) for one in family.members)
    return family.stated <= 1 or any(_shares_a_name(draft, one) or _is_near(draft, one) for one in family.members)


def _shares_a_name(one: Draft, other: Draft) -> bool:
    return bool(kin_words(one) & kin_words(other))


def kin_words(draft: Draft) -> set[str]:
    """The words of a person's, the father's and the spouse's name that kin may share; short ones are nobody's."""
    texts = draft.name, draft.facts.first(Field.FATHER), draft.facts.first(Field.SPOUSE)
    return {word for text in texts for word in fold_words(text) if len(word) > 2}


def _is_near(one: Draft, other: Draft) -> bool:
    """One phone for both, or the one is named as the other's father."""
    phone = one.facts.first(Field.PHONE)
    if phone and phone == other.facts.first(Field.PHONE):
        return True
    father, name = fold_words(one.facts.first(Field.FATHER)), fold_words(other.name)
    return bool(father) and set(father) <= set(name)
