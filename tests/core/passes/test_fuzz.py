"""Python and TypeScript on passes drawn at random: the same verdict, every code met, and enough of them valid."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

from hatch_build import ROOT, install_packages, node_folder

from safepassage.core.passes import VerdictCode
from tests.core.passes.fuzz import draw_cases

CASES = int(os.environ.get("FUZZED", "20000"))
NEVER_OF_A_PASS_ALONE = {VerdictCode.NOT_BOUND}


def test_the_twins_agree_on_passes_drawn_at_random(tmp_path: Path) -> None:
    drawn = draw_cases(CASES, seed=20210826)
    met = Counter(code for check in drawn["checks"] for code in check["codes"])
    least = CASES // 200
    assert {code for code in VerdictCode if met[code] < least} == NEVER_OF_A_PASS_ALONE
    assert sum(check["level"] == "valid" for check in drawn["checks"]) >= 0.3 * CASES
    path = tmp_path / "fuzzed.json"
    path.write_text(json.dumps(drawn), encoding="utf-8")
    install_packages()
    done = subprocess.run(
        [node_folder() / "node", ROOT / "node_modules/vitest/vitest.mjs", "run", "field/src/fuzz.test.ts"],
        cwd=ROOT,
        env={**os.environ, "FUZZED_PASSES": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "1 passed" in done.stdout
