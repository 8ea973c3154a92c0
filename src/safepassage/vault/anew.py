"""A process that a lock reached becomes another program: same number, same ports, nothing of its memory.

    serve, work  --lock-->  safepassage.web.shut, which holds no key and says that the store is locked
                 <-unlock-  the same command anew, with the key from the keeper

`exec` takes a process's memory away as a whole, which no amount of overwriting in Python does. Where the system has
none (Windows), the process ends and says what to do.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from safepassage.vault.ending import signals_kept
from safepassage.vault.locking import end_locked
from safepassage.vault.unlocking import FILE_VARIABLE, VARIABLE

SHUT = "safepassage.web.shut"
"""Who answers while the store is locked."""
DOORS_VARIABLE = "SAFEPASSAGE_DOORS"
"""By which the ports that a process has are named to the program that it becomes: {port: file descriptor}."""
_doors: dict[int, tuple[socket.socket, bool]] = {}


def keep_door(port: int, door: socket.socket, *, is_sealed: bool = False) -> None:
    """A port that is to stay this site's over a lock. `is_sealed`: behind TLS, whose key goes with the store's."""
    _doors[port] = (door, is_sealed)


def inherited_door(port: int) -> socket.socket | None:
    """The port, if the program that this process was before has left it open."""
    left = json.loads(os.environ.get(DOORS_VARIABLE, "{}"))
    if str(port) not in left:
        return None
    door = socket.socket(fileno=left[str(port)])
    door.settimeout(None)  # whoever answered there before may have left it otherwise
    return door


def shut_until_unlocked(home: Path) -> None:
    """Ends what this process is, with its memory, until somebody unlocks the store; then its command begins anew."""
    if os.name == "nt":
        end_locked()
    _become(
        ["-m", SHUT, json.dumps({"home": str(home), "again": sys.orig_argv[1:], "sealed": _fds(is_sealed=True)})],
        doors=_fds(),
    )


def begin_again(command: list[str], doors: dict[str, int]) -> NoReturn:
    """The command anew, on the ports that it had."""
    _become(command, doors=doors)
    raise AssertionError


def _fds(*, is_sealed: bool | None = None) -> dict[str, int]:
    return {
        str(port): door.fileno()
        for port, (door, is_tls) in _doors.items()
        if door.fileno() >= 0 and (is_sealed is None or is_tls == is_sealed)
    }


def _become(command: list[str], *, doors: dict[str, int]) -> None:
    # a passphrase in the environment would open again what somebody locked, and would lie in the new memory
    environment = {name: value for name, value in os.environ.items() if name not in {VARIABLE, FILE_VARIABLE}}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    environment |= {DOORS_VARIABLE: json.dumps(doors)} | signals_kept()
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        for door in doors.values():
            os.set_inheritable(door, True)  # noqa: FBT003
        os.execve(sys.executable, [sys.executable, *command], environment)  # noqa: S606 - this very Python
    except OSError:
        end_locked()
