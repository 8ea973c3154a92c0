"""Person ids stay with people through re-runs, merges, splits and undo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.identity import Assignment, ChangeKind, assign_persons
from safepassage.core.ids import ListingId, OperationId

OPERATION = OperationId("OP-TEST")
A, B, C, D = (ListingId(f"L-{letter}") for letter in "ABCD")


def assigned(*clusters, previous: Assignment | None = None) -> Assignment:
    return assign_persons(clusters, previous, operation=OPERATION)


def test_a_re_run_changes_nothing():
    first = assigned((A, B), (C,))
    second = assigned((C,), (B, A), previous=first)
    assert second.person_of == first.person_of
    assert second.changes == ()


def test_the_oldest_id_wins_a_merge_and_the_other_redirects():
    first = assigned((B,))
    second = assigned((B,), (A,), previous=first)
    merged = assigned((A, B), previous=second)
    assert set(merged.person_of.values()) == {first.person_of[B]}
    assert merged.redirects == {second.person_of[A]: first.person_of[B]}
    assert [(change.kind, change.person) for change in merged.changes] == [(ChangeKind.MERGED, second.person_of[A])]


def test_the_later_part_of_a_split_gets_a_new_id():
    first = assigned((A, B))
    split = assigned((A,), (B,), previous=first)
    assert split.person_of[A] == first.person_of[A]
    assert split.person_of[B] != first.person_of[A]
    assert [(c.kind, c.person, c.other) for c in split.changes] == [
        (ChangeKind.SPLIT, split.person_of[B], first.person_of[A])
    ]


def test_undoing_a_merge_gives_each_their_own_id_again():
    before = assigned((A,), (B,))
    undone = assigned((A,), (B,), previous=assigned((A, B), previous=before))
    assert undone.person_of == before.person_of
    assert undone.redirects == {}
    assert [change.kind for change in undone.changes] == [ChangeKind.REVIVED]


def test_redirects_never_form_chains():
    one = assigned((C,))
    two = assigned((C,), (B,), previous=one)
    three = assigned((C,), (B,), (A,), previous=two)
    low = assigned((A, B), (C,), previous=three)
    all_one = assigned((A, B, C), previous=low)
    assert set(all_one.redirects.values()) == {one.person_of[C]}
    assert not set(all_one.redirects) & set(all_one.redirects.values())


def test_an_erased_founder_leaves_the_id_to_the_listings_that_remain():
    first = assigned((A, B))
    second = assigned((B,), previous=first)
    assert second.person_of[B] == first.person_of[A]


def test_a_person_without_listings_is_told():
    first = assigned((A,), (B,))
    second = assigned((B,), previous=first)
    assert [(c.kind, c.person) for c in second.changes] == [(ChangeKind.EMPTIED, first.person_of[A])]


def test_a_listing_in_two_clusters_is_refused():
    with pytest.raises(ValueError, match="two clusters"):
        assigned((A, B), (B,))


PARTITIONS = st.lists(st.integers(0, 3), min_size=4, max_size=4).map(
    lambda marks: tuple(
        tuple(x for x, m in zip((A, B, C, D), marks, strict=True) if m == mark) for mark in sorted(set(marks))
    )
)


@given(st.lists(PARTITIONS, min_size=1, max_size=6))
def test_ids_are_one_to_one_with_clusters_and_an_id_once_given_always_leads_somewhere(history):
    state: Assignment | None = None
    given_ids: set[str] = set()
    for clusters in history:
        state = assign_persons(clusters, state, operation=OPERATION)
        ids = [{state.person_of[x] for x in cluster} for cluster in clusters]
        assert all(len(found) == 1 for found in ids)
        live = {person for found in ids for person in found}
        assert len(live) == len(clusters)
        given_ids |= live
        assert all(person in live or state.redirects[person] in live for person in given_ids)


@given(PARTITIONS, PARTITIONS)
def test_there_and_back_is_as_if_nothing_had_been(before, between):
    first = assign_persons(before, operation=OPERATION)
    back = assign_persons(before, assign_persons(between, first, operation=OPERATION), operation=OPERATION)
    assert back.person_of == first.person_of
