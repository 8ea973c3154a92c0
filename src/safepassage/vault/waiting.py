"""What waits in an operation's folder for somebody: lists uploaded and not taken in, prints not collected.

Both are sealed under the store key where there is one (`secret_write`), and never outlive what they wait for: an
hour, a locking (uploads; a print is the only copy of its codes), a burning.
"""

from __future__ import annotations

import time
from pathlib import Path

from safepassage.vault.files import overwrite_and_remove
from safepassage.vault.held import MAGIC, secret_write

UPLOADS = "uploads"
PRINTED = "work/printed"
WAITING = (UPLOADS, PRINTED)
KEPT_SECONDS = 3600


def waiting_clear(home: Path, which: str, *, older_than: float = KEPT_SECONDS) -> int:
    """Overwrites and removes what has waited too long (0: everything) in one of `WAITING`. Returns how many files."""
    folder, gone = home / which, 0
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            is_old = time.time() - path.stat().st_mtime >= older_than
        except FileNotFoundError:
            continue  # somebody took it this moment
        if path.is_file() and is_old:
            overwrite_and_remove(path)
            gone += 1
    return gone


def waiting_seal(home: Path) -> None:
    """After a store was encrypted: uploads from before go, prints are sealed. The key is held."""
    waiting_clear(home, UPLOADS, older_than=0)
    folder = home / PRINTED
    for path in list(folder.iterdir()) if folder.is_dir() else ():
        content = path.read_bytes()
        if not content.startswith(MAGIC):
            sealed = path.with_name(path.name + ".coming")
            secret_write(sealed, content, name=path.name)
            overwrite_and_remove(path)
            sealed.replace(path)
