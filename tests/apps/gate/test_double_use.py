"""How often one pass might be used: what the console shows is never below what two phones can do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from safepassage.apps.console.figures.double_use import DoubleUse, double_uses
from safepassage.apps.gate.models import Device
from safepassage.apps.ledger.selectors import state_now
from safepassage.core.ledger import EventKind
from safepassage.core.ledger.clock import to_milliseconds
from tests.apps.gate.scene import GATE, Phone, family_with_pass, item, joined

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def reads(reader: Phone, sender: Phone, at: datetime, *, heard: datetime | None = None):
    """A phone notes that it read another's squares, and whether that one had read its own before."""
    told = {"heard": to_milliseconds(heard)} if heard else {}
    return reader.write(
        EventKind.USES_RELAYED, at, point=GATE, sender=sender.id, count=1, made=to_milliseconds(at), **told
    )


def cut(*phones: Phone, now: datetime) -> None:
    Device.objects.filter(pk__in=[phone.id for phone in phones]).update(last_seen_at=now - HOUR)


def shown(now: datetime) -> DoubleUse:
    (line,) = double_uses(state_now(), now)
    return line


@pytest.mark.django_db
def test_two_phones_that_read_each_other_count_as_one_once_the_site_hears_of_it(operation, now) -> None:
    one, two = joined(operation, now), joined(operation, now)
    first = reads(two, one, now - 6 * MINUTE)
    second = reads(one, two, now - 5 * MINUTE)
    cut(one, two, now=now)
    assert (shown(now).silent, shown(now).relayed, shown(now).bound) == (2, 0, 2)
    two.post("encounters", {"items": [item(first)]})
    cut(one, now=now)
    assert shown(now).bound == 2  # one way alone: the other does not know
    one.post("encounters", {"items": [item(second)]})
    cut(one, two, now=now)
    assert (shown(now).relayed, shown(now).bound) == (1, 1)
    later = now + 20 * MINUTE
    assert (shown(later).relayed, shown(later).bound) == (0, 2)


@pytest.mark.django_db
def test_one_event_that_says_both_ways_is_enough(operation, now) -> None:
    one, two = joined(operation, now), joined(operation, now)
    event = reads(two, one, now - 5 * MINUTE, heard=now - 7 * MINUTE)
    two.post("encounters", {"items": [item(event)]})
    cut(one, two, now=now)
    assert shown(now).bound == 1


@pytest.mark.django_db
def test_a_relay_says_nothing_of_a_third_phone_nor_of_one_that_was_withdrawn(operation, now) -> None:
    one, two, three = (joined(operation, now) for _ in range(3))
    event = reads(two, one, now - MINUTE, heard=now - MINUTE)
    two.post("encounters", {"items": [item(event)]})
    cut(one, three, now=now)
    assert (shown(now).devices, shown(now).silent, shown(now).bound) == (3, 2, 2)
    Device.objects.filter(pk=three.id).update(revoked_at=now)
    assert shown(now).bound == 1


@pytest.mark.django_db
def test_a_rover_of_all_points_counts_at_each(operation, now) -> None:
    one, rover = joined(operation, now), joined(operation, now, role="rover", point="")
    cut(one, rover, now=now)
    assert shown(now).bound == 2


@pytest.mark.django_db
def test_a_bundle_names_the_devices_that_may_relay_and_no_others(operation, now) -> None:
    family_with_pass(operation, now)
    one, two = joined(operation, now), joined(operation, now)
    rover, elsewhere = joined(operation, now, role="rover", point=""), joined(operation, now, point="south-gate")
    gone = joined(operation, now)
    Device.objects.filter(pk=gone.id).update(revoked_at=now)
    told = {peer["device"]: peer["public_key"] for peer in one.get("bundle").json()["peers"]}
    assert told == {phone.id: phone.public for phone in (one, two, rover)}
    assert elsewhere.id not in told
