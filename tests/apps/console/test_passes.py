"""Passes: an id that is nobody's is told, and what else was typed is kept."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.registry.selectors import party_ids
from tests.make import with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


def test_a_wrong_id_among_those_to_be_issued_again_loses_none_of_the_others(tmp_path, signed_in) -> None:
    with_bookings(tmp_path)
    right = party_ids().first()
    response = signed_in(Role.PLANNER).post("/passes/issue/", {"parties": f"{right} PT-NOBODY"})
    assert response.status_code == 404
    assert f'value="{right} PT-NOBODY"' in response.text
    assert "No party has one of these ids: PT-NOBODY." in response.text
