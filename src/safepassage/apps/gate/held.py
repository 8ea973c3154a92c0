"""Texts that officers may hold up before a crowd: as they were released, until they are taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from safepassage.apps.gate.models import ReleasedText
from safepassage.apps.ledger.services import event_append
from safepassage.core.ledger import EventKind


@transaction.atomic
def text_release(*, code: str, texts: Mapping[str, str], account: str, now: datetime) -> None:
    """Lets every phone show a text in these languages from its next load on. The words are as they are now.

    What they may say, and who may release them, is checked by `outreach.crowd`.
    """
    words = dict(sorted(texts.items()))
    ReleasedText.objects.update_or_create(
        code=code, defaults={"texts": words, "released_at": now, "released_by": account}
    )
    digest = hashlib.sha256("\x1f".join(f"{language}\x1f{text}" for language, text in words.items()).encode())
    body = {"text": code, "digest": digest.hexdigest()}
    event_append(kind=EventKind.TEXT_RELEASED, body=body, account=account, now=now)


@transaction.atomic
def text_take_back(*, code: str, account: str, now: datetime) -> bool:
    """Takes a text back: it is gone from a phone with its next load. False if it was not released."""
    if not ReleasedText.objects.filter(pk=code).delete()[0]:
        return False
    event_append(kind=EventKind.TEXT_TAKEN_BACK, body={"text": code}, account=account, now=now)
    return True


def texts_released() -> list[ReleasedText]:
    """What is released now, by code."""
    return list(ReleasedText.objects.order_by("code"))


def texts_told() -> list[dict[str, Any]]:
    """The released texts as a phone gets them."""
    return [
        {"code": one.code, "texts": one.texts, "released_at": int(one.released_at.timestamp())}
        for one in texts_released()
    ]
