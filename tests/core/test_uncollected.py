"""The search for garbage is as it was after a run, however the run ended."""

from __future__ import annotations

import gc

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
