"""Walk-in slips of paper that two people typed: those typed alike become events under their printed numbers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.accounts.two_people import second_check
from safepassage.apps.gate.effects import events_heed
from safepassage.apps.gate.models import WalkIn
from safepassage.apps.gate.printed import number_check
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import event_append
from safepassage.core.errors import ForbiddenError, Problems
from safepassage.core.ids import derived_id
from safepassage.core.intake.keyed import KeyedSlip, SlipDifference, compare_keyed
from safepassage.core.ledger import EventKind
from safepassage.core.ledger.clock import to_milliseconds

_GROWN = frozenset({"adult", "older", "unknown"})


@dataclass(frozen=True, slots=True)
class SlipsKeyed:
    """Slips that count now, those that counted before, and those that wait: two people typed them differently."""

    counted: tuple[str, ...]
    before: tuple[str, ...]
    differing: tuple[SlipDifference, ...]


@transaction.atomic
def slips_key_in(*, first_text: str, second_text: str, first: str, second: str, now: datetime) -> SlipsKeyed:
    """Takes in what two people typed from the same slips; a slip counts once, and only if both typed it alike.

    The time is that on the slip. Children alone are never admitted by a slip: they go to the focal point.

    Raises:
        ForbiddenError: the two are not two people who may do this.
        ProblemsError: what is wrong with the files; nothing counts then.
    """
    if not account_may(first, "gate.check"):
        raise ForbiddenError("This account may not key in slips.", where="gate.check")
    second_check(first=first, second=second, permission="gate.check")
    typed = compare_keyed(first_text, second_text)
    problems = Problems()
    for slip in typed.equal:
        if slip.at > now:
            problems.add(
                "future", "Its time has not come.", where=f"slip {slip.slip}", advice="Look at date and zone."
            )
        number_check(number=slip.slip, point=slip.point, problems=problems)
    problems.raise_if_any("the slips as typed")
    counted: list[str] = []
    before: list[str] = []
    for slip in typed.equal:
        is_new = slip_count(slip, account=first, now=now)
        (counted if is_new else before).append(slip.slip)
    return SlipsKeyed(tuple(counted), tuple(before), typed.differing)


def slip_count(slip: KeyedSlip, *, account: str, now: datetime) -> bool:
    """Appends what a slip means, at its hour, in the transaction of who calls; False: that number counts already.

    A slip whose events were annulled counts no more, and so counts anew.
    """
    for row in WalkIn.objects.filter(slip=slip.slip):
        if row.registered_as or row.event not in state_now().annulled:
            return False
        row.delete()
    mark = hashlib.sha256(repr(slip).encode()).hexdigest()
    persons = [derived_id("P", "paper", mark, str(place)) for place in range(len(slip.heads))]
    rows = tuple((person, sex, band) for person, (sex, band) in zip(persons, slip.heads, strict=True))
    occurred = to_milliseconds(slip.at)
    body = {"point": slip.point, "slip": slip.slip, "evidence": slip.evidence, "occurred": occurred, "rows": rows}
    event = event_append(kind=EventKind.WALK_INS, body=body, account=account, now=now)
    if slip.outcome == "admitted" and any(band in _GROWN for _, band in slip.heads):
        party = derived_id("T", "paper", mark)
        body = {"point": slip.point, "reasons": ("walk-in", "on-paper"), "occurred": occurred}
        body["rows"] = tuple((person, party) for person in persons)
        event_append(kind=EventKind.PERSONS_ADMITTED, body=body, account=account, now=now)
    events_heed(stored=[event.id])
    return True
