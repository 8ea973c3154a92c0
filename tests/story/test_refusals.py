"""What a newcomer gets wrong: each is said in a sentence, leaves nothing half done, and can be tried again."""

from __future__ import annotations

import pytest

from tests.make import EVERYONE, csv_file
from tests.story.conftest import INIT, PASSPHRASE, PASSWORD

pytestmark = [pytest.mark.storage]


def instead(option: str, value: str) -> tuple[str, ...]:
    given = list(INIT)
    given[given.index(option) + 1] = value
    return tuple(given)


def test_an_operation_that_could_not_be_founded_leaves_room_for_another_try(laptops) -> None:
    laptop = laptops("one")
    for option, value, code in (
        ("--passphrase", "short", "forbidden"),
        ("--password", "short", "weak-password"),
        ("--time-zone", "Kabul", "forbidden"),
        ("--policy", "mine", "not-found"),
    ):
        assert laptop(*instead(option, value), code=1)["error"] == code
    assert not (laptop.home / "keys").exists()
    assert laptop(*INIT)["operation"] == "north-2026"
    assert laptop(*INIT, code=1)["error"] == "conflict"
    assert laptop("gate", "check") == {"problems": [], "set_aside": [], "parked": 0}


def test_a_secret_written_on_the_command_line_is_refused_and_other_ways_are_named(founded, laptops) -> None:
    laptop = founded
    for verb in (
        ("backup", "make", "whole.sealed", f"--passphrase={PASSPHRASE}"),
        ("accounts", "password", "desk", f"--password={PASSWORD}"),
        ("policy", "reveal", f"--seed={'00' * 32}"),
    ):
        refused = laptop(*verb, code=1)
        assert refused["error"] == "secret-in-the-open"
        assert "@FILE" in refused["message"]
        assert verb[-1].split("=")[1] not in refused["message"]
    assert not (laptop.folder / "whole.sealed").exists()
    (laptop.folder / "secret").write_bytes(f"{PASSPHRASE}\r\nsecond line\n".encode())
    assert laptop("backup", "make", "by-file.sealed", "--passphrase=@secret")["bytes"]
    laptop.environment["SAFEPASSAGE_BACKUP_PASSPHRASE_FILE"] = "secret"
    assert laptop("backup", "make", "by-variable.sealed")["bytes"]
    laptop.environment["SAFEPASSAGE_BACKUP_PASSPHRASE_FILE"] = "nowhere"
    assert laptop("backup", "make", "none.sealed", code=1)["error"] == "not-found"
    for name in ("by-file.sealed", "by-variable.sealed"):
        other = laptops(name.split(".")[0].replace("-", ""))
        restored = other("backup", "restore", str(laptop.folder / name), "--passphrase", PASSPHRASE)
        assert restored["problems"] == []
        assert restored["site"]


def test_a_backup_overwrites_nothing_and_opens_with_its_passphrase_alone(founded, laptops) -> None:
    laptop = founded
    path = csv_file(laptop.folder / "list.csv", EVERYONE)
    laptop("intake", str(path), "--source", "Embassy")
    inside = str(laptop.home / "copy.sealed")
    first = laptop("backup", "make", inside, "--passphrase", PASSPHRASE)
    second = laptop("backup", "make", inside, "--passphrase", PASSPHRASE)
    assert second["bytes"] < first["bytes"] * 1.5, "a backup holds no backup"
    assert laptop("backup", "restore", inside, "--passphrase", PASSPHRASE, code=1)["error"] == "conflict"
    other = laptops("two")
    restored = other.run("backup", "restore", inside, "--passphrase", "the wrong passphrase", "--json")
    assert restored["code"] == 1
    assert not list(other.folder.rglob("keys"))
    assert other("backup", "restore", inside, "--passphrase", PASSPHRASE)["problems"] == []
    assert (other.home / "keys").stat().st_mode & 0o777 == 0o700
    assert (other.home / "keys" / "site.key").stat().st_mode & 0o777 == 0o600
    again = other("intake", str(path), "--source", "Embassy")
    assert not again["batches"][0]["is_new"]


def test_a_list_that_cannot_be_read_stops_no_other_and_files_of_the_wrong_kind_are_named(founded) -> None:
    laptop = founded
    lists = laptop.folder / "lists"
    lists.mkdir()
    csv_file(lists / "good.csv", EVERYONE)
    (lists / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    taken = laptop("intake", str(lists), "--source", "Embassy", code=1)
    assert [one["file"] for one in taken["batches"]] == ["good.csv"]
    assert [one["file"] for one in taken["unreadable"]] == ["broken.xlsx"]
    latin = laptop.folder / "policy.yaml"
    latin.write_bytes("title: Priorité".encode("latin-1"))
    assert laptop("policy", "propose", str(latin), code=1)["error"] == "unreadable"
    assert laptop("gate", "receive", str(latin), code=1)["error"] == "unreadable"
    assert laptop("policy", "reveal", "--seed", "no hex", code=1)["error"] == "forbidden"
    assert laptop("intake", str(lists), "--source", "NGO", "--sharing", "everybody", code=1)["error"] == "forbidden"
