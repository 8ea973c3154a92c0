"""The closed vocabularies in the reader's language, by place in the corridor: a word is the same on every page."""

from __future__ import annotations

from django.utils.functional import Promise

from safepassage.apps.console.words.gate import GATE
from safepassage.apps.console.words.identity import IDENTITY
from safepassage.apps.console.words.intake import INTAKE
from safepassage.apps.console.words.ledger import LEDGER
from safepassage.apps.console.words.movement import MOVEMENT
from safepassage.apps.console.words.paper import PAPER
from safepassage.apps.console.words.people import PEOPLE
from safepassage.apps.console.words.policy import POLICY
from safepassage.apps.console.words.work import WORK

WORDS: dict[str, dict[str, str | Promise]] = {
    **PEOPLE,
    **INTAKE,
    **IDENTITY,
    **POLICY,
    **MOVEMENT,
    **GATE,
    **PAPER,
    **LEDGER,
    **WORK,
}
"""Vocabulary to code to word."""


def word(vocabulary: str, code: object) -> str:
    """The word of a code; a code that is not in the table is shown as it is."""
    text = str(code)
    return str(WORDS[vocabulary].get(text, text))
