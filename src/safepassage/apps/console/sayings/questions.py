"""The questions of the review queue in the reader's language; the matcher asks them in English."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ASKED: dict[str, Promise] = {
    "Are these two listings one person?": _("Are these two listings one person?"),
    "One group of one list seems to name a person twice. Is it one person?": _(
        "One group of one list seems to name a person twice. Is it one person?"
    ),
    "One person stands in two parties. With whom do they travel?": _(
        "One person stands in two parties. With whom do they travel?"
    ),
    "Nobody stands in two of these parties, but they seem to be one household. Do they travel together?": _(
        "Nobody stands in two of these parties, but they seem to be one household. Do they travel together?"
    ),
    "A list names people of both these parties together. Are they one household?": _(
        "A list names people of both these parties together. Are they one household?"
    ),
    "One list counts members of this family whom another list names. Are they the same people?": _(
        "One list counts members of this family whom another list names. Are they the same people?"
    ),
    "Two lists count members of this family whom neither names. Are they the same people?": _(
        "Two lists count members of this family whom neither names. Are they the same people?"
    ),
    "A list leaves members of this family without a name who may stand in another list. Are they the same people?": _(
        "A list leaves members of this family without a name who may stand in another list. Are they the same people?"
    ),
}
_FAMILY = re.compile(
    r"(Two|\d+) groups seem to hold the same family: (\d+) pairs to decide together\. Which are one person\?"
)


def said_question(question: str) -> str:
    """A question as the matcher asks it, translated; one that is not known is given as it is."""
    if question in ASKED:
        return str(ASKED[question])
    family = _FAMILY.fullmatch(question)
    if family is None:
        return question
    said = gettext(
        "%(groups)d groups seem to hold the same family: %(pairs)d pairs to decide together. Which are one person?"
    )
    return said % {"groups": 2 if family[1] == "Two" else int(family[1]), "pairs": int(family[2])}
