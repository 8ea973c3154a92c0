"""Which words are surnames by their form."""

from __future__ import annotations

import pytest

from safepassage.core.names.script import fold_word
from safepassage.core.names.surnames import is_surname_form


@pytest.mark.parametrize(
    "word", ["Ahmadi", "Karimy", "Hashemee", "Popalzai", "Barakzay", "Miakhel", "Wardak", "احمدی", "بارکزی", "هوتک"]
)
def test_descent_tribe_and_clan_are_surnames(word):
    assert is_surname_form(fold_word(word))


@pytest.mark.parametrize(
    "word", ["Ali", "Mahdi", "Nabi", "Zalmai", "Golalai", "Khalil", "Karim", "علی", "یحیی", "مصطفی", "ملالی", "کبری"]
)
def test_given_names_that_end_alike_are_not(word):
    assert not is_surname_form(fold_word(word))
