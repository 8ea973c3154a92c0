"""Thirty wrong calls: each is one sentence with what to do next, an exit code, and one object for machines."""

from __future__ import annotations

import json

import pytest

BUS = ("plan", "bus", "--seats", "5", "--departs")

CALLED_WRONGLY = (
    ("nonverb",),
    ("plan", "nonverb"),
    ("count", "--nix"),
    ("count", "--as-of", "yesterday"),
    ("inspect", "none.csv"),
    ("inspect", "folder"),
    ("intake", "none.csv", "--source", "Embassy"),
    ("intake", "empty.csv"),
    ("intake", "empty.csv", "--source", "Embassy", "--trust", "9"),
    ("policy", "check", "none.yaml"),
    ("plan", "network", "folder"),
    ("plan", "bus", "--seats", "0", "--departs", "14:00"),
    ("plan", "make", "--seconds", "-1"),
    ("plan", "make", "--seconds", "nan"),
)
NO_STORE = (("count",), ("resolve",), ("policy", "apply"), ("plan", "make"))
REFUSED = (
    (("plan", "make"), "safepassage plan bus"),
    (("plan", "publish"), "safepassage plan make"),
    (("plan", "publish", "PL-NONE"), "safepassage plan list"),
    (("plan", "release", "nix"), "It has: medical"),
    ((*BUS, "teatime"), "tomorrow 14:00"),
    ((*BUS, "2020-01-01T10:00"), "has passed"),
    ((*BUS, "9999-12-31T23:59"), "Look at the date"),
    (("manifest", "bus-9"), "safepassage plan publish"),
    (("passes", "issue", "PT-NONE"), "safepassage parties"),
    (("call", "PT-NONE", "--outcome", "reached"), "safepassage parties"),
    (("call", "--to", "folder"), "Check that it is there"),
    (("intake", "folder", "--source", "Embassy"), "a folder that holds some"),
    (("policy", "check", "text.yaml"), "Add"),
    (("plan", "network", "object.json"), "spec/scenario"),
    (("gate", "receive", "object.json"), "on the phone"),
    (("accounts", "add", "x", "--role", "king", "--password", "another long pass phrase"), "Take from"),
    (("texts", "approve", "nix", "xx"), "safepassage texts list"),
    (("backup", "restore", "none.sealed", "--passphrase", "x"), "sealed file"),
)


def with_files(one):
    (one.folder / "folder").mkdir()
    (one.folder / "empty.csv").touch()
    (one.folder / "text.yaml").write_text("id: x\nversion: 1\n", encoding="utf-8")
    (one.folder / "object.json").write_text("{}", encoding="utf-8")
    return one


@pytest.fixture
def laptop(laptops):
    """Without an operation."""
    return with_files(laptops("one"))


@pytest.mark.parametrize("call", CALLED_WRONGLY, ids=" ".join)
def test_a_wrong_call_says_how_it_is_called(laptop, call) -> None:
    answer = laptop.run(*call, "--json")
    assert answer["code"] == 2, answer
    told = json.loads(answer["out"])
    assert told["error"] == "wrong-call"
    assert "--help` says how" in told["message"]
    plain = laptop.run(*call)
    assert (plain["code"], plain["out"]) == (2, "")
    assert plain["err"]


@pytest.mark.parametrize("call", NO_STORE, ids=" ".join)
def test_without_an_operation_every_verb_says_how_to_found_one(laptop, call) -> None:
    told = laptop(*call, code=1)
    assert told["error"] == "not-found"
    assert "safepassage init" in told["message"]


def test_what_is_refused_says_what_to_do_next(founded) -> None:
    laptop = with_files(founded)
    for call, said in REFUSED:
        answer = laptop.run(*call, "--json")
        assert answer["code"] == 1, (call, answer)
        assert said in json.loads(answer["out"])["message"], (call, answer["out"])
