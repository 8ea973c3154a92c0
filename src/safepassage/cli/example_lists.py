"""Writes an invented operation's lists and answer key into a folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from safepassage.core.sim import GeneratedLists, generate_lists


def write_example(
    folder: Path, *, seed: int = 2021, families: int = 900, people: int = 3000, rows: int = 5000
) -> GeneratedLists:
    """Writes `lists/`, `answer-key.csv` and `other-rows.csv` under `folder`; existing files are replaced."""
    made = generate_lists(np.random.default_rng(seed), families=families, people=people, rows=rows)
    lists = folder / "lists"
    lists.mkdir(parents=True, exist_ok=True)
    for name, content in made.files.items():
        (lists / name).write_bytes(content)
    (folder / "answer-key.csv").write_bytes(made.answer_key())
    (folder / "other-rows.csv").write_bytes(made.other_rows())
    return made
