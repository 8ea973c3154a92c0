"""Why a column is held to hold what it holds: closed, so that each reason can be said in every language."""

from __future__ import annotations

from enum import StrEnum


class ColumnReason(StrEnum):
    """Why a column is read as it is; its sentence stands in the column map."""

    HEADER_SAYS = "header-says"
    HEADER_RESEMBLES = "header-resembles"
    HEADER_UNKNOWN = "header-unknown"
    FREE_TEXT = "free-text"
    SAID_BY_PERSON = "said-by-person"
    AGES_NOT_BIRTHS = "ages-not-births"
    DATES_NOT_AGES = "dates-not-ages"
    DATES_NOT_MARITAL = "dates-not-marital"
    NUMBERS_NOT_NAMES = "numbers-not-names"
    LOOK_LIKE_PASSPORTS = "look-like-passports"
    DOCUMENT_YES_NO = "document-yes-no"
    MEMBERS_NOT_NUMBERS = "members-not-numbers"
    SPOUSE_YES_NO = "spouse-yes-no"
    NUMBERS_NOT_CATEGORIES = "numbers-not-categories"
    BY_CELLS = "by-cells"
    BESIDE_GIVEN = "beside-given"
    BESIDE_FAMILY = "beside-family"
    HEAD_IS_PERSON = "head-is-person"
    SHARED_CASE = "shared-case"
    NUMBER_OF_EACH = "number-of-each"
    NAME_CATEGORIES = "name-categories"
    STAND_TOGETHER = "stand-together"
    NUMBERED_ONCE = "numbered-once"
    NAMES_APART = "names-apart"
    TELL_COMPANY = "tell-company"
    NO_SUCH_MEMBER = "no-such-member"
    BIRTH_PARTS = "birth-parts"
    REPEATED_HEADER = "repeated-header"
    CELLS_DIFFER = "cells-differ"
    HELD_ELSEWHERE = "held-elsewhere"

    @property
    def sentence(self) -> str:
        """The reason for a human; of the two that name a field, by `sentence_of`."""
        return _SENTENCES[self]

    def sentence_of(self, field: str) -> str:
        """The reason with the field that it names."""
        return _SENTENCES[self].format(field=field)


_SENTENCES = {
    ColumnReason.HEADER_SAYS: "The header says so.",
    ColumnReason.HEADER_RESEMBLES: "The header resembles known words.",
    ColumnReason.HEADER_UNKNOWN: "No word of the header is known; kept with the listing under its header.",
    ColumnReason.FREE_TEXT: "The file is free text.",
    ColumnReason.SAID_BY_PERSON: "Said by a person.",
    ColumnReason.AGES_NOT_BIRTHS: "The header says birth date; the cells hold ages.",
    ColumnReason.DATES_NOT_AGES: "The header says age; the cells hold dates.",
    ColumnReason.DATES_NOT_MARITAL: "The header says marital status; the cells hold dates.",
    ColumnReason.NUMBERS_NOT_NAMES: "The header says name; the cells hold numbers.",
    ColumnReason.LOOK_LIKE_PASSPORTS: "The cells look like passports.",
    ColumnReason.DOCUMENT_YES_NO: "The header names a document; the cells say yes or no.",
    ColumnReason.MEMBERS_NOT_NUMBERS: "The header speaks of members; the cells are no numbers.",
    ColumnReason.SPOUSE_YES_NO: "The header says spouse; the cells say yes or no.",
    ColumnReason.NUMBERS_NOT_CATEGORIES: "The header says category; the cells hold numbers.",
    ColumnReason.BY_CELLS: "The cells look like it; the header says nothing.",
    ColumnReason.BESIDE_GIVEN: "Stands beside a given name and holds names.",
    ColumnReason.BESIDE_FAMILY: "A name beside a family name: the given name.",
    ColumnReason.HEAD_IS_PERSON: "No other column names the row's person: the head it is.",
    ColumnReason.SHARED_CASE: "Several rows share one case number: the list's grouping.",
    ColumnReason.NUMBER_OF_EACH: "No two rows share this number, though the list tells kin: it is of each person.",
    ColumnReason.NAME_CATEGORIES: "The cells name categories.",
    ColumnReason.STAND_TOGETHER: "Rows of one family stand together under equal values: the list's grouping.",
    ColumnReason.NUMBERED_ONCE: "The numbers stand on the first row of each family only: the list's grouping.",
    ColumnReason.NAMES_APART: "Heads stand in another column, their family in this one, each on their own row.",
    ColumnReason.TELL_COMPANY: "The cells tell who comes along.",
    ColumnReason.NO_SUCH_MEMBER: "No column names this member.",
    ColumnReason.BIRTH_PARTS: "Year and month stand in columns of their own, and no other column tells the birth.",
    ColumnReason.REPEATED_HEADER: "The table repeats this header; it stands on the right of this member's name.",
    ColumnReason.CELLS_DIFFER: "The header says {field}; the cells do not look like it.",
    ColumnReason.HELD_ELSEWHERE: "Another column already holds {field}.",
}
_BY_SENTENCE = {text: reason for reason, text in _SENTENCES.items()}
_NAMING: tuple[tuple[ColumnReason, str, str], ...] = tuple(
    (reason, text.partition("{field}")[0], text.partition("{field}")[2])
    for reason, text in _SENTENCES.items()
    if "{field}" in text
)


def column_reason(sentence: str) -> tuple[ColumnReason, str] | None:
    """The reason that a column map tells in a sentence, and the field that it names; None for another's words."""
    plain = _BY_SENTENCE.get(sentence)
    if plain is not None:
        return plain, ""
    for reason, before, after in _NAMING:
        if sentence.startswith(before) and sentence.endswith(after):
            return reason, sentence[len(before) : len(sentence) - len(after)]
    return None
