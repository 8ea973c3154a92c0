"""Facts of listings, read once by `core.identity`, as rows of a table; and rows of the table as its columns again.

Numbers of words, documents and phones mean something inside one set of columns only, so the table holds the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import numpy as np
import pyarrow as pa

from safepassage.core.identity.features import Columns, columns_of
from safepassage.core.identity.habits import Habits
from safepassage.core.identity.rarity import Rarity, rarity_of
from safepassage.core.identity.read_listings import bone
from safepassage.core.identity.vocabulary import Vocabulary
from safepassage.spark.listings import listings_of

_WORDS = {"name": 4, "father": 3, "kin": 3}
_DOCUMENTS = {"passport": 2, "tazkira": 2, "case": 0}
_PHONES = {"phone": 2}
_TEXTS = {"words": _WORDS, "documents": _DOCUMENTS, "phones": _PHONES}
"""The tables of numbers in each vocabulary, and how many a row has (0: one, in a table of one dimension)."""
_PAIRED = {
    name: pa.int32() for name in ("birth_low", "birth_high", "passport_issuer", "passport_told", "tazkira_told")
}
_PLAIN = {
    "source": pa.int32(),
    "kin_kind": pa.int8(),
    "sex": pa.int8(),
    "role": pa.int8(),
    "place": pa.int32(),
    "is_day": pa.bool_(),
    "is_counted": pa.bool_(),
}
_NEVER_HERE = {"ids", "group", "unit", "words", "bones", "skeletons", "documents", "phones", "habits"}
LONE = 1 << 60
"""Units from here on are of one listing each, that stands with nobody."""


def _slots(name: str, width: int) -> list[str]:
    return [f"{name}{slot}" for slot in range(width)] if width else [name]


_TEXT_COLUMNS = [slot for names in _TEXTS.values() for name, width in names.items() for slot in _slots(name, width)]
_FACTS = [
    *((name, pa.string()) for name in _TEXT_COLUMNS),
    *((slot, kind) for name, kind in _PAIRED.items() for slot in _slots(name, 2)),
    *_PLAIN.items(),
]
READ = pa.schema(
    [
        ("part", pa.int32()),
        ("place_in_part", pa.int64()),
        ("id", pa.string()),
        ("list_group", pa.string()),
        *_FACTS,
        ("skeletons", pa.string()),
    ]
)
"""What is read of each listing alone; `skeletons` holds those of a whole batch, in its first row."""
FACTS = pa.schema(
    [
        ("row", pa.int64()),
        ("id", pa.string()),
        ("unit", pa.int64()),
        ("is_grouped", pa.bool_()),
        ("sharing0", pa.int32()),
        ("sharing1", pa.int32()),
        *_FACTS,
    ]
)
"""The same with what all listings together say: its row in the order of ids, with whom it stands, and how many
groups share its phones."""


def read_batches(batches: Iterable[pa.RecordBatch], habits: Habits, part: int) -> Iterator[pa.RecordBatch]:
    """Listings, in the order of their ids, as rows of `READ`."""
    place = 0
    for batch in batches:
        listings = list(listings_of(batch))
        columns = columns_of(listings, habits)
        group_of = {x.id: None if x.is_counted else x.group for x in listings}
        n = columns.size
        found: dict[str, Any] = {
            "part": np.full(n, part, np.int32),
            "place_in_part": np.arange(place, place + n),
            "id": columns.ids,
            "list_group": pa.array([group_of[listing] or None for listing in columns.ids], pa.string()),  # type: ignore[index]
            "skeletons": ["\n".join(columns.skeletons.texts), *[None] * (n - 1)] if n else [],
        }
        for texts, names in _TEXTS.items():
            written = getattr(columns, texts).array()
            for name, width in names.items():
                table = getattr(columns, name).reshape(n, -1)
                found |= {slot: written[table[:, at]] for at, slot in enumerate(_slots(name, width))}
        for name in _PAIRED:
            found |= {slot: getattr(columns, name)[:, at] for at, slot in enumerate(_slots(name, 2))}
        found |= {name: getattr(columns, name) for name in _PLAIN}
        place += n
        arrays = [pa.array(found[field.name], field.type) for field in READ]
        yield pa.RecordBatch.from_arrays(arrays, schema=READ)


def columns_from(facts: pa.Table, habits: Habits, skeletons: Iterable[str] = ()) -> Columns:
    """Columns of some listings, in the order of the table; `skeletons` are further ones that other listings have.

    Units keep their order, so that what is done group by group is done as among all listings.
    """
    found: dict[str, Any] = {}
    for texts, names in _TEXTS.items():
        found[texts] = vocabulary = Vocabulary()
        for name, width in names.items():
            table = np.stack([_numbers(facts.column(slot), vocabulary) for slot in _slots(name, width)], axis=1)
            found[name] = table if width else table[:, 0]
    bones = Vocabulary()
    found["bones"] = np.array([bones.number(bone(word)) for word in found["words"].texts], np.int32)
    bones.numbers_of(skeletons)
    unit = numbers_in(facts, "unit")
    _, rank = np.unique(np.where(unit < LONE, unit, -1), return_inverse=True)
    rank = np.where(unit < LONE, rank, -1).astype(np.int32)
    for name in _PAIRED:
        found[name] = np.stack([numbers_in(facts, slot).astype(np.int32) for slot in _slots(name, 2)], axis=1)
    for name in _PLAIN:
        found[name] = facts.column(name).to_numpy(zero_copy_only=False)
    return Columns(
        ids=facts.column("id").to_pylist(),
        unit=np.asarray(rank, np.int32),
        group=np.where(facts.column("is_grouped").to_numpy(zero_copy_only=False), rank, np.int32(-1)),
        skeletons=bones,
        habits=habits,
        **found,
    )


def rarity_from(facts: pa.Table, columns: Columns) -> Rarity:
    """How often words and phones occur among all listings."""
    rarity = rarity_of(columns)
    for slot in range(columns.phone.shape[1]):
        rarity.phone_groups[columns.phone[:, slot]] = numbers_in(facts, f"sharing{slot}")
    rarity.phone_groups[0] = 0
    return rarity


def numbers_in(table: pa.Table, name: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A column of whole numbers."""
    return np.asarray(table.column(name).to_numpy(zero_copy_only=False), np.int64)


def _numbers(texts: pa.ChunkedArray, vocabulary: Vocabulary) -> np.ndarray[Any, np.dtype[np.int32]]:
    if not len(texts):
        return np.zeros(0, np.int32)
    coded = texts.combine_chunks().dictionary_encode()
    number = np.array(vocabulary.numbers_of(coded.dictionary.to_pylist()), np.int32)
    return np.asarray(number[coded.indices.to_numpy(zero_copy_only=False)], np.int32)


if (
    missing := {field.name for field in fields(Columns)}
    - _NEVER_HERE
    - set(_PLAIN)
    - set(_PAIRED)
    - {name for names in _TEXTS.values() for name in names}
):  # pragma: no cover
    raise TypeError(f"identity reads facts that the table has no column for: {sorted(missing)}")
