"""Printed passes: one sheet for a party, in its language, with the codes told once."""

from __future__ import annotations

from collections.abc import Iterable

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.passes.fonts import font_folders
from safepassage.core.exchange import PassSheet, draw_pass, print_passes
from safepassage.core.exchange.cells import csv_text
from safepassage.core.passes import IssuedPass


def pass_sheet(issued: IssuedPass, *, language: str = "en", lines: tuple[str, ...] = ()) -> PassSheet:
    """What is printed of one pass: a part to carry that names nothing, and a part to learn by heart and destroy."""
    zone = operation_now().zone
    begins, ends = (moment.astimezone(zone) for moment in (issued.content.window_start, issued.content.window_end))
    return PassSheet(
        text=issued.text,
        label=issued.short_code,
        code=issued.recognition_code,
        watched_code=issued.watched_code,
        window=f"{begins:%d %b %H:%M}-{ends:%H:%M} ({begins:%Z})",
        heads=issued.content.heads,
        lines=lines,
        language=language,
    )


def passes_print(issued: Iterable[IssuedPass]) -> bytes:
    """One PDF batch of passes just issued; it holds the codes to learn by heart, which are kept nowhere else.

    Instructions are in English until a person has approved the Dari and Pashto texts.
    """
    sheets = [pass_sheet(one) for one in issued]
    return print_passes(sheets, title=operation_now().name, fonts=font_folders())


def passes_table(issued: Iterable[IssuedPass]) -> bytes:
    """Passes just issued as CSV, for layouts of one's own: as secret as the PDF, for it holds the same codes."""
    head = ("label", "heads", "window", "text", "code", "watched code")
    sheets = map(pass_sheet, issued)
    rows = ((one.label, one.heads, one.window, one.text, one.code, one.watched_code) for one in sheets)
    return csv_text((head, *rows)).encode()


def pass_picture(text: str) -> bytes:
    """The square of a pass as PNG."""
    return draw_pass(text)
