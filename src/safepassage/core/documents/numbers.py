"""Document numbers: what kind a number is by its form, and its normal forms."""

from __future__ import annotations

from safepassage.core.people import Document, DocumentKind


def read_document(text: str, hint_kind: DocumentKind | None = None, country: str = "") -> Document | None:
    """Reads a cell that states a document; None if it is empty; kind `none` if it states a lack.

    Args:
        text: The cell, verbatim.
        hint_kind: What the column is said to hold; its form decides between paper and electronic tazkira.
        country: Issuer as ISO 3166-1 alpha-3, if told.
    """
    raise NotImplementedError


def ocr_class(number: str) -> str:
    """A key under which characters that readers and clerks confuse are one (O0, I1, B8, S5, Z2 …)."""
    raise NotImplementedError
