"""`python -m benchmarks.spark FILE.csv[.gz] [--rows-at-once 50000]`: Spark beside the local engine, in local mode.

The local engine learns a version from the set, resolves under it, and Spark resolves under the same. Said are whether
both partitions are equal (clusters, and those of certain links alone), how far chances of links differ, and times.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.identity.adapter import read_listings
from benchmarks.identity.run import SETTINGS, quiet
from safepassage.core.identity.resolve import decide
from safepassage.core.identity.values import Parameters, Resolution
from safepassage.core.identity.weigh import weigh
from safepassage.core.people import Listing
from safepassage.spark import listings_to_table, local_session, resolve_on_spark
from safepassage.spark.parts import Session

Figures = dict[str, Any]
Partition = set[tuple[str, ...]]


def locally(listings: Sequence[Listing], parameters: Parameters | None) -> tuple[Resolution, float]:
    """What the local engine makes of them, and its seconds of processor time."""
    start = time.process_time()
    run = weigh(listings, (), SETTINGS, parameters, quiet)
    return decide(run, listings, {}, quiet), time.process_time() - start


def partition_of(rows: Iterable[tuple[str, str]]) -> Partition:
    """Sets of ids by (id, name of its set)."""
    found: dict[str, list[str]] = {}
    for listing, name in rows:
        found.setdefault(name, []).append(listing)
    return {tuple(sorted(some)) for some in found.values()}


def compare(session: Session, listings: Sequence[Listing], rows_at_once: int) -> Figures:
    """Both engines under one version."""
    parameters = locally(listings, None)[0].parameters
    local, local_seconds = locally(listings, parameters)
    stages: list[str] = []
    began = time.perf_counter()

    def tell(what: str) -> None:
        stages.append(what)
        sys.stderr.write(f"{time.perf_counter() - began:6.1f} s  {what}\n")

    worked = _worked()
    with tempfile.TemporaryDirectory() as folder:
        table = listings_to_table(listings)
        found = resolve_on_spark(
            session, session.createDataFrame(table), parameters, folder,
            settings=SETTINGS, rows_at_once=rows_at_once, tell=tell,
        )  # fmt: skip
        people = found.people.toArrow().to_pydict()
        links = found.links.toArrow().to_pylist()
    seconds = time.perf_counter() - began
    ids = people["id"]
    mine = {(link.left, link.right): link for link in local.links}
    theirs = {(link["left"], link["right"]): link for link in links}
    both = mine.keys() & theirs.keys()
    pairs = [(mine[pair].probability, theirs[pair]["probability"]) for pair in both]
    clusters = partition_of(zip(ids, people["cluster"], strict=True))
    certain = partition_of(zip(ids, people["certain"], strict=True))
    return {
        "rows": len(listings),
        "clusters": len(local.clusters),
        "clusters_differ": len(clusters ^ {tuple(sorted(some)) for some in local.clusters}),
        "certain_differ": len(certain ^ {tuple(sorted(some)) for some in local.certain_clusters}),
        "links": len(mine),
        "links_differ": len(mine.keys() ^ theirs.keys()),
        "certain_links_differ": sum(mine[pair].is_certain != theirs[pair]["is_certain"] for pair in both),
        "largest_gap_of_chances": max((abs(a - b) for a, b in pairs), default=0.0),
        "local_processor_seconds": round(local_seconds, 1),
        "spark_seconds": round(seconds, 1),
        "spark_processor_seconds": round(_worked() - worked, 1),
    }


def _worked() -> float:
    """Processor time of this process and of all that it began: Java and Spark's Python workers."""
    parents, times = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        number = int(path.parent.name)
        parents[number], times[number] = int(told[1]), sum(map(int, told[11:15]))
    mine, grown = {os.getpid()}, True
    while grown:
        more = {number for number, parent in parents.items() if parent in mine} - mine
        mine |= more
        grown = bool(more)
    return sum(times.get(number, 0) for number in mine) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--rows-at-once", type=int, default=50_000, help="about so many listings are held by one task"
    )
    parser.add_argument("--memory", default="3g", help="of Spark's Java")
    options = parser.parse_args()
    listings = read_listings(options.file)
    started = time.perf_counter()
    session = local_session(memory=options.memory)
    begun = time.perf_counter() - started
    figures = {**compare(session, listings, options.rows_at_once), "seconds_to_start_spark": round(begun, 1)}
    session.stop()
    print(json.dumps(figures, indent=1))
    if figures["clusters_differ"] or figures["certain_differ"]:
        raise SystemExit("the clusters of Spark are not those of the local engine")


if __name__ == "__main__":
    main()
