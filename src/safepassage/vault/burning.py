"""Burning: the sealed key is destroyed, and every process that holds it open ends by itself within a second.

What is left is a store that nobody can read, unless a backup brings its key back.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from safepassage.vault import keeper
from safepassage.vault.files import overwrite_and_remove
from safepassage.vault.held import forget
from safepassage.vault.keyfile import is_sealed, key_path

STORE = "store.sqlite3"
LOOK_SECONDS = 0.2
LAST_WORD_SECONDS = 0.3
"""So that the console's last page reaches whoever pressed the button."""
BURNED = 70
"""Exit code of a process whose store was burned under it."""


_armed: list[bool] = []


@dataclass(frozen=True, slots=True)
class Burned:
    """What a burning did.

    Attributes:
        was_encrypted: The store can't be read any more. Otherwise it was overwritten once and removed, which a
            laboratory may undo on some disks.
        files: How many other files were overwritten and removed.
        seconds: How long until the key was gone, and until all was done.
    """

    was_encrypted: bool
    files: int
    key_gone_after: float
    seconds: float


def burn(home: Path) -> Burned:
    """Destroys the store key of a folder first, then every other file in it but the store that nobody reads now.

    Needs no passphrase and no open store. An unencrypted store is overwritten once and removed.
    """
    began = time.perf_counter()
    was_encrypted = is_sealed(home)
    overwrite_and_remove(key_path(home))
    forget()
    gone = time.perf_counter() - began
    keeper.release(home)
    files = 0
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink() and not (was_encrypted and path.name.startswith(STORE)):
            overwrite_and_remove(path)
            files += 1
    return Burned(was_encrypted, files, gone, time.perf_counter() - began)


def arm() -> None:
    """Says that this process may be ended by a burning: the command does; a program that only calls us does not."""
    _armed[:] = [True]


def is_armed() -> bool:
    """Whether this process may be ended by a burning, or by a lock."""
    return bool(_armed)


def disarm() -> None:
    """Takes it back: the key goes because a founding failed, not because somebody burned it."""
    _armed.clear()


def watch(home: Path) -> None:
    """Ends this process as soon as the store key of the folder is gone, if it is armed and there is one now."""
    if _armed and is_sealed(home):
        threading.Thread(target=_watch, args=(key_path(home),), daemon=True, name="burning").start()


def _watch(path: Path) -> None:
    while _is_there(path):
        time.sleep(LOOK_SECONDS)
    if not _armed:
        return
    forget()
    time.sleep(LAST_WORD_SECONDS)
    sys.stderr.write("The store key is gone: burned. This process ends.\n")
    sys.stderr.flush()
    os._exit(BURNED)


def _is_there(path: Path) -> bool:
    """Only a file that is plainly gone counts: a disk that does not answer is no burning."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True
