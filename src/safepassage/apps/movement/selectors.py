"""Reads of networks, plans, bookings and manifests."""

from __future__ import annotations

from django.db.models import QuerySet

from safepassage.apps.movement.models import NetworkRecord, PlaceReason, PlanRecord
from safepassage.apps.movement.values import EXPLANATION, NETWORK, PLAN, REPORT
from safepassage.core.errors import NotFoundError
from safepassage.core.movement import CheckReport, Explanation, Network, Plan, PointKind

_NETWORKS: dict[str, Network] = {}
_NETWORKS_KEPT = 4


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
