"""Sentences on places, with points and kept seats by name."""

from __future__ import annotations

import pytest

from safepassage.apps.movement.plain_words import plain_words
from safepassage.apps.movement.selectors import network_of_plan
from tests.make import NOW, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


def test_points_and_kept_seats_are_told_by_name_and_legs_by_their_ids(tmp_path):
    with_bookings(tmp_path)
    network = network_of_plan()
    point, leg = network.points[0], network.legs[0]
    told = plain_words(at=NOW)(f"Be at {point.id} for {leg.id}; medical/{leg.id} is full; x-{point.id} is none.")
    kept = f"{leg.id} beside its seats kept for “Stretcher and medical cases”"
    assert told == f"Be at {point.name} for {leg.id}; {kept} is full; x-{point.id} is none."


def test_before_there_is_a_network_nothing_is_changed():
    tell = plain_words(at=NOW)
    assert [tell("Be at rally-1."), tell("kept/bus")] == ["Be at rally-1.", "kept/bus"]
