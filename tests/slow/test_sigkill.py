"""SIGKILL at random moments of intake, resolve and gate upload, on both stores.

Nothing acknowledged is lost, nothing is there by half, and the act done again ends where an undisturbed one ends.

"Where it ends" is a digest of every row of every table of ours, events, signatures and times included, and of the
ledger's folded state: the acts are given their clock and their keys, so that nothing may differ but numbers that the
store itself counts up (auto-increment keys: a transaction rolled back leaves a gap in PostgreSQL's).

Each trial is a copy of one prepared store; the act is done by a fork of a warm process (`tests/slow/warm.py`), killed
at a moment drawn from the whole length of the undisturbed act.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from safepassage import vault
from tests.databases import is_postgres, name_of, server
from tests.encrypted import PASSPHRASE, is_encrypted

KILLS = {"intake": 70, "resolve": 65, "gate": 65}
"""200 on each store: `make unit` runs them on plain SQLite, `make storage` on PostgreSQL and encrypted SQLite."""
ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.storage, pytest.mark.slow]


class Warm:
    """The warm process, and the copies of the prepared store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "none").mkdir()
        if is_encrypted():
            vault.key_make(folder / "none", PASSPHRASE, operation="crash-2026")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
        environment |= {"SAFEPASSAGE_HOME": str(folder / "none"), "SAFEPASSAGE_SECRET": "invented"}
        environment["DJANGO_SETTINGS_MODULE"] = "safepassage.web.settings"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.slow.warm"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment,
        )  # fmt: skip

    def order(self, **what: Any) -> dict[str, Any]:
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert not answer["error"], answer["error"]
        return answer

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()


class SqliteStores:
    """A store is a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new(self, name: str) -> tuple[str, str]:
        home = self.folder / name
        home.mkdir()
        return str(home), str(home / "store.sqlite3")

    @contextlib.contextmanager
    def copy(self, name: str) -> Iterator[tuple[str, str]]:
        home = self.folder / "trial"
        shutil.copytree(self.folder / name, home)
        yield str(home), str(home / "store.sqlite3")
        shutil.rmtree(home)


class PostgresStores:
    """A store is a database, copied by the server; the folder holds keys and lists alone, which no act changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = server()
        self.made: list[str] = []

    def new(self, name: str) -> tuple[str, str]:
        home = self.folder / name
        home.mkdir()
        self._drop(name_of(name))
        self.server.execute(f"CREATE DATABASE {name_of(name)}")
        self.made.append(name_of(name))
        return str(home), name_of(name)

    @contextlib.contextmanager
    def copy(self, name: str) -> Iterator[tuple[str, str]]:
        trial = name_of("trial")
        self._drop(trial)
        self.server.execute(f"CREATE DATABASE {trial} TEMPLATE {name_of(name)}")
        yield str(self.folder / name), trial
        self._drop(trial)

    def close(self) -> None:
        for name in self.made:
            self._drop(name)
        self.server.close()

    def _drop(self, name: str) -> None:
        self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    process = Warm(tmp_path_factory.mktemp("warm"))
    yield process
    process.end()


@pytest.fixture(scope="module")
def stores(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStores | PostgresStores]:
    folder = tmp_path_factory.mktemp("stores")
    kind = PostgresStores(folder) if is_postgres() else SqliteStores(folder)
    home, database = kind.new("prepared")
    warm.order(act="found", home=home, database=database, kill_after=None)
    yield kind
    if isinstance(kind, PostgresStores):
        kind.close()


@pytest.mark.parametrize("act", KILLS)
def test_a_kill_loses_nothing_acknowledged_and_the_second_run_ends_the_same(
    act: str, warm: Warm, stores: SqliteStores | PostgresStores
) -> None:
    undisturbed = [_whole(act, warm, stores) for _ in range(3)]
    seconds, expected = min(one["seconds"] for one in undisturbed), undisturbed[-1]
    assert len({one["digest"] for one in undisturbed}) == 1
    assert expected["said"]
    assert not any(one.startswith("parked") for one in expected["said"])
    rng = np.random.default_rng([2021, 8, len(act)])
    killed, in_the_middle, tries = 0, 0, 0
    while killed < KILLS[act]:
        moment, tries = float(rng.uniform(0.0, seconds)), tries + 1
        assert tries < 3 * KILLS[act], "the act ends before it can be killed"
        with stores.copy("prepared") as (home, database):
            first = warm.order(act=act, home=home, database=database, kill_after=moment)
            again = warm.order(act=act, home=home, database=database, kill_after=None, acknowledged=first["said"])
        if not first["killed"] or not first["said"]:
            # a run from end to end: follow the load of the machine
            seconds = again["seconds"] if first["killed"] else first["seconds"]
        killed += first["killed"]
        in_the_middle += first["killed"] and 0 < len(first["said"]) < len(expected["said"])
        assert again["lost"] == [], f"killed after {moment:.4f} s"
        assert again["digest"] == expected["digest"], f"killed after {moment:.4f} s"
        assert again["said"] == expected["said"]
    assert in_the_middle or act == "resolve"


def _whole(act: str, warm: Warm, stores: SqliteStores | PostgresStores) -> dict[str, Any]:
    with stores.copy("prepared") as (home, database):
        return warm.order(act=act, home=home, database=database, kill_after=None)
