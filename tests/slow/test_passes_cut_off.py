"""SIGKILL while passes are printed: nobody is left with a pass on no paper, and nobody holds two that are valid."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from contextlib import closing

import numpy as np
import pytest

from safepassage import vault
from safepassage.web.encrypted_sqlite.base import connect
from tests.make import csv_file, many_families
from tests.story.conftest import ROOT, clerk, founded, laptops, new_operation  # noqa: F401 (fixtures)
from tests.story.test_keys import STORE_PASSPHRASE, sqlite_only

pytestmark = [pytest.mark.slow, sqlite_only]
KILLS = 3


def living(laptop) -> dict[str, str]:
    """Party to the short code of its living pass."""
    key = vault.key_open(laptop.home, STORE_PASSPHRASE)
    with closing(connect(key=key, database=str(laptop.home / vault.STORE))) as store:
        return dict(store.execute("SELECT party, short_code FROM passes_passrecord WHERE revoked_at IS NULL"))


def printed(laptop) -> set[str]:
    with (laptop.folder / "passes.csv").open(newline="", encoding="utf-8") as file:
        return {row["label"] for row in csv.DictReader(file)}


@pytest.fixture
def booked(founded):  # noqa: F811 (a fixture)
    one = founded
    one("intake", str(csv_file(one.folder / "list.csv", many_families(8))), "--source", "Embassy")
    one("resolve")
    one("policy", "apply")
    one("plan", "bus", "--seats", "40", "--departs", "2030-03-01T14:00")
    one("plan", "publish")
    return one


def test_a_printing_cut_off_is_made_good_by_the_next(booked):
    environment = {**os.environ, **booked.environment, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-m", "safepassage", "passes", "issue", "--to", "passes.csv", "--json"]
    rng = np.random.default_rng(2021)
    for _ in range(KILLS):
        process = subprocess.Popen(command, cwd=booked.folder, env=environment, stdout=subprocess.DEVNULL)
        while not (booked.folder / "passes.csv.part").exists() and process.poll() is None:
            time.sleep(0.005)
        time.sleep(float(rng.uniform(0.0, 0.4)))
        process.send_signal(signal.SIGKILL)
        process.wait()
    booked("passes", "issue", "--to", "passes.csv")
    codes = living(booked)
    assert codes
    assert set(codes.values()) <= printed(booked), "every living pass is on paper"
    assert not (booked.folder / "passes.csv.part").exists()
    assert booked("passes", "issue", "--to", "again.csv")["issued"] == 0
    assert booked("gate", "check")["problems"] == []
