"""An answer is kept while all that it was made of stays."""

from __future__ import annotations

import pytest

from safepassage.apps.ledger.kept import Kept


def test_an_answer_is_worked_out_anew_only_if_something_changed() -> None:
    kept, made = Kept[int](), iter(range(9))
    state, other = ("the very state",), ("another",)
    assert [kept.get((state, 1, b"x"), made.__next__) for _ in range(3)] == [0, 0, 0]
    assert kept.get((state, 2, b"x"), made.__next__) == 1
    assert kept.get((state, 2, b"y"), made.__next__) == 2
    assert kept.get((other, 2, b"y"), made.__next__) == 3
    assert kept.get((state, 2, b"y"), made.__next__) == 4, "only the last one is kept"


def test_states_and_events_are_the_same_only_if_they_are_the_very_same() -> None:
    kept, made = Kept[int](), iter(range(9))
    assert kept.get(([1],), made.__next__) == 0
    assert kept.get(([1],), made.__next__) == 1


def test_an_answer_that_is_nothing_is_an_answer() -> None:
    kept, asked = Kept[None](), []
    for _ in range(2):
        kept.get((1,), lambda: asked.append(1))
    assert asked == [1]


def test_what_failed_is_asked_again() -> None:
    kept = Kept[int]()
    kept.get((1,), lambda: 1)
    with pytest.raises(ZeroDivisionError):
        kept.get((2,), lambda: 1 // 0)
    assert kept.get((1,), lambda: 7) == 1
    assert kept.get((2,), lambda: 8) == 8
