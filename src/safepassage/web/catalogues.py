"""Compiles the catalogues: `python -m safepassage.web.catalogues` after a .po was edited; no gettext tools needed.

Both are committed, the .po for people and the .mo for Django, and a test holds them together. A translation that a
machine wrote carries the comment `machine-made`; whoever reads the language and approves one takes the comment out.
"""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator
from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"
_MAGIC = 0x950412DE


def read_catalogue(text: str) -> dict[str, str]:
    """The translated messages of a .po by their key, as .mo has them: context, singular and plural joined.

    Untranslated and fuzzy messages are left out.
    """
    found: dict[str, str] = {}
    for fields, is_fuzzy in _entries(text):
        forms = [value for name, value in sorted(fields.items()) if name.startswith("msgstr")]
        if is_fuzzy or "msgid" not in fields or not all(forms):
            continue
        key = fields["msgid"]
        if "msgid_plural" in fields:
            key += "\0" + fields["msgid_plural"]
        if "msgctxt" in fields:
            key = fields["msgctxt"] + "\x04" + key
        found[key] = "\0".join(forms)
    return found


def _entries(text: str) -> Iterator[tuple[dict[str, str], bool]]:
    for block in text.split("\n\n"):
        fields: dict[str, str] = {}
        is_fuzzy, name = False, ""
        for line in block.splitlines():
            if line.startswith("#"):
                is_fuzzy = is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
                continue
            quoted = line
            if not line.startswith('"'):
                name, _blank, quoted = line.partition(" ")
            if name:
                fields[name] = fields.get(name, "") + str(ast.literal_eval(quoted))
        if fields:
            yield fields, is_fuzzy


def write_catalogue(messages: dict[str, str]) -> bytes:
    """The .mo of these messages: header, two tables of (length, offset), then the texts, keys sorted."""
    keys = sorted(messages, key=lambda key: key.encode())
    texts = [key.encode() for key in keys] + [messages[key].encode() for key in keys]
    count, offset = len(keys), 28 + 16 * len(keys)
    tables, body = [], b""
    for text in texts:
        tables.append(struct.pack("<II", len(text), offset + len(body)))
        body += text + b"\0"
    head = struct.pack("<IIIIIII", _MAGIC, 0, count, 28, 28 + 8 * count, 0, offset)
    return head + b"".join(tables) + body


def compile_catalogues() -> list[Path]:
    """Writes the .mo beside each .po. Returns what was written."""
    made = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        target.write_bytes(write_catalogue(read_catalogue(source.read_text(encoding="utf-8"))))
        made.append(target)
    return made


if __name__ == "__main__":
    compile_catalogues()
