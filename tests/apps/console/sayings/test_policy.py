"""Why a party stands where it stands, in the reader's language: every reason that a policy gives can be filled in."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from cast import born
from safepassage.apps.console.sayings.policy import SENTENCES, said_explanation, said_reason
from safepassage.core.people import Relation
from safepassage.core.policy import Reason, ReasonCode, explain_standing, sentences
from safepassage.core.policy.standings import Promise
from tests.core.policy.people import NOW, PASSPORT, party, person, small_policy, stand

POLICY = small_policy()
TIER, RULE = POLICY.tiers[0], POLICY.dependents[0]
TRANSLATED = {"relation", "title", "missing", "failed", "by"}
"""Values that are words of ours: `test_facts` holds that they are said."""
PROMISED = Promise(2, "test", "0", NOW)
MADE = [
    sentences.in_tier(TIER),
    sentences.maybe_tier(TIER, (("P-A", ("age",)),), ()),
    sentences.no_tier(3),
    sentences.condition_fails(TIER),
    sentences.own_ground("P-A", TIER),
    sentences.dependent("P-A", Relation.CHILD, "P-B", RULE),
    sentences.maybe_dependent("P-A", ("age",)),
    sentences.not_dependent("P-A", RULE, ("age",)),
    sentences.no_dependents("P-A", TIER),
    sentences.not_confirmed("P-A"),
    sentences.nobody_confirmed(),
    sentences.promise_honoured(PROMISED, "P-A"),
    sentences.promise_not_honoured(PROMISED, POLICY),
    sentences.ranked_by(1, 2, ("people with specific needs: 1",)),
    sentences.late_to_list(1),
    sentences.lottery_provisional(),
    Reason(ReasonCode.LEAVES_MINOR, "the English of it", "P-A"),
    Reason(ReasonCode.MINOR_SIGN_OFF, "the English of it", "P-A"),
]


def test_every_reason_of_the_closed_list_has_a_sentence() -> None:
    assert set(SENTENCES) == set(ReasonCode)


@pytest.mark.parametrize("language", ["fa-af", "ps"])
@pytest.mark.parametrize("reason", MADE, ids=lambda reason: reason.code.value)
def test_each_reason_is_said_in_the_language_with_its_values(reason: Reason, language: str) -> None:
    with override(language):
        said = said_reason(reason)
    assert said != reason.text
    assert "%(" not in said
    assert all(value in said for name, value in reason.data if name not in TRANSLATED)
    assert reason.person is None or reason.person in said or reason.code is ReasonCode.PROMISE_HONOURED


def test_an_explanation_is_whole_in_dari_and_core_s_own_in_english() -> None:
    old = person("OLD", birth=None)
    child = person("CHILD", birth=born(2000, 1, 1))
    citizen = person("CITIZEN", documents=(PASSPORT,))
    for one, people in ((party("A", old), (old,)), (party("B", citizen, (child, Relation.CHILD)), (citizen, child))):
        standing = stand(POLICY, one, *people)
        why = explain_standing(POLICY, one, people, standing=standing, now=NOW)
        with override("en"):
            assert said_explanation(why).sentences == why.sentences
        with override("fa-af"):
            said = said_explanation(why)
        assert len(said.sentences) == len(why.sentences)
        assert len(said.would_be) == len(why.would_be)
        assert not set(said.sentences) & set(why.sentences)
        assert said.headline != why.headline
