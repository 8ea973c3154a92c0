"""How a running job and the pages speak: small files beside the store.

Not rows: what a job writes inside its transaction nobody else sees before the end, and while it holds SQLite's one
write lock nobody could ask it to stop. The worker needs the operation's folder anyhow, for its keys.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from django.conf import settings


def work_folder() -> Path:
    """The folder of the worker."""
    folder = Path(settings.HOME) / "work"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def progress_tell(job: int, share: float, what: str) -> None:
    """Says how far a job is; a page that reads meanwhile sees the old or the new, never a half."""
    path = work_folder() / f"{job}.progress"
    with contextlib.suppress(OSError):  # on Windows a file that is being read can't be replaced: the next one will
        fresh = path.with_suffix(".fresh")
        fresh.write_text(f"{share:.4f} {what[:120]}", encoding="utf-8")
        os.replace(fresh, path)  # noqa: PTH105


def progress_read(job: int) -> tuple[float, str] | None:
    """How far a job said it is."""
    try:
        share, _, what = (work_folder() / f"{job}.progress").read_text(encoding="utf-8").partition(" ")
        return min(1.0, max(0.0, float(share))), what
    except (OSError, ValueError):
        return None


def stop_ask(job: int) -> None:
    """Asks a running job to stop."""
    (work_folder() / f"{job}.stop").touch()


def is_stop_asked(job: int) -> bool:
    """Whether somebody asked it to stop."""
    return (work_folder() / f"{job}.stop").exists()


def channel_clear(job: int) -> None:
    """Removes what a job and the pages said."""
    for kind in ("progress", "fresh", "stop"):
        with contextlib.suppress(OSError):
            (work_folder() / f"{job}.{kind}").unlink(missing_ok=True)
