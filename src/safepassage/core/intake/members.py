"""Several people in one cell: "Ali (5), Zahra 3y and Omid", or "wife, 3 kids (12, 9, 4)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from safepassage.core.intake.chat_lines import read_line
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.columns.evidence import latin_digits
from safepassage.core.intake.facts import PersonFacts, Said
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.lexicon.kin import MOST, Kin, Piece, is_nobody, read_piece, split_pieces
from safepassage.core.intake.lexicon.marks import YEAR, without_numbering
from safepassage.core.intake.lexicon.values import NOTHING, RELATIONS
from safepassage.core.people import Relation

_WORD_OF = {Relation.CHILD: "child", Relation.SPOUSE: "spouse"}
_SONS = frozenset(("son", "sons", "boys", "پسران", "پسر", "زامن"))
_DAUGHTERS = frozenset(("daughter", "daughters", "girls", "دختران", "دختر", "لونی"))
_CHILDREN = frozenset(
    fold_phrase(word)
    for word in "child children kids kid اطفال طفل فرزند فرزندان اولاد اولادها اولادونه ماشومان ماشوم".split()  # noqa: SIM905
)
_COUNT = re.compile(r"^\s*\d{1,2}\s*$")
_CHILD_OF = re.compile(
    r"^(?P<name>.+?)\s+(?:s/o|d/o|son of|daughter of|child of|ولد|فرزند|بنت)\s+(?P<father>.+)$", re.IGNORECASE
)
_KIN_BY_NUMBER = re.compile(r"(?:^|[,;+&،؛]|\band\b|\bو\b|\bاو\b)\s*\d{1,2}\s*[^\W\d]")
_OTHER_DIGITS = re.compile(r"\d{5}|\d[\d\-/.]{5}")
"""More than an age: a document, a phone, a date."""
_MAY_HOLD_MORE = re.compile(r"[\d(\[&+]|\band\b|\sو\s|\sاو\s", re.IGNORECASE)
_MAY_BE_ONE = re.compile(r"[,،;؛/|\n]")
_AGED = (Field.AGE, Field.BIRTH)


def split_members(cell: Said, *, relation: Relation, first_member: int) -> list[PersonFacts]:
    """The people of one cell, numbered from `first_member`: those whom it names, then those whom it only counts.

    Kin who are counted but not named are people without a name: each of them needs a seat. Those who are named
    beside ("3 kids: Ali, Sara") are not counted twice. A number alone counts those whom the header means.
    """
    named: list[PersonFacts] = []
    counted: list[Kin] = []
    carried: Kin | None = None
    is_after_name = False
    cell_text = re.sub(r"(?<=\d)\.0$", "", latin_digits(cell.text).strip())
    for piece in split_pieces(without_numbering(cell_text)):
        is_empty = not fold_phrase(piece) or fold_phrase(piece) in NOTHING or is_nobody(piece)
        if is_empty:
            continue
        if _COUNT.match(cell_text):
            counted.append(Kin(_WORD_OF.get(relation, ""), min(int(cell_text), MOST), (), _sex_of(cell.header)))
        elif _COUNT.match(piece):
            if named and is_after_name and not named[-1].has(Field.AGE):
                named[-1].said.append(Said(Field.AGE, cell.header, piece.strip()))
            else:
                counted = _with_age(counted, piece.strip())
        if _COUNT.match(piece):
            continue
        in_full = _told_in_full(piece, cell.header, relation)
        if in_full is not None:
            named.append(in_full)
            continue
        told = read_piece(piece)
        counted = _fewer(counted, told.elsewhere if told.is_of_those_before else 0)
        if named and is_after_name and not (told.name or told.kin or told.elsewhere):
            _add_marks(named[-1], told, cell.header)
            continue
        is_after_name = bool(told.name)
        if told.kin and not told.name:
            counted.append(told.kin)
            carried = None
        elif told.name:
            if told.is_heading and told.kin:
                counted.append(told.kin)
                carried = told.kin
            named.append(_named(told, cell.header, relation, carried))
    return _numbered(named, _without(named, _spread_ages(counted)), cell.header, first_member)


def _told_in_full(piece: str, header: str, relation: Relation) -> PersonFacts | None:
    """Somebody told with their father, or with a date, a phone or a document; None for all others."""
    child_of = _CHILD_OF.match(piece)
    if _OTHER_DIGITS.search(piece):
        return PersonFacts(read_line(f"1. {piece}").said or [Said(Field.NAME, header, piece)], 0, relation)
    if child_of is None:
        return None
    father, age = re.match(r"^(.*?)\W*(\d{0,2})\W*$", child_of["father"]).groups()  # type: ignore[union-attr]
    said = [Said(Field.NAME, header, child_of["name"]), Said(Field.FATHER, header, father)]
    return PersonFacts([*said, *([Said(Field.AGE, header, age)] if age else [])], 0, relation)


def _named(told: Piece, header: str, relation: Relation, carried: Kin | None) -> PersonFacts:
    kin = told.kin or carried
    said = [Said(Field.NAME, header, told.name)]
    ages = told.ages or (told.kin.ages if told.kin else ())
    if kin and kin.word:
        said.append(Said(Field.RELATION, header, kin.word))
    if told.kin and told.kin.need:
        said.append(Said(Field.NEED, header, told.kin.need))
    person = PersonFacts(said, 0, relation)
    _add_marks(person, replace(told, ages=ages, sex=told.sex or (kin.sex if kin and kin.word else "")), header)
    return person


def _add_marks(person: PersonFacts, told: Piece, header: str) -> None:
    """Age or year of birth, and sex, as they stand behind a name; what is known of the person already stays."""
    if told.ages and not person.has(Field.AGE, Field.BIRTH):
        field = Field.BIRTH if re.fullmatch(YEAR, told.ages[0]) else Field.AGE
        person.said.append(Said(field, header, told.ages[0]))
    if told.sex and not person.has(Field.SEX):
        person.said.append(Said(Field.SEX, header, told.sex))


def split_names(person: PersonFacts) -> list[PersonFacts]:
    """A member with a column of their own, whose name may bring an age ("Nasrin (59)") or others ("Nasrin and Gul").

    A comma, a slash or a line between names part them only where each bears an age: "Testani, Laila" is one, and
    "Laila / لیلا" are two spellings. Age and sex from columns of their own go before those of the cell.
    """
    stated = person.all(Field.NAME)
    text = latin_digits(stated[0].text) if stated else ""
    if not _MAY_HOLD_MORE.search(text) or _OTHER_DIGITS.search(text):
        return [person]
    people = split_members(replace(stated[0], text=text), relation=person.relation, first_member=person.member)
    aged = [one.has(Field.AGE, Field.BIRTH) for one in people]
    is_marked = bool(people) and (all(aged) or (len(people) == 1 and people[0].has(Field.SEX)))
    is_several = len(people) > 1 and not _MAY_BE_ONE.search(text)
    if any(one.is_counted for one in people) or not (is_marked or is_several):
        return [person]
    first = people[0]
    kept = [one for one in person.said if one is not stated[0]]
    known = PersonFacts(kept)
    added = [
        one
        for one in first.said
        if one.field is Field.NAME
        or not (known.has(Field.AGE, Field.BIRTH, Field.BIRTH_YEAR) if one.field in _AGED else known.has(one.field))
    ]
    others = [replace(one, member=person.member, inherited=person.inherited) for one in people[1:]]
    return [replace(person, said=[*added, *kept]), *others]


def _fewer(counted: list[Kin], number: int) -> list[Kin]:
    """The kin told before, less those of them who are elsewhere; the last told first."""
    left = list(counted)
    for at in range(len(left) - 1, -1, -1):
        gone = min(number, left[at].count)
        if gone:
            left[at], number = replace(left[at], count=left[at].count - gone, ages=()), number - gone
    return left


def count_elsewhere(text: str) -> int:
    """How many kin a cell or remark tells to be abroad or out already."""
    return sum(read_piece(piece).elsewhere for piece in split_pieces(latin_digits(text)) if fold_phrase(piece))


def _with_age(counted: list[Kin], age: str) -> list[Kin]:
    """An age that goes on behind kin who were told with their first: "2 children ages 4, 7"."""
    if not counted or not counted[-1].ages:
        return counted
    return [*counted[:-1], replace(counted[-1], ages=(*counted[-1].ages, age))]


def _spread_ages(counted: list[Kin]) -> list[Kin]:
    """Ages told behind the last of several kin are those of all: "2 sons and 2 daughters ages 4, 7, 9, 11"."""
    if len(counted) > 1 and len(counted[-1].ages) > counted[-1].count:
        ages = counted[-1].ages
        ends = [at for at in range(len(counted)) if sum(kin.count for kin in counted[at:]) == len(ages)]
        if ends and not any(kin.ages for kin in counted[ends[0] : -1]):
            spread, at = counted[: ends[0]], 0
            for kin in counted[ends[0] :]:
                spread.append(replace(kin, ages=ages[at : at + kin.count]))
                at += kin.count
            return spread
    return [replace(kin, count=max(kin.count, min(len(kin.ages), 15))) for kin in counted]


def _without(named: Iterable[PersonFacts], counted: list[Kin]) -> list[Kin]:
    """The counted kin less those whom the same cell names."""
    left = list(counted)
    for person in named:
        word = person.first(Field.RELATION)
        told = RELATIONS.get(word) if word else person.relation
        for at, kin in enumerate(left):
            if kin.count and (kin.word == word or RELATIONS.get(kin.word) is told):
                left[at] = replace(kin, count=kin.count - 1)
                break
    return left


def _numbered(named: list[PersonFacts], counted: list[Kin], header: str, first_member: int) -> list[PersonFacts]:
    people = [replace(person, member=first_member + at, cell=header) for at, person in enumerate(named)]
    for kin in counted:
        for number in range(kin.count):
            said = [Said(Field.RELATION, header, kin.word)] if kin.word else []
            if number < len(kin.ages):
                said.append(Said(Field.AGE, header, kin.ages[number]))
            if kin.sex:
                said.append(Said(Field.SEX, header, kin.sex))
            if kin.need and kin.count == 1:
                said.append(Said(Field.NEED, header, kin.need))
            people.append(PersonFacts(said, first_member + len(people), is_counted=True, cell=header))
    return people


def counts_kin(text: str) -> bool:
    """Whether a note only counts kin, by a number, and names nobody: "wife and 3 kids", "3 kids (12, 9, 4)".

    A word alone ("wife") says what somebody is, and a number behind it ("daughter 5") how old.
    """
    plain = latin_digits(text)
    if not _KIN_BY_NUMBER.search(plain):
        return False
    told = split_members(Said(Field.MEMBERS, "", text), relation=Relation.UNKNOWN, first_member=1)
    return len(told) > 1 and all(person.is_counted for person in told)


def tells_uncounted(text: str) -> bool:
    """Whether a cell tells that others come, and neither names nor counts them: "with family"."""
    told = [read_piece(piece) for piece in split_pieces(latin_digits(text)) if fold_phrase(piece)]
    return any(piece.kin is not None and not (piece.name or piece.kin.count or piece.elsewhere) for piece in told)


def tells_away(person: PersonFacts) -> bool:
    """Whether the name of a member brings that they are abroad or out already: "Hamid in Germany"."""
    text = latin_digits(person.first(Field.NAME))
    told = read_piece(text)
    return told.elsewhere > 0 and not (told.name or told.kin) and len(split_pieces(text)) == 1


def _sex_of(header: str) -> str:
    words = set(fold_phrase(header).split())
    return "m" if words & _SONS else "f" if words & _DAUGHTERS else ""


def relation_of_members(header: str) -> Relation:
    """What the people of a list cell are to the row's person: children if the header says so."""
    words = set(fold_phrase(header).split())
    return Relation.CHILD if words & (_SONS | _DAUGHTERS | _CHILDREN) else Relation.UNKNOWN
