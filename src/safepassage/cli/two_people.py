"""Who takes part in an act of two proves it with their own password: a name with `--as` or `--second` is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from safepassage.cli.claimed import proof_given
from safepassage.cli.passphrase import may_ask
from safepassage.cli.secret_options import OWN_FILE, SECOND_FILE, secret_option
from safepassage.core.errors import ForbiddenError

if TYPE_CHECKING:
    from safepassage.apps.accounts.two_people import Proven

OwnPassword = Annotated[
    str, secret_option("Of the account that acts; asked for if left out.", variable=OWN_FILE, prompt=False)
]
SecondPassword = Annotated[
    str,
    secret_option(
        "Of the second account, typed by its holder; asked for if left out.", variable=SECOND_FILE, prompt=False
    ),
]
Second = Annotated[str, typer.Option(help="Duty name of the second person, who is here and types their password.")]
BesideThem = Annotated[
    str,
    typer.Option(
        "--second",
        help="Who agrees, where the account sees protected records: they see them too.",
        show_default=False,
    ),
]


def beside(second: str, password: str) -> Proven | None:
    """The second person, proven, where one was named."""
    return proven(second, password) if second else None


def proven(username: str, password: str) -> Proven:
    """Whoever acts as `username`, proven by the password given, else asked for.

    Raises:
        ForbiddenError: not so, or nobody is there to be asked.
    """
    from safepassage.apps.accounts.two_people import account_prove

    if not password and not may_ask():
        raise ForbiddenError(
            "An act of two people needs the password of each, and nobody is here to be asked.",
            code="not-proven",
            where=username,
            advice=f"Give --own-password or --second-password as `-` or `@FILE`, or name a file in {OWN_FILE}.",
        )
    typed = password or str(typer.prompt(f"Password of {username}", hide_input=True, err=True))
    found = account_prove(username=username, password=typed)
    proof_given(username)
    return found
