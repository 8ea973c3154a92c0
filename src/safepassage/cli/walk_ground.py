"""The ground of the demo's walk: its folder, its example, its clock and its luck."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

import safepassage
from safepassage import vault
from safepassage.core.errors import ConflictError, NotFoundError
from safepassage.core.movement import Scenario
from safepassage.vault.unlocking import DEMO_MARK, DEMO_PASSPHRASE

DEMO_ACCOUNT = "demo"
DEMO_SECOND = "demo-supervisor"
"""Signs what the first proposes."""
DEMO_OPERATION = "demo-2021"
DEMO_PASSWORD = "invented-people-only"  # noqa: S105 (a demo of invented people, on localhost)
PREPARE = timedelta(hours=30)
"""How long before the planning moment the first list comes in."""


def prepare_home(home: Path) -> Path:
    """An empty folder for the demo's operation; an earlier demo in it is removed, anything else never.

    Raises:
        ConflictError: the folder holds something that is no demo.
    """
    folder = home.resolve()
    if folder.exists() and any(folder.iterdir()):
        if not (folder / DEMO_MARK).exists():
            raise ConflictError("That folder is no demo of ours.", where=folder.name, advice="Name another: --home.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / DEMO_MARK).touch()
    vault.key_make(folder, DEMO_PASSPHRASE, operation=DEMO_OPERATION)
    return folder


def example_folder() -> Path:
    """The example operation: in the installed package, or in the checkout."""
    package = Path(safepassage.__file__).parent
    for candidate in (package / "examples", package.parents[1] / "examples"):
        if (candidate / "kabul-2021").is_dir():
            return candidate / "kabul-2021"
    raise NotFoundError("The example operation is not here.", advice="Install the wheel again, or use the checkout.")


@dataclass
class Walk:
    """One walk: where, with which luck, on which clock."""

    home: Path
    seed: int
    lists: Path
    example: Path
    scenario: Scenario
    quiet: bool
    rng: np.random.Generator
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def planned_at(self) -> datetime:
        """The moment for which the demo plans: the scenario's own, or half a day before its first departure."""
        first = min(leg.departs for leg in self.scenario.network.legs)
        return self.scenario.now or first - timedelta(hours=12)

    def secret(self, purpose: str) -> bytes:
        """32 bytes that depend on the seed alone: only a demo may have such keys."""
        return hashlib.sha256(f"safe passage demo {self.seed} {purpose}".encode()).digest()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Times a step of the walk."""
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 2)
