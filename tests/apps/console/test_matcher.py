"""The matcher's page: which version holds, what a proposed one would change, who may adopt it."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.registry.matcher import matcher_adopted, matcher_versions

from .people import two_lists

pytestmark = pytest.mark.django_db


def test_a_supervisor_proposes_sees_the_effect_and_adopts(signed_in, tmp_path) -> None:
    two_lists(tmp_path)
    supervisor = signed_in(Role.SUPERVISOR)
    assert "every run learns anew" in supervisor.get("/lists/matcher/").text
    assert "A version is proposed" in supervisor.post("/lists/matcher/propose/", follow=True).text
    (version,) = matcher_versions()
    page = supervisor.get("/lists/matcher/").text
    assert version.version in page
    assert "I have seen what it changes" in page
    supervisor.post(f"/lists/matcher/{version.version}/adopt/")
    assert matcher_adopted() == version
    assert matcher_adopted().adopted_by == "supervisor"
    assert "in force" in supervisor.get("/lists/matcher/").text


def test_an_adjudicator_sees_versions_and_adopts_none(signed_in, tmp_path) -> None:
    two_lists(tmp_path)
    signed_in(Role.SUPERVISOR).post("/lists/matcher/propose/")
    (version,) = matcher_versions()
    adjudicator = signed_in(Role.ADJUDICATOR)
    page = adjudicator.get("/lists/matcher/")
    assert version.version in page.text
    assert "adopt/" not in page.text
    assert adjudicator.post(f"/lists/matcher/{version.version}/adopt/").status_code == 403
    assert signed_in(Role.GATE_OFFICER).get("/lists/matcher/").status_code == 403
