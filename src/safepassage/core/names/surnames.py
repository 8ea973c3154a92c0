"""Which words are surnames by their form, so that lists which write the surname first are read rightly.

Sources: Persian and Arabic word formation (the -i of descent: Ahmadi, Panjshiri), Pashto names of tribes (-zai "sons
of", -khel "clan"), and the names of peoples and tribes of the country as any atlas has them; no list of people.
"""

from __future__ import annotations

import re
from functools import lru_cache

from safepassage.core.names.script import is_arabic
from safepassage.core.names.sound import skeleton_of, sound_of
from safepassage.core.names.words import GIVEN_IN_I, PEOPLES

_OF_DESCENT = re.compile(r".*[^aeiouwy](?:i|ey)")
_OF_DESCENT_ARABIC = re.compile(r".*[^aeiouw]y")
_SONS = re.compile(r".{2,}z(?:[aeo]y|i|y)")
_CLAN = re.compile(r"(?:...+)?xy?[ei]?l")
_LEAST = 3
"""Consonants before the -i of descent: with fewer it is the name's own (Ali, Hadi, Nabi, Razi, Taqi)."""


@lru_cache(maxsize=1 << 16)
def is_surname_form(folded: str) -> bool:
    """Whether a folded word of either script is a surname by its form; most surnames have no form of their own."""
    if folded in PEOPLES or folded in GIVEN_IN_I:
        return folded in PEOPLES
    sound = sound_of(folded)
    key = skeleton_of(sound)
    if _CLAN.fullmatch(sound) or (_SONS.fullmatch(sound) and len(key) >= _LEAST):
        return True
    form = _OF_DESCENT_ARABIC if is_arabic(folded) else _OF_DESCENT
    return form.fullmatch(sound) is not None and len(key) >= _LEAST
