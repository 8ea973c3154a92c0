"""The store's passphrase at the command line: from a file or a variable, else typed unseen; never an option."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from safepassage.core.errors import ForbiddenError
from safepassage.core.exchange.sealing import passphrase_check
from safepassage.vault.keyfile import is_sealed, key_open
from safepassage.vault.unlocking import EXPORT_FILE_VARIABLE, FILE_VARIABLE, VARIABLE, passphrase_given


def passphrase_ask() -> str:
    """Asks for the passphrase of the store."""
    return str(typer.prompt("Passphrase of the store", hide_input=True, err=True))


def may_ask() -> bool:
    """Whether somebody sits there to be asked."""
    return sys.stdin.isatty()


def passphrase_new(what: str = "Passphrase of the store (four random words; asked for at every start)") -> str:
    """A new passphrase for the store: as the environment gives it, else typed twice.

    Raises:
        ForbiddenError: too short, or nobody is there to ask.
    """
    given = _given_or_asked("The store needs a passphrase, and nobody is here to be asked.")
    typed = (
        given if given is not None else str(typer.prompt(what, hide_input=True, confirmation_prompt=True, err=True))
    )
    passphrase_check(typed)
    return typed


def holder_prove(folder: Path) -> None:
    """Proves anew that whoever acts holds the machine: a store left unlocked is not enough.

    Raises:
        ForbiddenError: the passphrase is wrong, or nobody is there to ask.
    """
    if not is_sealed(folder):
        return
    given = _given_or_asked("This needs the passphrase of the store, and nobody is here to be asked.")
    key_open(folder, passphrase_ask() if given is None else given)


def _given_or_asked(refusal: str) -> str | None:
    """The passphrase of the environment; None where somebody is to be asked for it."""
    given = passphrase_given()
    if given is None and not may_ask():
        raise ForbiddenError(
            refusal, code="locked", advice=f"Name a file with it in {FILE_VARIABLE}, or set {VARIABLE}."
        )
    return given


def export_passphrase() -> str:
    """The passphrase of an export for a recipient without a key.

    Raises:
        ForbiddenError: nobody is there to ask.
    """
    given = passphrase_given(variable=EXPORT_FILE_VARIABLE)
    if given is None and not may_ask():
        raise ForbiddenError(
            "This recipient has no key, and nobody is here to be asked for a passphrase.",
            advice=f"`safepassage recipient add`, or name a file with a passphrase in {EXPORT_FILE_VARIABLE}.",
        )
    if given is not None:
        return given
    return str(typer.prompt("Passphrase of the export", hide_input=True, confirmation_prompt=True, err=True))
