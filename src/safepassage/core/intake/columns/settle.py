# ruff: noqa: E501  (words in Arabic script)
"""Weighs what headers announce against the cells, and the columns of a table against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safepassage.core.intake.column_map import ColumnChoice, Field
from safepassage.core.intake.column_reasons import ColumnReason
from safepassage.core.intake.columns.evidence import Evidence
from safepassage.core.intake.columns.headers import is_about_others
from safepassage.core.intake.columns.neighbours import find_birth_parts, follow_members
from safepassage.core.intake.columns.together import (
    FEW,
    MOSTLY,
    as_extra,
    find_groups,
    find_members,
    settle_case,
    settle_members,
    settle_number_of_each,
)
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.people import DocumentKind

_SINGLE = (
    Field.GIVEN, Field.MIDDLE, Field.FAMILY, Field.FATHER, Field.GRANDFATHER, Field.MOTHER, Field.SPOUSE, Field.SEX,
    Field.BIRTH, Field.BIRTH_DAY, Field.BIRTH_MONTH, Field.BIRTH_YEAR, Field.AGE, Field.BIRTH_PLACE, Field.NATIONALITY,
    Field.RELATION, Field.GROUP, Field.HEAD_FLAG, Field.STATED_ON, Field.ROW_KEY, Field.MARITAL, Field.DOCUMENT_KIND,
    Field.GROUP_SIZE, Field.LANGUAGE, Field.PARENT_KEY,
)  # fmt: skip
"""Fields that one person has once; a second column of theirs is kept as an extra."""

_NEEDED: dict[Field, tuple[tuple[str, ...], float]] = {
    Field.SEX: (("sex",), 0.4),
    Field.BIRTH: (("date", "age", "number"), 0.3),
    Field.BIRTH_YEAR: (("date", "number"), 0.3),
    Field.AGE: (("age", "date"), 0.3),
    Field.PHONE: (("phone", "afghan-phone", "number", "document"), 0.2),
    Field.EMAIL: (("email",), 0.3),
    Field.DOCUMENT: (("document", "passport", "number"), 0.1),
    Field.STATED_ON: (("date",), 0.5),
    Field.GROUP_SIZE: (("number",), 0.3),
}
"""What some of the cells must look like for a header to be believed, and how many."""
_CLAIMED_BY = {DocumentKind.RESIDENCE_CARD: "resident", DocumentKind.VISA: "visa-holder"}
_NAMES_DIFFER = 0.5
"""Names repeat less than codes do: distinct values for one filled cell."""
_PLAIN_NAME = frozenset(fold_phrase(word) for word in ("name", "names", "نام", "اسم", "نوم", "الاسم"))


def weigh_choice(choice: ColumnChoice, evidence: Evidence) -> ColumnChoice:  # noqa: C901, PLR0911, PLR0912  (a ladder of checks)
    """The choice after a look at the cells: believed, turned into what they show, or kept as an extra."""
    if choice.field in (Field.EXTRA, Field.IGNORE) or evidence.filled == 0:
        return choice
    share = evidence.share
    if choice.field is Field.BIRTH and share("age") > 0.6 and share("date") < 0.2:
        return replace(choice, field=Field.AGE, reason=ColumnReason.AGES_NOT_BIRTHS.sentence)
    if choice.field is Field.AGE and share("date") > 0.6 and share("age") < 0.2:
        return replace(choice, field=Field.BIRTH, reason=ColumnReason.DATES_NOT_AGES.sentence)
    if choice.field is Field.MARITAL and share("date") > 0.5:
        return as_extra(choice, ColumnReason.DATES_NOT_MARITAL.sentence)
    if choice.field in (Field.NAME, Field.GIVEN, Field.FAMILY) and max(share("number"), share("date")) > 0.6:
        return as_extra(choice, ColumnReason.NUMBERS_NOT_NAMES.sentence)
    if choice.field is Field.PLACE and max(share("date"), share("phone"), share("email")) > 0.6:
        return as_extra(choice, ColumnReason.CELLS_DIFFER.sentence_of(choice.field.value))
    if choice.field is Field.ROW_KEY and share("passport") > 0.4 and evidence.filled >= FEW:
        return replace(
            choice,
            field=Field.DOCUMENT,
            document=DocumentKind.PASSPORT,
            confidence=0.7,
            reason=ColumnReason.LOOK_LIKE_PASSPORTS.sentence,
        )
    if choice.field is Field.DOCUMENT and share("flag") > 0.6:
        code = _CLAIMED_BY.get(choice.document or DocumentKind.NONE, "")
        reason = ColumnReason.DOCUMENT_YES_NO.sentence
        return (
            replace(choice, field=Field.CLAIM, document=None, code=code, reason=reason)
            if code
            else as_extra(choice, reason)
        )
    if choice.field is Field.GROUP_SIZE and share("size") < 0.3 and share("flag") < 0.3:
        return replace(choice, field=Field.MEMBERS, reason=ColumnReason.MEMBERS_NOT_NUMBERS.sentence)
    if choice.field is Field.SPOUSE and share("flag") > 0.6:
        return as_extra(choice, ColumnReason.SPOUSE_YES_NO.sentence)
    if choice.field is Field.CLAIM and not choice.code and share("name") < 0.1 and share("number") > 0.6:
        return as_extra(choice, ColumnReason.NUMBERS_NOT_CATEGORIES.sentence)
    kinds, least = _NEEDED.get(choice.field, ((), 0.0))
    if kinds and max(map(share, kinds)) < least and evidence.filled >= FEW:
        return as_extra(choice, ColumnReason.CELLS_DIFFER.sentence_of(choice.field.value))
    if kinds and evidence.filled >= FEW:
        fits = max(map(share, kinds))
        return replace(choice, confidence=round(choice.confidence * (0.7 + 0.3 * fits), 2))
    return choice


def settle_columns(choices: Sequence[ColumnChoice], weights: Sequence[Evidence]) -> list[ColumnChoice]:
    """The choices after columns that claim one thing, or explain one another, were settled."""
    settled = [_settle_family(choice, choices, weights) for choice in choices]
    settled = [_settle_head(choice, settled, weights) for choice in settled]
    settled = [_settle_given(choice, settled) for choice in settled]
    settled = follow_members(find_birth_parts(settled))
    settled = [settle_number_of_each(choice, settled, weights) for choice in settled]
    settled = _find_claims(find_groups(settled, weights), weights)
    settled = find_members(settled, weights)
    settled = settle_members([settle_case(choice, settled, weights) for choice in settled])
    return _settle_singles(settled, weights)


def guess_by_cells(choices: Sequence[ColumnChoice], weights: Sequence[Evidence]) -> list[ColumnChoice]:
    """Choices for columns whose header says nothing, by their cells alone; only what is still lacking."""
    guessed = list(choices)
    for kind, field, least in (
        ("email", Field.EMAIL, 0.6),
        ("sex", Field.SEX, 0.8),
        ("relation", Field.RELATION, 0.7),
        ("passport", Field.DOCUMENT, 0.5),
        ("afghan-phone", Field.PHONE, 0.5),
        ("date", Field.BIRTH, 0.6),
        ("name", Field.NAME, 0.7),
    ):
        if any(choice.field is field for choice in guessed):
            continue
        free = [c for c in guessed if c.field is Field.EXTRA and weights[c.index].filled]
        free = [c for c in free if weights[c.index].share(kind) >= least and not is_about_others(c.header)]
        if field is Field.NAME:
            free = [c for c in free if weights[c.index].distinct >= _NAMES_DIFFER]
        if not free:
            continue
        best = max(free, key=lambda c: (round(weights[c.index].share(kind), 1), weights[c.index].distinct, -c.index))
        document = DocumentKind.PASSPORT if field is Field.DOCUMENT else None
        guessed[best.index] = replace(
            best,
            field=field,
            document=document,
            confidence=0.5,
            reason=ColumnReason.BY_CELLS.sentence,
        )
    guessed = find_groups(guessed, weights)
    fields = {choice.field for choice in guessed} - {Field.EXTRA, Field.IGNORE, Field.ROW_KEY}
    has_person = bool(fields & {Field.NAME, Field.GIVEN, Field.DOCUMENT}) and len(fields) > 1
    return guessed if has_person else list(choices)


def _settle_family(
    choice: ColumnChoice, choices: Sequence[ColumnChoice], weights: Sequence[Evidence]
) -> ColumnChoice:
    """A "family" is a name beside a given name, and the list's own grouping beside a family name."""
    if choice.field is not Field.GROUP or fold_phrase(choice.header).split()[-1:] != ["family"]:
        return choice
    fields = {other.field for other in choices if other is not choice}
    if Field.GIVEN in fields and Field.FAMILY not in fields and weights[choice.index].share("name") > 0.5:
        return replace(choice, field=Field.FAMILY, reason=ColumnReason.BESIDE_GIVEN.sentence)
    return choice


def _settle_given(choice: ColumnChoice, choices: Sequence[ColumnChoice]) -> ColumnChoice:
    """A plain "name" beside a family name and no given name is the given name; a "full name" is not."""
    if choice.field is not Field.NAME or not set(fold_phrase(choice.header).split()) <= _PLAIN_NAME:
        return choice
    beside = {other.field for other in choices if other.member == choice.member}
    names = sum(other.field is Field.NAME and other.member == choice.member for other in choices)
    if Field.FAMILY in beside and Field.GIVEN not in beside and names == 1:
        return replace(choice, field=Field.GIVEN, reason=ColumnReason.BESIDE_FAMILY.sentence)
    return choice


def _settle_head(choice: ColumnChoice, choices: Sequence[ColumnChoice], weights: Sequence[Evidence]) -> ColumnChoice:
    """Names under "head of household" are the row's own person where no other column names that person."""
    if choice.field is not Field.HEAD_FLAG or choice.member:
        return choice
    is_named = any(c.field in (Field.NAME, Field.GIVEN) and not c.member for c in choices)
    share = weights[choice.index].share
    if not is_named and share("name") > 0.5 and share("flag") < 0.2:
        return replace(choice, field=Field.NAME, reason=ColumnReason.HEAD_IS_PERSON.sentence)
    return choice


def _find_claims(choices: list[ColumnChoice], weights: Sequence[Evidence]) -> list[ColumnChoice]:
    """Where no header speaks of categories, a column whose cells mostly are categories holds them."""
    if any(choice.field is Field.CLAIM and not choice.code for choice in choices):
        return choices
    fit = [c for c in choices if c.field is Field.EXTRA and weights[c.index].share("claim") >= MOSTLY]
    fit = [c for c in fit if weights[c.index].filled >= FEW]
    if not fit:
        return choices
    best = max(fit, key=lambda c: (weights[c.index].share("claim"), [-ord(sign) for sign in c.header]))
    found = replace(best, field=Field.CLAIM, code="", confidence=0.6, reason=ColumnReason.NAME_CATEGORIES.sentence)
    return [found if choice is best else choice for choice in choices]


def _settle_singles(choices: list[ColumnChoice], weights: Sequence[Evidence]) -> list[ColumnChoice]:
    """Of several columns that claim what a person has once, the surest (then the fuller) keeps it."""
    kept: dict[tuple[Field, int], ColumnChoice] = {}
    for choice in choices:
        if choice.field in _SINGLE:
            rank = (choice.confidence, weights[choice.index].filled, [-ord(sign) for sign in choice.header])
            held = kept.get((choice.field, choice.member))
            if held is None or rank > (held.confidence, weights[held.index].filled, [-ord(s) for s in held.header]):
                kept[choice.field, choice.member] = choice
    return [
        choice
        if choice.field not in _SINGLE or kept[choice.field, choice.member] is choice
        else replace(as_extra(choice, ColumnReason.HELD_ELSEWHERE.sentence_of(choice.field.value)), member=0)
        for choice in choices
    ]
