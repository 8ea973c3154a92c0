"""The store's key at the command: no name in a file, one passphrase a shift, burned in a second, back by backup."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyrage
import pytest

from safepassage import vault
from tests.databases import is_postgres
from tests.encrypted import PASSPHRASE as STORE_PASSPHRASE
from tests.make import EVERYONE, csv_file
from tests.story.conftest import PASSPHRASE, PASSWORD

pytestmark = [pytest.mark.storage]
sqlite_only = pytest.mark.skipif(is_postgres(), reason="PostgreSQL keeps its store on its own server")
ROOT = Path(__file__).parents[2]
CANARY = "Zarghoona Canarytest"
WORK = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from safepassage.cli.store import open_store
home, lists = Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]]
open_store(home, create=True)
from django.db import transaction
from safepassage.apps.accounts.founding import operation_found
from safepassage.apps.intake.services import batch_receive
from safepassage.apps.intake.sources import source_register
from safepassage.apps.ledger.services import site_found
from safepassage.apps.passes.keyring import keys_make
now = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
operation_found(code="north-2026", name="North", controller="Task Force", retention_days=30,
                time_zone="Asia/Kabul", default_region="AF", began_at=now)
site_found(operation="north-2026")
keys_make()
source = source_register(name="Embassy", owner="desk", basis="vital interests", now=now)
batch_receive(path=lists[0], source=source, account="desk", now=now)
with transaction.atomic():
    batch_receive(path=lists[1], source=source, account="desk", now=now)
    print("in the middle", flush=True)
    time.sleep(60)
"""


def holds_canary(home: Path) -> bool:
    needles = [text.encode(code) for text in (CANARY, CANARY.upper(), CANARY.split(maxsplit=1)[0].lower()) for code in
               ("utf-8", "utf-16-le", "utf-16-be")]  # fmt: skip
    return any(needle in path.read_bytes() for path in home.rglob("*") if path.is_file() for needle in needles)


def killed_at_work(folder: Path, home: Path) -> None:
    """Takes a list in, begins a second, and is killed before the second is whole."""
    rows = [(f"{CANARY} {n}", f"07000{n:05}") for n in range(300)]
    lists = []
    for name in ("first", "second"):
        path = folder / f"{name}.csv"
        path.write_text("Name,Phone\n" + "".join(f"{one} {name},{phone}\n" for one, phone in rows), encoding="utf-8")
        lists.append(str(path))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "SAFEPASSAGE_PASSPHRASE": STORE_PASSPHRASE}
    for name in ("DATABASE_URL", "SAFEPASSAGE_HOME", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    with subprocess.Popen(
        [sys.executable, "-c", WORK, str(home), *lists], stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout.readline() == b"in the middle\n"
        process.send_signal(signal.SIGKILL)


@sqlite_only
def test_no_file_of_an_encrypted_store_holds_a_name_not_even_after_a_kill(tmp_path: Path) -> None:
    plain, encrypted = tmp_path / "plain", tmp_path / "encrypted"
    vault.key_make(encrypted, STORE_PASSPHRASE, operation="north-2026")
    for home in (plain, encrypted):
        killed_at_work(tmp_path, home)
        assert (home / f"{vault.STORE}-wal").stat().st_size > 0
    assert holds_canary(plain), "the search finds what is there"
    assert not holds_canary(encrypted)


@sqlite_only
def test_a_plain_store_is_encrypted_where_it_stands(tmp_path: Path, laptops) -> None:
    laptop = laptops("one")
    killed_at_work(tmp_path, laptop.home)
    people = laptop("resolve")["persons"]
    laptop("encrypt")
    assert not holds_canary(laptop.home)
    assert laptop("resolve")["persons"] == people
    assert laptop("gate", "check") == {"problems": [], "set_aside": [], "parked": 0}
    assert laptop("encrypt", code=1)["error"] == "conflict"


def test_a_shift_on_one_passphrase(founded) -> None:
    laptop = founded
    laptop("unlock", "--for", "1")
    laptop.environment["SAFEPASSAGE_PASSPHRASE"] = ""
    assert laptop("gate", "check") == {"problems": [], "set_aside": [], "parked": 0}
    assert laptop("lock") == {"was_unlocked": True, "uploads_removed": 0}
    assert laptop("gate", "check", code=1)["error"] == "locked"
    laptop.environment["SAFEPASSAGE_PASSPHRASE"] = "four words that are wrong"
    assert laptop("gate", "check", code=1)["error"] == "wrong-passphrase"
    new = laptop.folder / "new"
    new.write_text("another four invented words\n", encoding="utf-8")
    laptop.environment |= {
        "SAFEPASSAGE_PASSPHRASE": STORE_PASSPHRASE,
        "SAFEPASSAGE_NEW_PASSPHRASE_FILE": str(new),
    }
    assert laptop("keys", "passphrase") == {"changed": True}
    assert laptop("gate", "check", code=1)["error"] == "wrong-passphrase"
    laptop.environment["SAFEPASSAGE_PASSPHRASE_FILE"] = str(new)
    assert laptop("gate", "check") == {"problems": [], "set_aside": [], "parked": 0}


@sqlite_only
def test_burned_in_a_second_and_back_from_a_backup_elsewhere(founded, laptops) -> None:
    laptop, other = founded, laptops("two")
    path = csv_file(laptop.folder / "list.csv", EVERYONE)
    laptop("intake", str(path), "--source", "Embassy")
    persons = laptop("resolve")["persons"]
    laptop("backup", "make", "whole.sealed", "--passphrase", PASSPHRASE)
    assert laptop("burn", "--code", "operation", code=1)["error"] == "forbidden"
    assert laptop("gate", "check") == {"problems": [], "set_aside": [], "parked": 0}
    laptop.environment["SAFEPASSAGE_PASSPHRASE"] = ""
    began = time.monotonic()
    burned = laptop("burn", "--code", "north-2026")
    assert burned["was_encrypted"]
    assert burned["seconds"] < 1
    assert time.monotonic() - began < 10
    laptop.environment["SAFEPASSAGE_PASSPHRASE"] = STORE_PASSPHRASE
    assert laptop("gate", "check", code=1)["error"] == "burned"
    assert {one.name[: len(vault.STORE)] for one in laptop.home.rglob("*") if one.is_file()} == {vault.STORE}
    other.environment["SAFEPASSAGE_PASSPHRASE"] = ""
    restored = other("backup", "restore", str(laptop.folder / "whole.sealed"), "--passphrase", PASSPHRASE)
    assert restored["problems"] == []
    other.environment["SAFEPASSAGE_PASSPHRASE"] = PASSPHRASE
    assert other("resolve")["persons"] == persons


def test_keys_and_recipients_by_the_command(founded) -> None:
    laptop = founded
    first = ("--password", "four invented words", "--own-password", PASSWORD)
    laptop("accounts", "add", "desk-2", "--role", "supervisor", *first)
    own = ("--password", "four invented words here", "--own-password", "four invented words")
    laptop("accounts", "password", "desk-2", "--as", "desk-2", *own)
    both = ("--own-password", PASSWORD, "--second-password", "four invented words here")
    assert laptop("keys", "list") == {"keys": []}
    new = laptop("keys", "rotate", "issuing")["key"]
    old, current = laptop("keys", "list")["keys"]
    assert (current["key"], current["is_current"], old["is_current"]) == (new, True, False)
    assert laptop("keys", "revoke", new, code=1)["error"] == "forbidden"
    assert laptop("keys", "revoke", old["key"])["parties"] == []
    assert laptop("keys", "rotate", "everything", code=1)["error"] == "forbidden"
    theirs = pyrage.x25519.Identity.generate()
    added = laptop("recipient", "add", "haven-desk-1", str(theirs.to_public()), "--second", "desk-2", *both)
    (known,) = laptop("recipient", "list")["recipients"]
    assert known["digest"] == added["digest"]
    out = laptop.folder / "people.xlsx.age"
    made = laptop(
        *("export-people", str(out), "--stated", "0", "--recipient", "haven-desk-1", "--second", "desk-2", *both),
    )
    assert made["sealed_to"] == "key"
    assert pyrage.decrypt(out.read_bytes(), [theirs]).startswith(b"PK")
    assert json.dumps(laptop("gate", "check"))
