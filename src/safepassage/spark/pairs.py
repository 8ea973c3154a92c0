"""Pairs compared, weighed and passed through the family pass, cell by cell, by `core.identity` as it is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safepassage.core.identity.calibrate import settled
from safepassage.core.identity.compare import SHARES, Compared, Comparer
from safepassage.core.identity.family import Weighed, family_pass
from safepassage.core.identity.features import Columns
from safepassage.core.identity.frozen import thaw
from safepassage.core.identity.levels import FIELDS
from safepassage.core.identity.values import Calibration, IdentitySettings, Parameters
from safepassage.core.identity.weigh import HOPELESS
from safepassage.core.identity.weights import SAME
from safepassage.spark.facts import columns_from, numbers_in, rarity_from
from safepassage.spark.parts import Numbers, bucket_of, cell_of, table_of

_CHANCES = ("same", "household", "unrelated")
_SHARES = tuple(f"share{at}" for at in range(len(SHARES)))
WEIGHED = pa.schema(
    [
        ("code", pa.int64()),
        ("cell", pa.int64()),
        ("unit_a", pa.int64()),
        ("unit_b", pa.int64()),
        ("is_copy", pa.bool_()),
        ("levels", pa.binary()),
        *((name, pa.float32()) for name in (*_SHARES, *_CHANCES, "family")),
    ]
)
"""A pair with what was found of it; hopeless ones have a code alone. `cell` is that of its two units."""
LINKED = pa.schema([*WEIGHED, ("is_certain", pa.bool_())])
"""The same at the end: calibrated, and whether it needs no person's eye."""
TWICE_FROM = 0.25
"""Pairs inside a unit from here on are told to every cell: a person listed twice is one rival (from 0.5 on)."""


def compared(pairs: pa.Table, facts: pa.Table, parameters: Parameters, listings: int, buckets: int) -> pa.Table:
    """Candidate pairs of one cell of listings, weighed by their own facts."""
    codes = np.unique(numbers_in(pairs, "code"))
    columns, row, unit, used = _excerpt(
        facts, np.unique(np.concatenate((codes // listings, codes % listings))), parameters
    )
    left, right = np.searchsorted(row, codes // listings), np.searchsorted(row, codes % listings)
    is_named = ~(columns.is_counted[left] | columns.is_counted[right])
    codes, both = codes[is_named], np.stack((left[is_named], right[is_named]), axis=1)
    weights = thaw(parameters)
    levels = Comparer(columns, rarity_from(used, columns)).compare(both)
    at = weights.hopeful(levels, HOPELESS)
    chances = weights.posteriors(levels.taken(at))
    is_kept = chances[:, SAME] > HOPELESS
    at, chances = at[is_kept], chances[is_kept]
    weighed = Weighed(both[at], levels.taken(at), chances, np.zeros(len(at), np.float32))
    hopeless = table_of(WEIGHED, {"code": np.delete(codes, at)})
    return pa.concat_tables([hopeless, _table(weighed, codes[at], unit, buckets)])


def passed(pairs: pa.Table, facts: pa.Table, parameters: Parameters, listings: int, buckets: int) -> pa.Table:
    """Pairs of one cell of units after the family pass, with the cross pairs that it adds."""
    if not pairs.num_rows:
        return table_of(WEIGHED, {})
    pairs = pairs.sort_by("code")
    units = np.unique(np.concatenate((numbers_in(pairs, "unit_a"), numbers_in(pairs, "unit_b"))))
    mine = np.flatnonzero(np.isin(numbers_in(facts, "unit"), units))
    columns, row, unit, used = _excerpt(facts, numbers_in(facts, "row")[mine], parameters)
    weighed = weighed_of(pairs, row, listings)
    code = numbers_in(pairs, "code")
    copied = code[pairs.column("is_copy").to_numpy(zero_copy_only=False)]
    comparer = Comparer(columns, rarity_from(used, columns))
    after, _ = family_pass(comparer, thaw(parameters), weighed, is_learning=False)
    codes = row[after.pairs[:, 0]] * listings + row[after.pairs[:, 1]]
    own = np.flatnonzero(~np.isin(codes, copied))
    kept = Weighed(after.pairs[own], after.compared.taken(own), after.chances[own], after.family[own])
    return _table(kept, codes[own], unit, buckets)


def linked(pairs: pa.Table, settings: IdentitySettings, calibration: Calibration | None) -> pa.Table:
    """Pairs at the end, calibrated."""
    weighed, is_certain = settled(weighed_of(pairs, None, 0), calibration, settings)
    chances = weighed.chances
    for at, name in enumerate(_CHANCES):
        pairs = pairs.set_column(pairs.schema.get_field_index(name), name, pa.array(chances[:, at]))
    return pairs.append_column("is_certain", pa.array(is_certain))


def copies(pairs: pa.Table, buckets: int) -> pa.Table:
    """Pairs inside one unit that may be one person listed twice, once more for every other cell of the unit."""
    unit = numbers_in(pairs, "unit_a")
    at = np.flatnonzero((unit == numbers_in(pairs, "unit_b")) & (pairs.column("same").to_numpy() >= TWICE_FROM))
    home = bucket_of(unit[at], buckets)
    place, other = np.nonzero(np.arange(buckets)[None, :] != home[:, None])
    found = pairs.take(at[place]).select([name for name in WEIGHED.names if name not in {"cell", "is_copy"}])
    found = found.append_column("cell", pa.array(cell_of(home[place], other, buckets)))
    return found.append_column("is_copy", pa.array(np.ones(len(place), np.bool_))).select(WEIGHED.names)


def weighed_of(pairs: pa.Table, row: Numbers | None, listings: int) -> Weighed:
    """Pairs of the table, which is in the order of their codes, by the places of their rows in `row`."""
    levels = np.frombuffer(b"".join(pairs.column("levels").to_pylist()), np.int8).reshape(-1, len(FIELDS))
    shares, chances = (_floats(pairs, names) for names in (_SHARES, _CHANCES))
    both = np.zeros((len(levels), 2), np.int64)
    if row is not None:
        code = numbers_in(pairs, "code")
        both = np.stack([np.searchsorted(row, side) for side in (code // listings, code % listings)], axis=1)
    return Weighed(both, Compared(levels.copy(), shares), chances, _floats(pairs, ("family",))[:, 0])


def _floats(pairs: pa.Table, names: tuple[str, ...]) -> npt.NDArray[np.float32]:
    return np.stack([np.asarray(pairs.column(name).to_numpy(), np.float32) for name in names], axis=1)


def _excerpt(facts: pa.Table, rows: Numbers, parameters: Parameters) -> tuple[Columns, Numbers, Numbers, pa.Table]:
    """Columns of some rows in their order, these rows, their units, and their facts."""
    facts = facts.sort_by("row")
    used = facts.take(np.searchsorted(numbers_in(facts, "row"), np.sort(rows)))
    if parameters.habits is None:
        raise ValueError("these weights know no habits: learn a version first")
    return columns_from(used, parameters.habits), numbers_in(used, "row"), numbers_in(used, "unit"), used


def _table(weighed: Weighed, codes: Numbers, unit: Numbers, buckets: int) -> pa.Table:
    """Pairs with the cell of their units; lone listings are units of their own."""
    a, b = unit[weighed.pairs[:, 0]], unit[weighed.pairs[:, 1]]
    levels = np.ascontiguousarray(weighed.compared.levels, np.int8)
    found = {
        "code": codes,
        "cell": cell_of(bucket_of(a, buckets), bucket_of(b, buckets), buckets),
        "unit_a": a,
        "unit_b": b,
        "is_copy": np.zeros(len(a), np.bool_),
        "levels": pa.FixedSizeBinaryArray.from_buffers(
            pa.binary(len(FIELDS)), len(a), [None, pa.py_buffer(levels.tobytes())]
        ).cast(pa.binary()),
        "family": weighed.family,
    }
    found |= {name: np.ascontiguousarray(weighed.compared.shares[:, at]) for at, name in enumerate(_SHARES)}
    found |= {name: np.ascontiguousarray(weighed.chances[:, at]) for at, name in enumerate(_CHANCES)}
    return table_of(WEIGHED, found)
