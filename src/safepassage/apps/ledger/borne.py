"""What a row says held against what the signed events say: the words for it, and the answer, kept while both stay.

Each kind of row has its own comparison (`accounts.borne`, `policy.borne`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from safepassage.apps.ledger.kept import Kept
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.core.errors import Problem
from safepassage.core.ledger import EventKind

CODE = "not-borne"
"""A row says what no event says."""
WRITTEN = "Somebody wrote into the store: find out who can reach it."


@dataclass(slots=True)
class KeptAnswer:
    """The problems of some rows, compared anew only if an event came, or a row reads otherwise than then.

    Cost: two short queries for each kind of event, and reading the columns; comparing only after a change.
    """

    kinds: tuple[EventKind, ...]
    rows: Callable[[], Iterable[QuerySet[Any, tuple[Any, ...]]]]
    """All columns that the comparison looks at, row by row: somebody may write into any of them without an event."""
    compare: Callable[[], Iterator[Problem]]
    _kept: Kept[tuple[Problem, ...]] = field(default_factory=Kept, init=False)

    def __call__(self) -> tuple[Problem, ...]:
        """The problems of now."""
        of = (*(events_of_kind(kind) for kind in self.kinds), self._read())
        return self._kept.get(of, lambda: tuple(self.compare()))

    def _read(self) -> bytes:
        """A digest of the rows. By type and by what they show: a damaged value equals nothing, itself neither."""
        digest = hashlib.blake2b(digest_size=16)
        for rows in self.rows():
            for row in rows:
                digest.update(repr([(type(value).__name__, value) for value in row]).encode(errors="replace"))
            digest.update(b"|")
        return digest.digest()
