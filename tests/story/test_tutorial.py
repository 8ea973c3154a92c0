"""docs/tutorial.md, typed in as it stands: every command in order, every answer that it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\b(?:PT|PL|Q)-[0-9A-Z]{12}\b")


@dataclass
class Step:
    """A command of the tutorial, and the lines that it shows of the answer."""

    command: str
    shown: list[str] = field(default_factory=list)


def steps(text: str) -> list[Step]:
    found: list[Step] = []
    is_open = False
    for line in "".join(BLOCK.findall(text)).splitlines():
        if line.startswith("$ "):
            found.append(Step(line[2:]))
        elif is_open or line.startswith("> "):
            found[-1].command += "\n" + line.removeprefix("> ")
        else:
            found[-1].shown.append(line)
        is_open = line.endswith("\\")
    return found


def pattern_of(line: str) -> re.Pattern[str]:
    """A shown line as a pattern: `…` is anything, blanks are blanks, an id is any id of its kind."""
    parts = [re.escape(part) for part in ID.split(line)]
    kinds = [rf"({one.split('-')[0]}-[0-9A-Z]{{12}})" for one in ID.findall(line)]
    joined = parts[0] + "".join(kind + part for kind, part in zip(kinds, parts[1:], strict=True))
    return re.compile(re.sub(r"(?:\\ )+", r"\\s+", joined.replace("…", ".*")))


@pytest.mark.slow
def test_the_tutorial_works_as_written(tmp_path):
    shim = tmp_path / "bin" / "safepassage"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from safepassage.cli import main; main()" "$@"\n')
    shim.chmod(0o755)
    desk = tmp_path / "desk"
    desk.mkdir()
    left_out = ("DATABASE_URL", "SAFEPASSAGE_HOME", "DJANGO_SETTINGS_MODULE")
    environment = {
        **{name: value for name, value in os.environ.items() if name not in left_out},
        "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
    }
    known: dict[str, str] = {}
    told = steps((ROOT / "docs/tutorial.md").read_text(encoding="utf-8"))
    assert sum(step.command.startswith("safepassage") for step in told) > 25
    for step in told:
        command = ID.sub(lambda match: known[match[0]], step.command)
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=desk,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        answer = done.stdout + done.stderr
        assert done.returncode == 0, f"{command}\n{answer}"
        flat = re.sub(r"\s+", " ", answer)
        for line in step.shown:
            match = pattern_of(line).search(flat)
            assert match, f"$ {command}\nshows no line like\n{line}\nbut\n{answer}"
            known.update(zip(ID.findall(line), match.groups(), strict=True))
