"""Assets under an asynchronous server: whole, with their headers, without a warning."""

from __future__ import annotations

import asyncio
import warnings

from django.test import AsyncClient

ICON = "/static/icon.svg"


def fetch(**headers: str):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return asyncio.run(AsyncClient().get(ICON, headers=headers))


def test_an_asset_is_read_whole_so_that_no_thread_streams_it() -> None:
    found = fetch()
    assert found.status_code == 200
    assert not found.streaming
    assert found["Content-Type"].startswith("image/svg+xml")
    assert int(found["Content-Length"]) == len(found.content) > 0


def test_a_browser_that_has_the_asset_is_told_so() -> None:
    again = fetch(**{"If-Modified-Since": fetch()["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_part_of_an_asset_is_a_part() -> None:
    part = fetch(Range="bytes=0-3")
    assert (part.status_code, part.content) == (206, fetch().content[:4])
