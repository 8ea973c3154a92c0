"""Parts worked on two at a time are all done, each once, and an error in one is heard of."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from safepassage.core.identity.in_parts import PART, THREADS, each_part, in_turn


@pytest.mark.parametrize("count", [0, 1, PART, PART + 1, 5 * PART - 1])
def test_each_row_is_worked_on_once(count: int) -> None:
    done = np.zeros(count, np.int64)

    def work(part: slice) -> None:
        done[part] += 1

    each_part(count, work)
    assert (done == 1).all()


def test_an_error_in_a_part_is_raised() -> None:
    def work(part: slice) -> None:
        if part.start:
            raise ValueError("a part that fails")

    with pytest.raises(ValueError, match="a part that fails"):
        each_part(3 * PART, work)


def test_what_comes_of_each_comes_in_turn_and_not_all_is_begun_at_once() -> None:
    begun: list[int] = []

    def items() -> Iterator[int]:
        for one in range(20):
            begun.append(one)
            yield one

    coming = in_turn(lambda one: one * one, items())
    assert next(coming) == 0
    assert len(begun) == THREADS + 1
    assert [0, *coming] == [one * one for one in range(20)]
