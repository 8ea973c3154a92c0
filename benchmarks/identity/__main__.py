"""`python -m benchmarks.identity [--input FILE] [--json] [--alone]`: measures identity on sets with an answer key.

Without `--input`: the example operation and a generated one, by the generator of invented lists, and every set that
`--sets` names; last, for these, what one who arrives costs. Splink runs beside on the same listings if it is
installed, in a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.identity.adapter import read_listings, read_truth
from benchmarks.identity.arrivals import print_arrivals
from benchmarks.identity.measure import Figures
from benchmarks.identity.run import run_set
from benchmarks.identity.splink.beside import is_there, run_splink
from benchmarks.identity.table import print_table
from benchmarks.names import print_names
from benchmarks.names import read as read_names
from safepassage import __version__
from safepassage.core.identity.frozen import RULES
from safepassage.core.identity.keep import NOTHING_KEPT, FolderKeep
from safepassage.core.people import Listing

EXAMPLE = Path("examples/kabul-2021")
GENERATED = {"families": 2600, "people": 8600, "rows": 16000}
SEED = 77

Rows = Sequence[dict[str, str]]


def main() -> None:
    """Runs one set, or those that the project brings along."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", type=Path, help="CSV (or .csv.gz) with the columns of the sets")
    parser.add_argument("--json", action="store_true", help="print one JSON object for each set, without Splink")
    parser.add_argument("--alone", action="store_true", help="leave Splink out")
    parser.add_argument("--sets", type=Path, nargs="*", default=[], help="further sets, those that are there")
    parser.add_argument("--work", type=Path, help="keep stages in this folder: a run that is killed goes on there")
    options = parser.parse_args()
    files = [options.input] if options.input else [path for path in options.sets if _is_there(path)]
    for path in files:
        keep = FolderKeep(options.work, _key(path)) if options.work else NOTHING_KEPT
        ours, rows = run_set(partial(read_listings, path), partial(read_truth, path), keep, tell=_progress)
        if options.work:
            FolderKeep(options.work, _key(path)).drop()
        _tell(path.name, ours, rows, partial(read_listings, path), options)
        if not options.json:
            print_names(read_names(path))
        del rows
    if not options.input:
        for name, rows, listings in _our_own():
            read = partial(list, listings)
            _tell(name, run_set(read, partial(list, rows))[0], rows, read, options)
        if files and not options.json:
            print_arrivals(files)


def _is_there(path: Path) -> bool:
    if not path.exists():
        sys.stderr.write(f"{path} is not there and is left out.\n")
    return path.exists()


def _key(path: Path) -> str:
    """Of what a kept run is: the file, and the rules by which it is read and weighed."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{digest} {RULES} {__version__}"


def _progress(share: float, what: str) -> None:
    sys.stderr.write(f"\r{share:4.0%} {what:40}" + ("\n" if share >= 1 else ""))
    sys.stderr.flush()


def _our_own() -> Iterator[tuple[str, Rows, list[Listing]]]:
    # the rooms around identity are no part of what a set takes of memory
    from benchmarks.identity.operation import generated_operation, read_operation

    yield "example operation", *read_operation(EXAMPLE)
    yield "generated operation", *generated_operation(SEED, **GENERATED)


def _tell(
    name: str, ours: Figures, rows: Rows, listings: Callable[[], Sequence[Listing]], options: argparse.Namespace
) -> None:
    if options.json:
        print(json.dumps(ours), flush=True)
        return
    beside = run_splink(rows, listings()) if is_there() and not options.alone else None
    print_table(name, ours, beside)


if __name__ == "__main__":
    main()
