"""Messages as files that a person sends: nobody finds one before the store says for good that it was released.

A text is put down under a name that no list of files shows, and gets its own once the act is written. What is cut off
in between is finished by the next release, or removed if its act was never written.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.conf import settings
from django.db import transaction

from safepassage.apps.outreach.models import Message

_WAITING = re.compile(r"\.(\d+)-(.+)\.part")


def folder_of_messages(folder: Path | None = None) -> Path:
    """Where messages go: this folder, else `messages` at home; made if it is not there."""
    target = folder or Path(settings.HOME) / "messages"
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    return target


def message_put(message: Message, text: str, folder: Path) -> None:
    """Puts the text of a message down; its file is there once the transaction around is written, and never before."""
    waiting = folder / f".{message.pk}-{message.file_name}.part"
    with waiting.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    transaction.on_commit(lambda: _show(waiting, folder / message.file_name))


def messages_finish(folder: Path) -> list[Message]:
    """Finishes what an earlier release left: files whose message is in the store get their name, others go.

    To be called when it is this act's turn (`acts_in_turn`), so that no release is half written meanwhile.
    """
    left = {path: match for path in folder.glob(".*.part") if (match := _WAITING.fullmatch(path.name))}
    known = Message.objects.in_bulk([int(match[1]) for match in left.values()])
    finished = []
    for path, match in sorted(left.items()):
        message = known.get(int(match[1]))
        if message is None or message.file_name != match[2]:
            path.unlink(missing_ok=True)
        elif _show(path, folder / message.file_name):
            finished.append(message)
    return finished


def messages_abandon(messages: list[Message], folder: Path) -> None:
    """Removes the texts of messages whose act fails."""
    for one in messages:
        (folder / f".{one.pk}-{one.file_name}.part").unlink(missing_ok=True)


def _show(waiting: Path, file: Path) -> bool:
    try:
        waiting.replace(file)
    except FileNotFoundError:  # another process has finished it
        return False
    return True
