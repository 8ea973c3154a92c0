"""A clerk at a laptop: runs the command's verbs one after another, each in a process of its own.

The processes are forks of one that has loaded the libraries (not Django's settings): a fresh interpreter for each
verb would do the same and take a minute more.

It reads one order (JSON) a line from stdin, `{"arguments": [...], "environment": {...}, "folder": …,
"stdin": …}`, and answers with one line: `{"code": …, "out": …, "err": …}`.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
import traceback
from typing import Any

LIBRARIES = (
    *("django.db.models", "numpy", "openpyxl", "safepassage.cli"),
    *(
        f"safepassage.core.{room}"
        for room in ("exchange", "identity", "intake", "ledger", "movement", "passes", "policy")
    ),
)


def main() -> None:
    """Answers orders until stdin ends."""
    for name in LIBRARIES:
        importlib.import_module(name)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(_run(json.loads(line))) + "\n")
        answers.flush()


def _run(order: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as into:
        into.write(order["stdin"].encode())
        into.seek(0)
        child = os.fork()
        if child == 0:
            _verb(order, into.fileno(), out.fileno(), err.fileno())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return {"code": code, "out": out.read().decode(), "err": err.read().decode()}


def _verb(order: dict[str, Any], into: int, out: int, err: int) -> None:
    """In the fork: never returns."""
    code = 70
    try:
        os.dup2(into, 0)
        sys.stdin = os.fdopen(0, closefd=False)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(order["folder"])
        os.environ.update(order["environment"])
        sys.argv = ["safepassage", *order["arguments"]]
        from safepassage.cli import main as safepassage

        safepassage()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001 (a traceback is an answer too)
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
