"""Who is kept apart stays so when the listing of which it was said goes, or the request for it lapses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.intake.models import Source
from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.outreach.erasure import retention_apply
from safepassage.apps.registry.answers import judgements_all
from safepassage.apps.registry.hidden import hidden_persons
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.selectors import persons_now
from safepassage.apps.registry.withdrawal import batch_withdraw
from safepassage.core.identity import JudgementVerdict
from tests.apps.registry.test_second_person import officers
from tests.make import NOW, TESTANIS, resolved, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
MAN = (("9", "Yusuf Beispiel", "Daud", "head", "M", "1971-11-30", "P0000201", "0700000201", "P2", "Herat"),)
LATER = NOW + timedelta(days=60)


def person(name: str) -> str:
    (found,) = [key for key, one in persons_now().items() if one.name == name]
    return found


@pytest.fixture
def apart(tmp_path):
    """Laila stands on two lists and is kept apart from Yusuf by her listing on the first."""
    officers()
    first = taken_in(tmp_path, TESTANIS, source="NGO list")
    taken_in(tmp_path, TESTANIS, source="Embassy list")
    taken_in(tmp_path, MAN, source="Third")
    resolved()
    (hers,) = [one.id for one in listings_now() if one.name == "Laila Testani" and one.row.batch == first.pk]
    (his,) = [one.id for one in listings_now() if one.name == "Yusuf Beispiel"]
    judgement_give(pairs=[(hers, his)], verdict=JudgementVerdict.KEEP_APART, account="desk", now=NOW)
    resolved()
    assert {person("Laila Testani"), person("Yusuf Beispiel")} <= hidden_persons()
    return first


def test_a_list_that_is_withdrawn_shows_nobody(apart) -> None:
    batch_withdraw(batch=apart.pk, why="replaced", account="desk", now=NOW)
    assert {person("Laila Testani"), person("Yusuf Beispiel")} <= hidden_persons()
    resolved()
    assert {person("Laila Testani"), person("Yusuf Beispiel")} <= hidden_persons()


def test_a_list_whose_retention_is_over_shows_nobody(apart) -> None:
    Source.objects.exclude(pk=apart.source_id).update(retention_days=900)
    Source.objects.filter(pk=apart.source_id).update(retention_days=30)
    assert retention_apply(account="desk", now=LATER) == 3
    assert {person("Laila Testani"), person("Yusuf Beispiel")} <= hidden_persons()


def test_it_is_said_in_the_name_of_whoever_said_it(apart) -> None:
    batch_withdraw(batch=apart.pk, why="replaced", account="desk-2", now=NOW)
    said = [one for one in judgements_all() if one.is_active and one.verdict is JudgementVerdict.KEEP_APART]
    assert {one.by for one in said} == {"desk"}
    assert len(said) == 2
