"""Order inside a tier, and what must hold of any set of parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.people import Need, Relation, Sex
from safepassage.core.policy import Knowledge, Outcome, apply_policy
from safepassage.core.policy.sentences import ranked_by, rule_in_words
from tests.core.policy.people import CLOSED, GROWN, LOTTERY, NOW, PASSPORT, party, person, small_policy, year

POLICY = small_policy()


def orders(policy, parties, people, **knowledge):
    found = apply_policy(policy, parties, people, now=NOW, lottery=LOTTERY, knowledge=Knowledge(**knowledge))
    return [standing.party for standing in found.standings]


def test_people_with_needs_go_first_where_the_policy_says_so():
    well = [person(f"W{number}", documents=(PASSPORT,)) for number in range(5)]
    ill = person("ILL", documents=(PASSPORT,), needs=(Need.STRETCHER,))
    everyone = [*well, ill]
    assert orders(POLICY, [party(each.id, each) for each in everyone], everyone)[0] == "F-P-ILL"


def test_more_people_in_need_go_before_fewer():
    policy = small_policy(("- first: size(needs) > 0", "- by: needs"))
    one = person("ONE", documents=(PASSPORT,), needs=(Need.MEDICAL, Need.VISION))
    two, kin = (person(key, documents=(PASSPORT,), needs=(Need.MEDICAL,)) for key in ("TWO", "KIN"))
    parties = [party("ONE", one), party("TWO", two, (kin, Relation.SPOUSE))]
    assert orders(policy, parties, [one, two, kin]) == ["F-TWO", "F-ONE"]


def test_the_earlier_known_day_goes_first_and_an_unknown_day_last():
    policy = small_policy(("- first: size(needs) > 0", "- by: first-known"))
    people = [person(key, documents=(PASSPORT,)) for key in ("NEVER", "LATER", "FIRST")]
    known = {"P-FIRST": CLOSED - timedelta(days=4), "P-LATER": CLOSED - timedelta(days=2)}
    parties = [party(each.id[2:], each) for each in people]
    assert orders(policy, parties, people, first_known=known) == ["F-FIRST", "F-LATER", "F-NEVER"]


def test_an_unknown_answer_stands_between_yes_and_no():
    policy = small_policy(("size(needs) > 0", "older > 0"))
    people = [
        person("YOUNG", documents=(PASSPORT,)),
        person("PERHAPS", birth=None, documents=(PASSPORT,)),
        person("OLD", birth=year(1940), documents=(PASSPORT,)),
    ]
    parties = [party(each.id[2:], each) for each in people]
    assert orders(policy, parties, people) == ["F-OLD", "F-PERHAPS", "F-YOUNG"]


@st.composite
def crowds(draw):
    """Some parties of up to four people with facts at random, known or not."""
    parties, people = [], []
    for number in range(draw(st.integers(0, 12))):
        family = [
            person(
                f"{number}-{place}",
                birth=draw(st.sampled_from([None, GROWN, year(1961), year(1950), year(2003), year(2015)])),
                documents=draw(st.sampled_from([(), (PASSPORT,)])),
                claims=draw(st.sampled_from([(), ("siv",), ("other",)])),
                sex=draw(st.sampled_from(list(Sex))),
                is_married=draw(st.sampled_from([None, True, False])),
                needs=draw(st.sampled_from([(), (Need.MEDICAL,)])),
            )
            for place in range(draw(st.integers(1, 4)))
        ]
        kin = ((each, draw(st.sampled_from(list(Relation)[1:]))) for each in family[1:])
        parties.append(party(str(number), family[0], *kin))
        people += family
    return parties, people


@given(crowd=crowds(), shuffle=st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_in_which_people_are_given_changes_nothing(crowd, shuffle):
    parties, people = crowd
    before = apply_policy(POLICY, parties, people, now=NOW, lottery=LOTTERY)
    shuffle.shuffle(parties)
    shuffle.shuffle(people)
    assert apply_policy(POLICY, parties, people, now=NOW, lottery=LOTTERY) == before


@given(crowd=crowds())
@settings(max_examples=30)
def test_every_party_gets_exactly_one_outcome_and_places_are_a_total_order(crowd):
    parties, people = crowd
    standings = apply_policy(POLICY, parties, people, now=NOW, lottery=LOTTERY).standings
    assert sorted(standing.party for standing in standings) == sorted(each.id for each in parties)
    placed = [standing for standing in standings if standing.outcome is Outcome.TIER]
    assert [standing.order for standing in placed] == list(range(1, len(placed) + 1))
    assert [standing.tier for standing in placed] == sorted(standing.tier for standing in placed)
    for tier in {standing.tier for standing in placed}:
        ranks = [standing.rank for standing in placed if standing.tier == tier]
        assert ranks == list(range(1, len(ranks) + 1))
    for standing in standings:
        assert standing.reasons
        assert (standing.tier is None) == (standing.outcome is not Outcome.TIER)
        assert (standing.outcome is Outcome.UNRESOLVED) <= bool(standing.could_be)
        assert len({each.person for each in standing.members}) == len(standing.members)


@given(crowd=crowds())
@settings(max_examples=20)
def test_a_fact_that_becomes_known_never_contradicts_what_was_sure(crowd):
    """Whoever was surely in a tier stays in it or rises, whichever birth date comes out."""
    parties, people = crowd
    before = apply_policy(POLICY, parties, people, now=NOW, lottery=LOTTERY).by_party
    for birth in (GROWN, year(1950), year(2015)):
        told = [each if each.birth else replace(each, birth=birth) for each in people]
        after = apply_policy(POLICY, parties, told, now=NOW, lottery=LOTTERY).by_party
        for key, standing in before.items():
            if standing.outcome is Outcome.TIER:
                assert after[key].outcome is Outcome.TIER
                assert after[key].tier in (*standing.could_be, standing.tier)
            if standing.outcome is Outcome.NOT_ELIGIBLE:
                assert after[key].outcome is Outcome.NOT_ELIGIBLE


@given(crowd=crowds())
@settings(max_examples=20)
def test_a_party_is_judged_the_same_alone_as_among_others(crowd):
    parties, people = crowd
    known = {each.id: each for each in people}
    together = apply_policy(POLICY, parties, people, now=NOW, lottery=LOTTERY).by_party
    for one in parties:
        own = [known[member.person] for member in one.members]
        alone = apply_policy(POLICY, [one], own, now=NOW, lottery=LOTTERY).standings[0]
        assert (alone.outcome, alone.tier, alone.members) == (
            together[one.id].outcome,
            together[one.id].tier,
            together[one.id].members,
        )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("has_minor_without_adult", "a minor without an adult"),
        (
            '"stretcher" in needs || "medical" in needs || "pregnancy" in needs',
            "a need: stretcher, medical or pregnancy",
        ),
        ("'infant-care' in needs", "a need: infant care"),
        ('"a" in needs && "b" in needs', ""),
        ('"a" in needs || "b" in claims', ""),
        ("heads > 4", ""),
    ],
)
def test_simple_rules_are_told_in_words_and_others_quoted(rule, words):
    assert rule_in_words(rule) == words
    text = ranked_by(1, 2, [f"{rule}: unknown", "people with specific needs: 3"]).text
    told = words or f'the rule "{rule}"'
    assert text == f"Place 2 in tier 1: {told}: not known; people with specific needs: 3."
