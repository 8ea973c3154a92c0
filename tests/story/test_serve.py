"""`serve` as a process: the address is told when somebody answers there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request

from tests.story.conftest import ROOT


def test_the_console_answers_at_the_address_the_moment_it_is_told(founded):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    environment = {**os.environ, **founded.environment, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-u", "-m", "safepassage", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=founded.folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        told = process.stdout.readline()
        assert f"http://localhost:{port}" in told
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=20) as page:
            assert page.status == 200
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
