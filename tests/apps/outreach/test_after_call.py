"""After a call it is said what comes next, whatever its outcome."""

from __future__ import annotations

import json

import pytest
from django.utils import translation
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.movement.models import Booking
from safepassage.apps.outreach.after_call import next_after_call
from safepassage.apps.outreach.models import Call
from safepassage.cli import app
from tests.make import an_officer, with_bookings


def test_every_outcome_has_a_next_step_in_each_language() -> None:
    for outcome in set(Call.Outcome.values) - {Call.Outcome.TO_DO}:
        for has_place in (True, False):
            said = {}
            for language in ("en", "fa-af", "ps"):
                with translation.override(language):
                    said[language] = next_after_call(outcome, has_place=has_place)
            assert all(said.values())
            assert len(set(said.values())) == 3, "translated"
    assert next_after_call(Call.Outcome.TO_DO, has_place=True) == ""


@pytest.mark.django_db
def test_whoever_notes_a_refusal_is_told_what_to_do(operation, tmp_path, client, monkeypatch) -> None:
    with_bookings(tmp_path)
    party = Booking.objects.order_by("party")[0].party
    client.force_login(an_officer("clerk-9", Role.INTAKE_CLERK))
    asked = {"outcome": "refused"}
    line = client.post(f"/calls/{party}/outcome/", asked, headers={"HX-Request": "true"}).text
    assert "plan again, and their seats go to others" in line
    monkeypatch.setattr("safepassage.cli.calls.open_store", lambda _home: None)
    told = json.loads(CliRunner().invoke(app, ["call", party, "--outcome", "refused", "--json"]).stdout)
    assert told["next"].startswith("Next: plan again")
