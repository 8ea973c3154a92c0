"""Locking reaches the console too: `lock` leaves a mark beside the key, and whoever follows it lets the key go.

The mark says nothing but that somebody locked the store since; it holds no secret. A process that follows takes the
key again as soon as somebody unlocks, from the keeper and from nowhere else.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from safepassage.vault import keeper
from safepassage.vault.files import write_whole
from safepassage.vault.held import held, hold, let_go
from safepassage.vault.keyfile import is_sealed, key_path
from safepassage.vault.waiting import UPLOADS, waiting_clear

_MARK = "locked"


@dataclass(slots=True)
class _Followed:
    """What this process follows, and the mark that it has obeyed."""

    home: Path
    mark: bytes
    is_watching: bool


_followed: list[_Followed] = []
_turn = threading.Lock()


def lock(home: Path) -> bool:
    """Ends the keeper and makes every console on the folder lock itself; whether there was a keeper.

    The keeper goes first: who obeys the mark does not find the key again.
    """
    was = keeper.release(home)
    if is_sealed(home):
        write_whole(home / "keys" / _MARK, secrets.token_bytes(16))
    return was


def follow(home: Path, *, is_watching: bool = False) -> None:
    """From now on `is_locked` obeys what is locked in this folder, if this process holds its key.

    Args:
        home: The operation's folder.
        is_watching: Also obeys while nobody asks, four times a second.
    """
    if held() is None or not is_sealed(home):
        return
    _followed[:] = [_Followed(home, lock_mark(home), is_watching)]
    if is_watching:
        threading.Thread(target=_watch, daemon=True, name="locking").start()


def follow_no_more() -> None:
    """Ends the following."""
    _followed.clear()


def is_locked() -> bool:
    """Whether the store was locked since this process began to follow, and nobody unlocked it again.

    Cost: a look at one small file; while locked also a look for the keeper.
    """
    with _turn:
        if not _followed:
            return False
        followed = _followed[0]
        mark = lock_mark(followed.home)
        if mark != followed.mark:
            followed.mark = mark
            let_go()
            if followed.is_watching:  # what a page kept while the lock came
                with contextlib.suppress(FileNotFoundError):
                    waiting_clear(followed.home, UPLOADS, older_than=0)
        if held() is None:
            key = keeper.ask(followed.home)
            if key is not None:
                hold(key)
        return held() is None


def lock_mark(home: Path) -> bytes:
    """The mark of the last lock; another one after each. Empty if nobody ever locked the folder."""
    try:
        return (home / "keys" / _MARK).read_bytes()
    except FileNotFoundError:
        return b""


def opening(home: Path) -> str:
    """A name for the time since the folder was locked last, or took another passphrase; it tells neither.

    Whoever comes with the passphrase after that may be another person: what was begun before is over.
    """
    try:
        sealed = key_path(home).read_bytes()
    except FileNotFoundError:
        sealed = b""
    return hashlib.blake2b(lock_mark(home) + sealed, digest_size=16).hexdigest()


def _watch() -> None:
    while _followed:
        is_locked()
        time.sleep(keeper.LOOK_SECONDS)
