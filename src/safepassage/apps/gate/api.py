"""The device endpoint, `/api/gate/v1/`: what each role of device may call, and nothing of persons but ids.

A device is known by its bearer token, its acts by its own signature: a stolen token alone writes nothing.
Every call may be repeated: the same invitation with the same key, the same items, the same quarter of an hour.
"""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.security import HttpBearer
from ninja.throttling import AnonRateThrottle, SimpleRateThrottle

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.gate.lookup import lookup_of
from safepassage.apps.gate.manifests import manifests_of_device
from safepassage.apps.gate.models import Device
from safepassage.apps.gate.outbox import outbox_key
from safepassage.apps.gate.places import NEED_POINT
from safepassage.apps.gate.schemas import (
    BundleOut,
    EncountersIn,
    JoinIn,
    JoinOut,
    LookupOut,
    ManifestsOut,
    ReceiptsOut,
    Refusal,
    RevocationsOut,
    StandingIn,
    StandingOut,
    TallyIn,
    TallyOut,
    TimeOut,
)
from safepassage.apps.gate.selectors import bundle_of, device_of_token, is_withdrawn
from safepassage.apps.gate.services import device_join, device_seen, encounters_receive, possession_check, tally_note
from safepassage.apps.ledger.receiving import receipts_sign
from safepassage.apps.ledger.selectors import site_public_key
from safepassage.apps.passes.selectors import revocations_signed
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.ledger.clock import to_milliseconds

CALLS: dict[str, frozenset[str]] = {
    Device.Role.ACCESS_POINT: frozenset({"bundle", "encounters", "lookup", "revocations", "tally", "time"}),
    Device.Role.ROVER: frozenset({"bundle", "encounters", "lookup", "revocations", "tally", "time"}),
    Device.Role.BUS: frozenset({"bundle", "encounters", "manifests", "revocations", "time"}),
    Device.Role.STAGING_BASE: frozenset({"encounters", "manifests", "tally", "time"}),
    Device.Role.SITE: frozenset({"time"}),
}
"""The whole of the authorisation of devices. A staging base checks no passes and so holds no keys: it finds out whose
a pass is by its hash. Another site exchanges files, not calls."""
DEVICE_RATE = "120/m"
JOIN_RATE = "20/m"
PROBLEMS = {400: Refusal, 401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal, 422: Refusal, 429: Refusal}


class DeviceToken(HttpBearer):
    """The bearer token of an enrolled device whose role may make this call; gives the device as `request.auth`."""

    def __init__(self, call: str) -> None:
        self.call = call
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Device | None:  # noqa: ARG002 - ninja's signature
        """The device, or None for a token of nobody.

        Raises:
            ForbiddenError: the device is revoked (it may still hand in its queue), or its role may not call this.
        """
        try:
            device = device_of_token(token, even_revoked=self.call == "encounters")
        except NotFoundError:
            return None
        if self.call not in CALLS.get(device.role, frozenset()):
            raise ForbiddenError(
                f"A device of the role {device.role} may not call this.",
                code="call-not-allowed",
                advice="Ask the desk to enrol it for what it does.",
            )
        return device


class JoinThrottle(AnonRateThrottle):
    """So many calls a minute for each address. Headers that a caller may write as they like count for nothing."""

    def get_ident(self, request: HttpRequest) -> str | None:
        """The address at the other end of the line."""
        return request.META.get("REMOTE_ADDR")


class DeviceThrottle(SimpleRateThrottle):
    """So many calls a minute for each device, counted in this process; the phone waits and tries again."""

    scope = "device"

    def get_cache_key(self, request: HttpRequest) -> str:
        """One count for each device."""
        device: Device = request.auth  # type: ignore[attr-defined]
        return f"calls-of-{device.pk}"


router = Router(tags=["devices"], throttle=[DeviceThrottle(DEVICE_RATE)])


def _device(request: HttpRequest) -> Device:
    device: Device = request.auth  # type: ignore[attr-defined]
    return device


def _at_its_point(request: HttpRequest) -> Device:
    """The device, if its role may do without a point or it has one."""
    device = _device(request)
    if device.role in NEED_POINT and not device.point:
        raise ForbiddenError(
            "This device belongs to no point, so that it gets nothing of any.",
            code="no-point",
            advice="Ask the desk to enrol it for the point where it works.",
        )
    return device


@router.post(
    "/join",
    response={200: JoinOut, **PROBLEMS},
    auth=None,
    throttle=[JoinThrottle(JOIN_RATE)],
    operation_id="join",
)
def join(request: HttpRequest, body: JoinIn) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """Answers an invitation. Again with the same code and key: the same device, a new token."""
    possession_check(code=body.code, public_key=body.public_key, proof=body.proof)
    joined = device_join(code=body.code, public_key=body.public_key, now=timezone.now())
    device, operation = joined.device, operation_now().code
    return {
        "device": device.pk,
        "token": joined.token,
        "operation": operation,
        "role": device.role,
        "site_key": site_public_key(),
        "outbox_key": outbox_key(),
    }


@router.post(
    "/standing",
    response={200: StandingOut, **PROBLEMS},
    auth=None,
    throttle=[JoinThrottle(JOIN_RATE)],
    operation_id="standing",
)
def standing(request: HttpRequest, body: StandingIn) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """Tells a locked phone whether it was withdrawn. A wrong ticket and an unknown device are told the same: no."""
    return {"is_withdrawn": is_withdrawn(body.device, body.ticket)}


@router.get("/bundle", response={200: BundleOut, **PROBLEMS}, auth=DeviceToken("bundle"), operation_id="bundle")
def bundle(request: HttpRequest) -> dict[str, Any]:
    """What this device needs with no network for its points and days."""
    device, now = _at_its_point(request), timezone.now()
    device_seen(device=device, now=now)
    return bundle_of(device, now=now)


@router.get(
    "/manifests",
    response={200: ManifestsOut, **PROBLEMS},
    auth=DeviceToken("manifests"),
    operation_id="device-manifests",
)
def manifests(request: HttpRequest) -> dict[str, Any]:
    """Whom a bus or a staging base expects: ids and heads, and hashes of what people hold out."""
    device, now = _at_its_point(request), timezone.now()
    device_seen(device=device, now=now)
    return manifests_of_device(device, now=now)


@router.get("/lookup", response={200: LookupOut, **PROBLEMS}, auth=DeviceToken("lookup"), operation_id="lookup")
def lookup(request: HttpRequest) -> dict[str, Any]:
    """What this device may find people with: keyed hashes, under a key that is new each time."""
    return lookup_of(_device(request), now=timezone.now())


@router.post(
    "/encounters", response={200: ReceiptsOut, **PROBLEMS}, auth=DeviceToken("encounters"), operation_id="encounters"
)
def encounters(request: HttpRequest, body: EncountersIn) -> dict[str, Any]:
    """Takes signed events; each is answered by itself. Open to a revoked device, whose later acts are marked."""
    receipts = encounters_receive(device=_device(request), items=body.items, now=timezone.now())
    return {"receipts": receipts, "signature": base64.b64encode(receipts_sign(receipts=receipts)).decode()}


@router.get(
    "/revocations",
    response={200: RevocationsOut, **PROBLEMS},
    auth=DeviceToken("revocations"),
    operation_id="revocations",
)
def revocations(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """The signed list of what is withdrawn, alone: smaller than the bundle, for thin lines."""
    now = timezone.now()
    return {"issued_at": now, "data": base64.b64encode(revocations_signed(now)).decode()}


@router.post("/tally", response={200: TallyOut, **PROBLEMS}, auth=DeviceToken("tally"), operation_id="tally")
def tally(request: HttpRequest, body: TallyIn) -> dict[str, Any]:
    """Notes the crowd at a point for this quarter of an hour."""
    device = _device(request)
    point = device.point or body.point or ""
    if not point or (body.point and body.point != point):
        raise ForbiddenError(
            "A device tallies the point that it belongs to.",
            code="other-point",
            advice="Leave the point out; a device without one names it.",
        )
    noted = tally_note(point=point, level=body.level, heads=body.heads, device=device.pk, now=timezone.now())
    return {"point": noted.point, "quarter": noted.quarter, "level": noted.level, "heads": noted.heads}


@router.get("/time", response={200: TimeOut, **PROBLEMS}, auth=DeviceToken("time"), operation_id="time")
def time(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """The site's clock."""
    now = timezone.now()
    return {"now": now, "milliseconds": to_milliseconds(now)}
