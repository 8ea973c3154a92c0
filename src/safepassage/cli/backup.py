"""`backup`: make and restore a sealed copy of the whole operation."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from safepassage.cli import answers
from safepassage.cli.archive import STORE, archive_restore, archive_seal, dump_load
from safepassage.cli.checked import store_problems
from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.secret_options import BACKUP_FILE, secret_option
from safepassage.cli.speak import DAMAGED, say, speaks
from safepassage.cli.store import home_of, open_store
from safepassage.core.errors import NotFoundError, SafePassageError
from safepassage.vault.unlocking import passphrase_given

group = typer.Typer(no_args_is_help=True, help="Sealed copies of the whole operation: store, keys, files.")
_OPENS = "Opens the backup; keep it apart from the file."
NewPassphrase = Annotated[
    str,
    secret_option(
        _OPENS,
        variable=BACKUP_FILE,
        prompt="Passphrase of this backup, not of the store: it alone opens the file (four random words)",
        is_new=True,
        check=answers.asked(answers.passphrase_answer),
    ),
]
Passphrase = Annotated[
    str,
    secret_option(_OPENS, variable=BACKUP_FILE, prompt="Passphrase of the backup, as it was given when it was made"),
]
ExportPassphrase = Annotated[
    str,
    secret_option(
        "Opens the sealed file.",
        variable=BACKUP_FILE,
        prompt="Passphrase of the sealed file, as whoever sent it gave it to you",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.add_typer(group, name="backup")


@group.command("make")
@speaks
def make(
    to: Annotated[Path, typer.Argument(help="The sealed file to write.")],
    passphrase: NewPassphrase,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Seals store, keys and files into one file that a second laptop restores. The console may go on.

    Asks twice for a passphrase of the backup, which may be another each time: write it down, keep it apart.

    Before it says that the backup is good it has verified the whole ledger, and opened the sealed file again and
    compared everything in it. A damaged store is saved as it is all the same: the exit code is then 3, and what is
    wrong with it is listed.
    """
    problems: list[str] = []
    folder, is_open = _opened(home, problems)
    problems += problems_found() if is_open else []
    made = archive_seal(folder, to, passphrase, is_raw=not is_open)
    problems += made.problems
    if is_open:
        problems += _noted(made.digest, account)
    size = f"{to} ({made.size / 1000:,.0f} kB), sealed, opened again and compared"
    told = [f"{size}: {made.events} events.", *map(escape, problems)]
    told += ["[bold]The store is damaged[/]: it is saved as it is. `safepassage gate check` says what to do."] * bool(
        problems
    )
    say(
        {
            "file": to.name,
            "bytes": made.size,
            "digest": made.digest,
            "events": made.events,
            "is_good": not problems,
            "problems": problems,
        },
        as_json=as_json,
        text="\n".join(told),
    )
    if problems:
        raise typer.Exit(DAMAGED)


def _opened(home: Path | None, problems: list[str]) -> tuple[Path, bool]:
    """The folder, and whether its store opens; one that does not is saved all the same."""
    from django.db import DatabaseError

    try:
        return open_store(home), True
    except DatabaseError:
        problems.append("The store does not open: the database says that its file is damaged.")
    except NotFoundError:
        if not (home_of(home) / STORE).is_file():
            raise
        problems.append("The store opens and holds no operation.")
    return home_of(home), False


def problems_found() -> list[str]:
    """What is wrong with the store that is open: the ledger verified from end to end and folded, every value read."""
    from django.db import DatabaseError

    from safepassage.apps.ledger.selectors import state_now

    try:
        found = [str(problem) for problem in store_problems()]
        state_now()
    except (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        return [f"The ledger can't be read to its end ({type(error).__name__})."]
    return found


def _noted(digest: str, account: str) -> list[str]:
    """Notes the backup in the ledger; a store too damaged to take a note is saved, and says so."""
    from django.db import DatabaseError

    from safepassage.apps.ledger.services import event_append
    from safepassage.core.ids import derived_id
    from safepassage.core.ledger import EventKind

    body = {"backup": derived_id("K", digest), "digest": digest}
    try:
        event_append(kind=EventKind.BACKUP_MADE, body=body, account=account, now=now_utc())
    except (DatabaseError, SafePassageError) as error:
        return [f"The ledger could not note this backup ({type(error).__name__})."]
    return []


@group.command("open")
@speaks
def open_(
    source: Annotated[Path, typer.Argument(help="A sealed file.", exists=True, dir_okay=False)],
    to: Annotated[Path, typer.Argument(help="Where its content goes.")],
    passphrase: ExportPassphrase,
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

    A backup of a damaged store is restored as far as it can be read: the exit code is then 3, and what is wrong is
    listed.
    """
    known = passphrase_given()
    target = archive_restore(
        source, (home or Path("operation")).resolve(), passphrase, store_passphrase=known or passphrase
    )
    site, problems = _restored(target, hashlib.sha256(source.read_bytes()).hexdigest())
    told = f"Restored to {target}, as {site}." if site else f"Restored to {target}."
    ending = "[bold]The store in the backup is damaged[/]: what can be read counts; see above what to do."
    say(
        {"home": str(target), "site": site, "problems": problems},
        as_json=as_json,
        text="\n".join([told, *map(escape, problems), ending if problems else "The ledger is whole."]),
    )
    if problems:
        raise typer.Exit(DAMAGED)


def _restored(target: Path, digest: str) -> tuple[str, list[str]]:
    """The copy's own id, and what is wrong with its store; a store that does not open stays there as it is."""
    from django.db import DatabaseError

    try:
        open_store(target, create=True)
        dump_load(target)
    except DatabaseError:
        return "", ["The store does not open: its file was damaged when it was saved. Try an earlier backup."]
    from safepassage.apps.ledger.services import site_restore

    problems = problems_found()
    try:
        return site_restore(backup=digest, moment=now_utc()), problems
    except (DatabaseError, SafePassageError) as error:
        return "", [*problems, f"The copy has no chain of its own yet ({error})."]
