"""`backup`: make and restore a sealed copy of the whole operation."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from safepassage.cli.archive import archive_restore, archive_seal, dump_load
from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.secret_options import BACKUP_FILE, secret_option
from safepassage.cli.speak import say, speaks
from safepassage.cli.store import open_store
from safepassage.vault.unlocking import passphrase_given

group = typer.Typer(no_args_is_help=True, help="Sealed copies of the whole operation: store, keys, files.")
Passphrase = Annotated[str, secret_option("Opens the backup; keep it apart from the file.", variable=BACKUP_FILE)]


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.add_typer(group, name="backup")


@group.command("make")
@speaks
def make(
    to: Annotated[Path, typer.Argument(help="The sealed file to write.")],
    passphrase: Passphrase,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Seals store, keys and files into one file that a second laptop restores. The console may go on."""
    folder = open_store(home)
    from safepassage.apps.ledger.services import event_append
    from safepassage.core.ids import derived_id
    from safepassage.core.ledger import EventKind

    now = now_utc()
    size = archive_seal(folder, to, passphrase)
    digest = hashlib.sha256(to.read_bytes()).hexdigest()
    body = {"backup": derived_id("K", digest), "digest": digest}
    event_append(kind=EventKind.BACKUP_MADE, body=body, account=account, now=now)
    say(
        {"file": to.name, "bytes": size, "digest": digest},
        as_json=as_json,
        text=f"{to} ({size / 1000:,.0f} kB), sealed.",
    )


@group.command("open")
@speaks
def open_(
    source: Annotated[Path, typer.Argument(help="A sealed file.", exists=True, dir_okay=False)],
    to: Annotated[Path, typer.Argument(help="Where its content goes.")],
    passphrase: Passphrase,
    as_json: AsJson = False,
) -> None:
    """Opens a sealed export (a workbook of people). Needs no store."""
    from safepassage.core.exchange.sealing import open_archive

    to.write_bytes(open_archive(source.read_bytes(), passphrase))
    say({"file": to.name}, as_json=as_json, text=str(to))


@group.command("restore")
@speaks
def restore(
    source: Annotated[Path, typer.Argument(help="The sealed file.")],
    passphrase: Passphrase,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Restores a sealed backup into a new folder, and checks its ledger from the first event to the last.

    The copy takes a site id and a chain of its own, and says so in its ledger: if the first laptop comes back, both
    records stand. Phones that joined before go on with the copy.

    The restored store is encrypted. It opens under the passphrase that SAFEPASSAGE_PASSPHRASE_FILE names, else under
    the backup's; [bold]keys passphrase[/] changes it.
    """
    known = passphrase_given()
    target = archive_restore(
        source, (home or Path("operation")).resolve(), passphrase, store_passphrase=known or passphrase
    )
    open_store(target, create=True)
    dump_load(target)
    from safepassage.apps.ledger.checking import record_check
    from safepassage.apps.ledger.services import site_restore

    problems = [str(problem) for problem in record_check()]
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    site = "" if problems else site_restore(backup=digest, moment=now_utc())
    told = f"Restored to {target}, as {site}." if site else f"Restored to {target}."
    say(
        {"home": str(target), "site": site, "problems": problems},
        as_json=as_json,
        text="\n".join(
            [
                told,
                *problems,
                "The ledger is whole." if not problems else "",
            ]
        ),
    )
    if problems:
        raise typer.Exit(1)
