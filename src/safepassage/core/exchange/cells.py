"""Text that is safe to open in a spreadsheet: what comes from data is never read as a formula."""

from __future__ import annotations

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Beginnings that spreadsheets take for a formula, full-width forms too (OWASP, "CSV Injection")."""


def guard_cell(text: str) -> str:
    """`text` for a CSV cell: an apostrophe goes before a beginning that a spreadsheet would compute.

    A number with a sign stays as it is, for it computes to itself.
    """
    stripped = text.lstrip(" \u00a0\u200e\u200f\u202a\u202b")
    if not stripped.startswith(_DANGEROUS):
        return text
    return text if _is_number(stripped) else f"'{text}"


def _is_number(text: str) -> bool:
    body = text[1:]
    return text[0] in "+-" and body.replace(".", "", 1).isdecimal() and body.isascii()
