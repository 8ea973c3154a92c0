"""Words of names that a writer ran together, told by the operation's own words: rare wholes of frequent parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

_RARE, _KNOWN, _SHORTEST, _LONGEST, _PART = 2, 5, 7, 40, 3
"""A whole met at most so often is divided into parts met at least so often; letters of the whole and of a part."""


def written_of(words: Iterable[str]) -> dict[str, int]:
    """How often each word is written, those left out that are nearly unknown."""
    return {word: count for word, count in Counter(words).items() if count > _RARE}


def known_of(written: Mapping[str, int]) -> frozenset[str]:
    """Words that are met often enough to be parts of others."""
    return frozenset(word for word, count in written.items() if count >= _KNOWN and len(word) >= _PART)


def splits_of(
    words: Iterable[str], written: Mapping[str, int], known: frozenset[str] | None = None
) -> dict[str, tuple[str, str]]:
    """For each word that is nearly unknown, and that two known words make up: these two; the best-known pair."""
    known = known_of(written) if known is None else known
    found: dict[str, tuple[str, str]] = {}
    for word in dict.fromkeys(words):
        if word in written or not _SHORTEST <= len(word) <= _LONGEST:
            continue
        pairs = [
            (min(written[word[:at]], written[word[at:]]), at)
            for at in range(_PART, len(word) - _PART + 1)
            if word[:at] in known and word[at:] in known
        ]
        if pairs:
            _, at = max(pairs)
            found[word] = (word[:at], word[at:])
    return found
