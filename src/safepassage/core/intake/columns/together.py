"""Columns that say who belongs together: the numbers of families, and the companions whom a row names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safepassage.core.intake.column_map import ColumnChoice, Field
from safepassage.core.intake.column_reasons import ColumnReason
from safepassage.core.intake.columns.evidence import Evidence
from safepassage.core.intake.columns.headers import read_header
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.written_once import leaves_blanks
from safepassage.core.people import DocumentKind, Relation

_CASE = frozenset(fold_phrase(word) for word in ("case", "dossier", "قضیه", "کیس", "پرونده"))
_SOME_KIN = 0.2
"""Share of kin among the relations told: fewer, and nearly every row is a head with a family number of their own."""
_SHARED = 0.7
FEW = 3
"""Filled cells, from which a column says anything of the list."""
MOSTLY = 0.6
"""Share of cells that look like something, from which the column is held to be that."""


def settle_case(choice: ColumnChoice, choices: Sequence[ColumnChoice], weights: Sequence[Evidence]) -> ColumnChoice:
    """A case number that several rows share is the list's own grouping, if it has no other; short codes too."""
    is_plain = choice.field is Field.EXTRA and read_header(choice.header).document is DocumentKind.CASE_NUMBER
    is_document = choice.field is Field.DOCUMENT and choice.document is DocumentKind.CASE_NUMBER
    is_case = (is_document or is_plain) and choice.member == 0
    weight = weights[choice.index]
    has_group = any(other.field in (Field.GROUP, Field.PARENT_KEY) for other in choices)
    if is_case and not has_group and weight.filled >= FEW and weight.is_in_runs:
        confidence = max(choice.confidence, _SHARED)
        return replace(choice, field=Field.GROUP, confidence=confidence, reason=ColumnReason.SHARED_CASE.sentence)
    return choice


def settle_number_of_each(
    choice: ColumnChoice, choices: Sequence[ColumnChoice], weights: Sequence[Evidence]
) -> ColumnChoice:
    """A "family number" or "case id" that no two rows share, in a list that tells kin, is a number of each person.

    Not if it has blanks: then it is written once for each family and left blank below.
    """
    weight = weights[choice.index]
    if leaves_blanks(stated=weight.filled, blank=weight.blank):
        return choice
    tells_kin = any(c.field is Field.RELATION and weights[c.index].share("kin") >= _SOME_KIN for c in choices)
    if choice.field is not Field.GROUP or not tells_kin or weight.filled < FEW or weight.distinct < 1:
        return choice
    reason = ColumnReason.NUMBER_OF_EACH.sentence
    if _CASE.intersection(fold_phrase(choice.header).split()):
        return replace(choice, field=Field.DOCUMENT, document=DocumentKind.CASE_NUMBER, confidence=0.7, reason=reason)
    return as_extra(choice, reason)


def find_groups(choices: list[ColumnChoice], weights: Sequence[Evidence]) -> list[ColumnChoice]:
    """Beside relations, a column whose equal values stand together numbers the families, whatever its header says."""
    fields = {choice.field for choice in choices}
    if Field.RELATION not in fields or fields & {Field.GROUP, Field.PARENT_KEY}:
        return choices
    fit = [
        choice
        for choice in choices
        if choice.field in (Field.ROW_KEY, Field.EXTRA)
        and weights[choice.index].is_in_runs
        and weights[choice.index].filled >= FEW
        and max(map(weights[choice.index].share, ("date", "sex", "relation", "flag")))
        < 0.5 + (choice.field is Field.ROW_KEY)
        and weights[choice.index].share("name") < 0.5
    ]
    if not fit:
        return choices
    best = max(
        fit, key=lambda c: (c.field is Field.ROW_KEY, weights[c.index].filled, [-ord(sign) for sign in c.header])
    )
    reason = ColumnReason.STAND_TOGETHER.sentence
    return [
        replace(choice, field=Field.GROUP, confidence=0.6, reason=reason) if choice is best else choice
        for choice in choices
    ]


def find_members(choices: list[ColumnChoice], weights: Sequence[Evidence]) -> list[ColumnChoice]:
    """A column that no header explains and whose cells mostly tell kin holds the family of the row's person."""
    reason = ColumnReason.TELL_COMPANY.sentence
    return [
        replace(c, field=Field.MEMBERS, confidence=0.6, reason=reason)
        if c.field is Field.EXTRA
        and weights[c.index].filled >= FEW
        and weights[c.index].share("kin") >= MOSTLY
        and weights[c.index].share("relation") < MOSTLY
        else c
        for c in choices
    ]


def settle_members(choices: list[ColumnChoice]) -> list[ColumnChoice]:
    """A spouse is a person of their own where the row says more of them than a name; else a name beside the person.

    Members are numbered anew, so that a spouse and a first child are two people.
    """
    keys = sorted(
        {(c.relation.value, c.member) for c in choices if c.member}, key=lambda key: (key[0] != "spouse", key)
    )
    said = {key: [c for c in choices if c.member and (c.relation.value, c.member) == key] for key in keys}
    has_lists = any(c.field is Field.MEMBERS for c in choices) or len(keys) > 1
    gone = {
        key
        for key, columns in said.items()
        if not any(c.field in (Field.NAME, Field.GIVEN, Field.DOCUMENT) for c in columns)
    }
    spouse_names = [c for c in choices if c.field is Field.SPOUSE and c.member == 0]
    spouse_key = next((key for key in keys if key[0] == Relation.SPOUSE and key[1] <= 1), None)
    numbers = {key: number for number, key in enumerate((k for k in keys), 2 if spouse_names else 1)}
    settled = []
    for choice in choices:
        key = (choice.relation.value, choice.member)
        if choice.field is Field.SPOUSE and choice.member == 0 and (spouse_key or has_lists):
            number = numbers[spouse_key] if spouse_key else 1
            settled.append(replace(choice, field=Field.NAME, member=number, relation=Relation.SPOUSE))
        elif choice.member and key in gone and not (key == spouse_key and spouse_names):
            settled.append(replace(as_extra(choice, ColumnReason.NO_SUCH_MEMBER.sentence), member=0))
        elif choice.member:
            settled.append(replace(choice, member=numbers[key]))
        else:
            settled.append(choice)
    return settled


def as_extra(choice: ColumnChoice, reason: str) -> ColumnChoice:
    """The column kept as an extra, and why."""
    return replace(choice, field=Field.EXTRA, document=None, confidence=0.5, reason=reason)
