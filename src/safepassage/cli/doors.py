"""Doors: the ports on which a site answers, taken before anything else is done, and told once somebody answers."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import uvicorn

from safepassage import vault
from safepassage.core.errors import ConflictError

HERE, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - the hotspot is what `--lan` is for


def open_door(host: str, port: int, *, option: str, is_sealed: bool = False) -> socket.socket:
    """Takes a port, and keeps it over a lock. Nobody is let in yet: whoever serves there listens.

    Args:
        host: `HERE` or `EVERYWHERE`.
        port: Its number.
        option: Which option chooses another, for what is said.
        is_sealed: TLS is spoken there.

    Raises:
        ConflictError: another program has the port, or it is not ours to take.
    """
    left = vault.inherited_door(port)
    if left is not None:
        vault.keep_door(port, left, is_sealed=is_sealed)
        return left
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let two programs have the same port
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except (OSError, OverflowError) as error:
        door.close()
        raise ConflictError(
            f"Port {port} can't be opened: another program has it (perhaps this one, started before), or the system "
            "keeps it.",
            code="port-taken",
            where=option,
            advice=f"End the other one, or choose a free port: {option} {_other(port)}",
        ) from error
    vault.keep_door(port, door, is_sealed=is_sealed)
    return door


def _other(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8001


class Telling(uvicorn.Server):
    """A server that says so once it listens: an address told before is one that refuses."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to listen, then tells."""
        await super().startup(sockets)
        if self.started:
            self._tell()
