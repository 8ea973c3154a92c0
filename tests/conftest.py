"""Fixtures for every test: a home of its own, and an operation where one is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from safepassage import vault
from tests.browser import use_node_of_wheel
from tests.encrypted import PASSPHRASE, is_encrypted

use_node_of_wheel()
os.environ.setdefault("SAFEPASSAGE_PASSPHRASE", PASSPHRASE)
NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
"""The moment at which tests happen, unless they say otherwise."""

LONGEST_FIRST = ("tests/story/", "tests/slow/", "tests/lan/", "tests/field/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no worker ends the run alone with one of them."""
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, not item.nodeid.startswith(LONGEST_FIRST)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One database a worker: in memory, or a file on the encrypted store, since SQLCipher encrypts none in memory."""
    from django.db import connection

    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    if is_encrypted():
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("store") / "store.sqlite3")
    elif connection.vendor == "sqlite":  # with an engine of our own, no worker's is named by the plug-in
        connection.settings_dict["TEST"]["NAME"] = f"file:memory_{worker}?mode=memory&cache=shared"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever language a test spoke, the next one begins anew."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def locked() -> Iterator[None]:
    """No test finds the store key of another; the key of Django's own test database stays."""
    key = vault.held()
    yield
    vault.forget()
    if key is not None:
        vault.hold(key)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    """The operation's folder: never the developer's own."""
    folder = tmp_path / "home"
    folder.mkdir()
    settings.HOME = folder
    settings.MEDIA_ROOT = folder / "files"
    settings.WORK_AT_ONCE = True
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # quick; the stories hash as sites do
    return folder


@pytest.fixture(autouse=True, scope="session")
def hasty() -> Iterator[None]:
    """No test cuts the power: nothing waits for the disk, as on the test servers of `tests.postgres`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _file: None)
        yield


@pytest.fixture
def now() -> datetime:
    """The moment at which the test happens."""
    return NOW


@pytest.fixture
def operation(db: None, now: datetime) -> str:
    """A founded operation with the site's chain and keys; its code."""
    from safepassage.apps.passes.keyring import keys_make
    from tests.make import operation_of

    found = operation_of("test-2026", now)
    keys_make()
    return found.code
