"""Where an open store key comes from: this process, the keeper, then a passphrase by file, variable or hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.vault import keeper
from safepassage.vault.burning import STORE
from safepassage.vault.encrypting import encryption_finish
from safepassage.vault.held import held, hold
from safepassage.vault.keyfile import is_sealed, key_open

_PLAIN = b"SQLite format 3\x00"
"""How a store that is not encrypted begins."""
VARIABLE = "SAFEPASSAGE_PASSPHRASE"
FILE_VARIABLE = "SAFEPASSAGE_PASSPHRASE_FILE"
EXPORT_FILE_VARIABLE = "SAFEPASSAGE_EXPORT_PASSPHRASE_FILE"
NEW_FILE_VARIABLE = "SAFEPASSAGE_NEW_PASSPHRASE_FILE"
DEMO_MARK = "this-is-a-demo"
"""A file that says that a folder is a demo's and may be made anew."""
DEMO_PASSPHRASE = "invented people, nothing secret"  # noqa: S105 (a demo of invented people)


def unlock(home: Path, *, ask: Callable[[], str] | None = None) -> bool:
    """Makes the store key of a folder this process's own; a demo's passphrase is known and never asked for.

    Args:
        home: The operation's folder.
        ask: Asks a person for the passphrase; without it nobody is asked.

    Returns:
        Whether there is a key: false for a folder that is not encrypted.

    Raises:
        ForbiddenError: wrong passphrase, or the store is locked and nobody is there to ask.
        NotFoundError: the store is encrypted and its key is gone.
    """
    if not is_sealed(home):
        _refuse_burned(home)
        return False
    encryption_finish(home)
    if held() is not None:
        return True
    kept = keeper.ask(home)
    if kept is not None:
        hold(kept)
        return True
    passphrase = passphrase_given(home)
    if passphrase is None and ask:
        passphrase = ask()
    if passphrase is None:
        raise ForbiddenError(
            "The store is locked.",
            code="locked",
            advice=f"Run `safepassage unlock`, or name a file with the passphrase in {FILE_VARIABLE}.",
        )
    hold(key_open(home, passphrase))
    return True


def _refuse_burned(home: Path) -> None:
    try:
        with (home / STORE).open("rb") as file:
            begins = file.read(len(_PLAIN))
    except OSError:
        return
    if begins and begins != _PLAIN:
        raise NotFoundError(
            "This store's key is gone: it was burned. Nobody reads it again.",
            code="burned",
            where="keys/store.key",
            advice="Restore a backup into a new folder (`safepassage backup restore`).",
        )


def passphrase_given(home: Path | None = None, *, variable: str = FILE_VARIABLE) -> str | None:
    """The store's passphrase where the environment gives it, or where the folder is a demo's.

    Args:
        home: A folder that may be a demo's.
        variable: The variable that names a file.

    Raises:
        NotFoundError: the file named in the environment is not there.
    """
    if home and (home / DEMO_MARK).exists():
        return DEMO_PASSPHRASE
    name = os.environ.get(variable)
    if name:
        try:
            return Path(name).read_text(encoding="utf-8").rstrip("\r\n")
        except FileNotFoundError as error:
            raise NotFoundError(f"The file named in {variable} is not there.", where=Path(name).name) from error
    return (os.environ.get(VARIABLE) or None) if variable == FILE_VARIABLE else None
