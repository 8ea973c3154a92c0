"""One automatic merge of a sample, laid out side by side, and which of them an account may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from safepassage.apps.console.protection import hidden_among
from safepassage.apps.console.selectors.questions import QuestionCard, question_card
from safepassage.apps.registry.audits import Audit, AuditPair, PairState, link_sampled
from safepassage.apps.registry.selectors import parties_of_persons, persons_of_listings
from safepassage.apps.registry.services import is_confidential
from safepassage.core.identity import Review, ReviewKind

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


def pair_next(audit: Audit, account: Account, *, among: Sequence[AuditPair] | None = None) -> AuditPair | None:
    """The first open pair, in the order of the draw, that shows nobody who is hidden from this account."""
    for pair in audit.pairs if among is None else among:
        if pair.state is not PairState.OPEN:
            continue
        listings = (pair.left, pair.right)
        parties = parties_of_persons(persons_of_listings(listings).values()).values()
        is_hidden = hidden_among([party for some in parties for party in some], account)
        if not is_hidden and not is_confidential([listings], account=account.username):
            return pair
    return None


def audit_card(pair: AuditPair) -> QuestionCard:
    """A sampled pair as a question of the queue is laid out."""
    listings, link = (pair.left, pair.right), link_sampled(pair)
    asked = "Are these two listings one person?"
    return question_card(Review("", ReviewKind.SAME_PERSON, listings, (link,), 0.0, asked))
