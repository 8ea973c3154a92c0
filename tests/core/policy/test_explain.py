"""One party in plain words, and the one fact that would change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cast import born
from safepassage.core.dates import PartialDate, Precision
from safepassage.core.people import Document, DocumentKind, Relation, Sex
from safepassage.core.policy import Knowledge, Promise, decisive_first, explain_standing
from safepassage.core.policy import explain as explain_module
from tests.core.policy.people import NOW, PASSPORT, party, person, small_policy, stand

POLICY = small_policy()
CITIZEN = person("CITIZEN", documents=(PASSPORT,))


def explain(one, *people, knowledge=Knowledge()):  # noqa: B008
    standing = stand(POLICY, one, *people, knowledge=knowledge)
    return explain_standing(POLICY, one, people, standing=standing, now=NOW, knowledge=knowledge)


def would(explanation, fact):
    return [(each.value, each.tier, each.coming) for each in explanation.would_be if each.fact == fact]


def test_the_headline_says_the_tier_the_place_and_how_many_may_come():
    child = person("CHILD", birth=born(2000, 1, 1))
    found = explain(party("A", CITIZEN, (child, Relation.CHILD)), CITIZEN, child)
    assert found.headline == "Tier 1, place 1 under test 1: 1 of 2 members may come."
    assert "P-CHILD is not covered by the rule immediate-family: age does not fit." in found.sentences


def test_an_unknown_age_says_from_which_age_on_there_is_a_tier():
    old = person("OLD", birth=None)
    found = explain(party("A", old), old)
    assert found.headline == "Unresolved under test 1: a fact is missing; tier 2 is possible."
    assert would(found, "age") == [("0 to 59", None, 0), ("60 to 120", 2, 1)]
    assert any(each.text == "Would be not eligible if P-OLD were 0 to 59 years old." for each in found.would_be)


def test_somebody_without_a_ground_is_told_which_paper_or_check_would_give_one():
    nobody = person("NOBODY")
    found = explain(party("A", nobody), nobody)
    assert found.headline == "Not eligible under test 1."
    assert would(found, "documents") == [("passport:USA", 1, 1)]
    assert would(found, "checked") == [("citizen", 1, 1)]


def test_what_would_change_is_said_in_words_and_not_in_names_of_variables():
    nobody = person("NOBODY", sex=Sex.UNKNOWN, birth=None, is_married=None)
    child = person("CHILD", birth=born(2005, 1, 1))
    said = [each.text for each in explain(party("A", nobody), nobody).would_be]
    said += [each.text for each in explain(party("A", CITIZEN, (child, Relation.CHILD)), CITIZEN, child).would_be]
    assert "Would be tier 1, 1 of 1 may come if P-NOBODY held a passport of USA." in said
    assert "Would be tier 1, 1 of 1 may come if one of us checked of P-NOBODY, and found true: citizen." in said
    assert "Would be tier 1, 2 of 2 may come if P-CHILD were not married." in said
    for raw in ("is_married", "checked of P-NOBODY were", "documents", "not-eligible", "passport:"):
        assert not any(raw in one for one in said), raw


def test_an_unknown_marriage_of_a_child_is_told_for_both_answers():
    child = person("CHILD", birth=born(2005, 1, 1))
    found = explain(party("A", CITIZEN, (child, Relation.CHILD)), CITIZEN, child)
    assert would(found, "is_married") == [("no", 1, 2)]


def test_a_document_of_unknown_issuer_is_told_as_what_decides():
    unsure = person("UNSURE", claims=("siv",), documents=(Document(DocumentKind.PASSPORT, "X3"),))
    found = explain(party("A", unsure), unsure)
    assert ("passport:USA", 1, 1) in would(found, "documents")


def test_a_promise_is_in_the_headline():
    nobody = person("NOBODY")
    knowledge = Knowledge(promises={"F-A": Promise(2, "test", "0", NOW)})
    assert "by an earlier promise" in explain(party("A", nobody), nobody, knowledge=knowledge).headline


def test_no_sentence_holds_a_name_or_a_document_number():
    someone = person("X", documents=(Document(DocumentKind.PASSPORT, "SECRET99", "USA"),))
    found = explain(party("A", someone), someone)
    everything = " ".join((found.headline, *found.sentences, *(each.text for each in found.would_be)))
    assert "SECRET99" not in everything
    assert "Invented" not in everything


def test_what_is_told_of_an_unknown_age_is_what_the_policy_gives_at_each_age():
    wife, child = person("WIFE", birth=None), person("CHILD", birth=None, is_married=False)
    family = party("A", CITIZEN, (wife, Relation.SPOUSE), (child, Relation.CHILD))
    told = explain(family, CITIZEN, wife, child)
    spans = {each.person: each for each in told.would_be if each.fact == "age"}
    assert list(spans) == ["P-CHILD"]
    assert (spans["P-CHILD"].value, spans["P-CHILD"].coming) == ("0 to 20", 3)
    for age in range(121):
        birthday = (NOW - timedelta(days=round((age + 0.5) * 365.2425))).date()
        aged = replace(child, birth=PartialDate(((birthday, birthday),), Precision.DAY))
        coming = len(stand(POLICY, family, CITIZEN, wife, aged).accepted)
        assert coming == (3 if age <= 20 else 2), age


def test_a_large_family_of_unknown_ages_is_judged_a_few_times_for_each_not_for_every_age(monkeypatch):
    """Thirty-three members, 121 ages each: some of these pages took seconds."""
    people = [person(f"N{number:02}", birth=None) for number in range(32)]
    family = party("A", CITIZEN, *((one, Relation.CHILD) for one in people))
    judge, judged = explain_module.judge_party, []

    def counted(*args):
        judged.append(1)
        return judge(*args)

    monkeypatch.setattr(explain_module, "judge_party", counted)
    told = explain(family, CITIZEN, *people)
    assert len({each.person for each in told.would_be}) == len(people)
    assert len(judged) <= 12 * len(people)


def test_what_would_help_is_told_before_what_would_cost_and_everybody_once_before_anybody_twice():
    wife = person("WIFE", birth=None, is_married=None)
    child = person("CHILD", birth=None, is_married=None)
    family = party("A", CITIZEN, (wife, Relation.SPOUSE), (child, Relation.CHILD))
    found = explain(family, CITIZEN, wife, child)
    told = decisive_first(found)
    assert sorted(map(id, told)) == sorted(map(id, found.would_be))
    now = found.standing
    worse = [one.tier is None or (one.tier, -one.coming) > (now.tier, -len(now.accepted)) for one in told]
    assert worse == sorted(worse)
    helps = [one for one, is_worse in zip(told, worse, strict=True) if not is_worse]
    asked = [one.fact not in {"age", "sex", "is_married", "relation"} for one in helps]
    assert asked == sorted(asked)
    twice = replace(found, would_be=tuple(replace(one, person=who) for who in ("P-A", "P-B") for one in helps[:2]))
    assert [one.person for one in decisive_first(twice)][:2] == ["P-A", "P-B"]
    old = person("OLD", birth=None)
    assert [one.tier for one in decisive_first(explain(party("B", old), old))][:1] != [None]
