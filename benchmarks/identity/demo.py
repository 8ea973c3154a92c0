"""`python -m benchmarks.identity.demo [FOLDER]`: an operation's lists, measured on their answer key."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.identity.measure import Figures
from benchmarks.identity.operation import read_operation
from benchmarks.identity.run import run_set

FOLDER = Path("examples/kabul-2021")


def measure_operation(folder: Path) -> Figures:
    """Figures on the listings that both intake and the answer key know."""
    rows, listings = read_operation(folder)
    unknown = sum(row["pid"].startswith("unknown:") for row in rows)
    return {"without_key": unknown, **run_set(lambda: listings, lambda: rows)[0]}


if __name__ == "__main__":
    print(json.dumps(measure_operation(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER), indent=1))
