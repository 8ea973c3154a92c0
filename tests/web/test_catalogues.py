"""The catalogues: compiled from what is written, and covering what everyone meets."""

from __future__ import annotations

import gettext
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from safepassage.apps.accounts.roles import ROLE_NAMES
from safepassage.apps.console.navigation import PLACES
from safepassage.apps.console.words import WORDS
from safepassage.web.catalogues import LOCALE, read_catalogue, write_catalogue

LANGUAGES = {"fa-af": "fa_AF", "ps": "ps"}


def written(folder: str) -> str:
    return (LOCALE / folder / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", LANGUAGES.values())
def test_the_compiled_catalogue_is_the_written_one(folder: str) -> None:
    compiled = (LOCALE / folder / "LC_MESSAGES" / "django.mo").read_bytes()
    assert compiled == write_catalogue(read_catalogue(written(folder))), "python -m safepassage.web.catalogues"
    assert gettext.GNUTranslations(io.BytesIO(compiled)).gettext("Parties") != "Parties"


@pytest.mark.parametrize("folder", LANGUAGES.values())
def test_every_translation_says_that_a_machine_wrote_it_or_was_approved(folder: str) -> None:
    assert "approved by nobody" in written(folder)
    assert written(folder).count("#. machine-made") <= len(read_catalogue(written(folder)))


@pytest.mark.parametrize("folder", LANGUAGES.values())
def test_each_block_holds_one_message_so_that_none_hides_another(folder: str) -> None:
    blocks = ["\n" + block for block in written(folder).split("\n\n")]
    assert [block for block in blocks if block.count("\nmsgid ") > 1] == []


@pytest.mark.parametrize("folder", LANGUAGES.values())
def test_no_message_is_left_without_a_translation(folder: str) -> None:
    messages = [block for block in written(folder).split("\n\n") if "msgid " in block]
    translated = read_catalogue(written(folder))
    assert len(translated) == len(messages)
    assert all(form for text in translated.values() for form in text.split("\0"))


def test_both_languages_have_the_same_messages() -> None:
    dari, pashto = (set(read_catalogue(written(folder))) for folder in LANGUAGES.values())
    assert dari ^ pashto == set()


@pytest.mark.parametrize("folder", LANGUAGES.values())
def test_a_translation_keeps_what_is_filled_in(folder: str) -> None:
    filled = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    for message, text in read_catalogue(written(folder)).items():
        for form in text.split("\0") if message else ():
            assert set(filled.findall(form)) == set(filled.findall(message)), message


@pytest.mark.parametrize(("language", "month"), [("fa-af", "جنوری"), ("ps", "جنوري")])
def test_months_bear_the_names_used_in_afghanistan(language: str, month: str) -> None:
    with translation.override(language):
        assert date_format(date(2026, 1, 3), "j M Y") == f"3 {month} 2026"
        assert date_format(date(2026, 1, 3), "F") == month


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_roles_stages_and_verdicts_are_translated(language: str) -> None:
    wanted = [place.label for place in PLACES] + list(ROLE_NAMES.values())
    wanted += [*WORDS["stage"].values(), *WORDS["verdict"].values()]
    missing = []
    for label in wanted:
        with translation.override("en"):
            english = str(label)
        with translation.override(language):
            if str(label) == english:
                missing.append(english)
    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_run_from_right_to_left(language: str) -> None:
    page = Client().get("/login/", headers={"Accept-Language": language}).text
    assert 'dir="rtl"' in page


def test_plurals_contexts_and_fuzzy_entries_are_read_as_gettext_reads_them() -> None:
    text = (
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "%(n)s row"\nmsgid_plural "%(n)s rows"\nmsgstr[0] "one"\nmsgstr[1] "many"\n\n'
        'msgctxt "verb"\nmsgid "Note"\nmsgstr "write"\n\n#, fuzzy\nmsgid "Left"\nmsgstr "wrong"\n\n'
        'msgid ""\n"two "\n"lines"\nmsgstr "joined"\n'
    )
    read = read_catalogue(text)
    found = gettext.GNUTranslations(io.BytesIO(write_catalogue(read)))
    assert found.ngettext("%(n)s row", "%(n)s rows", 3) == "many"
    assert found.pgettext("verb", "Note") == "write"
    assert found.gettext("Left") == "Left"
    assert found.gettext("two lines") == "joined"
