"""Texts for people outside. The English is ours; Dari and Pashto were written by a machine and say so.

A machine-made text can't be sent before a person who reads the language has approved it (`text_approve`).
A text never names a person, and a meeting point goes to one party alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template


@dataclass(frozen=True, slots=True)
class ShippedText:
    """One text as it comes with the program."""

    code: str
    language: str
    text: str
    is_machine_made: bool


def texts_shipped() -> tuple[ShippedText, ...]:
    """The texts of `public_texts.json`, beside this module."""
    content = (Path(__file__).parent / "public_texts.json").read_text(encoding="utf-8")
    return tuple(ShippedText(**one) for one in json.loads(content))


def blanks_of(text: str) -> frozenset[str]:
    """What a text leaves to be filled in."""
    return frozenset(Template(text).get_identifiers())


def say(text: str, values: Mapping[str, str]) -> str:
    """The text with its values filled in; a line that needs a value which is not known (empty) is left out.

    Raises:
        KeyError: a text asks for a value that there isn't; `text_approve` lets none such in.
    """
    lines = [line for line in text.splitlines() if all(values[name] for name in blanks_of(line))]
    return "\n".join(Template(line).substitute(values) for line in lines)
