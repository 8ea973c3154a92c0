"""The worker: one for an operation, doing one job after the other, so that no two of them ever run together."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator

from django.db import close_old_connections, connection
from django.utils import timezone

from safepassage.apps.registry.arrivals import arrivals_prepare
from safepassage.apps.work.channel import work_folder
from safepassage.apps.work.due import Due
from safepassage.apps.work.kinds import job_act, job_clear
from safepassage.apps.work.printed import printed_clear
from safepassage.apps.work.running import note_error, run_job
from safepassage.apps.work.services import job_begin, jobs_interrupt
from safepassage.apps.work.uploads import uploads_clear
from safepassage.core.errors import ConflictError

LOOK_SECONDS = 0.5
"""So often the worker looks for work."""
PATIENCE_SECONDS = 3.0


@contextlib.contextmanager
def work_alone() -> Iterator[bool]:
    """Whether this process is the operation's one worker, for as long as it stays inside.

    The lock is SQLite's on a file of its own: on every system it goes with the process that holds it, whatever ends
    that process.
    """
    lock = sqlite3.connect(work_folder() / "one-worker", timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        is_alone = True
    except sqlite3.OperationalError:
        is_alone = False
    try:
        yield is_alone
    finally:
        lock.close()


def worker_is_here() -> bool:
    """Whether a worker runs; where none does, what it left is marked as interrupted."""
    with work_alone() as is_alone:
        if is_alone:
            jobs_interrupt(now=timezone.now())
        return not is_alone


def work_on(ends: threading.Event, *, is_patient: bool = False, is_once: bool = False) -> None:
    """Does what waits, then waits for more until `ends` is set; `is_once`: until nothing waits.

    Raises:
        ConflictError: another worker is at it; a patient one waits until that one ends.
    """
    began = time.monotonic()
    while not ends.is_set():
        with work_alone() as is_alone:
            if is_alone:
                _work(ends, is_once=is_once)
                return
        if not is_patient and time.monotonic() - began > PATIENCE_SECONDS:
            raise ConflictError("Another worker works on this operation already.", advice="One is enough.")
        ends.wait(LOOK_SECONDS)


def _work(ends: threading.Event, *, is_once: bool) -> None:
    jobs_interrupt(now=timezone.now())
    is_ready, due = False, Due()
    while not ends.is_set():
        if not connection.in_atomic_block:  # nobody's connection is closed under an open transaction
            close_old_connections()
        printed_clear()
        uploads_clear()
        job = job_begin(now=timezone.now())
        if job is not None:
            run_job(job, job_act, ends=ends)
            job_clear(job)
            is_ready = False
        elif _is_due(due):
            continue
        elif is_once:
            return
        elif not is_ready:
            _prepare()
            is_ready = True
        else:
            ends.wait(LOOK_SECONDS)


def _is_due(due: Due) -> bool:
    try:
        return due.ask(now=timezone.now())
    except Exception as error:  # noqa: BLE001 - work goes on; whoever runs the matcher is told what is wrong
        note_error("looking who came", error)
        return False


def _prepare() -> None:
    """While nothing waits: so that the next small list is answered at once."""
    try:
        arrivals_prepare()
    except Exception as error:  # noqa: BLE001 - work goes on; the next list makes ready what it needs
        note_error("making ready who is in the store", error)
