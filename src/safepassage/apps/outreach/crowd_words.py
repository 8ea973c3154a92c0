"""What a text that is held up before a crowd may not say: where to go, and that there is little time or room.

A meeting point that a crowd reads is a crush; "now", "run" and "last" set it running. The lists (`crowd_words.json`,
beside this module) are short and blunt: they refuse a harmless sentence sooner than let a harmful one through, and a
person who reads the language approves each text besides. They catch words, not meaning.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from safepassage.core.errors import Problems

MOST_LETTERS = 120
"""What three languages hold on one phone at arm's length."""

_LETTERS = str.maketrans("يىكةآأإٱۀ", "ییکهاااا" + "ه")
_SHORTEST_NAME = 3
_UNSEEN = re.compile(
    "[\u00ad\u034f\u0640\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
"""Marks that nobody sees and the stretched line between letters: a word holds together across them."""
_LINK = re.compile(r"[@#\\/]|\bwww\b|\b(?:https?|dot)\b|[^\W_][.\u06d4\u3002][^\W\d_]{2,}")
"""An address to type in, a handle, a tag: before a crowd it is a place, and anybody can stand behind it."""
_APART = 3
"""So many letters that stand alone, one after another, are a word written apart."""

_REFUSED = {
    "hurry": ("sets a crowd running", "Say what they can rely on, without time or number."),
    "where": ("tells a crowd where to go", "A place goes to one party by its phone or slip."),
}


def folded(text: str) -> str:
    """Letters as they are compared: small, without marks, one form for each Arabic letter; half spaces are spaces."""
    held = _UNSEEN.sub("", text)
    plain = "".join(one for one in unicodedata.normalize("NFKD", held) if not unicodedata.combining(one))
    joined = unicodedata.normalize("NFKC", plain).casefold()
    return " ".join(joined.translate(_LETTERS).replace("\u200c", " ").split())


def _words(kind: str) -> frozenset[str]:
    lists = json.loads((Path(__file__).parent / "crowd_words.json").read_text(encoding="utf-8"))[kind]
    return frozenset(folded(word) for words in lists.values() for word in words)


_FOLDED = {kind: _words(kind) for kind in _REFUSED}
_LONGEST = max(len(word) for words in _FOLDED.values() for word in words)


def crowd_text_problems(text: str, *, names: Iterable[str]) -> Problems:
    """Everything that keeps a text from being held up before a crowd; nothing is added where all is well.

    Args:
        text: One language.
        names: Ids and names of points, vehicles and places of the network: none may stand in it.
    """
    problems, plain = Problems(), folded(text)
    words = re.findall(r"[^\W_]+", plain)
    if not words:
        problems.add("empty", "There is no text.", advice="Write it in each language.")
    if len(text) > MOST_LETTERS:
        problems.add("too-long", f"Longer than {MOST_LETTERS} letters.", advice="Nobody in a crowd reads more.")
    if "$" in text:
        problems.add("blank", "It leaves a blank.", advice="A text for a crowd says the same to everybody.")
    if re.search(r"\d", text):
        problems.add(
            "figure", "There is a figure in it.", advice="No hours, counts or numbers: they send people running."
        )
    if _LINK.search(plain):
        problems.add(
            "link", "There is an address or a handle in it.", advice="Nothing to type in, nobody to write to."
        )
    if any(_is_foreign(one) for one in plain):
        problems.add("letters", "It has letters of another script.", advice="Write Dari, Pashto or English letters.")
    if _has_letters_apart(words):
        problems.add("apart", "Letters stand apart in it.", advice="Write words as words.")
    read = {*words, *_joined(words)}
    read |= {re.sub(r"(.)\1{2,}", r"\1", word) for word in read}
    for kind, (does, advice) in _REFUSED.items():
        if found := sorted(read & _FOLDED[kind]):
            problems.add(kind, f"This {does}: {', '.join(found)}.", advice=advice)
    spaced = f" {' '.join(words)} "
    if found := sorted(name for name in {*names} if _is_named(name, spaced)):
        problems.add("point-named", f"It names {', '.join(found)}.", advice="No point is named before a crowd.")
    return problems


def _joined(words: Sequence[str]) -> Iterator[str]:
    """What neighbours make together, as an eye joins them: `n o w`, `to day`, `le-ft`."""
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            whole = "".join(words[start:end])
            if len(whole) > _LONGEST:
                break
            yield whole


def _has_letters_apart(words: Sequence[str]) -> bool:
    alone = "".join("x" if len(word) == 1 else " " for word in words)
    return "x" * _APART in alone


def _is_foreign(letter: str) -> bool:
    """Whether a letter is neither Latin nor Arabic: a Cyrillic o looks like ours, and no list has it."""
    return letter.isalpha() and not unicodedata.name(letter, "").startswith(("LATIN", "ARABIC"))


def _is_named(name: str, spaced: str) -> bool:
    words = re.findall(r"\w+", folded(name))
    return len("".join(words)) >= _SHORTEST_NAME and f" {' '.join(words)} " in spaced
