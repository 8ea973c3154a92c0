"""Texts for the crowd: approved by who reads them, released by another person, gone when they are taken back."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.held import texts_released, texts_told
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.outreach.crowd import crowd_text_release, crowd_text_withdraw, crowd_texts
from safepassage.apps.outreach.models import PublicText
from safepassage.apps.outreach.services import text_approve, texts_load
from safepassage.core.errors import ForbiddenError, NotFoundError, ProblemsError
from safepassage.core.ledger import EventKind
from tests.make import self_made

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
SIT = "crowd-sit"


def kinds(*wanted: EventKind) -> list[EventKind]:
    return [event.kind for event in events_after() if event.kind in wanted]


@pytest.fixture
def people(now) -> tuple[str, str]:
    """A liaison who reads all three languages, and a supervisor."""
    texts_load()
    for name, role in (("reader", Role.LIAISON), ("chief", Role.SUPERVISOR)):
        self_made(username=name, password=None, roles=frozenset({role}))
    return "reader", "chief"


def approve(account: str, now, *languages: str, code: str = SIT) -> None:
    for language in languages or ("en", "fa-af", "ps"):
        text_approve(code=code, language=language, account=account, now=now)


def test_a_text_is_released_once_each_language_has_a_person_behind_it(people, now) -> None:
    reader, chief = people
    approve(reader, now, "fa-af", "ps")
    with pytest.raises(ForbiddenError) as error:
        crowd_text_release(code=SIT, account=chief, now=now)
    assert error.value.code == "not-approved"
    approve(reader, now, "en")
    crowd_text_release(code=SIT, account=chief, now=now)
    (told,) = texts_told()
    assert (told["code"], sorted(told["texts"])) == (SIT, ["en", "fa-af", "ps"])
    assert kinds(EventKind.TEXT_RELEASED) == [EventKind.TEXT_RELEASED]


def test_whoever_approved_it_does_not_release_it(people, now) -> None:
    approve("chief", now, "ps")
    approve("reader", now, "en", "fa-af")
    with pytest.raises(ForbiddenError) as error:
        crowd_text_release(code=SIT, account="chief", now=now)
    assert error.value.code == "one-person"
    assert texts_released() == []


def test_who_may_only_approve_releases_nothing_and_takes_nothing_back(people, now) -> None:
    reader, chief = people
    approve(reader, now)
    with pytest.raises(ForbiddenError):
        crowd_text_release(code=SIT, account=reader, now=now)
    crowd_text_release(code=SIT, account=chief, now=now)
    with pytest.raises(ForbiddenError):
        crowd_text_withdraw(code=SIT, account=reader, now=now)
    assert len(texts_released()) == 1


def test_what_is_taken_back_is_gone_and_told_once(people, now) -> None:
    reader, chief = people
    approve(reader, now)
    crowd_text_release(code=SIT, account=chief, now=now)
    crowd_text_withdraw(code=SIT, account=chief, now=now)
    crowd_text_withdraw(code=SIT, account=chief, now=now)
    assert texts_told() == []
    assert kinds(EventKind.TEXT_TAKEN_BACK) == [EventKind.TEXT_TAKEN_BACK]


def test_a_correction_takes_back_what_was_released_in_other_words(people, now) -> None:
    reader, chief = people
    approve(reader, now)
    crowd_text_release(code=SIT, account=chief, now=now)
    approve(reader, now, "ps")  # again, in the same words
    assert len(texts_released()) == 1
    text_approve(code=SIT, language="en", account=reader, now=now, text="Please sit on the ground.")
    assert texts_released() == []


def test_words_that_a_crowd_must_not_read_are_neither_approved_nor_released(people, now) -> None:
    reader, chief = people
    with pytest.raises(ProblemsError) as error:
        text_approve(code=SIT, language="en", account=reader, now=now, text="Run to the gate now: 5 places left")
    assert {problem.code for problem in error.value.problems} == {"hurry", "where", "figure"}
    approve(reader, now)
    PublicText.objects.filter(code=SIT, language="en").update(text="Run")
    with pytest.raises(ProblemsError):
        crowd_text_release(code=SIT, account=chief, now=now)


def test_a_text_for_one_party_is_none_for_a_crowd(people, now) -> None:
    text_approve(code="wait", language="ps", account="reader", now=now)
    with pytest.raises(NotFoundError):
        crowd_text_release(code="wait", account="chief", now=now)
    assert all(one.code.startswith("crowd-") for one in crowd_texts())
