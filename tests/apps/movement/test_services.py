"""Plans: judged before they are published, bookings replaced with events, manifests numbered."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from itertools import groupby

import pytest
from openpyxl import load_workbook

from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.ledger.selectors import events_after, state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.bookings import booking_of, bookings_lines, legs_booked, promises_now
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.loads import legs_load
from safepassage.apps.movement.manifests import manifest_persons, manifest_read
from safepassage.apps.movement.models import Booking, ManifestRecord, PlaceReason, PlanRecord
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.selectors import (
    network_read,
    network_record_now,
    place_explained,
    plan_read,
    plan_record_by_id,
    plan_record_now,
    plans_made,
)
from safepassage.apps.movement.services import bookings_tell, plan_make
from safepassage.apps.outreach.sheets import manifest_file, manifest_sheet
from safepassage.apps.policy.overriding import override_approve, override_request
from safepassage.apps.policy.selectors import standings_now
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.erasing import person_erase
from safepassage.apps.registry.hidden import hidden_persons
from safepassage.apps.registry.second_person import judgement_give, judgement_second
from safepassage.apps.registry.selectors import person_by_id, persons_now
from safepassage.core.dates import format_brief
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import LegId
from safepassage.core.ledger import EventKind, Stage
from tests.make import (
    EVERYONE,
    NOW,
    TESTANIS,
    a_bus,
    an_officer,
    many_families,
    resolved,
    taken_in,
    with_bookings,
    with_standings,
)

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def make(now=NOW):
    return plan_make(account="planner-1", now=now)


def publish(record, now=NOW):
    return plan_publish(plan_id=record.pk, account="planner-1", now=now)


def events(kind: EventKind):
    return [event for event in events_after() if event.kind is kind]


def booked() -> set[str]:
    return set(Booking.objects.values_list("party", flat=True))


def test_without_a_network_there_is_no_plan(tmp_path):
    with_standings(tmp_path)
    with pytest.raises(NotFoundError):
        make()
    assert bookings_lines() == []
    assert legs_booked() == []


def test_a_plan_is_a_draft_with_the_judges_report_until_it_is_published(tmp_path):
    with_standings(tmp_path)
    a_bus()
    record = make()
    assert (record.status, record.report["faults"]) == ("draft", [])
    assert plan_read(record).people == len(EVERYONE)
    assert not booked()
    assert plan_record_now() is None
    assert make() == record, "the same plan again is the same plan"


def test_publishing_books_everyone_placed_and_tells_the_ledger(tmp_path):
    made = with_bookings(tmp_path)
    assert made.people == len(EVERYONE) == sum(len(line.persons) for line in bookings_lines())
    (event,) = events(EventKind.PERSONS_BOOKED)
    assert len(event.body["rows"]) == len(EVERYONE)
    assert {one.stage for one in state_now().people.values()} == {Stage.BOOKED}
    (load,) = legs_load()
    assert (load.booked, load.seats) == (len(EVERYONE), 50)
    assert sum(heads for _, heads in load.by_tier) == load.booked


def test_tiers_are_served_in_order_and_no_party_is_split(tmp_path):
    with_bookings(tmp_path, seats=6)
    first, second, third = (standing.party for standing in standings_now())
    assert booked() == {first, second}
    why = place_explained(third)
    assert why is not None
    assert why.reasons


def test_why_a_party_has_its_place_is_told_of_the_published_plan_whatever_changed_since(tmp_path):
    with_bookings(tmp_path, seats=6)
    _first, _second, third = (standing.party for standing in standings_now())
    before = place_explained(third)
    an_officer("planner-2")
    override = override_request(party=third, tier=1, reason="stated", account="planner-1", now=NOW)
    override_approve(override=override, account="planner-2", now=NOW)
    assert place_explained(third) == before
    publish(make(now=NOW + timedelta(minutes=1)))
    assert place_explained(third) != before
    with pytest.raises(NotFoundError):
        place_explained("PT-NOBODY")


def test_reasons_of_drafts_that_can_no_longer_be_published_are_not_kept(tmp_path):
    with_standings(tmp_path)
    a_bus(seats=6)
    overtaken, chosen = make(), make(now=NOW + timedelta(minutes=1))
    assert PlaceReason.objects.filter(plan=overtaken).count() == 3
    publish(chosen)
    assert not PlaceReason.objects.filter(plan=overtaken).exists()
    follower = make(now=NOW + timedelta(minutes=2))
    a_bus(seats=50)
    publish(make(now=NOW + timedelta(minutes=3)))
    assert not PlaceReason.objects.filter(plan=follower).exists()
    assert PlaceReason.objects.filter(plan=chosen).count() == 3


def test_a_plan_with_faults_is_not_published(tmp_path):
    with_standings(tmp_path)
    a_bus()
    record = make()
    record.report["faults"] = [{"code": "unknown-leg", "message": "Nobody knows this bus.", "party": None}]
    record.save()
    with pytest.raises(ForbiddenError):
        publish(record)
    assert not booked()
    assert plan_record_now() is None
    assert not events(EventKind.PLAN_PUBLISHED)


def test_a_plan_made_before_people_changed_is_not_published(tmp_path, now):
    with_standings(tmp_path)
    a_bus()
    record = make()
    omid = next(person.id for person in persons_now().values() if person.name == "Omid Testani")
    person_erase(person=omid, reason="withdrawn", account="dpo-1", now=now)
    standings_apply(account="supervisor-1", now=now)
    with pytest.raises(ConflictError):
        publish(record)
    assert not booked()
    assert publish(make()).status == "published"
    assert len(EVERYONE) - 1 == len([person for line in bookings_lines() for person in line.persons])


def test_a_plan_for_a_network_that_was_replaced_is_not_published(tmp_path):
    with_standings(tmp_path)
    a_bus()
    record = make()
    a_bus(departs=NOW + timedelta(hours=9), now=NOW + timedelta(minutes=1))
    with pytest.raises(ConflictError):
        publish(record)
    assert not booked()


def test_a_plan_made_beside_the_one_published_since_is_not_published(tmp_path):
    with_standings(tmp_path)
    a_bus()
    record = make()
    publish(make(NOW + timedelta(minutes=1)), NOW + timedelta(minutes=1))
    before = booked()
    with pytest.raises(ConflictError):
        publish(record, NOW + timedelta(minutes=2))
    assert booked() == before


def test_a_plan_by_tiers_that_hold_no_longer_is_not_published(tmp_path):
    with_standings(tmp_path)
    a_bus()
    record = make()
    overtaken = standings_now()[0]
    an_officer("supervisor-1")
    asked = override_request(party=overtaken.party, tier=9, reason="invented", account="planner-1", now=NOW)
    override_approve(override=asked, account="supervisor-1", now=NOW)
    with pytest.raises(ConflictError):
        publish(record)
    assert publish(make(NOW + timedelta(minutes=1))).status == "published"


def test_a_new_plan_takes_bookings_back_and_gives_others_each_with_its_event(tmp_path):
    first = with_bookings(tmp_path)
    a_bus(departs=NOW + timedelta(hours=9))
    publish(make(NOW + timedelta(hours=1)), NOW + timedelta(hours=1))
    assert plan_record_by_id(first.plan).status == PlanRecord.Status.SUPERSEDED
    assert plan_record_now().pk != first.plan
    (unbooked,) = events(EventKind.PERSONS_UNBOOKED)
    assert len(unbooked.body["rows"]) == len(EVERYONE)
    assert len(events(EventKind.PERSONS_BOOKED)) == 2
    assert plans_made().count() == 2


def depart(count: int, now=NOW + timedelta(hours=7)) -> set[str]:
    """So many of those booked have left with their bus."""
    rows = tuple((person, line.party) for line in bookings_lines() for person in line.persons)[:count]
    (leg,) = legs_booked()
    event_append(kind=EventKind.PERSONS_DEPARTED, body={"leg": leg, "point": "access-1", "rows": rows}, now=now)
    return {person for person, _ in rows}


def test_whoever_has_left_takes_no_seat_on_the_next_days_bus(tmp_path):
    with_bookings(tmp_path, seats=4)
    first = {person for line in bookings_lines() for person in line.persons}
    assert 0 < len(first) < len(EVERYONE)
    assert depart(len(first)) == first
    tomorrow = NOW + timedelta(days=1)
    a_bus(departs=tomorrow + timedelta(hours=6), now=tomorrow)
    publish(make(tomorrow), tomorrow)
    second = {person for line in bookings_lines() for person in line.persons}
    assert second
    assert not first & second
    assert not events(EventKind.PERSONS_UNBOOKED)
    assert {state_now().people[person].stage for person in first} == {Stage.DEPARTED}


def test_those_of_a_party_who_missed_the_bus_are_planned_for_without_those_who_left(tmp_path):
    with_bookings(tmp_path, TESTANIS)
    everyone = {person for line in bookings_lines() for person in line.persons}
    left = depart(2)
    tomorrow = NOW + timedelta(days=1)
    a_bus(departs=tomorrow + timedelta(hours=6), now=tomorrow)
    publish(make(tomorrow), tomorrow)
    assert {person for line in bookings_lines() for person in line.persons} == everyone - left


def test_an_unchanged_booking_is_neither_taken_back_nor_given_again(tmp_path):
    with_bookings(tmp_path)
    publish(make(NOW + timedelta(minutes=5)), NOW + timedelta(minutes=5))
    assert not events(EventKind.PERSONS_UNBOOKED)
    assert len(events(EventKind.PERSONS_BOOKED)) == 1


def test_a_party_that_was_told_keeps_its_seat_when_others_with_a_better_tier_come(tmp_path, now):
    with_bookings(tmp_path, EVERYONE[3:4], seats=3)
    (told,) = booked()
    assert bookings_tell(parties=[told], now=now) == 1
    assert bookings_tell(parties=[told], now=now + timedelta(hours=1)) == 0
    assert promises_now()[told].tier == 5
    taken_in(tmp_path, [*EVERYONE[:3], *EVERYONE[4:]], source="NGO list")
    resolved()
    standings_apply(account="supervisor-1", now=now, promises=promises_now())
    publish(make(NOW + timedelta(hours=1)), NOW + timedelta(hours=1))
    assert told in booked()
    assert booking_of(told).told_at == now


def test_an_earlier_network_recorded_again_is_the_one_that_holds(now):
    a_bus(seats=50)
    fifty = network_record_now().digest
    for seats in (30, 50):
        now += timedelta(hours=1)
        a_bus(seats=seats, now=now)
    assert network_record_now().digest == fifty


def test_a_manifest_is_closed_once_and_a_change_is_a_new_version(tmp_path, now):
    with_bookings(tmp_path, EVERYONE[:4])
    (leg,) = legs_booked()
    first = manifest_close(leg=leg, account="planner-1", now=now)
    assert (first.version, first.heads) == (1, 4)
    assert manifest_close(leg=leg, account="planner-1", now=now) == first
    taken_in(tmp_path, EVERYONE[4:], source="NGO list")
    resolved()
    standings_apply(account="supervisor-1", now=now)
    publish(make(NOW + timedelta(minutes=5)), NOW + timedelta(minutes=5))
    second = manifest_close(leg=leg, account="planner-1", now=now, second="supervisor-1")
    assert (second.version, second.heads) == (2, 7)
    assert [record.version for record in ManifestRecord.objects.order_by("version")] == [1, 2]
    assert [event.body["version"] for event in events(EventKind.MANIFEST_CLOSED)] == [1, 2]


def test_a_closed_manifest_keeps_its_people_and_others_make_a_new_version(tmp_path, now):
    with_bookings(tmp_path)
    (leg,) = legs_booked()
    manifest_close(leg=leg, account="planner-1", now=now)
    before = manifest_persons(leg, 1)
    assert {person for persons in before.values() for person in persons} == set(persons_now())
    changed = Booking.objects.get(party=next(iter(before)))
    changed.persons = [*changed.persons[:-1], "P-00000000"]
    changed.save()
    assert manifest_persons(leg, 1) == before
    assert manifest_close(leg=leg, account="planner-1", now=now).version == 2
    assert manifest_persons(leg, 2) != before
    assert manifest_close(leg=leg, account="planner-1", now=now).version == 2
    later = NOW + timedelta(hours=1)
    a_bus(departs=NOW + timedelta(hours=9), now=later)
    publish(make(later), later)
    sheet, _ = manifest_sheet(manifest_read(leg, 1))
    assert len(sheet.rows) == len(EVERYONE), "the paper of yesterday can be printed again today"


def test_a_manifest_goes_by_families_names_its_places_and_keeps_the_doubt_of_a_birth(tmp_path, now):
    with_bookings(tmp_path)
    (leg,) = legs_booked()
    sheet, people = manifest_sheet(manifest_close(leg=leg, account="planner-1", now=now))
    names = {point.name for point in network_read(plan_record_now().network).points}
    assert {sheet.start, sheet.end} <= names
    parties = [row.party for row in sheet.rows]
    assert len(list(groupby(parties))) == len(set(parties)), "a family stands together"
    principals = [standing.principal for standing in standings_now()]
    firsts = [next(rows).person for _, rows in groupby(sheet.rows, key=lambda row: row.party)]
    assert set(firsts) == set(principals)
    assert [row.number for row in sheet.rows] == list(range(1, len(people) + 1))
    births = {person.id: person.birth for person in persons_now().values()}
    for row in sheet.rows:
        birth = births[row.person]
        assert row.birth == (format_brief(birth) if birth else "")
    assert plan_record_now().pk in sheet.about
    assert "gate officer" in sheet.audience


def test_there_is_no_manifest_without_a_plan_or_of_a_leg_that_is_not(tmp_path, now):
    with pytest.raises(ForbiddenError):
        manifest_close(leg=LegId("bus-1"), account="planner-1", now=now)
    with_bookings(tmp_path)
    with pytest.raises(NotFoundError):
        manifest_close(leg=LegId("bus-none"), account="planner-1", now=now)


def test_a_full_bus_leaves_nobody_over(tmp_path):
    made = with_bookings(tmp_path, many_families(6), seats=10)
    assert made.people == 9
    assert len(listings_now()) == 18
    assert not plan_record_now().is_provisional


def test_a_manifest_names_nobody_who_is_kept_apart_but_to_whoever_may_see_that(tmp_path):
    with_bookings(tmp_path)
    (leg,) = legs_booked()
    made = manifest_close(leg=leg, account="planner-1", now=NOW)
    one, other = (line.persons[0] for line in bookings_lines() if len(line.persons) > 1)
    pair = tuple(person_by_id(key).listings[0] for key in (one, other))
    an_officer("supervisor-2")
    asked = judgement_give(pairs=[pair], verdict=JudgementVerdict.KEEP_APART, account="cpo", now=NOW)
    assert judgement_second(request=asked.request, account="supervisor-2", is_agreed=True, now=NOW) == 1
    resolved()
    masked, _ = manifest_sheet(made)
    whole, _ = manifest_sheet(made, is_protected_in=True)
    assert len(masked.rows) == len(whole.rows) == made.heads
    hidden = {row.person: row for row in masked.rows if row.person in hidden_persons()}
    assert {one, other} <= hidden.keys()
    for row in hidden.values():
        assert (row.name, row.birth, row.document, row.nationality) == (f"protected {row.person}", "", "", "")
    assert all("protected" not in row.name for row in whole.rows)
    planner = manifest_file(manifest=made, form="xlsx", account="planner-1", now=NOW)
    assert all(row.name not in cells_of(planner) for row in whole.rows if row.person in hidden)


def cells_of(workbook: bytes) -> set[str]:
    sheet = load_workbook(BytesIO(workbook)).active
    return {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
