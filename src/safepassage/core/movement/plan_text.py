"""Plans as text, for stores and exports; and digests of what a plan says and of the network it is for."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from safepassage.core.errors import UnreadableError
from safepassage.core.ids import PlanId
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Manifest, Plan, PlanStatus

_PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)
_NETWORK: TypeAdapter[Network] = TypeAdapter(Network)
_MANIFEST: TypeAdapter[Manifest] = TypeAdapter(Manifest)


def write_plan(plan: Plan) -> str:
    """The plan as JSON; reading it gives the same plan."""
    return _PLAN.dump_json(plan).decode()


def read_plan(text: str | bytes) -> Plan:
    """A plan as `write_plan` wrote it.

    Raises:
        UnreadableError: not such a text, or its digest does not fit its content.
    """
    try:
        plan = _PLAN.validate_json(text)
    except ValidationError as error:
        raise UnreadableError(
            "This is not a plan as Safe Passage writes it.",
            code="not-a-plan",
            advice="Take the plan from the store again, or plan anew.",
            problems=error.error_count(),
        ) from None
    if plan.digest != digest_plan(plan):
        raise UnreadableError(
            "The plan was changed after it was made: its digest does not fit its content.",
            code="plan-changed",
            where=plan.id,
            advice="Do not use it; take the plan from the store again, or plan anew.",
        )
    return plan


def digest_network(network: Network) -> str:
    """SHA-256 of the network's content, hexadecimal."""
    return hashlib.sha256(_NETWORK.dump_json(network)).hexdigest()


def digest_plan(plan: Plan) -> str:
    """SHA-256 of what the plan says: everything but its id, status and digest. Hexadecimal."""
    bare = replace(plan, id=PlanId(""), digest="", status=PlanStatus.DRAFT)
    return hashlib.sha256(_PLAN.dump_json(bare)).hexdigest()


def digest_manifest(manifest: Manifest) -> str:
    """SHA-256 of a manifest's content, hexadecimal."""
    return hashlib.sha256(_MANIFEST.dump_json(replace(manifest, digest=""))).hexdigest()
