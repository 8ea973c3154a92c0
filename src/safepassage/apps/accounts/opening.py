"""During which opening of the store a session began: whoever unlocks it next may be another person."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from safepassage import vault

_OPENING, _BEGAN = "opening", "began"


def note_opening(sender: object, request: HttpRequest, **_said: Any) -> None:  # noqa: ANN401, ARG001 - Django's signature
    """Writes into a session that begins during which opening of the store it did."""
    request.session[_OPENING] = vault.opening(Path(settings.HOME))
    request.session[_BEGAN] = timezone.now().isoformat()


def began_at(request: HttpRequest) -> datetime:
    """When the session of a request began; long ago where nobody noted it."""
    return datetime.fromisoformat(request.session.get(_BEGAN, "1970-01-01T00:00:00+00:00"))


def is_of_this_opening(request: HttpRequest) -> bool:
    """Whether the session of a request began since the store was locked last, or took another passphrase."""
    return bool(request.session.get(_OPENING) == vault.opening(Path(settings.HOME)))


def listen() -> None:
    """From now on every session that begins is noted."""
    user_logged_in.connect(note_opening, dispatch_uid="opening")
