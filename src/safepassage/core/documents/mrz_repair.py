"""Proposes what a machine-readable zone may have said where a character was misread; applies nothing by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safepassage.core.documents.mrz import (
    CONTINUED,
    LETTERS_ONLY,
    Layout,
    MrzChange,
    MrzCheck,
    MrzFormat,
    MrzRepair,
    Span,
    check_digit,
    letters_of,
)

CONFUSABLE = {
    "0": "OQD", "O": "0QD", "Q": "0O", "D": "0O", "1": "IL7", "I": "1L", "L": "1I", "2": "Z", "Z": "27",
    "5": "S", "S": "5",
    "6": "G", "G": "6C", "8": "B", "B": "8", "7": "1TZ", "T": "7", "4": "A", "A": "4", "U": "V", "V": "U", "C": "G<",
    "<": "KCL", "K": "<", "3": "8", "9": "0", "M": "N", "N": "M",
}  # fmt: skip
"""What readers take for each other in OCR-B; from its letter forms."""

_DIGITS_ONLY = frozenset({"birth", "expires"})
_MOST = 12
"""No more proposals for one field than a person can weigh."""


def propose_repairs(
    lines: tuple[str, ...], form: MrzFormat, layout: Layout, checks: tuple[MrzCheck, ...]
) -> tuple[MrzRepair, ...]:
    """Repairs for each field that fails its check digit or holds what its alphabet doesn't have, likeliest first."""
    found: list[MrzRepair] = []
    failed = {check.field for check in checks if not check.is_right}
    for name in LETTERS_ONLY:
        found.extend(_by_alphabet(lines, name, letters_of(layout, name)))
    for name, check_at in layout.checked:
        if name not in failed or _is_continued(lines, form, name, layout, check_at):
            continue
        span = layout.fields[name]
        proposals = [*_digits_for_letters(lines, name, span, check_at), *_single_changes(lines, name, span, check_at)]
        kept = {proposal.changes: proposal for proposal in proposals}.values()
        found.extend(sorted(kept, key=lambda repair: not _mends_composite(lines, layout, repair))[:_MOST])
    return tuple(found)


def apply_repairs(lines: tuple[str, ...], repairs: Iterable[MrzRepair]) -> tuple[str, ...]:
    """The lines with the repairs that a person has chosen; read them again with `parse_mrz`."""
    grid = [list(line) for line in lines]
    for repair in repairs:
        for change in repair.changes:
            grid[change.line][change.column] = change.proposed
    return tuple("".join(row) for row in grid)


def _is_continued(lines: tuple[str, ...], form: MrzFormat, name: str, layout: Layout, check_at: Span) -> bool:
    return (
        name == "number"
        and form in CONTINUED
        and check_at.of(lines) == "<"
        and "<" not in layout.fields["number"].of(lines)
    )


def _by_alphabet(lines: tuple[str, ...], name: str, span: Span) -> Iterator[MrzRepair]:
    """One repair for all characters of a field of letters that are digits."""
    changes = []
    for offset, char in enumerate(span.of(lines)):
        if char.isdigit():
            letter = next((other for other in CONFUSABLE.get(char, "") if other.isalpha()), "")
            if letter:
                changes.append(MrzChange(span.line, span.start + offset, char, letter))
    if changes:
        yield MrzRepair(name, tuple(changes), is_checked=False)


def _digits_for_letters(lines: tuple[str, ...], name: str, span: Span, check_at: Span) -> Iterator[MrzRepair]:
    """Letters in a field of digits, or in its check digit, read as the digits that they resemble."""
    places = [(span, offset) for offset in range(span.end - span.start)] if name in _DIGITS_ONLY else []
    changes = []
    for at, offset in [*places, (check_at, 0)]:
        char = at.of(lines)[offset]
        digit = next((other for other in CONFUSABLE.get(char, "") if other.isdigit()), "") if char.isalpha() else ""
        if digit:
            changes.append(MrzChange(at.line, at.start + offset, char, digit))
    if changes:
        repair = MrzRepair(name, tuple(changes), is_checked=True)
        if _fits(apply_repairs(lines, [repair]), span, check_at):
            yield repair


def _single_changes(lines: tuple[str, ...], name: str, span: Span, check_at: Span) -> Iterator[MrzRepair]:
    for at in (span, check_at):
        for offset, char in enumerate(at.of(lines)):
            for other in CONFUSABLE.get(char, ""):
                is_digits = at is check_at or name in _DIGITS_ONLY
                if is_digits and not (other.isdigit() or (other == "<" and at is span)):
                    continue
                repair = MrzRepair(name, (MrzChange(at.line, at.start + offset, char, other),), is_checked=True)
                if _fits(apply_repairs(lines, [repair]), span, check_at):
                    yield repair


def _fits(lines: tuple[str, ...], span: Span, check_at: Span) -> bool:
    return check_digit(span.of(lines)) == check_at.of(lines)


def _mends_composite(lines: tuple[str, ...], layout: Layout, repair: MrzRepair) -> bool:
    if layout.composite_check is None:
        return True
    mended = apply_repairs(lines, [repair])
    return check_digit("".join(span.of(mended) for span in layout.composite)) == layout.composite_check.of(mended)
