"""People whose name a list does not know ("FNU", "unknown"): whoever is told of keeps a seat, without a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from safepassage.core.intake.column_map import ColumnChoice, ColumnMap, Field
from safepassage.core.intake.facts import PersonFacts
from safepassage.core.intake.lexicon.cells import read_relation, read_sex
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.lexicon.values import NOTHING
from safepassage.core.names import TokenKind, tokens
from safepassage.core.people import Relation, Sex

_NAMES = (Field.NAME, Field.GIVEN, Field.MIDDLE, Field.FAMILY)
_BIRTH = (Field.BIRTH, Field.BIRTH_YEAR, Field.AGE)
_LEAST_DIGITS = 4
_NOBODY = frozenset(("nil", "none", "null", "na", "nill", "ندارد"))
"""Words for "no name" that say that nobody is there."""
_VAGUE = frozenset("unknown unk notknown tbd tba tbc xxx xxxx xx anonymous نامعلوم نامشخص مجهول نامعلومه".split())  # noqa: SIM905
"""Words that fill an empty place of a form as often as they stand for somebody."""
_LEAST_ROWS = 3


def is_no_name(text: str) -> bool:
    """Whether what stands for a name names nobody: "FNU", "n/a", a dash, figures."""
    if fold_phrase(text) in NOTHING or not any(sign.isalpha() for sign in text):
        return True
    kinds = {token.kind for token in tokens(text)}
    return TokenKind.NO_NAME in kinds and not kinds & {TokenKind.NAME, TokenKind.INITIAL}


def tells_of_somebody(facts: PersonFacts, *, is_in_group: bool, relation: Relation) -> bool:
    """Whether somebody without a name is told of, and not an empty place of a form.

    Within a group a relation, a sex or a birth tells it. A word that says "name unknown" does so with any of them,
    or with a father, in a group or not; "FNU" in a family, or in the place of a member, does so alone, as "unknown"
    does not.

    Args:
        facts: What is said of them; no name among it.
        is_in_group: Whether the list says of which family they are.
        relation: What they are to its head, as read.
    """
    has_facts = relation is not Relation.UNKNOWN or _has_sex(facts) or _has_birth(facts)
    unknown = _words_for_unknown(facts)
    if (facts.member or is_in_group) and unknown - _VAGUE:
        return True
    if unknown:
        return has_facts or facts.has(Field.FATHER)
    return (is_in_group or facts.member > 0) and has_facts


def has_seat(person: PersonFacts, printed: Collection[ColumnChoice]) -> bool:
    """Whether a member with columns of their own but no name keeps a seat; who can't be told apart is then counted.

    A sex alone is no person, nor is a relation that the form has printed in every row.

    Args:
        person: What the member's columns say; neither a name nor a document among it.
        printed: Columns that hold the same word in every row (`printed_relations`).
    """
    told = [said for said in person.all(Field.RELATION) if said.header not in {column.header for column in printed}]
    has_relation = any(read_relation(said.text) not in (None, Relation.UNKNOWN) for said in told)
    is_said = says_unknown(person) and tells_of_somebody(person, is_in_group=True, relation=Relation.UNKNOWN)
    if not (has_relation or is_said or _has_birth(person)):
        return False
    person.is_counted = not (person.has(Field.FATHER) or _has_birth(person, Field.BIRTH, Field.BIRTH_YEAR))
    return True


def has_document(person: PersonFacts) -> bool:
    """Whether a document is stated, and no word that says that there is none."""
    return any(sum(sign.isdigit() for sign in said.text) >= _LEAST_DIGITS for said in person.all(Field.DOCUMENT))


def says_unknown(person: PersonFacts) -> bool:
    """Whether the name says that it is not known: "FNU", "unknown"."""
    return bool(_words_for_unknown(person))


def printed_relations(rows: Iterable[Sequence[str]], column_map: ColumnMap) -> tuple[ColumnChoice, ...]:
    """Columns of a member's relation that hold one and the same word in every row: printed on the form, not told."""
    found = []
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    for column in column_map.of(Field.RELATION) if len(filled) >= _LEAST_ROWS else ():
        words = {fold_phrase(row[column.index]) if column.index < len(row) else "" for row in filled}
        if column.member and len(words) == 1 and "" not in words:
            found.append(column)
    return tuple(found)


def _words_for_unknown(facts: PersonFacts) -> frozenset[str]:
    """The words among the names that say that somebody is there whose name is not known."""
    words = (token for said in facts.all(*_NAMES) for token in tokens(said.text))
    return frozenset(token.folded for token in words if token.kind is TokenKind.NO_NAME) - _NOBODY


def _has_sex(facts: PersonFacts) -> bool:
    return any(read_sex(said.text) not in (None, Sex.UNKNOWN) for said in facts.all(Field.SEX))


def _has_birth(facts: PersonFacts, *fields: Field) -> bool:
    return any(any(sign.isdigit() for sign in said.text) for said in facts.all(*(fields or _BIRTH)))
