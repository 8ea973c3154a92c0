"""What a plan prints: a reason is one party's, and is told as such."""

from __future__ import annotations

import pytest

from safepassage.apps.movement.selectors import plan_read, plan_record_now
from safepassage.cli.plan_shown import show_plan
from safepassage.core.movement import seat_chances
from tests.make import with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


def test_the_reason_of_one_party_is_not_told_as_that_of_all(tmp_path, capsys) -> None:
    with_bookings(tmp_path, seats=1)
    record = plan_record_now()
    assert record is not None
    plan = plan_read(record)
    show_plan(record.pk, as_json=False)
    said = " ".join(capsys.readouterr().out.split())
    by_code = {one.code.value: [] for one in plan.unplaced}
    for one in plan.unplaced:
        by_code[one.code.value].append(one.party)
    for code, parties in by_code.items():
        told = said.partition(f"without a place, {code}: ")[2]
        assert told.startswith("of one of them, ") is (len(parties) > 1)
    assert any(len(parties) > 1 for parties in by_code.values())
    for chance in seat_chances(plan):
        assert f"parties of {chance.least} to {chance.least}:" not in said
