"""Acts of checking: one of us says that a fact about a person was found true or false, by what; or takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.registry.models import FactAnchor, FactCheck
from safepassage.apps.registry.selectors import person_by_id
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ids import PersonId
from safepassage.core.ledger import FACT_EVIDENCE, EventKind

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@transaction.atomic
def fact_check(
    *, person: PersonId, code: str, is_true: bool, evidence: str, account: str, now: datetime
) -> FactCheck:
    """Records that a fact was checked; an earlier check of the same fact about the same person is withdrawn.

    A policy reads it as `"code" in checked` or `"code" in refuted` when it is applied next.

    Args:
        person: Whom it is about; a merged id leads to whom holds it now.
        code: The fact, kebab-case, as the policy names it: `citizen`.
        is_true: Whether it was found true; else it was found false.
        evidence: One of `FACT_EVIDENCE`.
        account: Who checked.
        now: When.

    Raises:
        NotFoundError: nobody has that id.
        ForbiddenError: no such evidence, or what should be a code is none.
    """
    if not _CODE.fullmatch(code):
        raise ForbiddenError("That is no code of a fact.", advice="Take one that the policy asks for, e.g. citizen.")
    if evidence not in FACT_EVIDENCE:
        raise ForbiddenError("There is no such kind of evidence.", advice=f"Take one of: {', '.join(FACT_EVIDENCE)}.")
    acts_in_turn()
    found = person_by_id(person)
    earlier = FactCheck.objects.filter(code=code, withdrawn_at=None, anchors__listing__in=found.listings)
    FactCheck.objects.filter(pk__in=list(earlier.values_list("pk", flat=True))).update(
        withdrawn_at=now, withdrawn_by=account
    )
    made = FactCheck.objects.create(
        person=found.id, code=code, is_true=is_true, evidence=evidence, by=account, at=now
    )
    FactAnchor.objects.bulk_create(FactAnchor(check_made=made, listing=listing) for listing in found.listings)
    body = {"evidence": evidence, "rows": ((found.id, code, int(is_true)),)}
    event_append(kind=EventKind.FACTS_CHECKED, body=body, account=account, now=now)
    return made


@transaction.atomic
def fact_withdraw(*, check: int, account: str, now: datetime) -> None:
    """Takes a check back; it stays on record and counts no more from the next application of the policy on.

    Raises:
        ConflictError: there is none, or it was taken back already.
    """
    acts_in_turn()
    standing = FactCheck.objects.filter(pk=check, withdrawn_at=None)
    record = standing.first()
    if record is None:
        raise ConflictError("There is nothing to take back.", advice="Load the page again.")
    standing.update(withdrawn_at=now, withdrawn_by=account)
    body = {"rows": ((record.person, record.code),)}
    event_append(kind=EventKind.FACTS_WITHDRAWN, body=body, account=account, now=now)


def facts_forget(listings: Iterable[str]) -> None:
    """Deletes every check that was about these listings: their person is erased. Events stay, with ids and codes."""
    FactCheck.objects.filter(pk__in=list(_checks_about(listings))).delete()


def facts_forget_beside(living: Iterable[str]) -> None:
    """Deletes checks of which no listing is left among the living ones."""
    kept = set(living)
    left = {key for key, listing in FactAnchor.objects.values_list("check_made_id", "listing") if listing in kept}
    FactCheck.objects.exclude(pk__in=left).delete()


def _checks_about(listings: Iterable[str]) -> Iterable[int]:
    return FactAnchor.objects.filter(listing__in=list(listings)).values_list("check_made_id", flat=True)
