"""A browser, or any tree of processes, that gets a quarter of one processor; and how slow a worker of it really was.

DevTools' throttle doesn't slow workers. A CPU quota of a control group does (version 1 or 2, where it can be
written); elsewhere the tree is stopped and continued in turns of a few milliseconds.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Page

GROUPS = Path("/sys/fs/cgroup")
PERIOD_US = 20_000
TURN_S = 0.004
LOOP = """() => new Promise((done) => {
    const work = `const start = performance.now(); let x = 1;
        for (let at = 0; at < 4e7; at += 1) x = (x * 1103515245 + 12345) | 0;
        postMessage([performance.now() - start, x]);`;
    const worker = new Worker(URL.createObjectURL(new Blob([work])));
    worker.onmessage = ({ data }) => { worker.terminate(); done(data[0]); };
})"""


def worker_loop_ms(page: Page) -> float:
    """How long a fixed loop takes in a worker of this browser, the least of three."""
    return min(float(page.evaluate(LOOP)) for _ in range(3))


@contextmanager
def slowed(root: int, factor: float) -> Iterator[str]:
    """The processes from `root` on share one processor's `factor`-th part; gives the means by which they do."""
    if factor <= 1:
        yield "not slowed"
        return
    group = _group(factor)
    if group is not None:
        try:
            _enter(group, tree_of(root))
            yield "cgroup"
        finally:
            _leave(group)
        return
    ended = threading.Event()
    thread = threading.Thread(target=_take_turns, args=(root, factor, ended), daemon=True)
    thread.start()
    try:
        yield "stopped in turns"
    finally:
        ended.set()
        thread.join()


def tree_of(root: int) -> list[int]:
    """A process and all that it started."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(path.read_text().rsplit(")", 1)[1].split()[1])
            parents.setdefault(parent, []).append(int(path.parent.name))
    found = [root]
    for one in found:
        found += parents.get(one, [])
    return found


def browser_process() -> int:
    """The browser among what this process started."""
    return next(process for process in tree_of(os.getpid()) if "chrom" in _name(process))


def _name(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text()
    except OSError:
        return ""


def _group(factor: float) -> Path | None:
    name = f"safepassage-slow-{os.getpid()}"
    quota = int(PERIOD_US / factor)
    for folder, limits in (
        (GROUPS / "cpu", {"cpu.cfs_period_us": PERIOD_US, "cpu.cfs_quota_us": quota}),
        (GROUPS, {"cpu.max": f"{quota} {PERIOD_US}"}),
    ):
        group = folder / name
        try:
            group.mkdir()
        except OSError:
            continue
        if all((group / limit).exists() for limit in limits):
            for limit, value in limits.items():
                (group / limit).write_text(str(value))
            return group
        group.rmdir()
    return None


def _enter(group: Path, processes: list[int]) -> None:
    for process in processes:
        with suppress(OSError):
            (group / "cgroup.procs").write_text(str(process))


def _leave(group: Path) -> None:
    for process in (group / "cgroup.procs").read_text().split():
        with suppress(OSError):
            (group.parent / "cgroup.procs").write_text(process)
    with suppress(OSError):
        group.rmdir()


def _take_turns(root: int, factor: float, ended: threading.Event) -> None:
    processes = tree_of(root)[1:]
    while not ended.is_set():
        _tell(processes, signal.SIGSTOP)
        time.sleep(TURN_S * (factor - 1))
        _tell(processes, signal.SIGCONT)
        time.sleep(TURN_S)
        processes = tree_of(root)[1:]


def _tell(processes: list[int], word: signal.Signals) -> None:
    for process in processes:
        with suppress(OSError):
            os.kill(process, word)
