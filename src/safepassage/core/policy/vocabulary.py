"""Closed words inside rules: a misspelt document kind would never be true and nobody would see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safepassage.core.people import DocumentKind, Need, Relation, Sex

_QUOTED = r"""["']([^"']*)["']"""
_IN_LIST = re.compile(_QUOTED + r"\s+in\s+(documents|expired|needs|known)\b")
_EQUALS = re.compile(r"\b(sex|nationality|relation)\s*[!=]=\s*" + _QUOTED)
_COUNTRY = re.compile(r"[A-Z]{3}\Z")

KNOWN_FACTS = ("birth", "sex", "nationality", "marriage")
SEXES = tuple(sex.value for sex in Sex if sex is not Sex.UNKNOWN)
RELATIONS = tuple(relation.value for relation in Relation if relation is not Relation.UNKNOWN)
DOCUMENTS = tuple(kind.value for kind in DocumentKind if kind is not DocumentKind.NONE)


def find_unknown_words(rule: str) -> Iterator[tuple[str, str]]:
    """Each word that can never be true where it stands, with advice."""
    for word, name in _IN_LIST.findall(rule):
        yield from _judge(word, name)
    for name, word in _EQUALS.findall(rule):
        yield from _judge(word, name)


def _judge(word: str, name: str) -> Iterator[tuple[str, str]]:
    if name in ("documents", "expired"):
        kind, colon, country = word.partition(":")
        if kind not in DOCUMENTS:
            yield f"`{word}` is no kind of document.", f"Known: {', '.join(DOCUMENTS)}."
        elif colon and not _COUNTRY.match(country):
            yield (
                f"`{word}` does not name its issuer by three capital letters.",
                "As in passport:USA (ISO 3166).",
            )
        return
    if name == "nationality":
        if not _COUNTRY.match(word):
            yield f"`{word}` is no nationality.", "Three capital letters, ISO 3166 alpha-3."
        return
    known = {
        "needs": tuple(need.value for need in Need),
        "known": KNOWN_FACTS,
        "sex": SEXES,
        "relation": RELATIONS,
    }[name]
    if word not in known:
        yield f"`{word}` is not one of the words of `{name}`.", f"Known: {', '.join(known)}."
