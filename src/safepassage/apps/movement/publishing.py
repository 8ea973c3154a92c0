"""Publishes a plan: its assignments become bookings, and closed manifests are closed anew."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.damage import is_damaged, is_same
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.movement.bookings import persons_booked_on
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.demands import people_gone_by, tiers_now, travellers
from safepassage.apps.movement.models import Booking, ManifestRecord, PlaceReason, PlanRecord, Told
from safepassage.apps.movement.selectors import (
    network_read,
    network_record_now,
    plan_read,
    plan_record_by_id,
    plan_record_now,
    report_read,
)
from safepassage.apps.movement.told import told_by, told_of
from safepassage.apps.policy.selectors import standings_now
from safepassage.apps.registry.selectors import parties_now
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import EventKind, PersonState
from safepassage.core.ledger.whereabouts import has_left
from safepassage.core.movement import Assignment, Plan


@transaction.atomic
def plan_publish(*, plan_id: str, account: str, now: datetime) -> PlanRecord:
    """Publishes a plan: bookings are made, changed and taken back, each told in an event.

    Raises:
        ForbiddenError: the judge found faults; they are in the report.
        ConflictError: the network, people or standings have changed since the plan was made, so that its report no
            longer holds.
        NotFoundError: no such plan.
    """
    acts_in_turn()
    record = plan_record_by_id(plan_id)
    report = report_read(record)
    if not report.is_clean:
        raise ForbiddenError(
            f"The judge found {len(report.faults)} faults in this plan.",
            where=record.id,
            advice="Read the report, change the network or the policy, and plan again.",
        )
    plan = plan_read(record)
    _refuse_overtaken(record, plan)
    people = _people_of({one.party for one in plan.assignments}, people_gone_by(network_read(record.network)))
    _refuse_stale(plan, people)
    PlanRecord.objects.filter(status=PlanRecord.Status.PUBLISHED).exclude(pk=record.pk).update(
        status=PlanRecord.Status.SUPERSEDED
    )
    record.status, record.published_at = PlanRecord.Status.PUBLISHED, now
    record.save(update_fields=["status", "published_at"])
    body = {"plan": plan.id, "digest": plan.digest, "parties": len(plan.assignments), "people": plan.people}
    event_append(kind=EventKind.PLAN_PUBLISHED, body=body, account=account, now=now)
    _bookings_replace(record, plan, people, account=account, now=now)
    _manifests_renew(record, account=account, now=now)
    overtaken = PlaceReason.objects.filter(plan__status=PlanRecord.Status.DRAFT)
    drafts = PlanRecord.objects.filter(status=PlanRecord.Status.DRAFT).values_list("pk", "content")
    following = [key for key, content in drafts if isinstance(content, dict) and content.get("previous") == plan.id]
    overtaken.exclude(plan__in=following).delete()  # no draft but one made on this plan can follow it
    return record


def _refuse_overtaken(record: PlanRecord, plan: Plan) -> None:
    """Lets no plan pass that knows another network, or not the plan that stands.

    It would send people to a bus that was taken out since, or take their place from people who were told it.
    """
    standing = plan_record_now()
    is_unaware = standing is not None and standing.pk not in {record.pk, plan.previous}
    if is_unaware or record.network_id != network_record_now().pk:
        raise ConflictError(
            "Another plan or another network holds since this plan was made.",
            where=record.pk,
            advice="Plan again: `safepassage plan make`.",
        )


def _refuse_stale(plan: Plan, people: Mapping[PartyId, tuple[PersonId, ...]]) -> None:
    """Lets no plan pass whose parties have changed.

    It counts heads and goes by tiers: a party that has grown, shrunk or gone since would overfill a leg or waste a
    seat, and one that stands in another tier now would take the seat of somebody before it.
    """
    tiers = tiers_now()
    changed = [
        one.party
        for one in plan.assignments
        if len(people.get(one.party, ())) != one.heads or tiers.get(one.party) != one.tier
    ]
    if changed:
        raise ConflictError(
            f"{len(changed)} parties are not what they were when this plan was made.",
            where=", ".join(changed[:5]),
            advice="Plan again: `safepassage plan make`.",
        )


def _bookings_replace(
    record: PlanRecord,
    plan: Plan,
    people: Mapping[PartyId, tuple[PersonId, ...]],
    *,
    account: str,
    now: datetime,
) -> None:
    before = {PartyId(booking.party): booking for booking in Booking.objects.order_by("party")}
    after = {one.party: _booking(record, one, people.get(one.party, ())) for one in plan.assignments}
    # of a store from before told hours were kept: what was told is what they had
    told = {party: told_by(old, old.told_at) for party, old in before.items() if old.told_at} | told_of()
    gone, new = [], []
    for party in sorted(before.keys() | after.keys()):
        old, fresh = before.get(party), after.get(party)
        if old and fresh and is_same(old.legs, fresh.legs) and is_same(old.persons, fresh.persons):
            fresh.told_at = _told_at(told.get(party), fresh)
            continue
        if fresh and old is None:
            fresh.told_at = _told_at(told.get(party), fresh)
        gone += [old] if old else []
        new += [fresh] if fresh else []
    Booking.objects.all().delete()
    Booking.objects.bulk_create(after.values(), batch_size=1000)
    Told.objects.bulk_create(told.values(), ignore_conflicts=True, batch_size=500)
    people_now = state_now().people
    away = {person for person, one in people_now.items() if has_left(one)}
    damaged = [one for one in gone if is_damaged(one.legs) or is_damaged(one.persons)]
    whole = [one for one in gone if one not in damaged]
    rows = (*_leg_rows(whole), *_leg_rows_told({PartyId(one.party) for one in damaged}, people_now))
    taken_back = tuple(row for row in rows if row[0] not in away)
    if taken_back:
        body = {"reason": "plan-changed", "plan": plan.id, "rows": taken_back}
        event_append(kind=EventKind.PERSONS_UNBOOKED, body=body, account=account, now=now)
    if new:
        body = {"plan": plan.id, "rows": _leg_rows(new)}
        event_append(kind=EventKind.PERSONS_BOOKED, body=body, account=account, now=now)


def _told_at(told: Told | None, fresh: Booking) -> datetime | None:
    """When they were told this hour and place; None if they know another, or as others than they are."""
    return told.at if told and told.heads == fresh.heads and told.holds_of(fresh) else None


def _manifests_renew(record: PlanRecord, *, account: str, now: datetime) -> None:
    """A closed manifest of a leg that has not left is closed anew if other people are booked on it now."""
    closed = dict(ManifestRecord.objects.order_by("leg", "version").values_list("leg", "persons"))
    for leg in network_read(record.network).legs:
        if leg.id in closed and leg.departs > now and not is_same(closed[leg.id], persons_booked_on(leg.id)):
            manifest_close(leg=leg.id, account=account, now=now)


def _leg_rows(bookings: list[Booking]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (person, booking.party, leg) for booking in bookings for person in booking.persons for leg in booking.legs
    )


def _leg_rows_told(parties: Set[PartyId], people: Mapping[PersonId, PersonState]) -> tuple[tuple[str, str, str], ...]:
    """Who of these parties is booked where by the events, for bookings that can't be read."""
    return tuple(
        (person, party, leg)
        for person, one in people.items()
        for party in one.parties
        if party in parties
        for leg in one.legs
    )


def _booking(record: PlanRecord, one: Assignment, persons: tuple[PersonId, ...]) -> Booking:
    window = one.access_window
    return Booking(
        party=one.party,
        plan=record,
        persons=[str(person) for person in persons],
        heads=one.heads,
        tier=one.tier,
        start=one.start,
        report_at=one.report_at,
        legs=[str(leg) for leg in one.legs],
        access_point=one.access_point or "",
        window_start=window.begins if window else None,
        window_end=window.ends if window else None,
    )


def _people_of(parties: set[PartyId], gone: frozenset[PersonId]) -> dict[PartyId, tuple[PersonId, ...]]:
    """The travellers of these parties who are not gone, by the standings of now."""
    by_id = {party.id: party for party in parties_now() if party.id in parties}
    return {
        standing.party: tuple(one for one in travellers(standing, by_id[standing.party]) if one not in gone)
        for standing in standings_now()
        if standing.party in by_id
    }
