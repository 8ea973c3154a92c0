"""Ports: one that is taken is told before anything else, and an address only once somebody answers there."""

from __future__ import annotations

import json
import socket
import threading
import urllib.request

import pytest
import uvicorn
from typer.testing import CliRunner

from safepassage.cli import app
from safepassage.cli.doors import HERE, Telling, open_door
from safepassage.core.errors import ConflictError


def is_open(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex((HERE, port)) == 0


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind((HERE, 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_another_program_has_is_told_with_what_to_do(taken):
    with pytest.raises(ConflictError) as refused:
        open_door(HERE, taken, option="--port")
    assert refused.value.code == "port-taken"
    assert f"Port {taken}" in str(refused.value)
    assert f"--port {taken + 1 if taken < 65535 else 8001}" in str(refused.value)


@pytest.mark.parametrize("port", [-1, 70_000])
def test_what_is_no_port_is_refused_like_one_that_is_taken(port):
    with pytest.raises(ConflictError, match="--lan-port 8001"):
        open_door(HERE, port, option="--lan-port")


@pytest.mark.parametrize("words", [["serve"], ["serve", "--lan"], ["demo"]])
def test_nobody_types_a_passphrase_or_waits_for_a_demo_before_a_taken_port_is_told(taken, words, tmp_path):
    told = CliRunner().invoke(app, [*words, "--port", str(taken), "--home", str(tmp_path / "none")])
    assert told.exit_code == 1
    assert f"Port {taken} can't be opened" in " ".join(told.output.split())
    assert "http://" not in told.output
    assert not (tmp_path / "none").exists()


def test_a_demo_for_machines_is_told_that_it_can_serve_nobody_before_it_walks(tmp_path):
    told = CliRunner().invoke(app, ["demo", "--json", "--home", str(tmp_path / "none")])
    assert told.exit_code == 1
    assert "--no-serve" in json.loads(told.stdout.strip().splitlines()[-1])["message"]


def test_an_address_is_told_when_somebody_answers_there_and_not_before():
    async def application(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"here"})

    door = open_door(HERE, 0, option="--port")
    port = door.getsockname()[1]
    assert not is_open(port), "taken, and nobody is let in yet"
    open_when_told: list[bool] = []
    told = threading.Event()

    def tell() -> None:
        open_when_told.append(is_open(port))
        told.set()

    server = Telling(uvicorn.Config(application, log_level="critical", lifespan="off"), tell)
    running = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    running.start()
    assert told.wait(10)
    assert open_when_told == [True]
    assert urllib.request.urlopen(f"http://{HERE}:{port}/", timeout=5).read() == b"here"
    server.should_exit = True
    running.join(10)
    assert not running.is_alive()
