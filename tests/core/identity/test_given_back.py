"""Memory that is freed goes back to the system, where the C library can do that."""

import sys
from pathlib import Path

import pytest

from safepassage.core.identity import given_back


@pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read from /proc")
def test_what_was_freed_is_no_longer_resident():
    if given_back._TRIM is None:
        pytest.skip("this C library has no malloc_trim")
    kept = [bytes(2000) for _ in range(100_000)]  # below the size that is mapped by itself
    last = bytes(2000)
    before = _resident_mb()
    del kept
    given_back.give_back()
    assert _resident_mb() < before - 50
    assert last


def test_without_such_a_call_nothing_happens(monkeypatch):
    monkeypatch.setattr(given_back, "_TRIM", None)
    given_back.give_back()


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6
