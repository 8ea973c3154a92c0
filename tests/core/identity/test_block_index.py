"""Whoever shares a key is met, in whichever portions they came: a block is divided once it is full."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.identity.block_index import BlockIndex
from safepassage.core.identity.blocking import candidate_codes
from safepassage.core.identity.excerpt import Portions
from safepassage.core.identity.features import columns_of
from tests.core.identity.people import crowd

CROWD = crowd(60)
HABITS = columns_of(CROWD).habits


def met(portions, asked, cap):
    """Pairs (who asks, who is there) by id."""
    parts = [columns_of(portion, HABITS) for portion in portions]
    there = Portions(parts[0])
    index = BlockIndex(there, cap)
    for part in parts[1:]:
        index.add(part, there.add(part))
    ids = [listing for part in parts for listing in part.ids]
    columns = columns_of(asked, HABITS)
    mine, theirs = index.sharing(columns)
    return {(columns.ids[a], ids[b]) for a, b in zip(mine.tolist(), theirs.tolist(), strict=True)}


@settings(max_examples=40, deadline=None)
@given(
    st.permutations(CROWD),
    st.lists(st.integers(1, 49), min_size=2, max_size=6),
    st.integers(2, 12),
)
def test_the_portions_change_nothing(order, cuts, cap):
    there, asked = order[:50], order[50:]
    portions = [there[start:end] for start, end in pairwise((0, *sorted(set(cuts)), 50))]
    assert met(portions, asked, cap) == met([there], asked, cap)


def test_whom_a_batch_would_compare_is_met():
    """One who comes alone meets those whom a batch of all would compare them with, blocks over the cap included."""
    columns = columns_of(CROWD, HABITS)
    for cap in (3, 8, 40):
        pairs = [divmod(code, len(CROWD)) for code in candidate_codes(columns, cap).tolist()]
        for at, one in enumerate(columns.ids[:20]):
            asked = [x for x in CROWD if x.id == one]
            there = [x for x in CROWD if x.id != one]
            batch = {(one, columns.ids[a + b - at]) for a, b in pairs if at in {a, b}}
            assert batch <= met([there], asked, cap)
