"""The situation report and the board are one reading of the same state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.outreach.alarms import alarms_now
from safepassage.apps.outreach.reports import report_page, situation
from safepassage.apps.outreach.selectors import call_lines
from safepassage.apps.outreach.services import call_record
from safepassage.core.exchange.figures import derive_figures
from tests.make import EVERYONE, NOW, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


@pytest.fixture
def refused(tmp_path) -> str:
    """A booked party of three that has said by phone that it does not come."""
    with_bookings(tmp_path, EVERYONE)
    party = next(line.party for line in call_lines() if "Karim" in line.principal.name)
    call_record(party=party, outcome="refused", account="planner-1", now=NOW)
    return party


def test_who_refuses_by_phone_did_not_come_and_was_turned_away_nowhere(refused) -> None:
    figures = derive_figures(situation(NOW, now=NOW))
    told = dict(zip(figures.groups, figures.totals, strict=True))
    assert (told["Did not come"], told["Turned away"]) == (3, 0)
    assert "Sent back" not in told
    assert figures.refused == (), "nobody was refused at a point"


@pytest.mark.parametrize("language", ["en", "ps"])
def test_the_report_says_what_waits_in_the_words_and_figures_of_the_board(refused, language) -> None:
    with override("en"):
        board = tuple((alarm.text, alarm.number) for alarm in alarms_now(state_now(), now=NOW))
    with override(language):
        assert situation(NOW, now=NOW).alarms == board
        page = report_page(as_of=NOW, account="planner-1", now=NOW)
    assert "booked party has refused" in page
    assert "Waiting for somebody" in page


def test_a_report_on_the_past_says_that_it_tells_of_the_events_alone(refused) -> None:
    told = situation(NOW, now=NOW + timedelta(days=1))
    assert told.alarms == ()
    assert "not on record" in told.notes[0]
