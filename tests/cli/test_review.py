"""At the command, too, no pair is one person that nobody named."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace

import pytest

from safepassage.cli.review import _show_question, _verdicts_said
from safepassage.core.errors import ForbiddenError
from safepassage.core.identity import JudgementVerdict, Link, Review, ReviewKind

pytestmark = pytest.mark.django_db


def question(*pairs: tuple[str, str]) -> Review:
    links = tuple(Link(left, right, 0.9) for left, right in pairs)
    listings = tuple(sorted({one for pair in pairs for one in pair}))
    return Review("Q-TEST", ReviewKind.SAME_PERSON, listings, links, 1.0, "Which are one person?")


TWINS = question(("a1", "b1"), ("a1", "b2"), ("a2", "b1"), ("a2", "b2"))


def test_the_answer_on_one_pair_needs_no_naming():
    assert _verdicts_said(question(("a1", "b1")), "same", []) == [("a1", "b1", "same")]


@pytest.mark.parametrize("named", [[], ["a1:b9"], ["a1:b1", "a2"]])
def test_of_several_pairs_those_that_are_one_person_are_named(named):
    with pytest.raises(ForbiddenError) as told:
        _verdicts_said(TWINS, "same", named)
    assert "a2:b2" in told.value.problem.advice


def test_the_pairs_that_are_not_named_are_different_people():
    assert set(_verdicts_said(TWINS, "same", ["a1:b1", "a2:b2"])) == {
        ("a1", "b1", "same"), ("a2", "b2", "same"), ("a1", "b2", "different"), ("a2", "b1", "different"),
    }  # fmt: skip


def test_other_verdicts_hold_for_all_pairs():
    assert {said for _, _, said in _verdicts_said(TWINS, "different", [])} == {"different"}


def test_a_question_about_no_pairs_is_answered_in_the_console():
    with pytest.raises(ForbiddenError, match="not about pairs"):
        _verdicts_said(question(), "different", [])


def test_what_is_sure_is_looked_up_once_for_all_pairs_of_a_question(django_assert_max_num_queries):
    many = question(*((f"a{one}", f"b{other}") for one in range(6) for other in range(6)))
    with django_assert_max_num_queries(4):
        _verdicts_said(many, "same", ["a0:b0"])


def household(*pairs: tuple[str, str]) -> Review:
    asked = question(*pairs)
    return Review(asked.id, ReviewKind.SAME_HOUSEHOLD, asked.listings, asked.links, 1.0, "One household?")


def test_whether_two_parties_are_one_household_has_answers_of_its_own():
    assert _verdicts_said(household(("a", "b")), "household", []) == [("a", "b", "household")]
    assert _verdicts_said(household(("a", "b")), "other-household", []) == [("a", "b", "other-household")]
    with pytest.raises(ForbiddenError) as told:
        _verdicts_said(household(("a", "b")), "same", [])
    assert "household, other-household, unsure or keep-apart" in told.value.problem.advice
    with pytest.raises(ForbiddenError):
        _verdicts_said(question(("a", "b")), "household", [])


def test_of_several_pairs_those_of_one_household_are_named():
    several = household(("a", "b"), ("b", "c"))
    with pytest.raises(ForbiddenError, match="of one household"):
        _verdicts_said(several, "household", [])
    assert _verdicts_said(several, "household", ["b:c"]) == [("a", "b", "other-household"), ("b", "c", "household")]


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("kind", list(ReviewKind))
@pytest.mark.parametrize("pairs", [(), (("a1", "b1"),)])
def test_a_question_offers_what_would_be_taken_and_nothing_else(pairs, kind, as_json, capsys):
    found = replace(question(*pairs), kind=kind)
    _show_question(found, as_json=as_json)
    told = capsys.readouterr().out
    if as_json:
        offered = json.loads(told)["verdicts"]
    else:
        offered = told.split("--verdict ")[1].split()[0].split("|") if "--verdict " in told else []
    taken = []
    for verdict in JudgementVerdict:
        with contextlib.suppress(ForbiddenError):
            _verdicts_said(found, verdict.value, [])
            taken.append(verdict.value)
    assert sorted(offered) == sorted(taken)
    assert offered or as_json or "in the console" in told
