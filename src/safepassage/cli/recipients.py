"""`recipient`: who gets exports, and the public key that theirs are sealed to."""

from __future__ import annotations

from typing import Annotated

import typer

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.two_people import OwnPassword, Second, SecondPassword, proven

group = typer.Typer(no_args_is_help=True, help="Recipients of exports, and the keys that theirs are sealed to.")


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.add_typer(group, name="recipient")


@group.command("add")
@speaks
def add(
    reference: Annotated[str, typer.Argument(help="Reference, lower case, no name of a person: haven-desk-1.")],
    key: Annotated[str, typer.Argument(help="Their public key: age1…, made by them with age-keygen.")],
    second: Second,
    own_password: OwnPassword = "",
    second_password: SecondPassword = "",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Notes the public key of a recipient: exports to them are sealed to it, and nobody else opens them.

    Compare the digest with the recipient by voice: whoever slips in another key reads what you send.
    """
    open_store(home)
    from safepassage.apps.outreach.recipients import key_digest, recipient_add

    record = recipient_add(
        reference=reference,
        public_key=key,
        account=proven(account, own_password).username,
        second=proven(second, second_password),
        now=now_utc(),
    )
    digest = key_digest(record.public_key)
    say(
        {"recipient": record.reference, "digest": digest},
        as_json=as_json,
        text=f"{record.reference}: digest of the key {digest[:16]}…; compare it by voice.",
    )


@group.command("list")
@speaks
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """The recipients with a key."""
    open_store(home)
    from safepassage.apps.outreach.recipients import key_digest, recipients_known

    lines = [
        {
            "recipient": one.reference,
            "key": one.public_key,
            "digest": key_digest(one.public_key),
            "since": one.added_at,
        }
        for one in recipients_known()
    ]
    say({"recipients": lines}, as_json=as_json, text="" if lines else "No recipient has a key yet.")
    if not as_json:
        for one in lines:
            out.print(f"{one['recipient']}  {one['key']}  {str(one['digest'])[:16]}…", highlight=False)
