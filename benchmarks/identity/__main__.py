"""`python -m benchmarks.identity [--input FILE] [--json] [--alone]`: measures identity on sets with an answer key.

Without `--input`: every set that `--sets` names, each in a process of its own, so that its memory is its own; the
example operation and a generated one, by the generator of invented lists; with `--million` that many invented rows
besides; what one who arrives costs; and last what is asked for beside what was found. Splink runs beside on the same
listings if it is installed, in a process of its own, but for the million.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.identity.adapter import read_listings, read_truth
from benchmarks.identity.arrivals import print_arrivals
from benchmarks.identity.invent import write_set
from benchmarks.identity.measure import Figures
from benchmarks.identity.run import run_set
from benchmarks.identity.splink.beside import is_there, run_splink
from benchmarks.identity.table import print_table
from benchmarks.identity.wanted import MILLION, flat, print_wanted
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
Listings = Callable[[], Sequence[Listing]]


def main() -> None:
    """Runs one set, or those that the project brings along."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", type=Path, help="CSV (or .csv.gz) with the columns of the sets")
    parser.add_argument("--json", action="store_true", help="print one JSON object for each set, without Splink")
    parser.add_argument("--alone", action="store_true", help="leave Splink out")
    parser.add_argument("--sets", type=Path, nargs="*", default=[], help="further sets, those that are there")
    parser.add_argument("--million", type=int, default=0, metavar="ROWS", help="a large invented set besides")
    parser.add_argument("--work", type=Path, help="keep stages in this folder: a run that is killed goes on there")
    options = parser.parse_args()
    if options.input:
        _run_here(options.input, options)
    else:
        _run_all(options)


def _run_here(path: Path, options: argparse.Namespace) -> None:
    keep = FolderKeep(options.work, _key(path)) if options.work else NOTHING_KEPT
    figures, _ = run_set(partial(read_listings, path), partial(read_truth, path), keep, tell=_progress)
    if options.work:
        FolderKeep(options.work, _key(path)).drop()
    _tell(path.name, figures, partial(read_listings, path), options, partial(read_truth, path))
    if not options.json:
        print_names(read_names(path))


def _run_all(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = [path for path in options.sets if _is_there(path)]
        found: dict[str, dict[str, float]] = {}
        for path in files:
            found[_name(path)] = flat(figures := _run_beside(path))
            _tell(path.name, figures, partial(read_listings, path), options, partial(read_truth, path))
            if not options.json:
                found[_name(path)] |= flat({"names": print_names(read_names(path))})
        for name, rows, listings in _our_own():
            figures, _ = run_set(partial(list, listings), partial(list, rows))
            figures.pop("peak_mb")  # of this process, which did other things before
            _tell(name, figures, partial(list, listings), options, partial(list, rows))
        if options.million:
            files.append(large := Path(folder) / f"{MILLION}.csv")
            write_set(large, options.million)
            found[MILLION] = flat(figures := _run_beside(large))
            _tell(f"{options.million:,} invented rows", figures, None, options)
        if files and not options.json:
            for name, arrived in print_arrivals(files).items():
                found[name] |= arrived
            print_wanted(found)


def _run_beside(path: Path) -> Figures:
    """In a process of its own: no set's memory is another's."""
    command = [sys.executable, "-m", "benchmarks.identity", "--input", str(path), "--json"]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(told.stdout)
    return figures


def _name(path: Path) -> str:
    return path.name.partition(".")[0]


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
    name: str,
    ours: Figures,
    listings: Listings | None,
    options: argparse.Namespace,
    truth: Callable[[], Rows] | None = None,
) -> None:
    if options.json:
        print(json.dumps(ours), flush=True)
        return
    is_beside = listings and truth and is_there() and not options.alone
    print_table(name, ours, run_splink(truth(), listings()) if is_beside else None)


if __name__ == "__main__":
    main()
