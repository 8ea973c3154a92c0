"""Puts invented names together from common given names."""

from __future__ import annotations

import numpy as np

from safepassage.core.people import Sex
from safepassage.core.sim.lists import lexicon
from safepassage.core.sim.lists.lexicon import Name, Word
from safepassage.core.sim.lists.luck import chance, pick, weighted


def draw_given(rng: np.random.Generator, sex: Sex) -> Name:
    """A given name, simple or a compound."""
    if sex is Sex.FEMALE:
        word = pick(rng, lexicon.FEMALE)
        return weighted(rng, {(word,): 0.86, (lexicon.BIBI, word): 0.08, (word, lexicon.GOL): 0.06})
    word = pick(rng, lexicon.MALE)
    return weighted(
        rng,
        {
            (word,): 0.46,
            (lexicon.MOHAMMAD, word): 0.2,
            (lexicon.ABDUL, pick(rng, lexicon.SERVANT_OF)): 0.14,
            (pick(rng, lexicon.OF_GOD), lexicon.ALLAH): 0.14,
            (pick(rng, lexicon.OF_FAITH), lexicon.DIN): 0.06,
        },
    )


def draw_surname(rng: np.random.Generator) -> Word | None:
    """A surname made of a given name and an ending; None for the many who have none."""
    if chance(rng, 0.2):
        return None
    stem, ending = pick(rng, lexicon.STEMS), pick(rng, lexicon.SURNAME_ENDINGS)
    return Word(stem.sounds + ending.sounds, stem.dari + ending.dari)
