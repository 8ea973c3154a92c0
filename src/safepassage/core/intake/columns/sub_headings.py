"""Headers of two rows: group headings above, and the headings proper below those that cover several columns."""

from __future__ import annotations

import re

from safepassage.core.intake.columns.evidence import looks_like_value
from safepassage.core.intake.columns.headers import read_header
from safepassage.core.intake.lexicon.fold import fold_phrase, fold_words
from safepassage.core.intake.lexicon.headers import IDLE
from safepassage.core.intake.tables import RawTable

_SCRIPTS = {"latin": re.compile(r"[A-Za-z0-9'’#.-]+"), "arabic": re.compile(r"[\u0600-\u06ff\u200c]+")}
_BRACKETED = re.compile(r"[(\[].*?[)\]]")
_SURE = 0.9
_MOSTLY = 0.6
_TONGUES = frozenset(
    fold_phrase(word)
    for word in ("دری", "فارسی", "پښتو", "پشتو", "انگلیسی", "انګلیسي", "لاتین", "عربی", "persian", "farsi", "arabic")
)
"""Below "Name": the same name, in another script."""


def spread_groups(table: RawTable, at: int) -> list[str] | None:
    """The headings of a row spread over the sub-headings of the row below; None if that row holds none.

    A heading covers the columns that it is merged across or, where a form knows no merging, those on its right that
    have no heading. A row of people is told from sub-headings by its words: they announce nothing.

    Args:
        table: The table as read.
        at: The index of the row with the group headings.
    """
    if not 0 <= at < len(table.rows) - 1:
        return None
    above, below = table.rows[at], table.rows[at + 1]
    if below.number != above.number + 1 or len(below.filled) < 2 or any(map(looks_like_value, below.filled)):
        return None
    if 2 * sum(read_header(cell).score >= 0.5 for cell in above.filled) < max(len(above.filled), 2):
        return None
    spread = _covering(table, at, len(below.cells))
    subs: dict[int, list[bool]] = {}
    for column, cell in enumerate(below.cells):
        if cell.strip():
            owner, group = spread[column]
            subs.setdefault(owner, []).append(_announces(group, cell))
    groups = [cells for cells in subs.values() if len(cells) > 1]
    alone = [cells[0] for cells in subs.values() if len(cells) == 1]
    known = sum(map(sum, subs.values()))
    if not groups or not all(alone) or known < max(2, _MOSTLY * len(below.filled)):
        return None
    return [group for _, group in spread]


def _covering(table: RawTable, at: int, width: int) -> list[tuple[int, str]]:
    """For each column the column in which its group heading is written, and the heading."""
    cells = table.rows[at].cells
    own = [cells[column].strip() if column < len(cells) else "" for column in range(max(width, len(cells)))]
    covering = list(enumerate(own))
    ranges = [(first, last) for top, first, bottom, last in table.merged if top <= at <= bottom and last > first]
    for first, last in ranges:
        for column in range(first, min(last + 1, len(own))):
            covering[column] = (first, own[first])
    if not ranges:
        for column in range(1, len(own)):
            if not own[column]:
                covering[column] = covering[column - 1]
    return covering


def _announces(group: str, text: str) -> bool:
    """Whether a cell is a heading: by itself, as a mere language ("English"), or with its group ("Birth", "Date")."""
    words = set(fold_words(text))
    if not words:
        return False
    if read_header(text).score >= _SURE or words <= IDLE | _TONGUES:
        return True
    told = fold_phrase(_BRACKETED.sub(" ", text)).split()
    return bool(group and told) and set(told) <= set(read_header(join_headings(group, text)).phrase.split())


def join_headings(group: str, text: str) -> str:
    """A group heading and a heading below it as one: "Birth" and "Date", but "تاریخ" before "تولد", as each is said.

    Of a group in two scripts the part in the script of the heading below counts: "Birth / تولد" above "جنس" is no
    date of birth.
    """
    parts = [
        part.strip() for part in (group, *_scripts_of(group)) if part.strip() and _scripts(part) <= _scripts(text)
    ]
    whole = max(parts, key=len, default=group)
    forward, backward = f"{whole} {text}", f"{text} {whole}"
    is_backward = bool(_SCRIPTS["arabic"].search(text)) and read_header(backward).score > read_header(forward).score
    return backward if is_backward else forward


def _scripts(text: str) -> set[str]:
    """The scripts of a text; one without letters goes with any."""
    found = {name for name, signs in _SCRIPTS.items() if signs.search(text)}
    return found or set(_SCRIPTS)


def _scripts_of(text: str) -> list[str]:
    return [" ".join(signs.findall(text)) for signs in _SCRIPTS.values()]
