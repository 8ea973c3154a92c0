"""The search for garbage is as it was after a run, however the run ended."""

from __future__ import annotations

import gc
import weakref

import pytest

from safepassage.core.uncollected import uncollected


def ends_badly() -> None:
    with uncollected():
        assert not gc.isenabled()
        raise ValueError("ended badly")


@pytest.mark.parametrize("is_on", [True, False])
def test_all_is_as_before(is_on: bool) -> None:
    was_on = gc.isenabled()
    try:
        gc.enable() if is_on else gc.disable()
        with pytest.raises(ValueError, match="ended badly"):
            ends_badly()
        assert gc.isenabled() == is_on
    finally:
        gc.enable() if was_on else gc.disable()


class Ring:
    """Garbage that only a search finds."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_made_inside_is_not_looked_through_right_afterwards_and_is_freed_all_the_same() -> None:
    was_on = gc.isenabled()
    gc.unfreeze()  # a server that an earlier test began sets its heap aside
    gc.enable()
    passes: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            passes.append(info["generation"])

    gc.collect()
    gc.callbacks.append(note)
    try:
        with uncollected():
            stays = [[number] for number in range(100_000)]
            ring = weakref.ref(Ring())
        made_after = [[0] for _ in range(10)]
        assert passes == []
        gc.collect()
        assert ring() is None
        assert len(stays) + len(made_after) == 100_010
    finally:
        gc.callbacks.remove(note)
        gc.enable() if was_on else gc.disable()


def test_what_a_process_set_aside_for_good_stays_aside() -> None:
    gc.freeze()
    try:
        aside = gc.get_freeze_count()
        with uncollected():
            pass
        assert gc.get_freeze_count() == aside
    finally:
        gc.unfreeze()
