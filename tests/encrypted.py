"""Runs a command on the encrypted store: `python -m tests.encrypted pytest -m storage`.

The tests that run the program as people do are on it anyway (`init` encrypts); this is for those that use Django's
test database and the warm process of `tests/slow`, which are on plain SQLite otherwise.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from safepassage import vault

VARIABLE = "SAFEPASSAGE_TESTS_ENCRYPTED"
PASSPHRASE = "four invented words of tests"


def is_encrypted() -> bool:
    """Whether the tests run on the encrypted store."""
    return bool(os.environ.get(VARIABLE))


def main(command: list[str]) -> int:
    """Runs the command with a sealed folder as its home and returns its exit code."""
    with tempfile.TemporaryDirectory(prefix="safepassage-encrypted-") as folder:
        vault.key_make(Path(folder), PASSPHRASE, operation="tests")
        told = {VARIABLE: "1", "SAFEPASSAGE_HOME": folder, "SAFEPASSAGE_PASSPHRASE": PASSPHRASE}
        return subprocess.call(command, env={**os.environ, **told})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
