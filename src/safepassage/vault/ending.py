"""Told to end: a signal that comes while a process becomes another program goes with it, and is not lost.

A server that is told to end by SIGTERM or Ctrl-C first answers whoever asks. If a lock makes another program of it in
that moment, what it was told would go with its memory, and the site would wait for an unlock instead of ending. So
signals are noted in a pipe, too, which outlives the change.
"""

from __future__ import annotations

import os
import signal
import threading

VARIABLE = "SAFEPASSAGE_TOLD"
"""By which the pipe is named to the program that a process becomes: a file descriptor."""
_ENDS = (signal.SIGTERM, signal.SIGINT)
_pipe: list[int] = []


def heed_signals() -> None:
    """From now on a signal to end is noted where the next program finds it; ends if the one before was told to.

    For the main thread of a process that may become another program. Does nothing where there is no such thing.
    """
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():
        return
    left = os.environ.pop(VARIABLE, "")
    told = _read(int(left)) if left else b""
    for one in _ENDS:
        if one in told:
            signal.signal(one, signal.SIG_DFL)
            signal.raise_signal(one)
    if not _pipe:
        _pipe[:] = os.pipe()
        for end in _pipe:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(_pipe[1], warn_on_full_buffer=False)


def signals_kept() -> dict[str, str]:
    """The variable by which the next program finds what this one was told; none where nothing is noted."""
    if not _pipe:
        return {}
    os.set_inheritable(_pipe[0], True)  # noqa: FBT003
    return {VARIABLE: str(_pipe[0])}


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except BlockingIOError:
        return b""
    finally:
        os.close(descriptor)
