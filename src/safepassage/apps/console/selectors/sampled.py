"""One automatic merge of a sample, laid out side by side, and which of them an account may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from safepassage.apps.console.protection import hidden_among
from safepassage.apps.console.selectors.questions import QuestionCard, question_card
from safepassage.apps.registry.audits import Audit, AuditPair, PairState, link_sampled, question_read
from safepassage.apps.registry.judging import is_confidential
from safepassage.apps.registry.selectors import parties_of_persons, persons_of_listings
from safepassage.core.identity import Review, ReviewKind

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


def pair_next(audit: Audit, account: Account) -> AuditPair | None:
    """The first open pair, in the order of the draw, that this account may see."""
    return next((pair for pair in audit.pairs if pair.state is PairState.OPEN and is_seen(pair, account)), None)


def is_seen(pair: AuditPair, account: Account) -> bool:
    """Whether a pair shows nobody who is hidden from this account."""
    listings = (pair.left, pair.right)
    parties = parties_of_persons(persons_of_listings(listings).values()).values()
    is_hidden = hidden_among([party for some in parties for party in some], account)
    return not is_hidden and not is_confidential([listings], account=account.username)


def question_address(review: str) -> str:
    """Where a question is shown that judgements name: one of the queue, or a pair of a sample."""
    sampled = question_read(review)
    return reverse("console:audit-pair", args=sampled) if sampled else reverse("console:review", args=[review])


def audit_card(pair: AuditPair) -> QuestionCard:
    """A sampled pair as a question of the queue is laid out."""
    listings, link = (pair.left, pair.right), link_sampled(pair)
    asked = "Are these two listings one person?"
    return question_card(Review("", ReviewKind.SAME_PERSON, listings, (link,), 0.0, asked))
