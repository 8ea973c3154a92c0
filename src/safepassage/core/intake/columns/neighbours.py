"""Columns explained by those beside them: a date in three columns, and what follows the name of a further member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from safepassage.core.intake.column_map import ColumnChoice, Field
from safepassage.core.intake.column_reasons import ColumnReason
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.people import Relation

_PARTS = {
    fold_phrase(word): part
    for part, words in (
        (Field.BIRTH_DAY, "day|dd|d|روز|ورځ|jour|tag"),
        (Field.BIRTH_MONTH, "month|mm|mon|ماه|میاشت|mois|monat"),
        (Field.BIRTH_YEAR, "year|yyyy|yr|سال|کال|annee|jahr"),
    )
    for word in words.split("|")
}
_OF_A_MEMBER = (
    Field.BIRTH, Field.AGE, Field.SEX, Field.DOCUMENT, Field.RELATION, Field.NATIONALITY, Field.FAMILY, Field.FATHER,
    Field.BIRTH_YEAR, Field.DOCUMENT_EXPIRY,
)  # fmt: skip
_NAMES = (Field.NAME, Field.GIVEN)


def find_birth_parts(choices: Sequence[ColumnChoice]) -> list[ColumnChoice]:
    """Year and month (and day) as columns of their own, where no other column tells the birth."""
    parts = {
        choice.index: _PARTS[fold_phrase(choice.header)]
        for choice in choices
        if choice.member == 0 and fold_phrase(choice.header) in _PARTS
    }
    is_told = any(choice.field is Field.BIRTH and choice.member == 0 for choice in choices)
    if is_told or not {Field.BIRTH_YEAR, Field.BIRTH_MONTH} <= set(parts.values()):
        return list(choices)
    reason = ColumnReason.BIRTH_PARTS.sentence
    return [
        replace(choice, field=parts[choice.index], confidence=0.8, reason=reason) if choice.index in parts else choice
        for choice in choices
    ]


def follow_members(choices: Sequence[ColumnChoice]) -> list[ColumnChoice]:
    """A header that the table repeats ("Age", "Age") is about the member whose name stands on its left."""
    times = Counter((choice.field, choice.document) for choice in choices if choice.member == 0)
    member, relation = 0, Relation.UNKNOWN
    settled = []
    for choice in choices:
        if choice.field is Field.SPOUSE and choice.member == 0:
            member, relation = 1, Relation.SPOUSE
        elif choice.field in _NAMES:
            member, relation = choice.member, choice.relation
        repeats = choice.member == 0 and times[choice.field, choice.document] > 1
        if member and repeats and choice.field in _OF_A_MEMBER:
            reason = ColumnReason.REPEATED_HEADER.sentence
            settled.append(replace(choice, member=member, relation=relation, reason=reason))
        else:
            settled.append(choice)
    return settled
