"""A server that has just started has read what its first reader would wait for."""

from __future__ import annotations

import pytest

from safepassage.apps.policy.borne import text_read
from safepassage.apps.policy.selectors import policy_applied
from safepassage.web.warm import warm_up
from tests.make import with_bookings

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_policy_that_gave_the_standings_is_read_though_its_time_is_over(operation, tmp_path, monkeypatch) -> None:
    with_bookings(tmp_path)
    monkeypatch.setattr("safepassage.web.warm.policy_in_force", lambda _at: None)
    text_read.cache_clear()
    warm_up()
    applied = policy_applied()
    assert applied is not None
    read = text_read.cache_info()
    text_read(applied.text, f"{applied.policy} {applied.version}")
    assert text_read.cache_info().misses == read.misses


def test_a_store_without_anything_is_no_mistake(operation) -> None:
    warm_up()
