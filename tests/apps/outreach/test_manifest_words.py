"""A manifest is printed in the language of whoever counts heads with it; what lists say stands as they say it."""

from __future__ import annotations

import re

import pytest

from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.manifests import manifest_read
from safepassage.apps.outreach.manifest_words import ManifestWords
from safepassage.apps.outreach.sheets import PAPER_LANGUAGES, manifest_file, manifest_sheet, manifest_write
from safepassage.core.errors import ForbiddenError
from safepassage.core.identity import Party
from safepassage.core.identity.counted import doubt_of_size
from safepassage.core.ids import PartyId
from safepassage.core.people import Need, Sex
from tests.make import NOW, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]
DOUBTED = Party(PartyId("PT-1"), (), unnamed=1, stated_size=6, perhaps_more=2)


@pytest.fixture
def closed(tmp_path):
    with_bookings(tmp_path)
    from safepassage.apps.movement.bookings import legs_booked

    return manifest_close(leg=legs_booked()[0], account="planner-1", now=NOW)


@pytest.mark.parametrize("language", ["fa-af", "ps"])
def test_everything_said_in_words_is_in_the_language_and_what_lists_say_is_as_they_say_it(closed, language) -> None:
    manifest = manifest_read(closed.leg, closed.version)
    english, people = manifest_sheet(manifest)
    spoken, same = manifest_sheet(manifest, language=language)
    assert people == same
    for here, there in zip(english.rows, spoken.rows, strict=True):
        assert (here.name, here.name_arabic, here.birth, here.document) == (
            there.name,
            there.name_arabic,
            there.birth,
            there.document,
        )
        assert not re.search("[a-z]", f"{there.sex}{there.needs}{there.remark}")
    assert "nobody else" not in spoken.audience
    assert "Of plan" not in spoken.about
    assert manifest.plan in spoken.about


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_every_sex_need_and_doubt_has_its_words(language) -> None:
    said = ManifestWords(language)
    assert all(said.sex(sex) for sex in Sex if sex is not Sex.UNKNOWN)
    needs = said.needs(tuple(Need))
    doubt = said.doubt(DOUBTED, has_refused=True)
    assert all(figure in doubt for figure in "1236")
    if language == "en":
        assert needs == ", ".join(need.value.replace("-", " ") for need in Need)
        assert doubt == f"{doubt_of_size(DOUBTED)}; refused to come"
    else:
        assert not re.search("[a-zA-Z]", needs + doubt)


def test_files_say_their_language_and_an_unknown_one_is_refused(closed, tmp_path) -> None:
    manifest = manifest_read(closed.leg, closed.version)
    made = manifest_write(manifest=manifest, folder=tmp_path / "out", account="planner-1", now=NOW, language="ps")
    assert [name.rpartition("-v1")[2] for name in made] == [".xlsx", "-ps.pdf"]
    asked = {"manifest": manifest, "account": "planner-1", "now": NOW}
    assert manifest_file(form="pdf", language="fa-af", **asked) != manifest_file(form="pdf", **asked)
    assert manifest_file(form="xlsx", language="fa-af", **asked) == manifest_file(form="xlsx", **asked)
    with pytest.raises(ForbiddenError, match="not printed"):
        manifest_file(form="pdf", language="fr", **asked)
