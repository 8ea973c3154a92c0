"""What a crowd must not read: a place, a direction, haste, a figure."""

from __future__ import annotations

import pytest

from safepassage.apps.outreach.crowd import PREFIX
from safepassage.apps.outreach.crowd_words import MOST_LETTERS, crowd_text_problems, folded
from safepassage.apps.outreach.texts import texts_shipped

NAMES = ("north-gate", "North Gate", "دروازهٔ شمالی", "KBL-12", "X", "")
OURS = [one for one in texts_shipped() if one.code.startswith(PREFIX)]


def codes(text: str) -> set[str]:
    return {problem.code for problem in crowd_text_problems(text, names=NAMES).found}


@pytest.mark.parametrize("one", OURS, ids=lambda one: f"{one.code}-{one.language}")
def test_the_texts_that_come_with_the_program_may_be_read_by_a_crowd(one) -> None:
    assert codes(one.text) == set()


def test_each_of_them_comes_in_three_languages() -> None:
    sets: dict[str, set[str]] = {}
    for one in OURS:
        sets.setdefault(one.code, set()).add(one.language)
    assert len(sets) >= 5
    assert all(languages == {"en", "fa-af", "ps"} for languages in sets.values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Come NOW", "hurry"),
        ("Run!", "hurry"),
        ("The last places", "hurry"),
        ("This is the final call", "hurry"),
        ("Go to the other side", "where"),
        ("Turn left", "where"),
        ("Meet us", "where"),
        ("We are at NORTH  gate", "point-named"),
        ("We are at the north-gate", "point-named"),
        ("Take kbl 12", "point-named"),
        ("Wait 5 minutes", "figure"),
        ("ساعت ۵", "figure"),
        ("همین حالا", "hurry"),
        ("بدوید", "hurry"),
        ("آخرین بس", "hurry"),
        ("به سمت چپ", "where"),
        ("به دروازه بیایید", "where"),
        ("دروازهٔ شمالی", "point-named"),
        ("اوس راشئ", "hurry"),
        ("وروستی وار", "hurry"),
        ("وروستي وار", "hurry"),
        ("ښي لور ته", "where"),
        ("دروازې ته راځئ", "where"),
        ("Be at $place", "blank"),
        ("See www.example.org", "link"),
        ("See example.org", "link"),
        ("https://example.org", "link"),
        ("Write to @example", "link"),
        ("#example", "link"),
        ("ببینید example.org", "link"),
        ("r u n", "hurry"),
        ("r u n", "apart"),
        ("r.u.n", "hurry"),
        ("r-u-n", "hurry"),
        ("r_u_n", "hurry"),
        ("n ow", "hurry"),
        ("to day", "hurry"),
        ("n\u200bo\u00adw", "hurry"),
        ("nowwww", "hurry"),
        ("n\u043ew", "letters"),
        ("ح ا ل ا", "hurry"),
        ("حـــالا", "hurry"),
        ("بدو ید", "hurry"),
        ("ا و س", "hurry"),
        (" . ", "empty"),
        ("a " * MOST_LETTERS, "too-long"),
    ],
)
def test_what_a_crowd_must_not_read_is_refused_in_each_language(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("text", ["ﺣﺎﻻ", "حالا\u200c", "حـالا".replace("ـ", ""), "حَالا"])
def test_another_form_of_the_same_letters_is_the_same_word(text: str) -> None:
    assert folded(text) == folded("حالا")
    assert "hurry" in codes(text)


def test_a_word_within_a_word_is_not_it() -> None:
    assert codes("We know each family. The lasting peace.") == set()
