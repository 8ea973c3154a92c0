"""Rows filled down into the family above them: whether what they say of themselves lets them be of it.

A blank below a family's number means "as above" in most lists. Whoever was added below a family without a number of
their own, an orphan, a neighbour, would travel as its member without anybody having said so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from safepassage.core.documents import read_phones
from safepassage.core.intake.build import Draft
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.left_blank import STRANGERS
from safepassage.core.intake.lexicon.cells import read_sex
from safepassage.core.names import skeleton
from safepassage.core.people import Relation, Sex

_BY_BLOOD = frozenset({Relation.CHILD, Relation.SIBLING})
"""Kin who bear the father or the surname of somebody above; a wife, a nephew and in-laws bear others."""
_PHONE_DIGITS = 9
"""The last digits of a phone, which are the same with and without a country code."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row and a family state both: the facts that agree, and those that don't."""

    agree: frozenset[str]
    differ: frozenset[str]

    @property
    def is_another_family(self) -> bool:
        """Whether surname, father and phone are all stated, and are all other than those above."""
        return len(self.differ) == len(_FACTS)

    def is_to_be_asked(self, *, is_woman: bool) -> bool:
        """Whether nothing ties the row to the family and a name parts them; a wife's surname alone does not."""
        parting = self.differ & {"surname", "father"}
        return not self.agree and bool(parting) and (not is_woman or len(self.differ) > 1)


@dataclass(slots=True)
class FamilyAbove:
    """The family that rows without a number go on with, row by row, and whoever of them stands apart from it."""

    key: str = ""
    members: list[Draft] = field(default_factory=list)
    _apart: dict[str, list[Draft]] = field(default_factory=dict)

    def state(self, draft: Draft, key: str) -> str:
        """A row that states its family, by number or as its head; gives the key."""
        if key != self.key:
            self.key, self.members, self._apart = key, [], {}
        self.members.append(draft)
        return key

    def fill(self, draft: Draft) -> str:
        """The key of the family of a row that states none: the one above, or one that was begun beside it."""
        if not self.key:
            return ""
        difference = compare_with_family(draft, self.members)
        for key, others in () if difference.agree else tuple(self._apart.items()):
            if compare_with_family(draft, others).agree:
                others.append(draft)
                return key
        if difference.is_another_family and draft.relation in STRANGERS:
            key = f"apart in row {draft.row.number}"
            self._apart[key] = [draft]
            draft.is_doubted = True
            return key
        draft.is_filled_down = True
        draft.is_doubted = is_doubtful_member(draft, self.members) or (bool(self._apart) and not difference.agree)
        self.members.append(draft)
        return self.key


def is_doubtful_member(draft: Draft, family: Sequence[Draft]) -> bool:
    """Whether somebody should say if the row's person is of the family that they were filled down into."""
    if draft.relation not in STRANGERS | _BY_BLOOD:
        return False
    is_woman = read_sex(draft.facts.first(Field.SEX)) is Sex.FEMALE and draft.relation in STRANGERS
    return compare_with_family(draft, family).is_to_be_asked(is_woman=is_woman)


def compare_with_family(draft: Draft, family: Sequence[Draft]) -> Difference:
    """Which of surname, father and phone a row shares with anybody of a family; what either leaves out is neither."""
    told = {name: compare(draft, family) for name, compare in _FACTS.items()}
    return Difference(
        frozenset(name for name, is_same in told.items() if is_same),
        frozenset(name for name, is_same in told.items() if is_same is False),
    )


def _same_surname(draft: Draft, family: Sequence[Draft]) -> bool | None:
    own = _surname(draft)
    if not own or not any(_surname(one) for one in family):
        return None
    return own in {word for one in family for word in (*_own_words(one), *_father(one))}


def _same_father(draft: Draft, family: Sequence[Draft]) -> bool | None:
    """Whether the father is one of the family or the father of one, or the row's person is the father of one."""
    father = _father(draft)
    if any(_is_named(draft, _father(one)) for one in family):
        return True
    if not father:
        return None
    return any(_is_named(one, father) or _father(one)[:1] == father[:1] for one in family)


def _same_phone(draft: Draft, family: Sequence[Draft]) -> bool | None:
    own, theirs = _phones(draft), {phone for one in family for phone in _phones(one)}
    return bool(own & theirs) if own and theirs else None


_FACTS = {"surname": _same_surname, "father": _same_father, "phone": _same_phone}


def _own_words(draft: Draft) -> tuple[str, ...]:
    return tuple(skeleton(f"{draft.name} {draft.facts.first(Field.FAMILY)}"))


def _surname(draft: Draft) -> str:
    stated = tuple(skeleton(draft.facts.first(Field.FAMILY))) or tuple(skeleton(draft.name))[1:]
    return stated[-1] if stated else ""


def _father(draft: Draft) -> tuple[str, ...]:
    return tuple(skeleton(draft.facts.first(Field.FATHER)))


def _is_named(draft: Draft, words: Sequence[str]) -> bool:
    return bool(words) and (set(words) <= set(_own_words(draft)) or tuple(words[:1]) == _own_words(draft)[:1])


def _phones(draft: Draft) -> set[str]:
    found = (phone for said in draft.facts.all(Field.PHONE) for phone in read_phones(said.text, "AF"))
    return {phone.key[-_PHONE_DIGITS:] for phone in found}
