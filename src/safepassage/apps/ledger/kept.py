"""An answer worked out once and kept while all that it was made of stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Kept(Generic[T]):
    """The last answer in this process, and what it was made of.

    States of the ledger and tuples of events are the same as before only if they are the very same: they are kept
    themselves until an event comes. Everything else counts by what it holds.
    """

    _of: tuple[object, ...] | None = field(default=None, init=False)
    _answer: list[T] = field(default_factory=list, init=False)

    def get(self, of: tuple[object, ...], make: Callable[[], T]) -> T:
        """The answer kept, if it was made of the same; else a new one. Cost: a comparison, unless something changed.

        Args:
            of: All that the answer depends on.
            make: Works it out.
        """
        if self._of is None or not _is_same(self._of, of):
            self._answer = [make()]
            self._of = of
        return self._answer[0]


def _is_same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    plain = (str, bytes, int, type(None))
    return len(before) == len(now) and all(
        one is other or (isinstance(one, plain) and isinstance(other, plain) and one == other)
        for one, other in zip(before, now, strict=True)
    )
