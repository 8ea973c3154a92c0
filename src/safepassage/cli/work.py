"""`work`: the worker, which does the long work that pages ask for; `serve` runs one beside the web."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Annotated

import typer

from safepassage import vault
from safepassage.cli.options import Home
from safepassage.cli.speak import speaks
from safepassage.cli.store import open_store

PATIENCE_SECONDS = 5.0
"""How long a worker may take to leave what it is at, once it is told to end."""
AGAIN_SECONDS = 2.0
LOOK_SECONDS = 0.25


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command("work")(work)


@speaks
def work(
    once: Annotated[bool, typer.Option("--once", help="End when nothing waits.")] = False,
    beside: Annotated[bool, typer.Option("--beside", hidden=True, help="End with who began it.")] = False,
    home: Home = None,
) -> None:
    """Does the long work that pages of the console ask for: one piece after the other, until Ctrl-C.

    `serve` runs a worker by itself; a server that is run otherwise needs this one beside it.
    """
    vault.heed_signals()
    if beside:
        vault.take_over(sys.stdin.buffer.readline())
    folder = open_store(home)
    from safepassage.apps.work.locked import obey_lock, work_obedient

    ends = threading.Event()
    obey_lock(folder, ends, goes_on=not beside)
    if beside:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that began it
        threading.Thread(target=_end_with_parent, args=(ends,), daemon=True).start()
        if hasattr(os, "nice"):
            os.nice(5)  # pages come first
    else:
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: ends.set())
    work_obedient(ends, is_patient=beside, is_once=once)


def _end_with_parent(ends: threading.Event) -> None:
    """Waits until the other end of the pipe is gone, however that came; what does not end then is ended."""
    sys.stdin.buffer.read()
    ends.set()
    time.sleep(PATIENCE_SECONDS)
    os._exit(1)


@contextlib.contextmanager
def worker_beside() -> Iterator[None]:
    """Runs a worker in a process of its own while the web is served.

    One that falls over is begun anew; one that a lock ended as soon as the store is open again.
    """
    ended = threading.Event()
    process = _begin()

    def watch() -> None:
        nonlocal process
        while not ended.is_set():
            process.wait()
            if ended.wait(AGAIN_SECONDS):
                return
            while vault.is_locked():  # it has no key to hand over
                if ended.wait(LOOK_SECONDS):
                    return
            process = _begin()

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        if process.stdin:
            process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=PATIENCE_SECONDS + 1)
        process.kill()


def _begin() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "safepassage", "work", "--beside"],
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    if process.stdin:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(vault.hand_over())
            process.stdin.flush()
    return process
