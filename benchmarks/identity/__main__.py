"""`python -m benchmarks.identity [--input FILE] [--json]`: measures identity on sets with an answer key.

Without `--input`: the example operation and a generated one, by the generator of invented lists.
"""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path

from benchmarks.identity.adapter import listings_of, read_rows
from benchmarks.identity.measure import Figures
from benchmarks.identity.operation import generated_operation, read_operation
from benchmarks.identity.run import run_set

EXAMPLE = Path("examples/kabul-2021")
GENERATED = {"families": 2600, "people": 8600, "rows": 16000}
SEED = 77


def main() -> None:
    """Runs one set, or those that the project brings along."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", type=Path, help="CSV (or .csv.gz) with the columns of the sets")
    parser.add_argument("--json", action="store_true", help="print one JSON object for each set")
    options = parser.parse_args()
    if options.input:
        rows = read_rows(options.input)
        _tell(options.input.name, run_set(rows, lambda: listings_of(rows)), as_json=options.json)
        return
    for name, (key, listings) in (
        ("example operation", read_operation(EXAMPLE)),
        ("generated operation", generated_operation(SEED, **GENERATED)),
    ):
        _tell(name, run_set(key, partial(list, listings)), as_json=options.json)


def _tell(name: str, figures: Figures, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(figures))
        return
    print(f"# {name}")
    for figure, value in figures.items():
        if isinstance(value, dict):
            print(figure)
            for kind, share in value.items():
                print(f"    {kind:28} {share}")
        else:
            print(f"{figure:32} {value}")


if __name__ == "__main__":
    main()
