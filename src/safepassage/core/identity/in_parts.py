"""Work on millions of pairs part by part: what a part needs stays in the processor's cache, and memory small."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

PART = 1 << 16
THREADS = 2
"""Parts worked on at once: numpy lets another thread run while it computes; more of them wait for the interpreter."""

One = TypeVar("One")
Other = TypeVar("Other")


def parts_of(count: int) -> Iterator[slice]:
    """So many rows as parts that stand side by side."""
    for start in range(0, count, PART):
        yield slice(start, min(start + PART, count))


def in_turn(work: Callable[[One], Other], items: Iterable[One]) -> Iterator[Other]:
    """What comes of each item, in the order of the items; some are worked on before they are asked for."""
    with ThreadPoolExecutor(THREADS) as threads:
        begun: deque[Future[Other]] = deque()
        for item in items:
            begun.append(threads.submit(work, item))
            if len(begun) > THREADS:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


def each_part(count: int, work: Callable[[slice], None]) -> None:
    """Does the work for each part, two at a time: what it writes has to be the part's own."""
    if count <= PART:
        for part in parts_of(count):
            work(part)
        return
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in threads.map(work, parts_of(count)):
            pass  # an error in a part is raised here
