"""Spells a name in a list writer's habits, in Latin or in Arabic script."""

from __future__ import annotations

import numpy as np

from safepassage.core.sim.lists.habits import SOUNDS, ListHabit
from safepassage.core.sim.lists.lexicon import ABDUL, ALLAH, DIN, Name, Word
from safepassage.core.sim.lists.luck import chance, weighted

_PLAIN = {"ṣ": "s", "ṭ": "t", "ẓ": "z"}
_LONGER_SIGNS = ("mohammad", "zāda", "zay", "ay", "aw", "ya")
_ARTICLE = "ال"
_VOWELS = "aāeēiīoōuū"


def latin(name: Name, habit: ListHabit, rng: np.random.Generator) -> str:
    """The name in Latin letters, each part capitalised."""
    done: list[str] = []
    for i, word in enumerate(name):
        spelt = _latin_word(word, habit, rng)
        joins = i > 0 and (name[i - 1] == ABDUL or word in {ALLAH, DIN})
        if joins and habit.compound == "joined":
            done[-1] += spelt
        elif joins and habit.compound == "hyphen":
            done[-1] += "-" + spelt
        else:
            done.append(spelt)
    return " ".join(part[:1].upper() + part[1:] for part in done)


def arabic(name: Name, habit: ListHabit) -> str:
    """The name in Arabic script, on the keyboard and with the spacing of the list's writer."""
    text = ""
    for i, word in enumerate(name):
        before = name[i - 1] if i else None
        if before == ABDUL:
            text += habit.arabic_compound + _ARTICLE + word.dari
        elif text and word in {ALLAH, DIN}:
            text += habit.arabic_compound + word.dari
        else:
            text += (" " if text else "") + word.dari
    if habit.arabic_keys:
        text = text.replace("ی", "ي").replace("ک", "ك")
    return text


def _latin_word(word: Word, habit: ListHabit, rng: np.random.Generator) -> str:
    sounds, spelt, i = word.sounds, "", 0
    while i < len(sounds):
        sign = next((long for long in _LONGER_SIGNS if sounds.startswith(long, i)), sounds[i])
        if sign in {"ay", "aw", "ya"} and sounds[i + 2 : i + 3] and sounds[i + 2] in _VOWELS:
            sign = sounds[i]
        following = i + len(sign)
        key = sign
        if following == len(sounds) and sign in {"ī", "a"}:
            key = "y-end" if sign == "ī" else "a-end"
        spelt += _spell(key, sign, habit, rng)
        i = following
    return spelt


def _spell(key: str, sign: str, habit: ListHabit, rng: np.random.Generator) -> str:
    if key not in SOUNDS:
        return _PLAIN.get(sign, sign)
    if chance(rng, habit.drift):
        return weighted(rng, SOUNDS[key])
    return habit.latin[key]
