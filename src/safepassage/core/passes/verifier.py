"""What a device brings along to judge a pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from safepassage.core.ids import OperationId, PointId
from safepassage.core.passes.keys import PointDayKey
from safepassage.core.passes.revocation import RevocationList
from safepassage.core.passes.values import Delay, PolicyVersion, Use


@dataclass(frozen=True, slots=True)
class VerifierState:
    """Everything that the check knows; nothing else is asked, so that it works with no network.

    Attributes:
        operation: The operation that this device serves.
        points: Access points at which this device may check; empty once the device is withdrawn.
        issuing_keys: Raw Ed25519 public keys, old and new.
        point_day_keys: Keys of its points for the days it needs.
        revocations: The newest list, None if there never was one (which counts as too old).
        uses: Admissions known here, of this device and by sync.
        admitted_tags: Binding tags of members admitted by document or code.
        newest_signed_time: The newest time that anything signed has told the device; no clock may be before it.
        policies: Versions known, and whether their promises are honoured.
        delays: Checkpoints that hold people on a route.
        list_warn_after: Age of the list from which a reason says so.
        list_stale_after: Age of the list from which the verdict is "look closer".
        clock_tolerance: How far a device's clock may be behind a signed time.
        place_names: Words for points, for the sentences.
    """

    operation: OperationId
    points: tuple[PointId, ...]
    issuing_keys: tuple[bytes, ...]
    point_day_keys: tuple[PointDayKey, ...]
    revocations: RevocationList | None = None
    uses: tuple[Use, ...] = ()
    admitted_tags: frozenset[bytes] = frozenset()
    newest_signed_time: datetime | None = None
    policies: tuple[PolicyVersion, ...] = ()
    delays: tuple[Delay, ...] = ()
    list_warn_after: timedelta = timedelta(hours=4)
    list_stale_after: timedelta = timedelta(hours=24)
    clock_tolerance: timedelta = timedelta(minutes=5)
    place_names: Mapping[PointId, str] = field(default_factory=dict)
