"""The endpoint reads the clock: its tests happen now, each with fresh counts of calls."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def calls_uncounted() -> None:
    cache.clear()
