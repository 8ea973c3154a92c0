"""Evidence in the reader's language: nothing that the matcher can say is left in English."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from safepassage.apps.console.sayings.evidence import said_evidence
from safepassage.core.identity import Evidence, EvidenceField
from safepassage.core.identity.explain import level_code
from safepassage.core.identity.levels import LEVELS

EVERY = [
    *((field, level_code(level)) for field, levels in LEVELS.items() for level in levels),
    (EvidenceField.PRIOR, "household"),
    (EvidenceField.PRIOR, "unrelated"),
    (EvidenceField.JUDGEMENT, "same"),
]


@pytest.mark.parametrize("language", ["fa-af", "ps"])
@pytest.mark.parametrize(("field", "level"), EVERY)
def test_every_level_of_every_fact_has_its_words(field: EvidenceField, level: str, language: str) -> None:
    with override(language):
        said = said_evidence(Evidence(field, level, 1.0, "the English of it"))
    assert said != "the English of it"
    assert not any("a" <= letter <= "z" for letter in said)


def test_in_english_it_is_the_sentence_kept_with_the_link() -> None:
    with override("en"):
        assert (
            said_evidence(Evidence(EvidenceField.NAME, "equal", 3.0, "The names are equal."))
            == "The names are equal."
        )


def test_a_code_of_an_older_version_is_shown_in_the_english_kept_with_it() -> None:
    with override("ps"):
        assert said_evidence(Evidence(EvidenceField.NAME, "long-gone", 3.0, "As it was.")) == "As it was."
        assert said_evidence(Evidence(EvidenceField.RELATION, "9-1", 3.0, "As it was.")) == "As it was."
