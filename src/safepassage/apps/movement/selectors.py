"""Reads of networks, plans, bookings and manifests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from safepassage.apps.ledger.damage import is_damaged
from safepassage.apps.movement.models import Booking, ManifestRecord, NetworkRecord, PlaceReason, PlanRecord
from safepassage.apps.movement.values import EXPLANATION, MANIFEST, NETWORK, PLAN, REPORT
from safepassage.apps.policy.selectors import standing_versions
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import LegId, PartyId, PersonId, PointId
from safepassage.core.movement import CheckReport, Explanation, Manifest, Network, Plan, PointKind
from safepassage.core.policy import Promise

_NETWORKS: dict[str, Network] = {}
_NETWORKS_KEPT = 4
WINDOW_MARGIN = timedelta(minutes=30)
"""An access point lets a party in from this much before the planned window until this much after it."""


def network_record_now() -> NetworkRecord:
    """The network as recorded last.

    Raises:
        NotFoundError: none was recorded yet.
    """
    record = NetworkRecord.objects.order_by("-recorded_at", "-pk").first()
    if record is None:
        raise NotFoundError(
            "No network is known yet.",
            advice="`safepassage plan bus --seats 50 --departs 14:00`, or `safepassage plan network FILE`.",
        )
    return record


def network_read(record: NetworkRecord) -> Network:
    """The network of a record; a few are kept, since a record never changes."""
    kept = _NETWORKS.get(record.digest)
    if kept is None:
        kept = NETWORK.validate_python(record.content, where=f"network {record.digest[:12]}")
        _NETWORKS[record.digest] = kept
        while len(_NETWORKS) > _NETWORKS_KEPT:
            _NETWORKS.pop(next(iter(_NETWORKS)), None)
    return kept


def points_known() -> list[tuple[str, str]]:
    """Points of the network recorded last, by id: (id, name). Empty before there is one."""
    try:
        network = network_read(network_record_now())
    except NotFoundError:
        return []
    return sorted((str(point.id), point.name) for point in network.points)


def access_points_known() -> list[tuple[str, str]]:
    """Those of them at which passes are checked, by id: (id, name)."""
    try:
        network = network_read(network_record_now())
    except NotFoundError:
        return []
    return sorted((str(one.id), one.name) for one in network.points if one.kind is PointKind.ACCESS_POINT)


def names_of_places() -> frozenset[str]:
    """Ids and names of every point, and plates and ids of every leg, of the network recorded last."""
    try:
        network = network_read(network_record_now())
    except NotFoundError:
        return frozenset()
    points = {word for point in network.points for word in (str(point.id), point.name)}
    return frozenset(points | {word for leg in network.legs for word in (str(leg.id), leg.vehicle)} - {""})


def plan_record_now() -> PlanRecord | None:
    """The published plan. What is large in it (plan, report, network) is read when it is asked for."""
    large = ("content", "report", "kept", "overbooked", "network__content")
    published = PlanRecord.objects.filter(status=PlanRecord.Status.PUBLISHED)
    return published.select_related("network").defer(*large).first()


def network_of_plan() -> Network:
    """The network of the published plan.

    Raises:
        NotFoundError: no plan is published.
    """
    record = plan_record_now()
    if record is None:
        raise NotFoundError("No plan is published.", advice="`safepassage plan publish`.")
    return network_read(record.network)


def plan_record_by_id(plan_id: str) -> PlanRecord:
    """One plan.

    Raises:
        NotFoundError: if there is none.
    """
    record = PlanRecord.objects.filter(pk=plan_id).select_related("network").first()
    if record is None:
        raise NotFoundError("No plan has that id.", advice="`safepassage plan list` lists them.")
    return record


def plans_made() -> QuerySet[PlanRecord]:
    """All plans, the newest first."""
    return PlanRecord.objects.order_by("-made_at", "-id")


def plan_read(record: PlanRecord) -> Plan:
    """The plan of a record."""
    return PLAN.validate_python(record.content, where=record.pk)


def report_read(record: PlanRecord) -> CheckReport:
    """The judge's report on the plan of a record."""
    return REPORT.validate_python(record.report, where=record.pk)


def bookings_now() -> QuerySet[Booking]:
    """All bookings of the published plan, in policy order."""
    return Booking.objects.order_by("tier", "party")


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A booking as later stages need it; where there is no access point, it is where the movement ends.

    The window is planned at the access point; it is let in, and told so, from `admits_from` to `admits_until`.
    `gather_at` (a name) and `report_at` are where and when the party has to be before the first leg, which `departs`
    with `vehicle` (its plate, empty if none is stated). All that anybody is told of a place comes from here.
    """

    party: PartyId
    persons: tuple[PersonId, ...]
    legs: tuple[LegId, ...]
    access_point: PointId
    route: str
    window_start: datetime
    window_end: datetime
    gather_at: str
    report_at: datetime
    access_name: str = ""
    departs: datetime | None = None
    vehicle: str = ""

    @property
    def admits_from(self) -> datetime:
        """From when on the access point lets the party in, as its pass says."""
        return self.window_start - WINDOW_MARGIN

    @property
    def admits_until(self) -> datetime:
        """Until when the access point lets the party in, as its pass says."""
        return self.window_end + WINDOW_MARGIN


def bookings_lines(parties: Iterable[str] | None = None) -> list[BookingLine]:
    """The bookings of the published plan, of these parties or all, in the order of their windows."""
    record = plan_record_now()
    bookings = Booking.objects.order_by("window_start", "party")
    if parties is not None:
        bookings = bookings.filter(party__in=list(parties))
    if record is None or not bookings:
        return []
    ends = {one.party: one for one in plan_read(record).assignments}
    network = network_read(record.network)
    places = {point.id: point.name for point in network.points}
    legs = {leg.id: leg for leg in network.legs}
    lines = []
    for booking in bookings:
        one = ends[PartyId(booking.party)]
        access, first = one.access_point or one.end, legs[one.legs[0]] if one.legs else None
        lines.append(
            BookingLine(
                party=one.party,
                persons=tuple(PersonId(person) for person in booking.persons),
                legs=one.legs,
                access_point=access,
                route=one.legs[0] if one.legs else "",
                window_start=booking.window_start or one.report_at,
                window_end=booking.window_end or one.arrives,
                gather_at=places.get(one.start) or one.start,
                report_at=one.report_at,
                access_name=places.get(access) or access,
                departs=first.departs if first else None,
                vehicle=first.vehicle if first else "",
            )
        )
    return lines


def booking_line(party: str) -> BookingLine | None:
    """The booking of one party as it is told. Cost: reads the published plan."""
    return next(iter(bookings_lines([party])), None)


def booking_legs(party: str, legs: Sequence[str]) -> Sequence[str]:
    """The legs of a booking; of one that can't be read, those of the published plan, so that no seat is freed.

    Raises:
        UnreadableError: neither can be read.
    """
    if not is_damaged(legs):
        return legs
    record = plan_record_now()
    planned = {str(one.party): one.legs for one in plan_read(record).assignments} if record else {}
    return planned.get(party, legs)


def legs_booked() -> list[LegId]:
    """The legs of the published plan on which somebody is booked, by departure."""
    record = plan_record_now()
    if record is None:
        return []
    booked = {leg for booking in Booking.objects.all() for leg in booking_legs(booking.party, booking.legs)}
    legs = sorted(network_read(record.network).legs, key=lambda leg: (leg.departs, leg.id))
    return [leg.id for leg in legs if leg.id in booked]


@dataclass(frozen=True, slots=True)
class LegLoad:
    """How full one leg of the published plan is; `by_tier` are heads of each tier."""

    leg: LegId
    mode: str
    origin: PointId
    destination: PointId
    departs: datetime
    arrives: datetime
    seats: int
    booked: int
    by_tier: tuple[tuple[int, int], ...]


def legs_load() -> list[LegLoad]:
    """Every leg of the published plan with its load, by departure.

    Raises:
        NotFoundError: no plan is published.
    """
    heads: dict[str, Counter[int]] = {}
    for party, legs, tier, people in Booking.objects.values_list("party", "legs", "tier", "heads"):
        for leg in booking_legs(party, legs):
            heads.setdefault(leg, Counter())[tier] += people
    return _loads(network_of_plan(), heads)


def plan_load(network: Network, plan: Plan) -> list[LegLoad]:
    """Every leg of a network with its load by one plan, published or not, by departure."""
    heads: dict[str, Counter[int]] = {}
    for assignment in plan.assignments:
        for leg in assignment.legs:
            heads.setdefault(leg, Counter())[assignment.tier] += assignment.heads
    return _loads(network, heads)


def _loads(network: Network, heads: Mapping[str, Counter[int]]) -> list[LegLoad]:
    return [
        LegLoad(
            leg=leg.id,
            mode=leg.mode.value,
            origin=leg.origin,
            destination=leg.destination,
            departs=leg.departs,
            arrives=leg.arrives,
            seats=leg.seats,
            booked=sum(heads.get(leg.id, Counter()).values()),
            by_tier=tuple(sorted(heads.get(leg.id, Counter()).items())),
        )
        for leg in sorted(network.legs, key=lambda leg: (leg.departs, leg.id))
    ]


def promises_now() -> dict[PartyId, Promise]:
    """What told parties were promised, under the policy that held then; later versions may have to honour it."""
    told = {booking.party: booking for booking in Booking.objects.exclude(told_at=None)}
    return {
        party: Promise(
            tier=told[party].tier,
            policy=policy,
            version=version,
            at=told[party].told_at or told[party].report_at,
            persons=tuple(PersonId(person) for person in told[party].persons),
        )
        for party, (policy, version) in standing_versions().items()
        if party in told
    }


def booking_of(party: str) -> Booking | None:
    """The booking of one party."""
    return Booking.objects.filter(pk=party).first()


def place_explained(party: str) -> Explanation | None:
    """Why a party has its place in the published plan, or none, as worked out when that plan was made.

    Nothing if no plan is published. Cost: two small queries, however many parties there are.

    Raises:
        NotFoundError: the party was not there yet, or had no standing, when the plan was made.
    """
    published = PlanRecord.objects.filter(status=PlanRecord.Status.PUBLISHED).values_list("pk", flat=True).first()
    if published is None:
        return None
    kept = PlaceReason.objects.filter(plan=published, party=party).first()
    if kept is None:
        raise NotFoundError(
            "The published plan was made without this party.",
            where=party,
            advice="Plan again: `safepassage plan make`.",
        )
    return EXPLANATION.validate_python(kept.content, where=party)


def manifests_of(leg: str = "") -> QuerySet[ManifestRecord]:
    """Manifests, the newest version first."""
    manifests = ManifestRecord.objects.order_by("leg", "-version")
    return manifests.filter(leg=leg) if leg else manifests


def bookings_of(parties: Iterable[PartyId]) -> dict[PartyId, Booking]:
    """The bookings of these parties, as far as they have one."""
    return {PartyId(booking.party): booking for booking in Booking.objects.filter(party__in=list(parties))}


def manifest_read(leg: str, version: int) -> Manifest:
    """One closed manifest.

    Raises:
        NotFoundError: no such leg, or no such version of it.
    """
    record = ManifestRecord.objects.filter(leg=leg, version=version).first()
    if record is None:
        raise NotFoundError("No manifest of that leg has that version.", where=leg, advice="Close one first.")
    return MANIFEST.validate_python(record.content, where=leg)


def persons_booked_on(leg: str) -> dict[str, list[str]]:
    """Who of each party is booked on a leg now."""
    return {
        booked.party: booked.persons
        for booked in Booking.objects.order_by("party")
        if leg in booking_legs(booked.party, booked.legs)
    }


def manifest_persons(leg: str, version: int) -> dict[PartyId, tuple[PersonId, ...]]:
    """Who of each party was on a manifest when it was closed; what was booked since changes nothing in it.

    One that was closed before this was kept tells who is booked now.
    """
    record = ManifestRecord.objects.filter(leg=leg, version=version).first()
    told = record.persons if record and record.persons else persons_booked_on(leg)
    return {PartyId(party): tuple(PersonId(person) for person in persons) for party, persons in told.items()}


def network_of_manifest(leg: str, version: int) -> Network:
    """The network for which a manifest was closed: a later one may have no such leg.

    Raises:
        NotFoundError: no such leg, or no such version of it.
    """
    record = ManifestRecord.objects.filter(leg=leg, version=version).select_related("plan__network").first()
    if record is None:
        raise NotFoundError("No manifest of that leg has that version.", where=leg, advice="Close one first.")
    return network_read(record.plan.network)
