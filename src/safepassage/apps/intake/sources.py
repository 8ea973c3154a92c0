"""Sources: who sends lists, and on which terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.intake.models import Source
from safepassage.apps.ledger.services import event_append
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import derived_id
from safepassage.core.ledger import EventKind


def source_stated(  # noqa: D417
    *,
    name: str,
    owner: str,
    basis: str,
    purposes: Iterable[str] = ("evacuation",),
    trust: int = Source.Trust.UNKNOWN,
    sharing: str = Source.Sharing.NOBODY,
    retention_days: int | None = None,
    now: datetime,
) -> Source:
    """A source by its terms: the one that has that name, else one that nobody has registered yet.

    Args:
        basis: The legal basis under which the data came.
        purposes: What it may be used for; views, exports and devices obey.
        sharing: How far the source lets its data travel.
        retention_days: Days after receipt; None: as long as the operation keeps data.

    Raises:
        ForbiddenError: a word or degree that is not in its closed list, or too long a text.
    """
    operation = operation_now()
    known = Source.objects.filter(name=name).first()
    if known:
        return known
    terms = Source(
        id=derived_id("S", operation.code, name),
        name=name,
        owner=owner,
        basis=basis,
        purposes=list(purposes),
        trust=trust,
        sharing=sharing,
        retention_days=operation.retention_days if retention_days is None else retention_days,
        received_at=now,
    )
    try:
        terms.clean_fields()
    except ValidationError as error:
        wrong = "; ".join(f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
        raise ForbiddenError(
            f"A source can't be registered like this: {wrong}", advice="Correct it and try again."
        ) from error
    return terms


@transaction.atomic
def source_register(*, account: str = "", now: datetime, **terms: Any) -> Source:  # noqa: ANN401 - as `source_stated`
    """Registers who sends lists and on what terms (`source_stated`); the same name again gives the source as it is.

    Raises:
        ForbiddenError: a word or degree that is not in its closed list, or too long a text.
    """
    found = source_stated(now=now, **terms)
    if Source.objects.filter(pk=found.pk).exists():
        return found
    found.save(force_insert=True)
    body = {
        "source": found.id,
        "trust": int(found.trust),
        "sharing": str(found.sharing),
        "retention_days": found.retention_days,
    }
    event_append(kind=EventKind.SOURCE_REGISTERED, body=body, account=account, now=now)
    return found
