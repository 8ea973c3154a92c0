"""A warm process: Django is loaded once, each act is done by a fork of it, and a fork can be killed at any moment.

It reads one order (JSON) a line from stdin and answers with one line:

    {"act": …, "home": …, "database": …, "kill_after": seconds or null, "acknowledged": [...] to check before the act}
    {"said": [...], "killed": bool, "seconds": …, "lost": [...], "digest": …, "error": …}

The warm process itself never opens the store and never computes: what a fork inherits is code, not threads or locks.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

BEGUN = "begun"


def main() -> None:
    """Answers orders until stdin ends."""
    import django

    django.setup()
    from safepassage.core.identity import resolve as _resolve  # noqa: F401 (warm)
    from tests.slow import acts  # noqa: F401 (warm)

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(_child(json.loads(line))) + "\n")
        answers.flush()


def _child(order: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _act(order, writing)
    os.close(writing)
    return _watch(child, reading, order.get("kill_after"))


def _act(order: dict[str, Any], writing: int) -> None:
    """In the fork: never returns."""
    from django.conf import settings
    from django.db import connections

    from tests.slow import acts

    def say(kind: str, what: object) -> None:
        os.write(writing, (json.dumps([kind, what]) + "\n").encode())

    code = 1
    try:
        settings.HOME = Path(order["home"])
        connections.settings["default"]["NAME"] = order["database"]
        connections["default"].ensure_connection()
        if order.get("acknowledged") is not None:
            say("lost", acts.lost(order["act"], order["acknowledged"]))
        say(BEGUN, "")
        acts.ACTS[order["act"]](lambda one: say("said", one))
        say("ended", "")
        if order.get("kill_after") is None:
            say("digest", acts.content_digest())
        connections.close_all()
        code = 0
    except BaseException:  # noqa: BLE001 (the parent has to hear of it)
        say("error", traceback.format_exc())
    os._exit(code)


def _watch(child: int, reading: int, kill_after: float | None) -> dict[str, Any]:
    answer: dict[str, Any] = {"said": [], "killed": False, "seconds": 0.0, "lost": [], "digest": "", "error": ""}
    buffer, began, is_over = b"", None, False
    while not is_over:
        wait = None if began is None or kill_after is None else max(0.0, began + kill_after - time.perf_counter())
        ready, _, _ = select.select([reading], [], [], wait)
        if not ready:
            os.kill(child, signal.SIGKILL)
            kill_after = None
            continue
        part = os.read(reading, 65536)
        is_over = not part
        *lines, buffer = (buffer + part).split(b"\n")
        for kind, what in map(json.loads, lines):
            if kind == BEGUN:
                began = time.perf_counter()
            elif kind == "ended":
                answer["seconds"] = time.perf_counter() - (began or 0.0)
            elif kind == "said":
                answer["said"].append(what)
            else:
                answer[kind] = what
    os.close(reading)
    answer["killed"] = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return answer


if __name__ == "__main__":
    main()
