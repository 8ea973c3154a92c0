"""Texts to hold up before a crowd: approved in each language by who reads it, released by a supervisor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.accounts.two_people import are_two
from safepassage.apps.gate.held import text_release, text_take_back, texts_released
from safepassage.apps.movement.selectors import names_of_places
from safepassage.apps.outreach.crowd_words import crowd_text_problems
from safepassage.apps.outreach.models import PublicText
from safepassage.apps.outreach.selectors import texts_all
from safepassage.core.errors import ForbiddenError, NotFoundError, Problem, ProblemsError

PREFIX = "crowd-"
LANGUAGES = ("en", "fa-af", "ps")


@dataclass(frozen=True, slots=True)
class CrowdText:
    """One text in every language, what keeps it from being released, and since when it is."""

    code: str
    texts: tuple[PublicText, ...]
    problems: tuple[Problem, ...]
    released_at: datetime | None
    released_by: str

    @property
    def is_approved(self) -> bool:
        """Whether a person stands behind each language."""
        return len(self.texts) == len(LANGUAGES) and all(one.approved_by for one in self.texts)


def is_for_crowds(code: str) -> bool:
    """Whether a text is one that is held up before many."""
    return code.startswith(PREFIX)


def crowd_texts() -> list[CrowdText]:
    """Every text for a crowd, by code, with its standing."""
    names, released = names_of_places(), {one.code: one for one in texts_released()}
    sets: dict[str, list[PublicText]] = {}
    for one in texts_all():
        if is_for_crowds(one.code):
            sets.setdefault(one.code, []).append(one)
    found = []
    for code, texts in sorted(sets.items()):
        shown = released.get(code)
        problems = tuple(problem for one in texts for problem in _problems(one, names))
        found.append(
            CrowdText(
                code,
                tuple(texts),
                problems,
                shown.released_at if shown else None,
                shown.released_by if shown else "",
            )
        )
    return found


def words_check(*, text: str, language: str) -> None:
    """Refuses words that a crowd must not read.

    Raises:
        ProblemsError: everything that is wrong with them.
    """
    problems = crowd_text_problems(text, names=names_of_places())
    problems.raise_if_any(f"the text for a crowd ({language})")


@transaction.atomic
def crowd_text_release(*, code: str, account: str, now: datetime) -> None:
    """A supervisor lets officers hold up a text: approved in all three languages, by somebody else than them.

    One person alone never does both, not even where there is nobody else: a crowd is no place for one pair of eyes.

    Raises:
        ForbiddenError: the account may not; a language is not approved; whoever approved and whoever releases may
            be one person.
        NotFoundError: no such text.
        ProblemsError: it names a point, says where to go, or sets people running.
    """
    if not account_may(account, "crowd.release"):
        raise ForbiddenError("This account may not release texts for a crowd.", where="crowd.release")
    found = next((one for one in crowd_texts() if one.code == code), None)
    if found is None:
        raise NotFoundError("There is no such text for a crowd.", where=code, advice="Load the page again.")
    if not found.is_approved:
        raise ForbiddenError(
            "Somebody who reads it has to approve each language first.",
            code="not-approved",
            where=code,
            advice="Console, Calls, Texts.",
        )
    if found.problems:
        raise ProblemsError(found.problems, what="the text for a crowd")
    _two_check(found.texts, account)
    text_release(code=code, texts={one.language: one.text for one in found.texts}, account=account, now=now)


def crowd_text_withdraw(*, code: str, account: str, now: datetime) -> None:
    """Takes a text back; whoever may release it may do so alone.

    Raises:
        ForbiddenError: the account may not.
    """
    if not account_may(account, "crowd.release"):
        raise ForbiddenError("This account may not take back texts for a crowd.", where="crowd.release")
    text_take_back(code=code, account=account, now=now)


def _two_check(texts: Sequence[PublicText], account: str) -> None:
    if any(not are_two(one.approved_by, account) for one in texts):
        raise ForbiddenError(
            "Whoever approved a language can't also release the text.",
            code="one-person",
            where=texts[0].code,
            advice="Another account that may release it looks at it, or another one approves that language.",
        )


def _problems(text: PublicText, names: Iterable[str]) -> Iterable[Problem]:
    for one in crowd_text_problems(text.text, names=names).found:
        yield Problem(one.code, one.message, where=text.language, advice=one.advice)
