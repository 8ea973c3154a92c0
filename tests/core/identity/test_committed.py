"""People who are committed are joined or divided only where two agreed; everything else goes on."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.identity import Judgement, JudgementVerdict, Link, hold_committed, persons_changing
from safepassage.core.identity.committed import WITHDRAWN

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAME, DIFFERENT = JudgementVerdict.SAME, JudgementVerdict.DIFFERENT
BEFORE = {"a1": "A", "a2": "A", "b1": "B", "c1": "C", "d1": "D"}
"""Who stood for whom: A of two listings; listings that begin with n are new."""


def held(clusters, committed, agreed=None, **more):
    return hold_committed(clusters, BEFORE, committed=frozenset(committed), agreed=agreed or {}, **more)


def judged(left, right, verdict, by="desk"):
    return Judgement(left, right, verdict, by=by, at=NOON)


def test_a_merge_with_somebody_committed_waits_and_that_of_others_goes_on():
    clusters = [("a1", "a2", "b1"), ("c1", "d1")]
    assert persons_changing(clusters, BEFORE) == {"A", "B", "C", "D"}
    kept, asked = held(clusters, "A")
    assert kept == (("a1", "a2"), ("b1",), ("c1", "d1"))
    assert [(one.left, one.right, one.verdict, one.by) for one in asked] == [("a1", "b1", SAME, "")]


def test_the_question_is_the_pair_that_somebody_judged_in_their_name_else_the_likeliest():
    clusters = [("a1", "a2", "b1"), ("c1",), ("d1",)]
    _, (asked,) = held(clusters, "A", judgements=[judged("a2", "b1", SAME)])
    assert (asked.left, asked.right, asked.by) == ("a2", "b1", "desk")
    _, (asked,) = held(clusters, "A", links=[Link("a1", "b1", 0.6), Link("a2", "b1", 0.9)])
    assert (asked.left, asked.right, asked.by) == ("a2", "b1", "")


def test_what_two_agreed_is_done():
    clusters = [("a1", "a2", "b1"), ("c1",), ("d1",)]
    assert held(clusters, "AB", {("a2", "b1"): "same"}) == (tuple(clusters), ())


def test_somebody_committed_is_not_divided_unless_two_agreed_or_took_back_together():
    clusters = [("a1", "c1"), ("a2", "d1"), ("b1",)]
    kept, asked = held(clusters, "A")
    assert kept == (("a1", "a2"), ("b1",), ("c1",), ("d1",))
    assert [(one.left, one.right, one.verdict) for one in asked] == [
        ("a1", "a2", DIFFERENT), ("a1", "c1", SAME), ("a1", "d1", SAME),
    ]  # fmt: skip
    for word in ("different", "keep-apart", WITHDRAWN):
        agreed = {("a1", "a2"): word, ("a1", "c1"): "same", ("a2", "d1"): "same"}
        assert held(clusters, "A", agreed) == (tuple(sorted(clusters)), ())


def test_a_new_listing_joins_somebody_committed_at_once_and_the_one_it_is_nearest_to():
    assert held([("a1", "a2", "n1")], "A") == ((("a1", "a2", "n1"),), ())
    links = [Link("b1", "n1", 0.9), Link("a1", "n1", 0.5), Link("n1", "n2", 0.8)]
    kept, asked = held([("a1", "a2", "b1", "n1", "n2")], "A", links=links)
    assert kept == (("a1", "a2"), ("b1", "n1", "n2"))
    assert len(asked) == 1


def test_one_agreed_merge_brings_no_third_person_with_it():
    kept, asked = held([("a1", "a2", "b1", "c1")], "A", {("a1", "b1"): "same"})
    assert kept == (("a1", "a2", "b1"), ("c1",))
    assert len(asked) == 1


OWNERS = st.sampled_from(["A", "B", "C", "D", None])


@given(st.lists(st.tuples(OWNERS, st.integers(0, 4)), max_size=14), st.frozensets(st.sampled_from("ABCD")))
def test_whatever_the_matcher_says_nobody_committed_is_joined_or_divided_and_no_listing_is_lost(rows, committed):
    before = {f"x{at}": owner for at, (owner, _) in enumerate(rows) if owner}
    clusters = [tuple(f"x{at}" for at, (_, home) in enumerate(rows) if home == number) for number in range(5)]
    clusters = [cluster for cluster in clusters if cluster]
    kept, asked = hold_committed(clusters, before, committed=committed, agreed={})
    assert sorted(x for cluster in kept for x in cluster) == sorted(x for cluster in clusters for x in cluster)
    owners = [{before[x] for x in cluster if x in before} for cluster in kept]
    assert all(len(mine) == 1 for mine in owners if mine & committed)
    assert all(sum(one in mine for mine in owners) <= 1 for one in committed)
    assert bool(asked) == bool(persons_changing(clusters, before) & committed)
    if not committed:
        assert kept == tuple(clusters)
