"""Counts add up to the persons known; heads counted by eye are held against them."""

from __future__ import annotations

from hypothesis import given, settings

from safepassage.core.ledger import CountRow, EventKind, Stage, count_people, fold, reconcile
from tests.core.ledger.scribe import KARIM, LAILA, OMID, TESTANIS, YUSUF, Scribe
from tests.core.ledger.test_fold import three_devices

K = EventKind


def boarded_three() -> Scribe:
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA, OMID, YUSUF)
    scribe.write(
        K.STANDINGS_GIVEN,
        (KARIM, TESTANIS, "siv", 2, 1),
        (LAILA, TESTANIS, "dependent", 2, 1),
        (OMID, TESTANIS, "dependent", 2, 1),
        policy="kabul",
        version=1,
    )
    scribe.seen(K.PERSONS_BOARDED, KARIM, LAILA, OMID, leg="c17-1")
    return scribe


def test_each_category_has_a_row_for_each_stage_and_unknown_comes_last():
    state = fold(boarded_three().events)
    assert count_people(state) == (
        CountRow("dependent", Stage.BOARDED, 2, 2),
        CountRow("siv", Stage.BOARDED, 1, 1),
        CountRow("unknown", Stage.KNOWN, 1, 0),
    )


def test_categories_that_were_asked_for_come_in_their_order_even_at_nought():
    rows = count_people(fold(boarded_three().events), categories=("siv", "citizen"))
    assert [(row.category, row.people) for row in rows] == [
        ("siv", 1),
        ("citizen", 0),
        ("dependent", 2),
        ("unknown", 1),
    ]


def test_unknown_has_a_row_even_if_nobody_is_known():
    assert count_people(fold([])) == (CountRow("unknown", Stage.KNOWN, 0, 0),)


@settings(max_examples=100, deadline=None)
@given(three_devices())
def test_the_rows_add_up_to_the_persons_known(events):
    state = fold(events)
    rows = count_people(state)
    assert sum(row.people for row in rows) == len(state.people)
    assert len({(row.category, row.stage) for row in rows}) == len(rows)
    assert all(0 <= row.seen <= row.people for row in rows)


def test_a_head_count_that_agrees_is_no_discrepancy():
    scribe = boarded_three()
    scribe.write(K.HEADS_COUNTED, count=3, owner="loadmaster", leg="c17-1")
    assert reconcile(fold(scribe.events)) == ()


def test_a_head_count_that_differs_has_an_owner_until_somebody_closes_it():
    scribe = boarded_three()
    count = scribe.write(K.HEADS_COUNTED, count=2, owner="loadmaster", leg="c17-1")
    (found,) = reconcile(fold(scribe.events))
    assert (found.place, found.counted, found.derived, found.difference) == ("c17-1", 2, 3, -1)
    assert found.owner == "loadmaster"
    scribe.write(K.DISCREPANCY_CLOSED, head_count=count.id, reason="infant-on-lap")
    assert reconcile(fold(scribe.events)) == ()


def test_heads_are_compared_as_of_the_moment_of_counting():
    scribe = boarded_three()
    scribe.write(K.HEADS_COUNTED, count=3, owner="loadmaster", leg="c17-1")
    scribe.seen(K.PERSONS_ARRIVED, KARIM, LAILA, OMID, point="al-udeid", place="staging-base", leg="c17-1")
    scribe.write(K.HEADS_COUNTED, count=3, owner="base", point="al-udeid")
    scribe.write(K.HEADS_COUNTED, count=0, owner="loadmaster", leg="c17-1")
    assert reconcile(fold(scribe.events)) == ()


def test_who_is_missing_is_no_longer_on_the_bus():
    scribe = boarded_three()
    scribe.write(K.PERSONS_MISSING, (OMID,), leg="c17-1", owner="liaison")
    scribe.write(K.HEADS_COUNTED, count=2, owner="loadmaster", leg="c17-1")
    assert reconcile(fold(scribe.events)) == ()


def test_a_merged_person_is_one_head():
    scribe = boarded_three()
    scribe.seen(K.PERSONS_BOARDED, YUSUF, leg="c17-1")
    scribe.write(K.PERSONS_REDIRECTED, (YUSUF, KARIM))
    scribe.write(K.HEADS_COUNTED, count=3, owner="loadmaster", leg="c17-1")
    assert reconcile(fold(scribe.events)) == ()
