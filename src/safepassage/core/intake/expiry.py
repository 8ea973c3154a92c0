"""Until when a document holds, from the columns that say so."""

from __future__ import annotations

from dataclasses import replace

from safepassage.core.dates import DayOrder, PartialDate
from safepassage.core.intake.births import DateHabits, parse_in_order
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.columns.shortened import written_out
from safepassage.core.intake.columns.years import said_day_order
from safepassage.core.intake.facts import PersonFacts, Said
from safepassage.core.intake.lexicon.fold import fold_words
from safepassage.core.people import Document, DocumentKind

_KINDS = (
    (("passport", "پاسپورت", "پاسپورټ", "گذرنامه"), (DocumentKind.PASSPORT,)),
    (("tazkira", "تذکره", "تذکری"), (DocumentKind.TAZKIRA_ELECTRONIC, DocumentKind.TAZKIRA_PAPER)),
    (("visa", "ویزا", "ویزه"), (DocumentKind.VISA,)),
    (("card", "residence", "permit"), (DocumentKind.RESIDENCE_CARD,)),
)
_FIRST = (DocumentKind.PASSPORT, DocumentKind.VISA, DocumentKind.RESIDENCE_CARD, DocumentKind.TAZKIRA_ELECTRONIC)
"""Of a date whose header names no document: the one that expires soonest as a rule, if there is only one column."""


def with_expiry(documents: tuple[Document, ...], facts: PersonFacts, habits: DateHabits) -> tuple[Document, ...]:
    """The documents with the day until which they hold, where a column tells it; what can't be read stays unknown."""
    found = list(documents)
    for said in facts.all(Field.DOCUMENT_EXPIRY):
        expires = _read(said, habits)
        at = _document_of(said, found)
        if expires is not None and at is not None and found[at].expires is None:
            found[at] = replace(found[at], expires=expires)
    return tuple(found)


def _document_of(said: Said, documents: list[Document]) -> int | None:
    words = set(written_out(fold_words(said.header)).split()) | set(fold_words(said.header))
    wanted = next((kinds for known, kinds in _KINDS if words & set(known)), None)
    if wanted is None:
        real = [at for at, one in enumerate(documents) if one.kind is not DocumentKind.NONE]
        ranked = sorted((_FIRST.index(documents[at].kind), at) for at in real if documents[at].kind in _FIRST)
        return real[0] if len(real) == 1 else ranked[0][1] if ranked else None
    return next((at for at, one in enumerate(documents) if one.kind in wanted), None)


def _read(said: Said, habits: DateHabits) -> PartialDate | None:
    """A date that may lie ahead; it needs a year, so that no age and no bare number is taken for one."""
    if sum(sign.isdigit() for sign in said.text) < 4:
        return None
    asked = said_day_order([said.header])
    return parse_in_order(said.text, asked or habits.day_order or DayOrder.DAY_FIRST, is_said=asked is not None)
