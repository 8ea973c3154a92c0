"""One thing has one word in Dari and in Pashto: the table of docs/translations.md, held to all that is shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from safepassage.web.catalogues import LOCALE, read_catalogue

ROOT = Path(__file__).parents[2]
LANGUAGES = {"fa_AF": ("fa", 3), "ps": ("ps", 4)}
"""The catalogue, the code elsewhere, and the column of the table with the words that are not used."""


def table() -> list[list[str]]:
    page = (ROOT / "docs" / "translations.md").read_text(encoding="utf-8").split("## One word per thing")[1]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("|")
    ]
    return rows[2:]


def refused(column: int) -> list[re.Pattern[str]]:
    words = [word.strip() for row in table() for word in row[column].split(",") if word.strip()]
    return [
        re.compile(rf"(?<!\w){re.escape(word.rstrip('*'))}" + ("" if word[-1] == "*" else r"(?!\w)"))
        for word in words
    ]


def shown(catalogue: str, code: str) -> dict[str, str]:
    """Everything that is shown in one language, by where it stands."""
    po = (LOCALE / catalogue / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    layouts = ROOT / "src" / "safepassage" / "core" / "exchange" / "layouts" / "words.json"
    paper = json.loads(layouts.read_text(encoding="utf-8"))[code]
    field = (ROOT / "field" / "src" / "texts" / f"{code}.ts").read_text(encoding="utf-8")
    return {
        **{f"console: {key}": text for key, text in read_catalogue(po).items()},
        "paper": json.dumps(paper, ensure_ascii=False),
        **{f"field, line {at}": line for at, line in enumerate(field.splitlines(), 1)},
    }


@pytest.mark.parametrize("catalogue", list(LANGUAGES))
def test_no_second_word_is_used(catalogue):
    code, column = LANGUAGES[catalogue]
    patterns = refused(column)
    assert len(patterns) > 8
    texts = shown(catalogue, code)
    found = [(where, one.pattern) for where, text in texts.items() for one in patterns if one.search(text)]
    assert found == []


@pytest.mark.parametrize("catalogue", list(LANGUAGES))
def test_the_words_of_the_table_are_those_in_use(catalogue):
    code, column = LANGUAGES[catalogue]
    said = " ".join(shown(catalogue, code).values())
    for row in table():
        words = [word.strip() for word in re.sub(r"\(.*?\)", "", row[column - 2]).split(",")]
        assert any(word.split()[0] in said for word in words), row
