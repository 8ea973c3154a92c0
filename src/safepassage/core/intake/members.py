"""Several people in one cell: "Ali (5), Zahra 3y and Omid", or "wife, 3 kids (12, 9, 4)"."""

from __future__ import annotations

import re

from safepassage.core.intake.chat_lines import read_line
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.columns.evidence import latin_digits
from safepassage.core.intake.facts import PersonFacts, Said
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.lexicon.kin import Kin, is_nobody, read_kin, split_pieces
from safepassage.core.intake.lexicon.values import NOTHING
from safepassage.core.people import Relation

_BETWEEN = re.compile(r"\s*[,;\n/|،؛+&]\s*|\s+(?:and|و|او)\s+|(?:^|\s)\d{1,2}[.)]\s*")
_AGED = re.compile(
    r"^(?P<name>[^\d(]+?)[\s(:\-]*(?P<age>\d{1,3}\s*(?:y|yr|yrs|years?|m|months?|سال|ساله|ماه)?)\s*(?:old)?\s*\)?\s*$"
)
_COUNT = re.compile(r"^\s*\d{1,2}\s*$")


def split_members(cell: Said, *, relation: Relation, first_member: int) -> list[PersonFacts]:
    """The people of one cell, numbered from `first_member`; a cell that only counts them names nobody.

    Kin who are counted but not named are people without a name: each of them needs a seat.
    """
    people: list[PersonFacts] = []
    for piece in split_pieces(cell.text):
        kin = read_kin(latin_digits(piece))
        if kin:
            people += _unnamed(kin, cell.header, first_member + len(people))
        else:
            people += _named(piece, cell.header, relation, first_member + len(people))
    return people


def _unnamed(kin: Kin, header: str, first_member: int) -> list[PersonFacts]:
    """One person for each that the words count, with the ages in the order in which they stand."""
    people = []
    for number in range(kin.count):
        said = [Said(Field.RELATION, header, kin.word)]
        if number < len(kin.ages):
            said.append(Said(Field.AGE, header, kin.ages[number]))
        if kin.sex:
            said.append(Said(Field.SEX, header, kin.sex))
        people.append(PersonFacts(said, first_member + number))
    return people


def _named(text: str, header: str, relation: Relation, first_member: int) -> list[PersonFacts]:
    people: list[PersonFacts] = []
    for piece in _BETWEEN.split(text):
        is_empty = not piece or not fold_phrase(piece) or fold_phrase(piece) in NOTHING or is_nobody(piece)
        if is_empty or _COUNT.match(latin_digits(piece)):
            continue
        said = [Said(Field.NAME, header, piece.strip())]
        aged = _AGED.match(latin_digits(piece))
        if aged:
            said = [Said(Field.NAME, header, aged["name"].strip()), Said(Field.AGE, header, aged["age"])]
        elif any(sign.isdigit() for sign in piece):
            said = read_line(f"1. {piece}").said or said
        people.append(PersonFacts(said, first_member + len(people), relation))
    return people


def relation_of_members(header: str) -> Relation:
    """What the people of a list cell are to the row's person: children if the header says so."""
    phrase = fold_phrase(header)
    words = ("child", "son", "daughter", "اطفال", "فرزند", "اولاد", "ماشوم")
    return Relation.CHILD if any(word in phrase for word in words) else Relation.UNKNOWN
