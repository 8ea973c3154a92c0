"""Reading a policy: every mistake at once, each with its line; nothing else ever goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safepassage.core.errors import ProblemsError
from safepassage.core.policy import check_policy, policy_digest, read_policy
from safepassage.core.policy.values import OrderBy, PrincipalAge
from tests.core.policy.people import TEXT

ROOT = Path(__file__).parents[3]
SHIPPED = sorted(
    [
        *(ROOT / "examples/kabul-2021/policies").glob("*.yaml"),
        *(ROOT / "src/safepassage/core/policy/templates").glob("*.yaml"),
    ]
)


def problems_of(*changes: tuple[str, str]):
    text = TEXT
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    with pytest.raises(ProblemsError) as caught:
        read_policy(text, file="a.yaml")
    return caught.value.problems


def line_of(piece: str) -> int:
    return TEXT[: TEXT.index(piece)].count("\n") + 1


def test_a_policy_reads_as_it_is_written():
    policy = read_policy(TEXT)
    assert (policy.id, policy.version, policy.title.en) == ("test", "1", "A small policy")
    assert policy.effective_from.isoformat() == "2021-08-20T00:00:00+00:00"
    assert [category.id for category in policy.categories] == ["citizen", "elder", "siv"]
    assert policy.tiers[1].rule.source == "heads <= 8"
    assert policy.dependents[0].lines[1].max_age == 20
    assert policy.dependents[0].lines[1].is_married is False
    assert policy.dependents[0].lines[2].principal is PrincipalAge.MINOR
    assert [item.by for item in policy.order] == [OrderBy.FIRST, OrderBy.LOTTERY]
    assert policy.digest == policy_digest(TEXT)


def test_the_digest_does_not_depend_on_line_ends_and_does_on_everything_else():
    assert policy_digest(TEXT) == policy_digest(TEXT.replace("\n", "\r\n"))
    assert policy_digest(TEXT) != policy_digest(TEXT + "#")


def test_all_mistakes_are_told_at_once_each_with_its_line():
    found = problems_of(
        ("age >= 60", "aeg >= 60"),
        ("principal: [citizen]", "principal: [citizens]"),
        ("max-age: 20", "max-age: twenty"),
        ("  - by: lottery\n", ""),
    )
    assert [(problem.code, problem.where) for problem in found] == [
        ("policy-bad-rule", f"a.yaml, line {line_of('age >= 60')}"),
        ("policy-not-number", f"a.yaml, line {line_of('max-age: 20')}"),
        ("policy-no-such-category", f"a.yaml, line {line_of('principal: [citizen]')}"),
        ("policy-no-lottery", f"a.yaml, line {line_of('- first:')}"),
    ]
    assert all(problem.advice or problem.message for problem in found)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("format: safe-passage-policy/1", "format: other/9", "policy-format"),
        ("id: test", "id: Test Policy", "policy-not-code"),
        ("id: test", "id: [a]", "policy-not-text"),
        ("signed-off-by: Nobody, a test\n", "", "policy-missing"),
        ("signed-off-by", "signed-of-by", "policy-unknown-field"),
        ("2021-08-20T00:00:00Z", "2021-08-20T00:00:00", "policy-no-zone"),
        ("2021-08-20T00:00:00Z", "soon", "policy-not-moment"),
        ("2021-08-20T00:00:00Z}", "2021-08-20T00:00:00Z, until: 2021-08-19T00:00:00Z}", "policy-ends-first"),
        ("honour-earlier: yes", "honour-earlier: maybe", "policy-not-yes-no"),
        ("id: siv", "id: citizen", "policy-twice"),
        ("version:", "version: 1\nversion:", "policy-twice"),
        ("relation: spouse", "relation: wife", "policy-not-one-of"),
        ("relation: spouse", "relation: unknown", "policy-unknown-relation"),
        ("max-age: 20", "max-age: 20\n        min-age: 30", "policy-ages-crossed"),
        ("tier: 2", "tier: 3", "policy-tier-number"),
        ("dependents: immediate-family\norder", "dependents: nobody\norder", "policy-no-such-dependents"),
        ("- by: lottery", "- by: lottery\n  - by: needs", "policy-after-lottery"),
        ("- by: lottery", "- by: merit\n  - by: lottery", "policy-not-one-of"),
        ("categories:", "reserves: [{id: a, title: A, for: heads > 1}]\ncategories:", "policy-reserve-size"),
        (
            "categories:",
            "reserves: [{id: a, title: A, for: heads > 1, share: lots}]\ncategories:",
            "policy-not-share",
        ),
        ("passport:USA", "pasport:USA", "policy-unknown-word"),
        ("passport:USA", "passport:America", "policy-unknown-word"),
        ("age >= 60", 'age >= "60"', "policy-bad-rule"),
        ("age >= 60", "age", "policy-bad-rule"),
        ("age >= 60", "age >= ", "policy-bad-rule"),
        ("age >= 60", "timestamp(age) > 1", "policy-bad-rule"),
        ("age >= 60", "heads > 1", "policy-bad-rule"),
        ("age >= 60", 'relation == "child"', "policy-bad-rule"),
        ("age >= 60", "documents[0] == sex", "policy-bad-rule"),
        ("signed-off-by: Nobody", "signed-off-by: &name Nobody", "policy-anchor"),
        ("id: test", "id: test: more", "policy-not-yaml"),
    ],
)
def test_each_mistake_has_its_code(before, after, code):
    if code == "policy-no-such-dependents":
        before, after = "    dependents: immediate-family\n    when", "    dependents: nobody\n    when"
    assert code in [problem.code for problem in problems_of((before, after))]


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "[]", "plain", "\x00", "a: [", "[" * 5000, "- a: &x [*x]", "a: *b"]
)
def test_a_text_that_is_no_policy_is_a_list_of_problems(text):
    with pytest.raises(ProblemsError) as caught:
        read_policy(text)
    assert caught.value.problems


@given(text=st.text(max_size=200))
@settings(max_examples=80)
def test_no_text_whatever_makes_the_reader_fail_otherwise(text):
    with pytest.raises(ProblemsError):
        read_policy(text)


@given(
    place=st.integers(0, len(TEXT)),
    gone=st.integers(0, 30),
    more=st.one_of(
        st.text(max_size=12), st.sampled_from(["[", "{", "&a ", "*a", "- ", ": ", "\t", "!!int ", "? ", "|\n"])
    ),
)
@example(place=0, gone=0, more="%YAML 9.9\n---\n")
@example(place=0, gone=0, more="!!python/object:os.system ")
@settings(max_examples=80, deadline=None)
def test_no_slip_of_the_hand_makes_the_reader_fail_otherwise(place, gone, more):
    try:
        policy = read_policy(TEXT[:place] + more + TEXT[place + gone :])
    except ProblemsError as error:
        assert error.problems  # noqa: PT017
    else:
        assert policy.tiers


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_policy_reads_has_no_contradiction_and_cites_its_source(path):
    policy = read_policy(path.read_text(encoding="utf-8"), file=path.name)
    assert check_policy(policy, file=path.name) == ()
    assert policy.sources
    assert policy.signed_off_by


def test_templates_and_the_contradictory_days_are_shipped():
    assert {path.stem for path in SHIPPED} >= {"neo", "ngo", "2021-08-18", "2021-08-23", "2021-08-25", "2021-08-27"}
