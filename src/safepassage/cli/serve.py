"""`serve`: the console on this laptop, and the site for phones on its hotspot."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from typing import Annotated

import typer

from safepassage import vault
from safepassage.cli.options import DESK, Account, Home, now_utc
from safepassage.cli.speak import out, show_square, speaks
from safepassage.cli.store import home_of, open_store
from safepassage.cli.work import worker_beside

DEFAULT_NAME = "safepassage.local"


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command("serve")(serve)


def run_console(door: socket.socket, *, tell: Callable[[], None]) -> None:
    """Runs the console on this laptop alone until interrupted; `tell` says where, once it answers there."""
    import uvicorn
    from django.utils.module_loading import import_string

    from safepassage.cli.doors import Telling

    application = import_string("safepassage.web.asgi.application")  # warms up from the store: before the loop runs
    config = uvicorn.Config(application, log_level="warning", lifespan="off")
    with worker_beside():
        Telling(config, tell).run(sockets=[door])


@speaks
def serve(
    port: Annotated[int, typer.Option(help="Port of the console on localhost.")] = 8000,
    lan: Annotated[
        bool, typer.Option("--lan", help="Also serve phones on the laptop's hotspot, over HTTPS.")
    ] = False,
    name: Annotated[str, typer.Option(help="Name under which phones find the laptop, where one resolves.")] = "",
    address: Annotated[str, typer.Option(help="The hotspot's address, where the first found is not it.")] = "",
    lan_port: Annotated[int, typer.Option(help="Port for phones (HTTPS).")] = 8443,
    help_port: Annotated[int, typer.Option(help="Port of the page that gives out the certificate (HTTP).")] = 8080,
    point: Annotated[str, typer.Option(help="Print an invitation for one phone at this access point.")] = "",
    console: Annotated[
        bool, typer.Option("--console", help="Open the console to the hotspot too, not the field app alone.")
    ] = False,
    home: Home = None,
    account: Account = DESK,
) -> None:
    """Opens the console at http://localhost:8000 for this laptop alone. Ctrl-C ends it.

    With --lan, phones on the laptop's hotspot reach the field app over HTTPS. The site makes its own certificate
    authority (folder tls), which each phone is asked to trust once: docs/devices.md.
    """
    from safepassage.cli.doors import HERE, open_door

    vault.heed_signals()
    console_door = open_door(HERE, port, option="--port")  # before a passphrase is typed in vain
    vault.when_locked(lambda: vault.shut_until_unlocked(home_of(home)))
    if not lan:
        folder = open_store(home)
        run_console(
            console_door, tell=lambda: out.print(f"[bold]{folder.name}[/]: http://localhost:{port}  (Ctrl-C ends it)")
        )
        return
    from safepassage.cli.doors import EVERYWHERE
    from safepassage.cli.lan import Doors, Lan, addresses_now, run_lan
    from safepassage.cli.tls import address_read, tls_prepare

    doors = Doors(
        phones=open_door(EVERYWHERE, lan_port, option="--lan-port", is_sealed=True),
        help=open_door(EVERYWHERE, help_port, option="--help-port"),
        console=console_door,
    )
    addresses = (address_read(address),) if address else addresses_now()
    known = name or DEFAULT_NAME
    host = name or (str(addresses[0]) if addresses else DEFAULT_NAME)
    where = Lan(host, lan_port, help_port, (known, *map(str, addresses)))
    # the settings are read once, when the store is opened
    os.environ["SAFEPASSAGE_HOSTS"] = ",".join(filter(None, (os.environ.get("SAFEPASSAGE_HOSTS"), *where.names)))
    os.environ["SAFEPASSAGE_ORIGIN"] = where.origin
    folder = open_store(home)
    tls = tls_prepare(folder, name=known, addresses=addresses, now=now_utc())
    door = {"origin": where.origin, "help_address": where.help_address, "fingerprint": tls.fingerprint}
    (folder / "tls" / "door.json").write_text(json.dumps(door), encoding="utf-8")
    invitation = _invited(point, account)

    def tell() -> None:
        out.print(f"[bold]{folder.name}[/]: console http://localhost:{port}  (Ctrl-C ends it)\n")
        out.print(f"1. Trust, once for each phone: [bold]{where.help_address}[/]")
        show_square(where.help_address)
        out.print(
            f"   Compare its SHA-256 before you trust it: {tls.fingerprint}\n",
            emoji=False,
            highlight=False,
            soft_wrap=True,
        )
        _show_invitation(point, *invitation)

    with worker_beside():
        run_lan(where, tls, doors, with_console=console, tell=tell)


def _invited(point: str, account: str) -> tuple[str, str]:
    """The code of an invitation to the point, and the address that takes it; none without a point."""
    from safepassage.apps.gate.selectors import join_address
    from safepassage.apps.gate.services import device_invite

    if not point:
        return "", ""
    code = device_invite(role="access-point", point=point, account=account, now=now_utc())
    return code, join_address(code)


def _show_invitation(point: str, code: str, address: str) -> None:
    if not code:
        out.print("2. Invite: in the console under Devices, or `safepassage gate invite --point POINT`.")
        return
    out.print(f"2. Join one phone at {point}, within a quarter of an hour: type [bold]{code}[/] or scan")
    show_square(address)
