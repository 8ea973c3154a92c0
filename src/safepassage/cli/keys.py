"""`unlock`, `lock`, `burn`, `encrypt` and `keys`: the store's key and the site's keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safepassage import vault
from safepassage.cli.archive import operation_of
from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.passphrase import may_ask, passphrase_ask, passphrase_new
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import clock, home_of, open_store
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.vault import keeper
from safepassage.vault.keyfile import key_operation

group = typer.Typer(no_args_is_help=True, help="The site's keys: which there are, new ones, withdrawn ones.")


def register(app: typer.Typer) -> None:
    """Adds the verbs."""
    for verb in (unlock, lock, burn, encrypt):
        app.command(verb.__name__)(verb)
    app.add_typer(group, name="keys")


@speaks
def unlock(
    hours: Annotated[
        float, typer.Option("--for", min=0.01, max=24, help="Hours until the store locks itself again.")
    ] = keeper.HOURS,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Asks for the store's passphrase once and keeps the open key for a shift: in the memory of one process.

    Every verb and [bold]serve[/] then start without asking. [bold]lock[/] ends it. Nothing is written to disk.
    A verb on a locked store asks for the passphrase, for itself alone.
    """
    folder = home_of(home)
    if not vault.is_sealed(folder):
        raise NotFoundError(
            "This folder has no store key: it is not encrypted.", advice="Run `safepassage encrypt`, or name --home."
        )
    vault.unlock(folder, ask=passphrase_ask if may_ask() else None)
    key = vault.held()
    assert key is not None
    keeper.keep(folder, key, hours=hours)
    say({"hours": hours}, as_json=as_json, text=f"Unlocked for {hours:g} hours; `safepassage lock` ends it.")


@speaks
def lock(home: Home = None, as_json: AsJson = False) -> None:
    """Ends what [bold]unlock[/] began. A console that runs loses what it has in memory, until [bold]unlock[/].

    Lists that were uploaded and not taken in are removed: upload them again.
    """
    folder = home_of(home)
    was = vault.lock(folder)
    gone = vault.waiting_clear(folder, vault.UPLOADS, older_than=0)
    say(
        {"was_unlocked": was, "uploads_removed": gone},
        as_json=as_json,
        text="Locked." if was else "Locked. Nothing was unlocked for a shift; a console that runs is locked too.",
    )


@speaks
def burn(
    code: Annotated[
        str,
        typer.Option(
            "--code", help="The operation's short code, as confirmation; asked for if not given.", show_default=False
        ),
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Destroys the store key at once: nobody reads the store again. Needs no passphrase.

    Gone: the key, the keys of passes and phones, and every other file in the folder. The encrypted store stays and is
    unreadable. The console, and every command on this store, ends within a second.

    Only a backup brings anything back: [bold]backup restore[/] with its passphrase, elsewhere. A store that was not
    encrypted is overwritten once and removed, which some disks do not guarantee.
    """
    folder = home_of(home)
    if not folder.is_dir():
        raise NotFoundError("There is no such folder.", where=folder.name, advice="Name it with --home.")
    wanted = _confirmation(folder)
    if not code and may_ask():
        code = str(typer.prompt(f"This can't be undone. Type {wanted} to burn the store"))
    if code != wanted:
        raise ForbiddenError("Nothing was burned.", advice=f"Type the code exactly: --code {wanted}.")
    done = vault.burn(folder)
    say(
        {"was_encrypted": done.was_encrypted, "files": done.files, "seconds": round(done.seconds, 3)},
        as_json=as_json,
        text=f"Burned in {done.seconds:.2f} s. "
        + (
            "Nobody reads this store again."
            if done.was_encrypted
            else "This store was not encrypted: it was overwritten and removed, which some disks do not guarantee."
        )
        + " A backup and its passphrase bring back the operation as it was then: `safepassage backup restore`.",
    )


def _confirmation(folder: Path) -> str:
    """What has to be typed: the operation's code; the folder's name where no key says it."""
    return (key_operation(folder) if vault.is_sealed(folder) else "") or folder.name


@speaks
def encrypt(home: Home = None, account: Account = DESK, as_json: AsJson = False) -> None:
    """Encrypts a store that was made without encryption, in place, and seals its keys. End the console first.

    A kill or a power cut in between leaves the old store or the new one, whole. Asks for a new passphrase. With
    PostgreSQL the keys alone are sealed: the database is its server's to protect.
    """
    folder = home_of(home)
    if not folder.is_dir() or not any(folder.iterdir()):
        raise NotFoundError(
            "There is no operation in this folder yet.",
            where=folder.name,
            advice="Run `safepassage init`, or name the folder with --home.",
        )
    passphrase = "" if vault.is_sealed(folder) else passphrase_new()
    for _ in vault.encrypt_in_place(folder, passphrase, operation=operation_of(folder)):
        pass
    (folder / "secret").unlink(missing_ok=True)
    open_store(folder)
    from safepassage.apps.ledger.services import event_append
    from safepassage.core.ledger import EventKind

    body = {"key": "store", "purpose": "store"}
    event_append(kind=EventKind.KEY_ROTATED, body=body, account=account, now=now_utc())
    say({"home": str(folder)}, as_json=as_json, text="Encrypted. Backups made before are sealed as they were.")
    if not as_json:
        out.print("Blocks that held the plain store may live on in the disk until it reuses them: see keys.md.")


@group.command("passphrase")
@speaks
def passphrase(home: Home = None, as_json: AsJson = False) -> None:
    """Changes the store's passphrase: asks for the old one and twice for the new one.

    The new one may come from the file named in SAFEPASSAGE_NEW_PASSPHRASE_FILE. The store key itself stays:
    whoever copied the old key file and knows the old passphrase opens the store still.
    """
    from safepassage.vault.unlocking import NEW_FILE_VARIABLE, passphrase_given

    folder = home_of(home)
    old = passphrase_given(folder)
    if old is None:
        old = passphrase_ask()
    new = passphrase_given(variable=NEW_FILE_VARIABLE) or passphrase_new_typed()
    vault.passphrase_change(folder, old, new)
    say({"changed": True}, as_json=as_json, text="The passphrase is changed.")


def passphrase_new_typed() -> str:
    """The new passphrase, typed twice."""
    return str(
        typer.prompt(
            "New passphrase of the store (four random words)", hide_input=True, confirmation_prompt=True, err=True
        )
    )


@group.command("list")
@speaks
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """The issuing keys: since when, withdrawn when, which one signs now, and how many living passes hang on each."""
    open_store(home)
    from safepassage.apps.passes.rotation import issuing_keys_listed

    lines = issuing_keys_listed(now_utc())
    keys = [
        {
            "key": one.key_id,
            "since": one.valid_from,
            "revoked": one.revoked_at,
            "is_current": one.is_current,
            "passes": one.passes,
        }
        for one in lines
    ]
    say({"keys": keys}, as_json=as_json, text="" if lines else "No pass was issued yet.")
    if as_json:
        return
    for one in lines:
        state = "signs now" if one.is_current else f"withdrawn {clock(one.revoked_at)}" if one.revoked_at else "old"
        out.print(f"{one.key_id}  since {clock(one.valid_from)}  {state}  {one.passes} living passes")


@group.command("rotate")
@speaks
def rotate(
    which: Annotated[str, typer.Argument(help="issuing: the key that signs passes.")],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Makes a new issuing key. Phones learn it at their next sync; passes under the old one go on holding.

    Where the old key may be known to others, withdraw it next: [bold]keys revoke KEY[/].
    """
    if which != "issuing":
        raise ForbiddenError("Only the issuing key is rotated.", advice="Type: safepassage keys rotate issuing.")
    open_store(home)
    from safepassage.apps.passes.rotation import issuing_key_rotate

    record = issuing_key_rotate(account=account, now=now_utc())
    say(
        {"key": record.key_id},
        as_json=as_json,
        text=f"{record.key_id} signs from now on. Let every phone sync before its passes are shown.",
    )


@group.command("revoke")
@speaks
def revoke(
    key: Annotated[str, typer.Argument(help="Id of the key, from `keys list`.")],
    reason: Annotated[str, typer.Option(help="Code: taken, known, lost …")] = "taken",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Withdraws an issuing key: every pass that it signed is refused as revoked from each phone's next sync on.

    Whoever holds such a pass is due another: [bold]passes issue[/] alone issues to all of them.
    """
    open_store(home)
    from safepassage.apps.passes.rotation import issuing_key_revoke

    parties = issuing_key_revoke(key_id=key, reason=reason, account=account, now=now_utc())
    say(
        {"key": key, "parties": list(parties)},
        as_json=as_json,
        text=f"Withdrawn. {len(parties)} parties hold a pass that it signed: next, `safepassage passes issue`.",
    )
