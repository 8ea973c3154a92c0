"""Plans and manifests as text, for stores and exports; and the digest of their content."""

from __future__ import annotations

from safepassage.core.movement.plan import Plan


def write_plan(plan: Plan) -> str:
    """The plan as JSON; reading it gives the same plan."""
    raise NotImplementedError


def read_plan(text: str | bytes) -> Plan:
    """A plan as `write_plan` wrote it.

    Raises:
        UnreadableError: not such a text, or its digest does not fit its content.
    """
    raise NotImplementedError
