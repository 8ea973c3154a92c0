"""From linked pairs to people: connected components, then core's constrained clustering in each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from safepassage.core.identity.frozen import thaw
from safepassage.core.identity.judged import Judged
from safepassage.core.identity.resolve import certain_parts, clusters_of
from safepassage.core.identity.values import IdentitySettings, Parameters
from safepassage.core.identity.weigh import Run
from safepassage.spark.facts import columns_from, numbers_in
from safepassage.spark.pairs import weighed_of
from safepassage.spark.parts import Numbers, table_of

EDGES = pa.schema([("a", pa.int64()), ("b", pa.int64())])
"""Two rows that hang together."""
PEOPLE = pa.schema([("row", pa.int64()), ("cluster", pa.int64()), ("part", pa.int64())])
"""For each row the first one of its cluster, and the first one of what certain links hold together."""


def stars(edges: pa.Table) -> Iterator[pa.Table]:
    """The same components with one edge for each row: to the first row of its component."""
    rows, ends = np.unique(np.concatenate([numbers_in(edges, "a"), numbers_in(edges, "b")]), return_inverse=True)
    a, b = ends[: edges.num_rows], ends[edges.num_rows :]
    graph = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(len(rows), len(rows)))
    _, number = connected_components(graph, directed=False)
    first = np.full(int(number.max(initial=-1)) + 1, len(rows))
    np.minimum.at(first, number, np.arange(len(rows)))
    yield table_of(EDGES, {"a": rows, "b": rows[first[number]]})


def people_of(  # noqa: PLR0917
    pairs: pa.Table,
    facts: pa.Table,
    judged: Judged,
    parameters: Parameters,
    settings: IdentitySettings,
    listings: int,
) -> pa.Table:
    """The clusters of whole components: `pairs` are all compared ones inside, the hopeless by their code alone."""
    if not facts.num_rows or parameters.habits is None:
        return table_of(PEOPLE, {})
    facts, pairs = facts.sort_by("row"), pairs.sort_by("code")
    row = numbers_in(facts, "row")
    is_hopeful = pairs.column("levels").is_valid()
    hopeful, far = pairs.filter(is_hopeful), numbers_in(pairs.filter(pa.compute.invert(is_hopeful)), "code")
    n = len(row)
    columns = columns_from(facts, parameters.habits)
    run = Run(
        columns=columns,
        weights=thaw(parameters),
        weighed=weighed_of(hopeful, row, listings),
        hopeless=np.searchsorted(row, far // listings) * n + np.searchsorted(row, far % listings),
        judged=_among(judged, row),
        settings=settings,
        is_certain=np.asarray(hopeful.column("is_certain").to_numpy(zero_copy_only=False), np.bool_),
    )
    clusters = clusters_of(run)
    cluster, part = row.copy(), row.copy()
    for members in clusters:
        cluster[members] = row[members[0]]
    for members in certain_parts(run, clusters):
        part[members] = row[members[0]]
    return table_of(PEOPLE, {"row": row, "cluster": cluster, "part": part})


def _among(judged: Judged, row: Numbers) -> Judged:
    """Judgements on these rows alone, by their places."""
    place = {number: at for at, number in enumerate(row.tolist())}

    def local(some: object) -> list[tuple[int, int]]:
        return [(place[a], place[b]) for a, b in some if a in place and b in place]  # type: ignore[attr-defined]

    return Judged(
        tuple(local(judged.together)), tuple(local(judged.apart)), frozenset(local(judged.unsure)),
        frozenset(local(judged.hidden)), (),
    )  # fmt: skip
