"""A backup proves itself: it is read before and after it is written, and a damaged store is saved and said to be."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing

import pytest

from safepassage import vault
from safepassage.web.encrypted_sqlite.base import connect
from tests.make import EVERYONE, csv_file
from tests.story.conftest import PASSPHRASE, Laptop, Laptops
from tests.story.test_keys import STORE_PASSPHRASE, sqlite_only

pytestmark = [pytest.mark.storage, sqlite_only]
DAMAGED = 3


@pytest.fixture(scope="session")
def with_a_list(clerk: subprocess.Popen[str], new_operation: Laptop, tmp_path_factory) -> Iterator[Laptop]:
    """An operation with a list, matched: copied, never changed."""
    made = Laptops(clerk, tmp_path_factory.mktemp("laptops"))
    one = made("listed", like=new_operation)
    one("intake", str(csv_file(one.folder / "list.csv", EVERYONE)), "--source", "Embassy")
    one("resolve")
    yield one
    made.close()


@pytest.fixture
def laptop(laptops: Laptops, with_a_list: Laptop) -> Laptop:
    return laptops("one", like=with_a_list)


def store_of(laptop):
    key = vault.key_open(laptop.home, STORE_PASSPHRASE)
    return closing(connect(key=key, database=str(laptop.home / vault.STORE)))


def damage_one_event(laptop) -> str:
    """Writes nonsense over the event that took the list in; its id."""
    with store_of(laptop) as store:
        store.execute("DROP TRIGGER ledger_events_stay")
        (name,) = store.execute("SELECT event FROM ledger_eventrecord WHERE kind = 'batch-received'").fetchone()
        store.execute("UPDATE ledger_eventrecord SET content = ? WHERE event = ?", (b"no event", name))
        store.commit()
    return name


def test_a_good_backup_has_been_opened_again_and_read(laptop) -> None:
    made = laptop("backup", "make", "whole.sealed", "--passphrase", PASSPHRASE)
    assert made["is_good"]
    assert made["problems"] == []
    with store_of(laptop) as store:
        (events,) = store.execute("SELECT count(*) FROM ledger_eventrecord").fetchone()
    assert made["events"] == events - 1, "all but the note of the backup itself"
    assert not (laptop.folder / "whole.sealed.part").exists()


def test_a_store_with_a_damaged_event_is_saved_restored_and_worked_on(laptop, laptops) -> None:
    name, other = damage_one_event(laptop), laptops("two")
    people = laptop("count")["people"]
    made = laptop("backup", "make", "whole.sealed", "--passphrase", PASSPHRASE, code=DAMAGED)
    assert not made["is_good"]
    assert [one for one in made["problems"] if name in one]
    checked = laptop("gate", "check", code=1)
    assert [(row["event"], row["code"]) for row in checked["set_aside"]] == [(name, "event-unreadable")]
    sealed = str(laptop.folder / "whole.sealed")
    restored = other("backup", "restore", sealed, "--passphrase", PASSPHRASE, code=DAMAGED)
    assert [one for one in restored["problems"] if name in one]
    assert restored["site"], "the copy goes on under its own name"
    assert other("count")["people"] == people


def test_a_store_with_a_damaged_person_is_saved_restored_and_mended(laptop, laptops) -> None:
    other = laptops("two")
    with store_of(laptop) as store:
        (key,) = store.execute("SELECT id FROM registry_personrecord").fetchone()
        store.execute("UPDATE registry_personrecord SET content = '[7]' WHERE id = ?", (key,))
        store.commit()
    made = laptop("backup", "make", "whole.sealed", "--passphrase", PASSPHRASE, code=DAMAGED)
    assert [one for one in made["problems"] if key in one]
    sealed = str(laptop.folder / "whole.sealed")
    restored = other("backup", "restore", sealed, "--passphrase", PASSPHRASE, code=DAMAGED)
    assert [one for one in restored["problems"] if f"registry.PersonRecord {key}, content" in one]
    other("resolve")
    assert other("gate", "check")["problems"] == []


def test_a_store_that_does_not_open_is_saved_as_it_lies(laptop, laptops) -> None:
    path, other = laptop.home / vault.STORE, laptops("two")
    broken = b"\x00" * 4096 + path.read_bytes()[4096:]
    path.write_bytes(broken)
    for name in ("-wal", "-shm"):  # beside the store lies all of it, and with that it may open
        path.with_name(path.name + name).unlink(missing_ok=True)
    made = laptop("backup", "make", "whole.sealed", "--passphrase", PASSPHRASE, code=DAMAGED)
    assert "does not open" in made["problems"][0]
    sealed = str(laptop.folder / "whole.sealed")
    restored = other("backup", "restore", sealed, "--passphrase", PASSPHRASE, code=DAMAGED)
    assert "does not open" in restored["problems"][0]
    assert (other.home / vault.STORE).read_bytes() == broken


def test_what_waits_is_no_part_of_a_backup(laptop, laptops) -> None:
    (laptop.home / "uploads").mkdir()
    (laptop.home / "uploads" / "a").write_bytes(b"waits")
    laptop("backup", "make", "whole.sealed", "--passphrase", PASSPHRASE)
    other = laptops("two")
    other("backup", "restore", str(laptop.folder / "whole.sealed"), "--passphrase", PASSPHRASE)
    assert not list(other.home.glob("uploads/*"))
