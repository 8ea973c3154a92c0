"""A signal to end that comes while a lock makes another program of a server ends it all the same."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from safepassage import vault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a lock ends the process")

SERVER = """
import os, signal, sys, threading, time
from pathlib import Path
from safepassage import vault
vault.heed_signals()
if "again" not in sys.argv:
    told = []
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: told.append(1))  # as a server does, which first answers whoever asks
    print("serves", flush=True)
    while not told and "untold" not in sys.argv:
        time.sleep(0.01)
    threading.Thread(target=vault.shut_until_unlocked, args=(Path(sys.argv[1]),)).start()
    time.sleep(60)
"""


def begin(home: Path, *words: str) -> subprocess.Popen[str]:
    """A server that a lock reaches after it was told to end; or without that, if a word says `untold`."""
    vault.key_make(home, "four invented words here", operation="north-2026")
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(home), *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "serves\n"
    return process


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_who_was_told_to_end_before_a_lock_does_not_wait_for_an_unlock(tmp_path: Path, how: signal.Signals) -> None:
    process = begin(tmp_path)
    process.send_signal(how)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == -how
    assert "Locked." not in said


def test_who_was_not_told_to_end_waits_for_an_unlock_and_ends_when_told(tmp_path: Path) -> None:
    process = begin(tmp_path, "untold")
    assert process.stdout.readline().startswith("Locked.")
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == -signal.SIGTERM


def test_at_whatever_moment_of_the_change_it_is_told_to_end_it_ends(tmp_path: Path) -> None:
    for moment in range(4):
        home = tmp_path / str(moment)
        process = begin(home, "untold")
        time.sleep(moment * 0.05)
        process.terminate()
        process.communicate(timeout=20)
        assert process.returncode == -signal.SIGTERM, moment
