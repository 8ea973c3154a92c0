"""A worker at a lock: it leaves what it is at, and loses the key and all that it had in memory."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from safepassage import vault
from safepassage.apps.work.worker import work_on
from safepassage.core.errors import ForbiddenError

PATIENCE_SECONDS = 1.0
"""How long a job has to come to its next step; one that does not is as one that was killed: nothing is stored."""
_locked = threading.Event()


def obey_lock(home: Path, ends: threading.Event, *, goes_on: bool) -> None:
    """From now on a lock (or the end of `unlock --for`) ends the work.

    Args:
        home: The operation's folder.
        ends: Is set at a lock: the job at hand is marked as interrupted.
        goes_on: The worker waits for an unlock, without key or memory, and works on; else its process ends.
    """

    def leave() -> None:
        _locked.set()
        ends.set()
        time.sleep(PATIENCE_SECONDS)
        if goes_on:
            vault.shut_until_unlocked(home)
        os._exit(0)

    vault.when_locked(leave)
    vault.follow(home, is_watching=True)


def work_obedient(ends: threading.Event, *, is_patient: bool = False, is_once: bool = False) -> None:
    """As `work_on`; after a lock it does not return, so that the process is there to be replaced."""
    try:
        work_on(ends, is_patient=is_patient, is_once=is_once)
    except ForbiddenError as error:
        # the key went between two looks into the store
        if error.problem.code != "locked" or not _locked.wait(PATIENCE_SECONDS):
            raise
    while _locked.is_set():
        time.sleep(PATIENCE_SECONDS)
