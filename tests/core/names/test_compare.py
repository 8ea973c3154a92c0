"""How alike names are: higher for spellings of one name than for names of two people, with reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.names import NameReason, similarity
from tests.cast import KARIM_AGAIN, KARIM_TESTANI, LAILA_TESTANI, OMID_TESTANI

SAME = [
    ("Karim Testani", "Kareem Testani"),
    ("Karim Testani", "TESTANI, KARIM"),
    ("Mohammad Karim", "محمد کریم"),
    ("Abdul Ghafar", "عبدالغفار"),
    ("Rahmat Ullah", "Rahmatollah"),
    ("Sayed Nabi Testani", "Nabi Testani"),
    ("Fatemeh", "فاطمه"),
    ("Cemal Beispiel", "Jamal Beispiel"),
    ("Yusuf Beispiel", "Yousof"),
    ("Naser Ahmad", "Naserahmad"),
    ("Karim Karim", "Karim"),
]
OTHER = [
    ("Karim Testani", "Rahim Testani"),
    ("Laila Testani", "Omid Testani"),
    ("Hasan Beispiel", "Husain Beispiel"),
    ("Zahra", "Fatima"),
    ("زهرا", "Karim"),
    ("Mohammad Karim", "Mohammad Nabi"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_name_score_high(a, b):
    assert similarity(a, b).score > 0.7


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_names_of_two_people_score_lower_than_any_spelling_of_one(a, b):
    assert similarity(a, b).score < min(similarity(*pair).score for pair in SAME)


def test_the_cast_is_told_apart():
    assert similarity(KARIM_TESTANI.name, KARIM_AGAIN.name).score > 0.7
    assert similarity(LAILA_TESTANI.name, OMID_TESTANI.name).score < 0.5


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Karim", "Karim", NameReason.SAME_TEXT),
        ("Karim", "Kareem", NameReason.SAME_SOUND),
        ("Karim", "کریم", NameReason.OTHER_SCRIPT),
        ("Karim Testani", "Testani Karim", NameReason.OTHER_ORDER),
        ("Naser Ahmad", "Naserahmad", NameReason.JOINED_OR_SPLIT),
        ("M. Karim", "Mohammad Karim", NameReason.INITIAL_ONLY),
        ("Karim Testani", "Karim", NameReason.PART_MISSING),
        ("Karim Testani", "Karim Beispiel", NameReason.PART_DIFFERS),
        ("Mohammad", "Mohammad Karim", NameReason.COMMON_ONLY),
        ("FNU", "Karim", NameReason.NO_NAME),
    ],
)
def test_each_reason_is_given(a, b, reason):
    assert reason in similarity(a, b).reasons


def test_a_side_without_a_name_says_nothing():
    assert similarity("wife of Karim", "Karim").score == 0.0


def test_a_shared_surname_weighs_less_than_a_shared_given_name():
    assert similarity("Karim Testani", "Karim Beispiel").score > similarity("Karim Testani", "Omid Testani").score


@pytest.mark.parametrize(
    ("surname_first", "given"),
    [("HAKIMI AISHA", "Ayesha"), ("Popalzai Karim", "کریم"), ("WARDAK ZAKIA", "ذکیه"), ("محمودزاده کریم", "Karim")],
)
def test_a_surname_that_a_list_writes_first_is_known_by_its_form(surname_first, given):
    assert similarity(surname_first, given).score > 0.68
    assert similarity(surname_first, surname_first.split(maxsplit=1)[0]).score < 0.6


def test_a_child_is_not_the_father_whose_name_it_bears_after_its_own():
    assert similarity("Omid Karim", "Karim").score < similarity("Omid Karim", "Omid").score - 0.2
    assert similarity("Omid Mohammad Karim", "Mohammad Karim").score < similarity("Mohammad Karim", "Karim").score


@pytest.mark.parametrize(
    ("joined", "apart"),
    [
        ("BEISPIELZAIKARIM", "Karim"),
        ("SHAPURBEISPIEL", "Beispiel Shapur"),
        ("محمدکریم", "Karim"),
        ("KARIMBEISPIEL", "کریم"),
    ],
)
def test_words_that_ran_together_in_any_order_are_found(joined, apart):
    found = similarity(joined, apart)
    assert found.score > 0.6
    assert found == similarity(apart, joined)


WORDS = st.sampled_from(
    ["Karim", "کریم", "Abdul", "Mohammad", "Laila", "Testani", "FNU", "Haji", "s/o", "ullah", "A.", "Nooor", "زهرا"]
)
NAMES = st.one_of(st.lists(WORDS, max_size=6).map(" ".join), st.text(max_size=15))


@given(NAMES, NAMES)
def test_it_is_symmetric_and_between_nothing_and_one(a, b):
    found = similarity(a, b)
    assert found == similarity(b, a)
    assert 0.0 <= found.score <= 1.0


@given(NAMES)
def test_a_name_is_wholly_like_itself_or_no_name(name):
    found = similarity(name, name)
    assert found.score == 1.0 or found.reasons == (NameReason.NO_NAME,)
