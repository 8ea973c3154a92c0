# ruff: noqa: E501  (words in Arabic script)
"""Reads what notes say in a form of their own: "father: X; family 7; medical"."""

from __future__ import annotations

import re

from safepassage.core.intake.column_map import Field
from safepassage.core.intake.columns.headers import read_header
from safepassage.core.intake.facts import PersonFacts, Said
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.lexicon.values import NEEDS

_GROUP = re.compile(
    r"^\s*(family|household|group|خانواده|فامیل|کورنۍ)\s*(no\.?|number|#|نمبر)?\s*([\w-]{1,16})\s*$", re.IGNORECASE
)
_TAKEN = (Field.FATHER, Field.MOTHER, Field.SPOUSE, Field.BIRTH, Field.AGE, Field.DOCUMENT, Field.PHONE, Field.RELATION, Field.BIRTH_PLACE)  # fmt: skip


def read_notes(facts: PersonFacts) -> list[Said]:
    """What the notes of a person add to fields that no column states."""
    added: list[Said] = []
    for note in facts.all(Field.NOTES):
        for piece in re.split(r"[;\n؛|]", note.text):
            label, colon, value = piece.partition(":")
            group = _GROUP.match(piece)
            if group and any(sign.isdigit() for sign in group[3]):
                added.append(Said(Field.GROUP, note.header, fold_phrase(piece)))
            elif colon and value.strip() and len(label) <= 30:
                meaning = read_header(label)
                if meaning.score >= 0.95 and meaning.field in _TAKEN and not meaning.member:
                    added.append(Said(meaning.field, note.header, value.strip(), meaning.document))
            elif fold_phrase(piece) in NEEDS:
                added.append(Said(Field.NEED, note.header, piece.strip()))
    return [one for one in added if one.field is Field.NEED or not facts.has(one.field)]
