"""What a pass is worth at a point now, as the verifier says, and who is expected with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from safepassage.apps.console.protection import hidden_among
from safepassage.apps.gate.selectors import text_meant, verifier_now
from safepassage.apps.passes.selectors import pass_found
from safepassage.apps.registry.selectors import persons_by_id
from safepassage.core.identity import Person
from safepassage.core.ids import PartyId, PersonId, PointId
from safepassage.core.passes import Verdict, verify_pass

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody on the pass; no person where the reader may not know them."""

    id: PersonId
    person: Person | None
    is_admitted: bool


@dataclass(frozen=True, slots=True)
class PassLook:
    """A verdict with who is expected; `is_watched` is told by a dot alone."""

    verdict: Verdict
    pass_id: str
    party: str
    expected: tuple[Expected, ...]
    is_hidden: bool
    is_watched: bool


def pass_look(said: str, *, point: PointId, account: Account, now: datetime) -> PassLook:
    """Looks at what was scanned, pasted or typed: the square's text, the code beside it, or the code learnt by heart.

    Admits nobody and marks nothing as used.
    """
    verifier = verifier_now([point], now=now)
    text, is_watched = text_meant(said, verifier=verifier)
    verdict = verify_pass(text, verifier=verifier, now=now, point=point)
    record = pass_found(verdict.content.id) if verdict.content else None
    if record is None:
        pass_id = str(verdict.content.id) if verdict.content else ""
        return PassLook(verdict, pass_id, "", (), is_hidden=False, is_watched=is_watched)
    is_hidden = bool(hidden_among([PartyId(record.party)], account)) or not account.may("manifest.see")
    persons = {} if is_hidden else persons_by_id(PersonId(one) for one in record.persons)
    expected = tuple(
        Expected(PersonId(key), persons.get(PersonId(key)), number not in verdict.remaining)
        for number, key in enumerate(record.persons)
    )
    return PassLook(verdict, record.pk, record.party, expected, is_hidden=is_hidden, is_watched=is_watched)
