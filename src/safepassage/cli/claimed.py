"""Whose name a verb used, proven or only claimed: at an open store a name after `--as` proves nothing.

An act of two people, and every act on accounts, asks for the password of whoever acts. Others would ask dozens of
times a shift; whoever has the store open could write into it anyway. So they are done, and the access log says whose
name was used without proof.
"""

from __future__ import annotations

import contextlib
import sys

from safepassage.cli.options import now_utc


class _Kept:
    """Who proved to be whom since the verb began: one verb runs at a time."""

    proven: set[str] = set()


def verb_begins() -> None:
    """Forgets who was proven by the verb before, in a process that runs several."""
    _Kept.proven = set()


def proof_given(username: str) -> None:
    """Somebody typed the password of this account."""
    _Kept.proven.add(username)


def claim_note(account: object) -> None:
    """Once a verb is through: notes the account whose name it used, unless that was proven.

    A verb that needs no store notes nothing. Where the note can't be written the verb has done its work all the same.
    """
    if not isinstance(account, str) or account in _Kept.proven or "django.db" not in sys.modules:
        return
    from django.apps import apps
    from django.db import DatabaseError

    if apps.ready:
        from safepassage.apps.accounts.services import account_claim_note

        with contextlib.suppress(DatabaseError):
            account_claim_note(account=account, now=now_utc())
