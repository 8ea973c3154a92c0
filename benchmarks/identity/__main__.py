"""`python -m benchmarks.identity [--input FILE] [--json] [--alone]`: measures identity on sets with an answer key.

Without `--input`: the example operation and a generated one, by the generator of invented lists, and every set that
`--sets` names. Splink runs beside on the same listings if it is installed, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.identity.adapter import listings_of, read_rows
from benchmarks.identity.measure import Figures
from benchmarks.identity.operation import generated_operation, read_operation
from benchmarks.identity.run import run_set
from benchmarks.identity.splink.beside import is_there, run_splink
from benchmarks.identity.table import print_table
from safepassage.core.people import Listing

EXAMPLE = Path("examples/kabul-2021")
GENERATED = {"families": 2600, "people": 8600, "rows": 16000}
SEED = 77

Rows = list[dict[str, str]]


def main() -> None:
    """Runs one set, or those that the project brings along."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", type=Path, help="CSV (or .csv.gz) with the columns of the sets")
    parser.add_argument("--json", action="store_true", help="print one JSON object for each set, without Splink")
    parser.add_argument("--alone", action="store_true", help="leave Splink out")
    parser.add_argument("--sets", type=Path, nargs="*", default=[], help="further sets, those that are there")
    options = parser.parse_args()
    files = [options.input] if options.input else [path for path in options.sets if path.exists()]
    for path in files:
        rows = read_rows(path)
        ours = run_set(rows, partial(listings_of, rows))
        _tell(path.name, ours, rows, listings_of(rows), options)
        del rows
    if not options.input:
        for name, rows, listings in _our_own():
            _tell(name, run_set(rows, partial(list, listings)), rows, listings, options)


def _our_own() -> Iterator[tuple[str, Rows, list[Listing]]]:
    yield "example operation", *read_operation(EXAMPLE)
    yield "generated operation", *generated_operation(SEED, **GENERATED)


def _tell(name: str, ours: Figures, rows: Rows, listings: Sequence[Listing], options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(ours), flush=True)
        return
    beside = run_splink(rows, listings) if is_there() and not options.alone else None
    print_table(name, ours, beside)


if __name__ == "__main__":
    main()
