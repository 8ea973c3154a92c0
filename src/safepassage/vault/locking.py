"""Locking reaches the console too: `lock` leaves a mark beside the key, and whoever follows it lets the key go.

The mark says nothing but that somebody locked the store since; it holds no secret. A process that follows takes the
key again as soon as somebody unlocks, from the keeper and from nowhere else.

Letting the key go empties a variable, not the memory: copies of the key and of names lie about until the process
ends. Who watches therefore ends at a lock, or becomes another program under the same number (`vault.anew`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from safepassage.vault import keeper
from safepassage.vault.held import held, hold, let_go
from safepassage.vault.keyfile import is_sealed, key_path
from safepassage.vault.lock_mark import lock_mark, mark
from safepassage.vault.waiting import UPLOADS, waiting_clear

LAST_WORD_SECONDS = 0.3
"""So that whoever asks at the moment of the lock still gets the page that says so."""
LOCKED = 71
"""Exit code of a process that a lock ended."""


@dataclass(slots=True)
class _Followed:
    """What this process follows, and the mark that it has obeyed."""

    home: Path
    mark: bytes
    is_watching: bool
    is_over: bool = False
    """A lock came: what this process has in memory is to go."""


_followed: list[_Followed] = []
_acts: list[Callable[[], None]] = []
_turn = threading.Lock()


def lock(home: Path) -> bool:
    """Ends the keeper and makes every console on the folder lock itself; whether there was a keeper.

    The keeper goes first: who obeys the mark does not find the key again.
    """
    was = keeper.release(home)
    if is_sealed(home):
        mark(home)
    return was


def follow(home: Path, *, is_watching: bool = False) -> None:
    """From now on `is_locked` obeys what is locked in this folder, if it has a key. What is followed already goes on.

    Args:
        home: The operation's folder.
        is_watching: Also obeys while nobody asks, four times a second, and at a lock ends this process (or does what
            `when_locked` was told), so that nothing of what it had in memory is left.
    """
    if not is_sealed(home):
        return
    if not _followed or _followed[0].home != home:
        _followed[:] = [_Followed(home, lock_mark(home), is_watching=False)]
    if is_watching and not _followed[0].is_watching:
        _followed[0].is_watching = True
        threading.Thread(target=_watch, args=(_followed[0],), daemon=True, name="locking").start()


def when_locked(act: Callable[[], None]) -> None:
    """What a process that watches does at a lock in place of ending at once; it must not let the memory live on."""
    _acts[:] = [act]


def follow_no_more() -> None:
    """Ends the following."""
    _followed.clear()
    _acts.clear()


def is_locked() -> bool:
    """Whether the store was locked since this process began to follow, and nobody unlocked it again.

    Cost: a look at one small file; while locked also a look for the keeper.
    """
    with _turn:
        if not _followed:
            return False
        followed = _followed[0]
        left = lock_mark(followed.home)
        if left != followed.mark:
            followed.mark, followed.is_over = left, True
            let_go()
            if followed.is_watching:  # what a page kept while the lock came
                with contextlib.suppress(FileNotFoundError):
                    waiting_clear(followed.home, UPLOADS, older_than=0)
        if held() is None:
            key = keeper.ask(followed.home)
            if key is not None:
                hold(key)
        return held() is None


def opening(home: Path) -> str:
    """A name for the time since the folder was locked last, or took another passphrase; it tells neither.

    Whoever comes with the passphrase after that may be another person: what was begun before is over.
    """
    try:
        sealed = key_path(home).read_bytes()
    except FileNotFoundError:
        sealed = b""
    return hashlib.blake2b(lock_mark(home) + sealed, digest_size=16).hexdigest()


def end_locked() -> None:
    """Ends this process: it says why, and stores nothing more."""
    sys.stderr.write(
        "The store was locked: this command ends, and what it was at is not stored. "
        "`safepassage unlock`, then ask again.\n"
    )
    sys.stderr.flush()
    os._exit(LOCKED)


def _watch(followed: _Followed) -> None:
    while followed in _followed:
        is_locked()
        if followed.is_over:
            time.sleep(LAST_WORD_SECONDS)
            (_acts[0] if _acts else end_locked)()
            return
        time.sleep(keeper.LOOK_SECONDS)
