"""Nothing that was uploaded or printed lies in plain where the store is encrypted, and nothing outlives its hour."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from safepassage import vault
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.intake.models import Batch
from safepassage.apps.work.printed import printed_clear, printed_keep, printed_take
from safepassage.apps.work.uploads import upload_keep, upload_read, uploads_clear
from safepassage.cli.keys import lock
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.web import settings as of_the_site
from tests.encrypted import PASSPHRASE
from tests.make import HEADER, csv_text, many_families

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]
CANARY = "Canarya"
TERMS = {"name": "Embassy list", "owner": "Example embassy", "trust": "3", "basis": "vital interests"}
TERMS |= {"purposes": "evacuation", "sharing": "authorities", "retention_days": "90"}


@pytest.fixture
def sealed(home: Path) -> Path:
    """The operation's folder with a store key that this process holds."""
    vault.hold(vault.key_make(home, PASSPHRASE, operation="test-2026"))
    return home


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files of this process go."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def a_list(*, rows: int = 2) -> bytes:
    first = (CANARY, *many_families(1)[0][1:])
    return csv_text([first, *many_families(rows)], header=HEADER).encode()


def uploaded(content: bytes, name: str = f"{CANARY} list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def found_in(*folders: Path) -> list[str]:
    """Files that hold the canary in plain, in their content or their name."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if CANARY in path.name or CANARY.encode() in path.read_bytes()]


def waiting(home: Path) -> list[Path]:
    return list((home / "uploads").iterdir())


def clerk() -> Client:
    client = Client()
    client.force_login(account_create(username="clerk", password=None, roles=frozenset({Role.INTAKE_CLERK})))
    return client


@pytest.mark.parametrize("rows", [2, 60_000], ids=["small", "beyond what Django keeps in memory by itself"])
def test_an_upload_leaves_no_name_on_any_disk(sealed, scratch, rows):
    content = a_list(rows=rows)
    assert (len(content) > 2_621_440) == (rows > 2)
    client = clerk()
    assert client.post("/lists/upload/", {"file": uploaded(content), **TERMS})["Location"] == "/lists/inspect/"
    assert len(waiting(sealed)) == 1
    assert not found_in(sealed, scratch)
    if rows == 2:
        client.post("/lists/inspect/")
        assert Batch.objects.get().listings_made > 0
        assert not waiting(sealed)
        assert not found_in(sealed, scratch)


def test_the_canary_is_found_where_the_store_is_not_encrypted(home):
    """So that the search above can fail."""
    vault.forget()
    upload_keep(uploaded(a_list()))
    assert found_in(home)


def test_an_upload_reads_back_as_it_came_and_not_from_a_locked_store(sealed):
    key = upload_keep(uploaded(a_list()))
    assert upload_read(key) == a_list()
    vault.forget()
    with pytest.raises(ForbiddenError, match="locked"):
        upload_read(key)


def test_locking_removes_what_was_uploaded_and_leaves_prints(sealed):
    key, printed = upload_keep(uploaded(a_list())), printed_keep(b"codes")
    lock(home=sealed)
    assert not waiting(sealed)
    with pytest.raises(NotFoundError, match="no longer here"):
        upload_read(key)
    assert printed_take(printed) == b"codes"


def test_an_hour_later_uploads_and_prints_are_gone(sealed):
    upload, printed = upload_keep(uploaded(a_list())), printed_keep(b"codes")
    for path in (sealed / "uploads" / upload, sealed / "work" / "printed" / printed):
        os.utime(path, (time.time() - 3601, time.time() - 3601))
    uploads_clear()
    printed_clear()
    assert not [path for folder in ("uploads", "work/printed") for path in (sealed / folder).iterdir()]


def test_burning_leaves_no_upload(sealed):
    upload_keep(uploaded(a_list()))
    vault.burn(sealed)
    assert not waiting(sealed)


def test_a_store_that_is_encrypted_later_keeps_no_plain_upload_and_seals_its_prints(home, scratch):
    vault.forget()
    upload_keep(uploaded(a_list()))
    printed = printed_keep(CANARY.encode())
    assert len(found_in(home)) == 2
    for _ in vault.encrypt_in_place(home, PASSPHRASE, operation="test-2026"):
        pass
    assert not found_in(home, scratch)
    assert printed_take(printed) == CANARY.encode()


def test_a_file_beyond_the_limit_is_said_to_be(sealed, settings, monkeypatch):
    monkeypatch.setattr("safepassage.core.intake.sniff.MAX_BYTES", 1000)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1500
    answer = clerk().post("/lists/upload/", {"file": uploaded(a_list(rows=500)), **TERMS})
    assert answer.status_code == 422
    assert "taken in at once" in answer.text
    assert of_the_site.FILE_UPLOAD_MAX_MEMORY_SIZE > 256 * 2**20
