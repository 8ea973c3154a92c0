"""The console's figures as JSON, `/api/v1/`: read only, each behind the permission of the page that shows it."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.security import APIKeyCookie
from pydantic import AwareDatetime

from safepassage.apps.accounts.access import account_of
from safepassage.apps.accounts.roles import PERMISSIONS
from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.console.protection import ids_hidden
from safepassage.apps.gate.schemas import Refusal
from safepassage.apps.intake.selectors import batches_of, row_figures, sources_seen
from safepassage.apps.ledger.selectors import counts_as_of, state_as_of, state_now
from safepassage.apps.movement.loads import legs_load
from safepassage.apps.movement.manifests import manifests_of
from safepassage.apps.movement.selectors import plan_read, plan_record_now
from safepassage.apps.policy.selectors import standings_figures
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.ledger.state import UNKNOWN
from safepassage.web.figures_told import (
    AlarmsOut,
    BatchesOut,
    CountsOut,
    ManifestOut,
    OperationOut,
    PlanOut,
    SourcesOut,
    StandingsOut,
)

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
    request: HttpRequest,
    at: AsOf = None,
    code: Annotated[str, Query(max_length=40)] = "",
) -> dict[str, Any]:
    """What contradicts in the ledger, as of any moment: ids of persons, events and devices.

    Where the subject is somebody of whom this account may not know it is empty.
    """
    state = state_as_of(at) if at else state_now()
    found = [one for one in state.alarms if code in ("", one.code)]
    hidden = ids_hidden((one.subject for one in found[:MOST_ROWS]), account_of(request))
    return {
        "as_of": at or timezone.now(),
        "by_code": dict(sorted(Counter(one.code for one in found).items())),
        "alarms": [
            {
                "code": one.code,
                "subject": "" if one.subject in hidden else one.subject,
                "events": one.events,
                "devices": one.devices,
            }
            for one in found[:MOST_ROWS]
        ],
    }
