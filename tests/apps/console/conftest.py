"""A store with an operation, its site, and an account for each role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from safepassage.apps.accounts.roles import Role
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.services import resolve_run
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import ListingId
from tests.make import operation_of, self_made

from .people import NOW, listing_of, person_named, question_about, two_lists

BEGAN = datetime(2021, 8, 20, 6, 0, tzinfo=UTC)


@pytest.fixture
def operation(db, settings, tmp_path):
    settings.HOME = tmp_path
    return operation_of("kabul-test", BEGAN, name="Kabul test", controller="Test Task Force", retention_days=180)


@pytest.fixture
def signed_in(operation) -> Callable[..., Client]:
    """A client signed in with these roles: `signed_in(Role.PLANNER)`."""

    def sign_in(*roles: Role) -> Client:
        client = Client()
        name = "-".join(roles) or "nobody"
        client.force_login(self_made(username=name, password=None, roles=frozenset(roles)))
        return client

    return sign_in


@pytest.fixture
def question(operation, tmp_path) -> str:
    two_lists(tmp_path)
    return question_about((listing_of("Yusuf"), listing_of("Nadia")))


@pytest.fixture
def store(operation, tmp_path):
    two_lists(tmp_path)
    return tmp_path


@pytest.fixture
def kept_apart(store):
    pair = (ListingId(listing_of("Laila")), ListingId(listing_of("Yusuf")))
    judgement_give(pairs=[pair], verdict=JudgementVerdict.KEEP_APART, account="cpo", now=NOW)
    resolve_run(account="clerk", now=NOW)
    return person_named("Laila"), person_named("Yusuf")
