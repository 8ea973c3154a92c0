"""A backup unpacks into its folder and nowhere else."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from safepassage import vault
from safepassage.cli import archive
from safepassage.cli.archive import archive_restore
from safepassage.core.errors import UnreadableError
from safepassage.core.exchange.sealing import seal_archive

PASSPHRASE = "four invented words here"


def sealed(path: Path, member: tarfile.TarInfo, content: bytes = b"x") -> Path:
    buffer = io.BytesIO()
    member.size = len(content) if member.isfile() else 0
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        archive.addfile(member, io.BytesIO(content))
    path.write_bytes(seal_archive(buffer.getvalue(), PASSPHRASE, randomness=bytes(range(28))))
    return path


def test_a_file_unpacks_for_its_owner_only(tmp_path: Path) -> None:
    home = archive_restore(sealed(tmp_path / "a", tarfile.TarInfo("keys/site.key")), tmp_path / "home", PASSPHRASE)
    assert vault.secret_read(home / "keys" / "site.key") == b"x"
    assert (home / "keys" / "site.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["../outside", "keys/../../outside", "/tmp/outside"])
def test_a_path_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableError, match="no file of an operation"):
        archive_restore(sealed(tmp_path / "a", tarfile.TarInfo(name)), tmp_path / "home", PASSPHRASE)
    assert not (tmp_path / "outside").exists()


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("store.sqlite3")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with pytest.raises(UnreadableError):
        archive_restore(sealed(tmp_path / "a", link), tmp_path / "home", PASSPHRASE)


def test_a_backup_that_does_not_read_back_leaves_the_one_before(tmp_path, home, monkeypatch) -> None:
    target = tmp_path / "whole.sealed"
    target.write_bytes(b"the backup of yesterday")
    wrong = seal_archive(archive._pack({"keys/site.key": b"other"}), PASSPHRASE, randomness=bytes(range(28)))
    monkeypatch.setattr(archive, "seal_archive", lambda *_, **__: wrong)
    with pytest.raises(UnreadableError, match="does not read back"):
        archive.archive_seal(home, target, PASSPHRASE, is_raw=True)
    assert target.read_bytes() == b"the backup of yesterday"
    assert not (tmp_path / "whole.sealed.part").exists()
