"""Spreadsheets: a blank template for partners, the call sheet, the manifest. No cell of data is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable

from safepassage.core.exchange.values import CallRow, Manifest


def write_partner_template(*, operation: str, contact: str, rows: int = 2000) -> bytes:
    """A blank XLSX that partners fill in and intake reads back: instructions in English, Dari and Pashto."""
    raise NotImplementedError


def write_call_sheet(calls: Iterable[CallRow], *, title: str, is_provisional: bool) -> bytes:
    """An XLSX of parties to call, with a column for the outcome (closed list) and one for who called."""
    raise NotImplementedError


def write_manifest(manifest: Manifest) -> bytes:
    """An XLSX of one leg's manifest."""
    raise NotImplementedError
