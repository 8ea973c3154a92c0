"""Invitations: for devices in the field, never for a site."""

from __future__ import annotations

from datetime import datetime

import pytest

from safepassage.apps.gate.services import device_invite
from safepassage.core.errors import ForbiddenError

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.mark.parametrize("role", ["site", "officer", ""])
def test_nobody_is_invited_as_the_site_or_as_something_unknown(operation: str, now: datetime, role: str) -> None:
    with pytest.raises(ForbiddenError, match="no role of a device"):
        device_invite(role=role, point="", account="desk", now=now)
