"""The values in a policy's reasons: nothing of ours is left in English, and nothing of the policy's is changed."""

from __future__ import annotations

from django.utils.translation import override

from safepassage.apps.console.sayings.facts import said_criteria, said_facts, said_missing, said_value

LATIN = set("abcdefghijklmnopqrstuvwxyz")


def test_what_gave_a_place_is_told_and_a_rule_quoted_as_written() -> None:
    with override("fa-af"):
        assert not LATIN & set(said_criteria("people with specific needs: 2; first known: 2021-08-20"))
        assert not LATIN & set(said_criteria("first known: not known"))
        assert "788e75995fc9" in said_criteria("draw 788e75995fc9 of round 1")
        rule = said_criteria('"stretcher" in needs: no')
    assert not LATIN & set(rule), "a rule of the simple kinds is said in words"
    assert "heads > 4" in said_criteria("heads > 4: no"), "any other as it is written"
    assert "نه" in rule


def test_facts_are_named_and_whose_they_are() -> None:
    with override("ps"):
        assert not LATIN & set(said_facts("age, relation"))
        said = said_missing("age, documents of P-AAA; heads of the party")
    assert "P-AAA" in said
    assert not LATIN & set(said)


def test_what_a_fact_would_be_is_told_in_words() -> None:
    with override("fa-af"):
        assert "0–20, 60–120" in said_value("age", "0 to 20, 60 to 120")
        assert said_value("is_married", "no") == "نه"
        assert not LATIN & set(said_value("sex", "f"))
        said = said_value("documents", "passport:USA or visa")
    assert "USA" in said
    assert not LATIN & set(said)
