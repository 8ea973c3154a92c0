"""Acts of movement: record a network, make and publish a plan, close a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.damage import is_damaged, is_same
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.movement.bookings import persons_booked_on
from safepassage.apps.movement.demands import demands_now, people_gone_by, tiers_now, travellers
from safepassage.apps.movement.models import Booking, ManifestRecord, NetworkRecord, PlaceReason, PlanRecord
from safepassage.apps.movement.no_shows import legs_noted, no_show_rates, overbooking_rule
from safepassage.apps.movement.reserves import kept_noted, seats_keep
from safepassage.apps.movement.selectors import (
    network_read,
    network_record_now,
    plan_read,
    plan_record_by_id,
    plan_record_now,
    report_read,
)
from safepassage.apps.movement.values import EXPLANATION, MANIFEST, PLAN, REPORT
from safepassage.apps.policy.selectors import standings_now
from safepassage.apps.registry.questions import reviews_open
from safepassage.apps.registry.selectors import parties_now
from safepassage.core.errors import ConflictError, ForbiddenError, Problems
from safepassage.core.ids import LegId, PartyId, PersonId
from safepassage.core.ledger import EventKind, PersonState
from safepassage.core.ledger.body import is_reference
from safepassage.core.ledger.whereabouts import has_left
from safepassage.core.movement import (
    Assignment,
    Demand,
    Explainer,
    Manifest,
    Method,
    Network,
    Plan,
    Scenario,
    check_plan,
    manifest_of,
    plan_movement,
    plan_overbooked,
    read_scenario,
    write_scenario,
)

Progress = Callable[[float, str], None]


def network_record(*, text: str, account: str, now: datetime, file: str = "") -> NetworkRecord:
    """Records the network of a scenario text as the one that holds; the newest again changes nothing.

    Raises:
        ProblemsError: everything wrong with the text, each with its path.
    """
    return network_keep(network=read_scenario(text, file=file).network, account=account, now=now)


def network_keep(*, network: Network, account: str, now: datetime) -> NetworkRecord:
    """Records a network made from a few figures (`single_bus`) or changed in the console.

    Raises:
        ProblemsError: an id that the ledger would refuse, since it could be a name.
    """
    problems = Problems()
    for kind, ids in (("point", network.points), ("leg", network.legs)):
        for one in ids:
            if not is_reference(one.id):
                advice = "Use lower case, figures and dashes: gate-north, bus-24-1."
                problems.add(
                    "id-not-a-reference", f"This id of a {kind} could be a name.", where=one.id, advice=advice
                )
    problems.raise_if_any("the network")
    content = json.loads(write_scenario(Scenario(network, ())))
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    record, is_new = NetworkRecord.objects.get_or_create(
        digest=digest, defaults={"content": content, "recorded_at": now, "recorded_by": account}
    )
    if not is_new and NetworkRecord.objects.filter(recorded_at__gt=record.recorded_at).exists():
        # an earlier network holds again: it is the one recorded last
        record.recorded_at, record.recorded_by = now, account
        record.save(update_fields=["recorded_at", "recorded_by"])
    return record


def plan_make(
    *,
    account: str,
    now: datetime,
    method: Method = Method.AUTO,
    time_limit_seconds: float = 10.0,
    progress: Progress | None = None,
) -> PlanRecord:
    """Makes a draft plan for the network recorded last and everyone who stands in a tier, and has it judged.

    Why each party has its place, or none, is kept with it. It is marked provisional while questions about who is
    whom are open. No transaction is held while it plans, so that gates go on writing; the write at the end is one.

    Raises:
        NotFoundError: no network is known.
    """
    network = network_record_now()
    values, kept = seats_keep(network_read(network), now=now)
    demands = demands_now(values, now=now)
    standing = plan_record_now()
    previous = plan_read(standing) if standing else None

    def make(booked: Network) -> Plan:
        return plan_movement(
            booked,
            demands,
            now=now,
            previous=previous,
            method=method,
            time_limit_seconds=time_limit_seconds,
            progress=progress,
        )

    rates = no_show_rates(now=now)
    plan, booked = plan_overbooked(
        values, demands, rates=rates, rule=overbooking_rule(now), make=make, previous=previous
    )
    report = check_plan(booked, demands, plan, previous=previous)
    reasons = _reasons(booked, demands, plan)
    noted = kept_noted(kept, demands, plan, now=now)
    with transaction.atomic():
        record, is_new = PlanRecord.objects.get_or_create(
            id=plan.id,
            defaults={
                "network": network,
                "is_provisional": reviews_open().exists(),
                "content": PLAN.dump_python(plan, mode="json"),
                "report": REPORT.dump_python(report, mode="json"),
                "kept": noted,
                "overbooked": legs_noted(values, demands, plan, rates),
                "made_at": now,
                "made_by": account,
            },
        )
        if is_new:
            for reason in reasons:
                reason.plan = record
            PlaceReason.objects.bulk_create(reasons, batch_size=500)
        elif not is_same(record.kept, noted) and record.status == PlanRecord.Status.DRAFT:
            record.kept = noted
            record.save(update_fields=["kept"])
    return record


def _reasons(network: Network, demands: Sequence[Demand], plan: Plan) -> list[PlaceReason]:
    """Why each party has its place or none, worked out while everything that the plan was made of is at hand."""
    explainer = Explainer.of(network, demands, plan)
    explained = (explainer.explain(demand.party) for demand in demands)
    return [PlaceReason(party=one.party, content=EXPLANATION.dump_python(one, mode="json")) for one in explained]


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
    gone, new = [], []
    for party in sorted(before.keys() | after.keys()):
        old, fresh = before.get(party), after.get(party)
        if old and fresh and is_same(old.legs, fresh.legs) and is_same(old.persons, fresh.persons):
            fresh.told_at = old.told_at
            continue
        gone += [old] if old else []
        new += [fresh] if fresh else []
    Booking.objects.all().delete()
    Booking.objects.bulk_create(after.values(), batch_size=1000)
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


@transaction.atomic
def bookings_tell(*, parties: Sequence[PartyId], now: datetime) -> int:
    """Notes that these parties were told their place: from now on a new plan keeps it if it can be kept."""
    return Booking.objects.filter(party__in=parties, told_at=None).update(told_at=now)


@transaction.atomic
def manifest_close(*, leg: LegId, account: str, now: datetime, second: str = "") -> Manifest:
    """Closes the manifest of a leg of the published plan; changed content makes a new version.

    Raises:
        ForbiddenError: no plan is published.
        NotFoundError: no such leg.
    """
    acts_in_turn()
    record = plan_record_now()
    if record is None:
        raise ForbiddenError("No plan is published.", advice="Publish one: `safepassage plan publish`.")
    last = ManifestRecord.objects.filter(leg=leg).order_by("-version").first()
    network, plan = network_read(record.network), plan_read(record)
    previous = _manifest_before(last, manifest_of(network, plan, leg)) if last else None
    persons = persons_booked_on(leg)
    if last and previous and not is_same(last.persons, persons):
        previous = replace(previous, lines=())  # as many people, but others: a new version all the same
    manifest = manifest_of(network, plan, leg, previous=previous)
    if last and manifest.version == last.version:
        return manifest
    ManifestRecord.objects.create(
        leg=leg,
        version=manifest.version,
        plan=record,
        content=MANIFEST.dump_python(manifest, mode="json"),
        persons=persons,
        heads=manifest.heads,
        digest=manifest.digest,
        made_at=now,
        made_by=account,
    )
    body = {"leg": leg, "version": manifest.version, "digest": manifest.digest, "heads": manifest.heads}
    if second:
        body |= {"first": account, "second": second}
    event_append(kind=EventKind.MANIFEST_CLOSED, body=body, account=account, now=now)
    return manifest


def _manifest_before(last: ManifestRecord, fresh: Manifest) -> Manifest:
    """The manifest closed last; where it can't be read, one with nobody on it: the next has the next number."""
    if MANIFEST.is_fit(last.content):
        return MANIFEST.validate_python(last.content)
    return replace(fresh, version=last.version, lines=())
