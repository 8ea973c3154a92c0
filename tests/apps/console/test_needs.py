"""Where a need comes from stands on the plan's, the party's and the person's page, and may be corrected there."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from tests.apps.registry.test_needs import cases, named, party

__all__ = ["party"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


def test_the_pages_name_the_need_and_the_list_and_an_adjudicator_corrects_it(signed_in, party):
    planner = signed_in(Role.PLANNER)
    plan = planner.get("/plan/").text
    assert "medical care" in plan
    assert "which list says so" in plan
    reasons = planner.get(f"/parties/{party}/reasons/").text
    assert "Who needs a special place, and which list says so" in reasons
    assert "asthma" in reasons
    assert "clinic.csv" in reasons
    assert "an adjudicator or a supervisor corrects it" in reasons
    karim = named("Karim Testani")
    page = planner.get(f"/persons/{karim.id}/").text
    assert "asthma" in page
    said = {"code": "need-medical", "truth": "false", "evidence": "they-say-so"}
    assert planner.post(f"/persons/{karim.id}/facts/", said).status_code == 403
    desk = signed_in(Role.ADJUDICATOR)
    assert "Correct it under" in desk.get(f"/persons/{karim.id}/").text
    after = desk.post(f"/persons/{karim.id}/facts/", said, follow=True).text
    assert "counts when the plan is made next" in after
    assert "found not to be so" in after
    assert [one.need for one in cases(party)] == ["wheelchair"]
    assert "found not to be so" in planner.get(f"/parties/{party}/reasons/").text
