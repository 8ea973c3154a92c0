"""Listings that arrive one after another under one frozen version of the weights."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.identity import assign_persons, resolve
from safepassage.core.ids import OperationId
from tests.cast import KARIM_AGAIN, KARIM_TESTANI, LAILA_TESTANI
from tests.core.identity.people import BROTHERS, MARJAN, SADAF, crowd

EVERYONE = (KARIM_TESTANI, KARIM_AGAIN, LAILA_TESTANI, SADAF, MARJAN, *BROTHERS, *crowd(24))
FROZEN = resolve(EVERYONE).parameters


@settings(max_examples=10, deadline=None)
@given(st.permutations(EVERYONE), st.lists(st.integers(1, len(EVERYONE) - 1), max_size=3))
def test_any_order_of_arrival_gives_the_answer_of_the_batch(order, stops):
    batch = resolve(EVERYONE, parameters=FROZEN)
    assignment = None
    for stop in [*sorted(stops), len(order)]:
        found = resolve(order[:stop], parameters=FROZEN)
        assignment = assign_persons(found.clusters, assignment, operation=OperationId("TEST"))
    assert repr(found) == repr(batch)
    together: dict[str, list[str]] = {}
    for listing, person in sorted(assignment.person_of.items()):
        together.setdefault(person, []).append(listing)
    assert sorted(map(tuple, together.values())) == sorted(batch.clusters)


def test_under_one_version_a_pair_weighs_the_same_however_many_strangers_come():
    def weighed(*others):
        links = resolve([*EVERYONE, *others], parameters=FROZEN).links
        return {(link.left, link.right): link.evidence for link in links}[(KARIM_TESTANI.id, KARIM_AGAIN.id)]

    namesakes = [replace(person, name="Karim Testani") for person in crowd(60)[24:]]
    assert weighed() == weighed(*crowd(60)[24:]) == weighed(*namesakes)


def test_a_version_keeps_what_is_common_and_nobodys_own_name():
    habits = FROZEN.habits
    counts = [count for _, count in (*habits.written, *habits.names, *habits.fathers)]
    assert min(counts) >= 3
    assert habits.listings == len(EVERYONE)
    assert resolve([KARIM_TESTANI, LAILA_TESTANI]).parameters.habits.names == ()


def test_another_habit_is_another_version():
    assert resolve(EVERYONE[:-1]).parameters.version != FROZEN.version
