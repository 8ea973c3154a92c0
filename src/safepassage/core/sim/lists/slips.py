"""The slips of those who type lists: typos, dropped and joined tokens, misread documents."""

from __future__ import annotations

import numpy as np

from safepassage.core.sim.lists.luck import between, chance, pick

_MISREAD = {"0": "O", "O": "0", "1": "I", "5": "S", "8": "B", "2": "Z", "6": "G", "9": "g"}
_NEAR = {"a": "s", "e": "r", "i": "o", "o": "i", "n": "m", "m": "n", "u": "y", "r": "t", "h": "j", "d": "f", "l": "k"}


def mistype(text: str, rng: np.random.Generator) -> str:
    """One typing slip inside a word: a letter lost, doubled, swapped with the next, or hit beside."""
    if len(text) < 4:
        return text
    at = between(rng, 1, len(text) - 2)
    if text[at] == " " or text[at + 1] == " ":
        return text
    kind = pick(rng, ("lost", "doubled", "swapped", "beside"))
    if kind == "lost":
        return text[:at] + text[at + 1 :]
    if kind == "doubled":
        return text[:at] + text[at] + text[at:]
    if kind == "swapped":
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + _NEAR.get(text[at].lower(), text[at]) + text[at + 1 :]


def slip_name(name: str, share: float, rng: np.random.Generator) -> tuple[str, tuple[str, ...]]:
    """The name with the slips that `share` of names have, and their tags."""
    tags: list[str] = []
    parts = name.split(" ")
    if len(parts) > 1 and chance(rng, share):
        del parts[between(rng, 1, len(parts) - 1)]
        tags.append("dropped-token")
    if len(parts) > 1 and chance(rng, share):
        at = between(rng, 0, len(parts) - 2)
        parts[at : at + 2] = [parts[at] + parts[at + 1].lower()]
        tags.append("joined-tokens")
    text = " ".join(parts)
    if chance(rng, share * 1.5):
        mistyped = mistype(text, rng)
        if mistyped != text:
            text = mistyped
            tags.append("typo")
    return text, tuple(tags)


def misread(number: str, rng: np.random.Generator) -> str:
    """A document number with one character misread, lost or turned over."""
    if len(number) < 4:
        return number
    at = between(rng, 1, len(number) - 2)
    kind = pick(rng, ("confused", "swapped", "lost"))
    if kind == "confused":
        places = [i for i, sign in enumerate(number) if sign in _MISREAD and i]
        if not places:
            return number
        at = pick(rng, places)
        return number[:at] + _MISREAD[number[at]].upper() + number[at + 1 :]
    if kind == "swapped":
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return number[:at] + number[at + 1 :]
