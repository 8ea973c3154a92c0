"""Invitations: for devices in the field, never for a site."""

from __future__ import annotations

from datetime import datetime

import pytest

from safepassage.apps.console.forms import InvitationForm
from safepassage.apps.gate.services import device_invite
from safepassage.apps.movement.services import network_keep
from safepassage.core.errors import ForbiddenError, NotFoundError
from tests.apps.gate.journey import BASE, GATE, RALLY, journey

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.mark.parametrize("role", ["site", "officer", ""])
def test_nobody_is_invited_as_the_site_or_as_something_unknown(operation: str, now: datetime, role: str) -> None:
    with pytest.raises(ForbiddenError, match="no role of a device"):
        device_invite(role=role, point="", account="desk", now=now)


@pytest.mark.parametrize(
    ("role", "point"),
    [
        ("access-point", "no-such-gate"),
        ("rover", "no-such-gate"),
        ("bus", "no-such-gate"),
        ("staging-base", "no-such-base"),
        ("access-point", BASE),
        ("rover", RALLY),
        ("staging-base", GATE),
    ],
)
def test_nobody_is_invited_for_a_point_that_is_not_or_is_of_another_kind(
    operation: str, now: datetime, role: str, point: str
) -> None:
    network_keep(network=journey(now), account="planner-1", now=now)
    with pytest.raises(NotFoundError, match=point):
        device_invite(role=role, point=point, account="desk", now=now)


@pytest.mark.parametrize(
    ("role", "point"),
    [("access-point", GATE), ("rover", GATE), ("rover", ""), ("bus", RALLY), ("bus", GATE), ("staging-base", BASE)],
)
def test_each_role_is_invited_where_it_works(operation: str, now: datetime, role: str, point: str) -> None:
    network_keep(network=journey(now), account="planner-1", now=now)
    assert device_invite(role=role, point=point, account="desk", now=now)


@pytest.mark.parametrize(
    ("role", "point"), [("bus", ""), ("staging-base", ""), ("staging-base", GATE), ("rover", RALLY)]
)
def test_the_form_says_what_is_wrong_with_the_point(operation: str, now: datetime, role: str, point: str) -> None:
    network_keep(network=journey(now), account="planner-1", now=now)
    assert "point" in InvitationForm({"role": role, "point": point}).errors
    right = {"bus": RALLY, "staging-base": BASE, "rover": GATE}[role]
    assert InvitationForm({"role": role, "point": right}).is_valid()
