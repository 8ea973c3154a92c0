"""Keeps what a long run has done so far in a folder, so that one that was killed goes on where it was.

What lies there names people in clear: such a folder is for a machine and a disk that may hold the lists themselves,
and is thrown away when the run is done.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]
Value = TypeVar("Value")


class Keep:
    """Keeps nothing: every stage is done."""

    def once(self, stage: str, make: Callable[[], Arrays]) -> Arrays:  # noqa: ARG002
        """What a stage gave, done now or by the run that was killed."""
        return make()

    def value(
        self,
        stage: str,
        make: Callable[[], Value],
        to_arrays: Callable[[Value], Arrays],
        from_arrays: Callable[[Arrays], Value],
    ) -> Value:
        """The same of what is not arrays by itself."""
        return from_arrays(self.once(stage, lambda: to_arrays(make())))


class _Nothing(Keep):
    def value(
        self,
        stage: str,  # noqa: ARG002
        make: Callable[[], Value],
        to_arrays: Callable[[Value], Arrays],  # noqa: ARG002
        from_arrays: Callable[[Arrays], Value],  # noqa: ARG002
    ) -> Value:
        return make()  # nothing is turned into arrays for nobody


@dataclass(frozen=True, slots=True)
class FolderKeep(Keep):
    """Keeps each stage as one file, written whole or not at all.

    `key` says of what the run is (its listings and settings): a folder that holds another run's stages is begun anew.
    """

    folder: Path
    key: str

    def __post_init__(self) -> None:
        sign = self.folder / "run.txt"
        if sign.exists() and sign.read_text(encoding="utf-8") != self.key:
            self.drop()
        self.folder.mkdir(parents=True, exist_ok=True)
        sign.write_text(self.key, encoding="utf-8")

    def once(self, stage: str, make: Callable[[], Arrays]) -> Arrays:
        """What a stage gave, done now or by the run that was killed."""
        path = self.folder / f"{stage}.npz"
        if path.exists():
            with np.load(path, allow_pickle=False) as found:
                return {name: found[name] for name in found.files}
        arrays = make()
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        unfinished.replace(path)
        return arrays

    def drop(self) -> None:
        """Throws everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)


NOTHING_KEPT: Keep = _Nothing()
