"""Candidate pairs: the keys of `core.identity.blocking`, whose blocks are counted wherever their listings stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from safepassage.core.identity.block_keys import divided, keys_with_caps
from safepassage.core.identity.blocking import blocks_of, pairs_inside
from safepassage.core.identity.habits import Habits
from safepassage.spark.facts import columns_from, numbers_in
from safepassage.spark.parts import bucket_of, cell_of, stacked, table_of

KEYS = pa.schema([("key", pa.int64()), ("row", pa.int64()), ("most", pa.int32()), ("is_divided", pa.bool_())])
"""A key of a listing, how many listings its block may hold, and whether a larger one has second keys."""
FOUND = pa.schema([
    ("code", pa.int64()), ("cell", pa.int64()),
    ("key", pa.int64()), ("row", pa.int64()), ("most", pa.int32()),
])  # fmt: skip
"""A candidate pair as left * n + right with its cell; or a listing in an over-full block, with the block's key."""


def keys_of(facts: pa.Table, habits: Habits, skeletons: Sequence[str], cap: int) -> Iterator[pa.Table]:
    """All keys of the listings; those who stand together have to be in one table."""
    facts = facts.sort_by("row")
    columns, row = columns_from(facts, habits, skeletons), numbers_in(facts, "row")
    for rows, keys, most, is_divided in keys_with_caps(columns, cap):
        found = {"key": keys.view(np.int64), "row": row[rows]}
        found |= {"most": np.full(len(rows), most, np.int32), "is_divided": np.full(len(rows), is_divided)}
        yield table_of(KEYS, found)


def second_keys_of(facts: pa.Table, full: pa.Table, habits: Habits) -> pa.Table:
    """The second keys of listings in over-full blocks."""
    facts = facts.sort_by("row")
    columns, row = columns_from(facts, habits), numbers_in(facts, "row")
    found: list[pa.Table] = [table_of(KEYS, {})]
    at, key, caps = (numbers_in(full, name) for name in ("row", "key", "most"))
    for most in np.unique(caps).tolist():
        mine = np.flatnonzero(caps == most)
        local = np.searchsorted(row, at[mine])
        for rows, keys in divided(columns, local, key[mine].view(np.uint64)):
            second = {"key": keys.view(np.int64), "row": row[rows]}
            second |= {"most": np.full(len(rows), most, np.int32), "is_divided": np.zeros(len(rows), np.bool_)}
            found.append(table_of(KEYS, second))
    return pa.concat_tables(found)


def pairs_of_keys(keys: pa.Table, listings: int, buckets: int) -> Iterator[pa.Table]:
    """The pairs of all blocks that are not over-full, each once, and who stands in the others that are divided.

    All rows of a key have to be in one table.
    """
    key, row, caps = (numbers_in(keys, name) for name in ("key", "row", "most"))
    is_divided = keys.column("is_divided").to_numpy(zero_copy_only=False)
    codes = []
    for most in np.unique(caps).tolist():
        for divides in (False, True):
            at = np.flatnonzero((caps == most) & (is_divided == divides))
            if not len(at):
                continue
            rows, of, sizes = blocks_of(row[at], key[at].view(np.uint64))
            small = sizes <= most
            codes.append(pairs_inside(listings, rows[small], of[small]))
            if divides:
                full = {"key": of[~small].view(np.int64), "row": rows[~small]}
                yield table_of(FOUND, {**full, "most": np.full(len(full["row"]), most, np.int32)})
    code = np.unique(stacked(codes))
    left, right = bucket_of(code // listings, buckets), bucket_of(code % listings, buckets)
    yield table_of(FOUND, {"code": code, "cell": cell_of(left, right, buckets)})
