"""A process of its own that keeps the open store key for a shift: in memory only, for its owner only.

It answers over a socket (on Windows: a pipe) to whoever brings the word in keys/keeper.word, which only the owner of
the folder may read and which is worth nothing once the process has ended. It ends by `lock`, after its hours (a lock
too), and as soon as the sealed key is gone.

    python -m safepassage.vault.keeper       reads "HOME SECONDS KEY" (JSON) from standard input, says "ready"
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from safepassage.vault.files import overwrite_and_remove, write_whole

HOURS = 8.0
"""How long a key is kept if nobody says otherwise: a shift."""
LOOK_SECONDS = 0.25
_WORD = "keeper.word"
_SHORTEST_ANSWER = 32


def keep(home: Path, key: bytes, *, hours: float = HOURS) -> None:
    """Starts the keeper of a folder; an earlier one ends.

    Raises:
        OSError: it does not start.
    """
    release(home)
    order = json.dumps({"home": str(home), "seconds": hours * 3600, "key": key.hex()}).encode()
    process = subprocess.Popen(
        [sys.executable, "-m", "safepassage.vault.keeper"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=tempfile.gettempdir(),
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with contextlib.suppress(BrokenPipeError), process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(order)
        process.stdin.close()
        is_ready = process.stdout.readline().strip() == b"ready"
        process.stdout.close()
        if is_ready:
            process.returncode = 0  # it goes on without us: nobody waits for it
            return
    raise OSError("the keeper of the key did not start")


def ask(home: Path) -> bytes | None:
    """The open key, if a keeper of this folder has it."""
    answer = _say(home, b"key")
    return answer if answer and len(answer) == _SHORTEST_ANSWER else None


def release(home: Path) -> bool:
    """Ends the keeper of a folder; whether there was one."""
    answer = _say(home, b"lock")
    overwrite_and_remove(_word_path(home))
    return answer == b"locked"


def _say(home: Path, word: bytes) -> bytes | None:
    try:
        proof = _word_path(home).read_bytes()
        with Client(_address(home), authkey=proof) as line:
            line.send_bytes(word)
            return line.recv_bytes(64)
    except (OSError, EOFError, ValueError, AssertionError) as error:
        if isinstance(error, PermissionError):
            raise
        return None
    except Exception:  # noqa: BLE001 - an AuthenticationError: the word is of another keeper
        return None


def _word_path(home: Path) -> Path:
    return home / "keys" / _WORD


def _address(home: Path) -> str:
    """Short whatever the folder is called: a socket's name has room for some hundred bytes."""
    name = f"safepassage-{hashlib.sha256(str(home).encode()).hexdigest()[:20]}"
    if os.name == "nt":
        return rf"\\.\pipe\{name}"
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return str(folder / f"{name}-{os.getuid()}")


def _serve(home: Path, key: bytes, seconds: float) -> None:
    proof = secrets.token_bytes(32)
    address = _address(home)
    if os.name != "nt":
        Path(address).unlink(missing_ok=True)
    with Listener(address, authkey=proof) as listener:
        write_whole(_word_path(home), proof)
        ends = _clock() + seconds
        threading.Thread(target=_end_in_time, args=(home, address, ends), daemon=True).start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        os.close(1)
        while True:
            with contextlib.suppress(Exception), listener.accept() as line:
                _answer(line, home, key, address)


def _answer(line: Connection, home: Path, key: bytes, address: str) -> None:
    asked = line.recv_bytes(16)
    if asked == b"key":
        line.send_bytes(key)
    elif asked == b"lock":
        line.send_bytes(b"locked")
        _end(home, address)


def _end_in_time(home: Path, address: str, ends: float) -> None:
    from safepassage.vault.keyfile import is_sealed
    from safepassage.vault.lock_mark import mark
    from safepassage.vault.waiting import UPLOADS, waiting_clear

    while _clock() < ends and is_sealed(home):
        time.sleep(LOOK_SECONDS)
    if is_sealed(home):  # the end of a shift is a lock, which every console and worker obeys
        with contextlib.suppress(OSError):
            overwrite_and_remove(_word_path(home))
            mark(home)
            waiting_clear(home, UPLOADS, older_than=0)
    _end(home, address)


def _clock() -> float:
    """Seconds that nobody can set back, and in which a laptop that sleeps is counted where the system can tell."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if asleep_too is None else time.clock_gettime(asleep_too)


def _end(home: Path, address: str) -> None:
    with contextlib.suppress(OSError):
        overwrite_and_remove(_word_path(home))
        Path(address).unlink(missing_ok=True)
    os._exit(0)


def main() -> None:
    """Takes the key from standard input and keeps it."""
    harden()
    order = json.loads(sys.stdin.buffer.read())
    _serve(Path(order["home"]), bytes.fromhex(order["key"]), float(order["seconds"]))


def harden() -> None:
    """No memory dumps of this process, and none of its memory in swap, where the system lets us."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        import ctypes

        library = ctypes.CDLL(None)
        library.prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE: no debugger of the same user either
        library.mlockall(1)  # MCL_CURRENT; refused without the right to it, which changes nothing else


if __name__ == "__main__":
    main()
