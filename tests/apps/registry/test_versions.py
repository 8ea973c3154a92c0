"""Versions of the matcher: proposed with their effect, adopted by a person, gone by from the next run on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.registry.matcher import GROWN, Staleness, matcher_adopted, matcher_staleness, matcher_versions
from safepassage.apps.registry.models import MatcherVersion
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.selectors import persons_now, run_last
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.registry.versions import matcher_adopt, matcher_propose
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ledger import EventKind
from tests.make import BEISPIEL, EVERYONE, EXEMPLARS, KARIM_AGAIN, TESTANIS, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def proposed(now):
    return matcher_propose(account="supervisor-1", now=now)


def adopted(now):
    return matcher_adopt(version=proposed(now).version, account="supervisor-1", now=now)


def run(now):
    return resolve_run(account="desk", now=now)


@pytest.fixture
def lists(tmp_path):
    taken_in(tmp_path, EVERYONE)
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")


def test_a_proposal_says_what_it_would_change_and_changes_nothing(lists, now) -> None:
    version = proposed(now)
    assert version.effect["persons"] == [0, len(EVERYONE)]
    assert not persons_now()
    assert matcher_adopted() is None
    run(now)
    again = proposed(now)
    assert again.effect["persons"] == [len(EVERYONE), len(EVERYONE)]
    assert (again.effect["merged"], again.effect["split"]) == (0, 0)


def test_an_effect_names_whom_it_would_join(lists, now) -> None:
    karim, other = sorted(one.id for one in listings_now() if "Karim Testani" in one.name)
    pair = [(karim, other)]
    judgement_give(pairs=pair, verdict=JudgementVerdict.DIFFERENT, account="adjudicator-1", now=now)
    run(now)
    assert len(persons_now()) == len(EVERYONE) + 1
    judgement_give(pairs=pair, verdict=JudgementVerdict.SAME, account="adjudicator-1", now=now)
    effect = proposed(now).effect
    assert effect["merged"] == 1
    assert set(effect["merged_shown"][0]) <= set(persons_now())


def test_runs_go_by_the_adopted_version_and_the_ledger_says_who_adopted_it(lists, now) -> None:
    assert (run(now).is_adopted, run(now).staleness) == (False, Staleness.NOT_ADOPTED)
    version = adopted(now)
    found = run(now)
    assert (found.matcher, found.is_adopted, found.staleness) == (version.version, True, Staleness.NONE)
    (event,) = [one for one in events_after() if one.kind is EventKind.MATCHER_ADOPTED]
    assert (event.body["version"], event.body["listings"]) == (f"m-{version.version}", len(EVERYONE) + 1)
    with pytest.raises(ConflictError, match="in force already"):
        matcher_adopt(version=version.version, account="supervisor-1", now=now)


def test_lists_in_any_order_under_one_version_end_in_the_same_persons(tmp_path, now) -> None:
    families = (TESTANIS, BEISPIEL, EXEMPLARS)
    for number, family in enumerate(families):
        taken_in(tmp_path, family, source=f"List {number}")
    version = adopted(now)
    run(now)
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    found = run(now)
    assert found.matcher == version.version
    assert found.persons == len(EVERYONE)
    assert "habits" not in run_last().parameters or run_last().parameters["habits"] is None


def test_a_version_whose_effect_nobody_has_seen_is_not_adopted(lists, tmp_path, now) -> None:
    version = proposed(now)
    taken_in(tmp_path, BEISPIEL, source="Volunteers")
    with pytest.raises(ConflictError, match="no longer known"):
        matcher_adopt(version=version.version, account="supervisor-1", now=now)
    with pytest.raises(NotFoundError):
        matcher_adopt(version="no-version", account="supervisor-1", now=now)


def test_a_version_gets_stale_when_the_operation_grows_or_the_rules_change(lists, now) -> None:
    version = adopted(now)
    assert matcher_staleness(int(GROWN * version.listings)) is Staleness.NONE
    assert matcher_staleness(int(GROWN * version.listings) + 1) is Staleness.GROWN
    MatcherVersion.objects.update(parameters={**version.parameters, "rules": "others"})
    found = run(now)
    assert (found.is_adopted, found.staleness) == (False, Staleness.OTHER_RULES)


def test_the_next_version_retires_the_one_before(lists, tmp_path, now) -> None:
    first = adopted(now)
    assert proposed(now).version == first.version
    taken_in(tmp_path, (("9", *BEISPIEL[0][1:]),), source="Volunteers")
    second = adopted(now + timedelta(hours=1))
    assert matcher_adopted() == second
    assert [one.retired_at for one in matcher_versions()] == [None, now + timedelta(hours=1)]


def test_without_listings_there_is_nothing_to_learn_from(now) -> None:
    with pytest.raises(ForbiddenError):
        proposed(now)
