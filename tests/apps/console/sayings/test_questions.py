"""Every question that the matcher asks is asked in the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from safepassage.apps.console.sayings.questions import ASKED, said_question
from safepassage.core.identity import ReviewKind
from safepassage.core.identity.review import _question


@pytest.mark.parametrize("language", ["fa-af", "ps"])
@pytest.mark.parametrize(
    "question",
    [
        *ASKED,
        _question(ReviewKind.SAME_PERSON, 1, 2),
        _question(ReviewKind.SAME_PERSON, 14, 2),
        _question(ReviewKind.SAME_PERSON, 14, 7),
        _question(ReviewKind.LISTED_TWICE, 1, 1),
    ],
)
def test_a_question_is_translated_with_its_figures(question, language) -> None:
    with override(language):
        said = said_question(question)
    assert said != question
    assert ("14" in said) == ("14" in question)


def test_an_unknown_question_is_asked_as_it_is() -> None:
    with override("ps"):
        assert said_question("And these two?") == "And these two?"
