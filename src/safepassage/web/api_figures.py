"""The console's figures as JSON, `/api/v1/`: read only, each behind the permission of the page that shows it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.security import APIKeyCookie
from pydantic import AwareDatetime, Field

from safepassage.apps.accounts.access import account_of
from safepassage.apps.accounts.roles import PERMISSIONS
from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.gate.schemas import Refusal
from safepassage.apps.intake.selectors import batches_of, row_figures, sources_seen
from safepassage.apps.ledger.selectors import counts_as_of, state_as_of, state_now
from safepassage.apps.movement.selectors import legs_load, manifests_of, plan_read, plan_record_now
from safepassage.apps.policy.selectors import standings_figures
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.ledger.state import UNKNOWN

PROBLEMS = {401: Refusal, 403: Refusal, 404: Refusal, 422: Refusal}
MOST_ROWS = 200


class Permitted(APIKeyCookie):
    """A signed-in account that may do `permission`: the same table as the pages."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, permission: str) -> None:
        if permission not in PERMISSIONS:
            raise KeyError(permission)
        self.permission = permission
        super().__init__()

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ANN401, ARG002 - ninja's signature
        """The account, or None if nobody is signed in.

        Raises:
            ForbiddenError: it may not.
        """
        if not request.user.is_authenticated:
            return None
        account = account_of(request)
        if not account.may(self.permission):
            holders = ", ".join(sorted(PERMISSIONS[self.permission]))
            raise ForbiddenError(
                f"Your roles may not do this ({self.permission}).",
                code="role-missing",
                advice=f"These may: {holders}.",
            )
        return account


class OperationOut(Schema):
    """The operation of this store."""

    code: str
    name: str
    time_zone: str
    began_at: datetime
    closed_at: datetime | None
    now: datetime


class CountOut(Schema):
    """People of one category at one stage; `seen` are those of them whom somebody has seen."""

    category: str
    stage: str
    people: int
    seen: int


class CountsOut(Schema):
    """Everybody once: the rows add up to `people`."""

    as_of: datetime
    people: int
    unknown: int = Field(description="People of whom no policy has said what they are; a figure of its own.")
    rows: list[CountOut]


class SourceOut(Schema):
    """Who sent lists, and on which terms."""

    id: str
    name: str
    trust: int
    basis: str
    purposes: list[str]
    sharing: str
    retention_days: int
    batches: int
    listings: int


class SourcesOut(Schema):
    """All sources, and rows over all batches."""

    sources: list[SourceOut]
    rows: dict[str, int]


class BatchOut(Schema):
    """One delivery in figures: the three kinds of rows add up to those read."""

    id: str
    source: str
    digest: str
    received_at: datetime
    rows_read: int
    rows_with_listings: int
    rows_rejected: int
    rows_without_people: int
    listings: int


class BatchesOut(Schema):
    """A page of batches, the newest first."""

    total: int
    batches: list[BatchOut]


class TierOut(Schema):
    """Parties of one tier under one policy version; no tier: see `outcome`."""

    policy: str
    outcome: str
    tier: int | None
    parties: int


class StandingsOut(Schema):
    """All standings in figures."""

    parties: int
    tiers: list[TierOut]


class TierHeads(Schema):
    """Heads of one tier on a leg."""

    tier: int
    heads: int


class LegOut(Schema):
    """One leg of the published plan and how full it is."""

    leg: str
    mode: str
    origin: str
    destination: str
    departs: datetime
    arrives: datetime
    seats: int
    booked: int
    by_tier: list[TierHeads]


class PlanOut(Schema):
    """The published plan in figures, with its legs by departure."""

    plan: str
    published_at: datetime | None
    is_provisional: bool
    parties_placed: int
    parties_unplaced: int
    legs: list[LegOut]


class ManifestOut(Schema):
    """A closed manifest; its list is on paper and in the console, for whoever may see it there."""

    leg: str
    version: int
    heads: int
    digest: str
    made_at: datetime


class AlarmOut(Schema):
    """A contradiction between events."""

    code: str
    subject: str
    events: list[str]
    devices: list[str]


class AlarmsOut(Schema):
    """All alarms, and how many of each code."""

    as_of: datetime
    by_code: dict[str, int]
    alarms: list[AlarmOut]


router = Router(tags=["figures"])
AsOf = Annotated[AwareDatetime | None, Query(description="As of this moment (ISO 8601 with zone); left out: now.")]


@router.get(
    "/operation", response={200: OperationOut, **PROBLEMS}, auth=Permitted("board.see"), operation_id="operation"
)
def operation(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """The operation of this store."""
    found = operation_now()
    return {
        "code": found.code,
        "name": found.name,
        "time_zone": found.time_zone,
        "began_at": found.began_at,
        "closed_at": found.closed_at,
        "now": timezone.now(),
    }


@router.get("/counts", response={200: CountsOut, **PROBLEMS}, auth=Permitted("counts.see"), operation_id="counts")
def counts(request: HttpRequest, at: AsOf = None) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """People by category and stage, as of any moment."""
    rows = counts_as_of(at)
    return {
        "as_of": at or timezone.now(),
        "people": sum(row.people for row in rows),
        "unknown": sum(row.people for row in rows if row.category == UNKNOWN),
        "rows": [
            {"category": row.category, "stage": row.stage.value, "people": row.people, "seen": row.seen}
            for row in rows
        ],
    }


@router.get("/sources", response={200: SourcesOut, **PROBLEMS}, auth=Permitted("source.see"), operation_id="sources")
def sources(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """Who sent lists, on which terms, and how many rows came of it."""
    names = ("id", "name", "trust", "basis", "purposes", "sharing", "retention_days")
    found = sources_seen().values(*names, batches_=F("batch_count"), listings_=F("listing_count"))
    return {
        "sources": [
            {name: one[name] for name in names} | {"batches": one["batches_"], "listings": one["listings_"]}
            for one in found
        ],
        "rows": row_figures(),
    }


@router.get("/batches", response={200: BatchesOut, **PROBLEMS}, auth=Permitted("source.see"), operation_id="batches")
def batches(
    request: HttpRequest,  # noqa: ARG001 - ninja's signature
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
) -> dict[str, Any]:
    """Deliveries in figures, the newest first. File names are left out: they tend to name people."""
    found = batches_of()
    names = ("id", "digest", "received_at", "rows_read", "rows_with_listings", "rows_rejected", "rows_without_people")
    return {
        "total": found.count(),
        "batches": [
            {name: getattr(one, name) for name in names} | {"source": one.source_id, "listings": one.listings_made}
            for one in found[offset : offset + limit]
        ],
    }


@router.get(
    "/standings", response={200: StandingsOut, **PROBLEMS}, auth=Permitted("policy.see"), operation_id="standings"
)
def standings(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """Parties by tier and policy version."""
    tiers = standings_figures()
    return {"parties": sum(one["parties"] for one in tiers), "tiers": tiers}


@router.get("/plan", response={200: PlanOut, **PROBLEMS}, auth=Permitted("plan.see"), operation_id="plan")
def plan(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """The published plan: each leg with its load."""
    record = plan_record_now()
    if record is None:
        raise NotFoundError("No plan is published.", code="no-plan", advice="Publish one in the console.")
    made = plan_read(record)
    return {
        "plan": record.pk,
        "published_at": record.published_at,
        "is_provisional": record.is_provisional,
        "parties_placed": len(made.assignments),
        "parties_unplaced": len(made.unplaced),
        "legs": [
            {
                "leg": one.leg,
                "mode": one.mode,
                "origin": one.origin,
                "destination": one.destination,
                "departs": one.departs,
                "arrives": one.arrives,
                "seats": one.seats,
                "booked": one.booked,
                "by_tier": [{"tier": tier, "heads": heads} for tier, heads in one.by_tier],
            }
            for one in legs_load()
        ],
    }


@router.get(
    "/manifests",
    response={200: list[ManifestOut], **PROBLEMS},
    auth=Permitted("manifest.see"),
    operation_id="manifests",
)
def manifests(
    request: HttpRequest,  # noqa: ARG001 - ninja's signature
    leg: Annotated[str, Query(max_length=40)] = "",
) -> list[dict[str, Any]]:
    """Closed manifests, by leg, the newest version first; without their passengers."""
    names = ("leg", "version", "heads", "digest", "made_at")
    return [{name: getattr(one, name) for name in names} for one in manifests_of(leg)]


@router.get("/alarms", response={200: AlarmsOut, **PROBLEMS}, auth=Permitted("gate.log"), operation_id="alarms")
def alarms(
    request: HttpRequest,  # noqa: ARG001 - ninja's signature
    at: AsOf = None,
    code: Annotated[str, Query(max_length=40)] = "",
) -> dict[str, Any]:
    """What contradicts in the ledger, as of any moment: ids of persons, events and devices."""
    state = state_as_of(at) if at else state_now()
    found = [one for one in state.alarms if code in ("", one.code)]
    return {
        "as_of": at or timezone.now(),
        "by_code": dict(sorted(Counter(one.code for one in found).items())),
        "alarms": [
            {"code": one.code, "subject": one.subject, "events": one.events, "devices": one.devices}
            for one in found[:MOST_ROWS]
        ],
    }
