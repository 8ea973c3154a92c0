"""Laptops at which a clerk runs the command, each with a folder and, on PostgreSQL, a database of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.databases import is_postgres, name_of, server, url_of

ROOT = Path(__file__).parents[2]
PASSWORD, PASSPHRASE = "four invented words here", "four other invented words"
INIT = (
    *("init", "--name", "North (invented)", "--code", "north-2026", "--controller", "Example Task Force"),
    *("--contact", "desk@example.invalid", "--retention-days", "180", "--time-zone", "Asia/Kabul", "--region", "AF"),
    *("--policy", "neo", "--password", PASSWORD, "--passphrase", PASSPHRASE),
)
SECRETS = ("--password", "--own-password", "--second-password", "--passphrase", "--seed")


@dataclass
class Laptop:
    """One laptop: `laptop("count")` runs `safepassage count --json` and gives its JSON."""

    folder: Path
    environment: dict[str, str]
    clerk: subprocess.Popen[str]

    @property
    def home(self) -> Path:
        return self.folder / "operation"

    def run(self, *arguments: str) -> dict[str, Any]:
        """The verb's exit code, stdout and stderr; a traceback is never an answer.

        Secrets go by stdin, a line each: the command refuses them as arguments (but not `demo --seed`).
        """
        told, lines = list(arguments), []
        for place in range(1, len(told)):
            if told[0] != "demo" and told[place - 1] in SECRETS:
                lines.append(told[place])
                told[place] = "-"
        order = {
            "arguments": told,
            "environment": self.environment,
            "folder": str(self.folder),
            "stdin": "".join(f"{line}\n" for line in lines),
        }
        self.clerk.stdin.write(json.dumps(order) + "\n")
        self.clerk.stdin.flush()
        answer = json.loads(self.clerk.stdout.readline())
        assert "Traceback" not in answer["err"], answer["err"]
        return answer

    def __call__(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        answer = self.run(*arguments, "--json")
        assert answer["code"] == code, answer
        return json.loads(answer["out"])


@pytest.fixture(scope="session")
def clerk() -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "PYTHONUTF8": "1"}
    for name in ("DATABASE_URL", "SAFEPASSAGE_HOME", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.story.clerk"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment,
    )  # fmt: skip
    yield process
    process.stdin.close()
    process.wait(timeout=20)
    process.stdout.close()


class Laptops:
    """Makes laptops by name: `laptops("one")` has nothing, `laptops("one", like=another)` all that another has."""

    def __init__(self, clerk: subprocess.Popen[str], folder: Path) -> None:
        self.clerk = clerk
        self.folder = folder
        self.made: list[str] = []

    def __call__(self, name: str, *, like: Laptop | None = None) -> Laptop:
        folder = self.folder / name
        folder.mkdir()
        environment = {"SAFEPASSAGE_HOME": str(folder / "operation")}
        if like:
            shutil.copytree(like.home, folder / "operation")
        if is_postgres():
            database = name_of(f"laptop_{name}")
            template = f"TEMPLATE {name_of(f'laptop_{like.folder.name}')}" if like else ""
            with server() as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
                connection.execute(f"CREATE DATABASE {database} {template}")
            environment["DATABASE_URL"] = url_of(database)
            self.made.append(database)
        return Laptop(folder, environment, self.clerk)

    def close(self) -> None:
        """Drops the databases that were made."""
        for name in self.made:
            with server() as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def laptops(clerk: subprocess.Popen[str], tmp_path: Path) -> Iterator[Laptops]:
    """Makes the laptops of one test."""
    made = Laptops(clerk, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def new_operation(clerk: subprocess.Popen[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    """A laptop on which an operation has just been founded, for stories that begin there: copied, never changed."""
    made = Laptops(clerk, tmp_path_factory.mktemp("laptops"))
    laptop = made("founded")
    laptop(*INIT)
    yield laptop
    made.close()


@pytest.fixture
def founded(laptops: Laptops, new_operation: Laptop) -> Laptop:
    """The laptop `one` of a test, with an operation just founded."""
    return laptops("one", like=new_operation)
