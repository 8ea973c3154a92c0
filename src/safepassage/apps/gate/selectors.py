"""Reads of devices, and the bundle that a device loads at the start of a shift."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.gate.held import texts_told
from safepassage.apps.gate.models import Device, Tally, WalkIn
from safepassage.apps.gate.offline import delays_now, tags_of
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.selectors import access_points_known, network_read, network_record_now
from safepassage.apps.passes.orders import passes_unfit
from safepassage.apps.passes.selectors import (
    issuing_keys,
    pass_found,
    passes_by_tag,
    passes_living,
    point_day_keys,
    revocations_now,
    revocations_signed,
)
from safepassage.apps.policy.selectors import policies_published
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.ids import OperationId, PassId, PersonId, PointId
from safepassage.core.ledger import LedgerState, Stage
from safepassage.core.ledger.clock import from_milliseconds
from safepassage.core.passes import PolicyVersion, Use, VerifierState, read_short_code, recognise

DAYS_AHEAD = 2
"""A device holds the keys of today and of this many days after: later days are untouched if it is taken."""


def device_of_token(token: str, *, even_revoked: bool = False) -> Device:
    """The device that holds a token.

    A revoked device keeps its token, so that it can be told that it is revoked and can still hand in what it saw
    before (`even_revoked`); the ledger marks what it did afterwards.

    Raises:
        NotFoundError: no device holds it.
        ForbiddenError: the device was revoked.
    """
    digest = hashlib.sha256(token.encode()).hexdigest()
    device = Device.objects.filter(token_digest=digest).first() if token else None
    if device is None:
        raise NotFoundError("This device is not enrolled.", code="not-enrolled", advice="Join again at the desk.")
    if device.revoked_at and not even_revoked:
        raise ForbiddenError(
            "This device was withdrawn.",
            code="device-revoked",
            advice="Bring it to the desk; it may join anew there.",
        )
    return device


def is_withdrawn(device: str, ticket: str) -> bool:
    """Whether a device is withdrawn, asked with the ticket that only its token's hash gives."""
    found = Device.objects.filter(pk=device).first()
    if found is None:
        return False
    expected = hashlib.sha256(b"safepassage/standing/v1\x00" + bytes.fromhex(found.token_digest)).hexdigest()
    return hmac.compare_digest(expected, ticket) and found.revoked_at is not None


@dataclass(frozen=True, slots=True)
class PhoneDoor:
    """Where phones reach the site, as `serve --lan` wrote it down."""

    origin: str
    help_address: str
    """The page that gives out the certificate of the site's authority."""
    fingerprint: str
    """Of that certificate: people compare it before they trust it."""


def phone_door() -> PhoneDoor | None:
    """Where phones reached the site last; None if it was never served to them."""
    path = Path(settings.HOME) / "tls" / "door.json"
    return PhoneDoor(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def join_address(code: str) -> str:
    """What an invitation's QR holds: the field app where phones reach the site, with the code.

    The code stands behind `#`, so that no request and no log carries it. Before the site was ever served to phones
    it is the path alone.
    """
    door = phone_door()
    return f"{door.origin if door else ''}/field/#join={code}"


def device_roles() -> list[str]:
    """What a device can be enrolled for; a site's own key is no device of anybody's."""
    return [role for role in Device.Role.values if role != Device.Role.SITE]


def devices_known() -> QuerySet[Device]:
    """All devices, those in use first."""
    return Device.objects.order_by("revoked_at", "point", "id")


def devices_silent(now: datetime, *, hours: int = 1) -> QuerySet[Device]:
    """Devices in use that have not been in contact: each could admit a pass once more."""
    return Device.objects.filter(revoked_at=None, last_seen_at__lt=now - timedelta(hours=hours))


def bundle_of(device: Device, *, now: datetime) -> dict[str, Any]:
    """What a device needs offline for its points and days, and no more: keys, revocations, uses, words.

    Of people it holds person ids alone (they mean nothing without the store), in the order of each pass's members.
    """
    operation = operation_now()
    points = (PointId(device.point),) if device.point else tuple(_access_points())
    days = tuple((now + timedelta(days=ahead)).date() for ahead in range(-1, DAYS_AHEAD + 1))
    horizon = now + timedelta(days=DAYS_AHEAD)
    living = passes_living(now).filter(access_point__in=points, window_start__lt=horizon)
    living = living.exclude(id__in=passes_unfit())
    state = state_now()
    used = {pass_id for pass_id, one in state.passes.items() if one.used_at is not None}
    keys = point_day_keys(points, days)
    return {
        "operation": operation.code,
        "name": operation.name,
        "device": device.id,
        "role": device.role,
        "points": list(points),
        "made_at": now.isoformat(),
        "issuing_keys": [key.hex() for key in issuing_keys()],
        "point_day_keys": [
            {"point": key.point, "day": key.day.isoformat(), "secret": key.secret.hex()} for key in keys
        ],
        "revocations": base64.b64encode(revocations_signed(now)).decode(),
        "passes": [
            {
                "id": record.id,
                "party": record.party,
                "persons": record.persons,
                "point": record.access_point,
                "recognition": record.recognition_digest,
                "watched": record.watched_digest,
                "policy": record.policy_version,
                "begins": int(record.window_start.timestamp()),
                "ends": int(record.window_end.timestamp()),
                "is_used": record.id in used,
                "admitted": list(_admitted(record.persons, state)),
                "tags": tags_of(record.text, keys),
            }
            for record in living
        ],
        "policies": [
            {"version": f"{record.policy} {record.version}", "is_honoured": True} for record in policies_published()
        ],
        "places": _place_names(),
        "delays": delays_now(now, (record.route for record in living)),
        "routes": sorted({record.route for record in living if record.route}),
        "peers": peers_of(points),
        "held_texts": texts_told(),
    }


def peers_of(points: Iterable[str]) -> list[dict[str, str]]:
    """Devices in use that hold keys of these points, with the keys by which they sign: a rover of all points too."""
    at_points = Q(point__in=list(points)) | Q(point="", role=Device.Role.ROVER)
    found = Device.objects.filter(at_points, revoked_at=None).exclude(role=Device.Role.STAGING_BASE).order_by("id")
    return [{"device": device.id, "public_key": device.public_key} for device in found]


def verifier_now(points: Iterable[PointId], *, now: datetime) -> VerifierState:
    """What the site itself knows when it checks a pass: everything up to this moment."""
    points = tuple(points)
    days = tuple((now + timedelta(days=ahead)).date() for ahead in range(-7, DAYS_AHEAD + 1))
    state = state_now()
    members = dict(passes_living().values_list("id", "persons"))
    uses = tuple(
        Use(
            PassId(one.id),
            _admitted(members[one.id], state) if one.id in members else tuple(range(one.heads)),
            one.point,
            from_milliseconds(one.used_at),
        )
        for one in state.passes.values()
        if one.used_at is not None
    )
    return VerifierState(
        operation=OperationId(operation_now().code),
        points=points,
        issuing_keys=issuing_keys(),
        point_day_keys=point_day_keys(points, days),
        revocations=revocations_now(now),
        uses=uses,
        policies=tuple(PolicyVersion(f"{one.policy} {one.version}") for one in policies_published()),
    )


def text_meant(said: str, *, verifier: VerifierState) -> tuple[str, bool]:
    """The sealed text of what was scanned, pasted or typed: the square's own, or that of a code beside it or learnt.

    The second says whether the code that says "I am being watched" was used.
    """
    plain = said.strip()
    found = recognise(plain, keys=verifier.point_day_keys, known=passes_by_tag())
    meant = found.pass_id if found else read_short_code(plain)
    record = pass_found(meant) if meant else None
    return (record.text if record else plain), bool(found and found.is_watched)


def points_of_passes() -> list[tuple[str, str]]:
    """Points at which a pass may be shown, (id, name): those where passes are checked, and those of living passes."""
    known = dict(access_points_known())
    held = dict.fromkeys(passes_living().order_by().values_list("access_point", flat=True).distinct(), "")
    return sorted((held | known).items())


def _admitted(persons: Iterable[str], state: LedgerState) -> tuple[int, ...]:
    """Places of those members of a pass who are inside already, by whatever pass or document; each enters once."""
    known = [PersonId(person) for person in persons]
    found = (state.people.get(state.redirects.get(person, person)) for person in known)
    return tuple(place for place, one in enumerate(found) if one and one.furthest.place >= Stage.ADMITTED.place)


def _access_points() -> list[PointId]:
    return sorted({PointId(point) for point in passes_living().values_list("access_point", flat=True)})


def _place_names() -> dict[str, str]:
    try:
        network = network_read(network_record_now())
    except NotFoundError:
        return {}
    return {point.id: point.name or point.id for point in network.points}


def tallies_since(since: datetime) -> QuerySet[Tally]:
    """Estimates of the crowd since a moment, by point and quarter."""
    return Tally.objects.filter(quarter__gte=since).order_by("point", "quarter")


def walk_ins_open() -> QuerySet[WalkIn]:
    """Walk-ins that nobody has registered yet."""
    return WalkIn.objects.filter(registered_as="").order_by("at")
