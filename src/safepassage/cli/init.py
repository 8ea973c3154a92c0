"""`init`: founds an operation in a folder: who controls the data, keys, the first account, a policy, a backup."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from safepassage.cli import answers
from safepassage.cli.options import DESK, AsJson, Home, now_utc
from safepassage.cli.passphrase import passphrase_new
from safepassage.cli.secret_options import BACKUP_FILE, PASSWORD_FILE, secret_option
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import new_store
from safepassage.core.errors import NotFoundError


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command("init")(init)


def template_text(name: str) -> str:
    """The text of a policy template that comes with the program.

    Raises:
        NotFoundError: there is no such template.
    """
    folder = files("safepassage.core.policy").joinpath("templates")
    names = sorted(one.name.removesuffix(".yaml") for one in folder.iterdir() if one.name.endswith(".yaml"))
    if name not in names:
        raise NotFoundError(
            "There is no such policy template.", where=name, advice=f"Take one of: {', '.join(names)}."
        )
    return folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8")


@speaks
def init(
    name: Annotated[
        str,
        typer.Option(
            prompt="Name of the operation, as people call it (e.g. North 2026)",
            callback=answers.asked(answers.name_answer),
            help="As people call it: 'North 2026'.",
        ),
    ],
    code: Annotated[
        str,
        typer.Option(
            prompt="Short code for ids and file names; it stays (a-z, figures, dashes, e.g. north-2026)",
            callback=answers.asked(answers.code_answer),
            help="Lower case, digits and dashes; it goes into ids and file names and can't be changed.",
        ),
    ],
    controller: Annotated[
        str,
        typer.Option(
            prompt="Who answers for people's data: your organisation (e.g. Harbour Aid)",
            callback=answers.asked(answers.name_answer),
            help="The body that answers for people's data: your organisation.",
        ),
    ],
    contact: Annotated[
        str,
        typer.Option(
            prompt="How partners reach you, printed on their form: e-mail or phone (e.g. desk@example.org)",
            callback=answers.asked(answers.contact_answer),
            help="Printed on the template that partners fill in.",
        ),
    ],
    retention_days: Annotated[
        int,
        typer.Option(
            prompt="After how many days people's data is due for erasure",
            callback=answers.asked(answers.days_answer),
            help="Days after which people's data is due for erasure.",
        ),
    ] = 180,
    time_zone: Annotated[
        str,
        typer.Option(
            prompt="Time zone in which times are shown (e.g. Asia/Kabul, Europe/Berlin)",
            callback=answers.asked(answers.zone_answer),
            help="IANA name, e.g. Asia/Kabul; times are shown in it.",
        ),
    ] = "Asia/Kabul",
    region: Annotated[
        str,
        typer.Option(
            prompt="Country of phone numbers without a prefix, by two letters (e.g. AF, PK)",
            callback=answers.asked(answers.region_answer),
            help="Two letters (ISO 3166-1): 0700… is read as there.",
        ),
    ] = "AF",
    policy: Annotated[
        str,
        typer.Option(
            prompt="Policy to begin with: neo (a state's evacuation), ngo (own staff first) or none",
            callback=answers.asked(answers.policy_answer),
            help="neo: a state's evacuation; ngo: an organisation's own staff first; none: publish yours later.",
        ),
    ] = "neo",
    password: Annotated[
        str,
        secret_option(
            "Signs in to the console; 12 characters or more.",
            variable=PASSWORD_FILE,
            prompt="Password of the account desk, to sign in to the console (12 characters or more)",
            is_new=True,
            check=answers.asked(answers.password_answer),
        ),
    ] = "",
    passphrase: Annotated[
        str,
        secret_option(
            "Opens the backup of store and keys: four random words; write it down, keep it elsewhere.",
            variable=BACKUP_FILE,
            prompt="Passphrase of the backup, without which no lost laptop is restored (four random words)",
            is_new=True,
            check=answers.asked(answers.passphrase_answer),
        ),
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Founds an operation: a folder with store and keys, and a sealed backup that a second laptop restores.

    Every answer that is not given as an option is asked for, so [bold]safepassage init[/] alone is enough. Last it
    asks for the passphrase of the store, which is no option: it is typed, or read from the file named in
    SAFEPASSAGE_PASSPHRASE_FILE. Every start asks for it again, or [bold]unlock[/] once a shift.

    Made are: the folder (./operation, or --home) with the encrypted store and the sealed keys, readable by you
    only; the account [bold]desk[/] with every role; a first policy; and CODE-keys.sealed beside the folder, which
    goes to another place.

    Next: [bold]intake[/] for lists, [bold]accounts add[/] for the second person, [bold]serve[/] for the console.
    """
    from safepassage.cli.archive import archive_seal
    from safepassage.core.exchange.sealing import passphrase_check

    passphrase_check(passphrase)
    with new_store(home, operation=code, passphrase=passphrase_new()) as folder:
        from django.db import transaction

        from safepassage.apps.accounts.founding import operation_found
        from safepassage.apps.accounts.places import place_here
        from safepassage.apps.accounts.roles import Role
        from safepassage.apps.accounts.services import account_found, password_check
        from safepassage.apps.ledger.services import event_append, site_found
        from safepassage.apps.outreach.services import texts_load
        from safepassage.apps.passes.keyring import keys_make
        from safepassage.apps.policy.publishing import policy_propose
        from safepassage.core.ledger import EventKind

        now = now_utc()
        text = template_text(policy) if policy != "none" else ""
        password_check(username=DESK, password=password)
        with transaction.atomic():
            operation = operation_found(
                code=code,
                name=name,
                controller=controller,
                contact=contact,
                retention_days=retention_days,
                time_zone=time_zone,
                default_region=region.upper(),
                began_at=now,
            )
            site_found(operation=operation.code)
            event_append(kind=EventKind.OPERATION_OPENED, body={"code": operation.code}, account=DESK, now=now)
            account_found(username=DESK, password=password, roles=frozenset(Role), place=place_here(), now=now)
            texts_load()
            if text:
                policy_propose(text=text, account=DESK, is_unsigned_accepted=True, now=now, file=f"{policy}.yaml")
            keys_make()
    backup = folder.parent / f"{operation.code}-keys.sealed"
    archive_seal(folder, backup, passphrase)
    say(
        {"operation": operation.code, "home": str(folder), "account": DESK, "backup": str(backup)},
        as_json=as_json,
    )
    if not as_json:
        _show_next(folder, backup)
        if policy != "none":
            out.print(
                f"The policy [bold]{policy}[/] is a template that nobody has signed off, in force provisionally. "
                f"Before anyone relies on it: [bold]safepassage policy template {policy}[/], name the signer in it, "
                "[bold]policy propose[/], and let a second account sign it: [bold]policy sign[/]."
            )


def _show_next(folder: Path, backup: Path) -> None:
    out.print(f"[bold green]✓[/] The operation is in [bold]{folder}[/]; account [bold]{DESK}[/] holds every role.")
    out.print(
        "One laptop, one officer: what two people have to agree on is provisional or waits until there is a second. "
        "[bold]safepassage accounts add desk-2 --role supervisor[/], with a password that only they know."
    )
    out.print(f"Take [bold]{backup.name}[/] to another place now: without it a lost laptop is a lost operation.")
    out.print("Next: [bold]safepassage intake LISTS --source NAME[/], or [bold]safepassage serve[/] for the console.")
