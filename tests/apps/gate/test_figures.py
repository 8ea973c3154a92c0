"""The figures under /api/v1/: behind the permissions of the pages, and never a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from safepassage.apps.accounts.roles import PERMISSIONS, Role
from safepassage.apps.accounts.services import account_create
from tests.apps.gate.scene import family_with_pass, item, joined

pytestmark = pytest.mark.django_db
PLACES = {
    "operation": "board.see",
    "counts": "counts.see",
    "sources": "source.see",
    "batches": "source.see",
    "standings": "policy.see",
    "plan": "plan.see",
    "manifests": "manifest.see",
    "alarms": "gate.log",
}


def signed_in(*roles: Role) -> Client:
    client = Client()
    client.force_login(account_create(username="-".join(roles), password=None, roles=frozenset(roles)))
    return client


@pytest.mark.parametrize("place", sorted(PLACES))
@pytest.mark.parametrize("role", list(Role))
def test_a_figure_is_told_to_the_roles_of_its_page_and_to_no_others(operation, role: Role, place: str) -> None:
    answer = signed_in(role).get(f"/api/v1/{place}")
    if role in PERMISSIONS[PLACES[place]]:
        assert answer.status_code == (404 if place == "plan" else 200), answer.content
    else:
        assert answer.status_code == 403
        assert answer.json()["code"] == "role-missing"


@pytest.mark.parametrize("place", sorted(PLACES))
def test_strangers_and_devices_are_told_nothing(operation, now, place: str) -> None:
    assert Client().get(f"/api/v1/{place}").json()["code"] == "not-signed-in"
    phone = joined(operation, now)
    answer = phone.client.get(f"/api/v1/{place}", HTTP_AUTHORIZATION=f"Bearer {phone.token}")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


def test_the_table_here_is_all_that_there_is(operation) -> None:
    spec = json.loads((Path(__file__).parents[3] / "spec" / "openapi.json").read_text())
    assert {path.removeprefix("/api/v1/") for path in spec["paths"] if path.startswith("/api/v1/")} == set(PLACES)


def test_counts_hold_everybody_once_as_of_any_moment(operation, now) -> None:
    family_with_pass(operation, now)
    phone = joined(operation, now)
    phone.post("encounters", {"items": [item(phone.admits(now))]})
    client = signed_in(Role.REPORTER)
    told = client.get("/api/v1/counts").json()
    assert (told["people"], told["unknown"]) == (3, 3)
    assert [(row["stage"], row["people"], row["seen"]) for row in told["rows"]] == [("admitted", 3, 3)]
    earlier = client.get("/api/v1/counts", {"at": (now.replace(year=now.year - 1)).isoformat()}).json()
    assert earlier["people"] == 0
    assert client.get("/api/v1/counts", {"at": "2021-08-26T12:00"}).json()["code"] == "misshapen"
