"""The audit of automatic merges: a sample drawn evenly, checked pair by pair, and what the answers prove."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
from django.db import transaction

from safepassage.apps.intake.selectors import listings_living
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.registry.models import JudgementRecord, JudgementRequest, LinkAudit, LinkRecord
from safepassage.apps.registry.second_person import judgements_give
from safepassage.apps.registry.values import EVIDENCE
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import (
    EvidenceField,
    JudgementVerdict,
    Link,
    LinkGround,
    Precision,
    precision_bounds,
    sample_links,
)
from safepassage.core.ids import ListingId
from safepassage.core.ledger import EventKind

ANSWERS = (JudgementVerdict.SAME, JudgementVerdict.DIFFERENT, JudgementVerdict.UNSURE)
"""What can be said of a sampled pair; to keep people apart is said in the queue."""
LEAST, MOST = 10, 500
"""How many pairs a sample may have."""


class PairState(StrEnum):
    """Where a sampled pair stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WAITING = "waiting"
    """Somebody of it is booked, and a second account has to agree that they are two."""
    GONE = "gone"
    """One of its listings was erased."""


@dataclass(frozen=True, slots=True)
class AuditPair:
    """One automatic merge of a sample; `number` counts from 1 in the order of the draw."""

    number: int
    left: ListingId
    right: ListingId
    state: PairState
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """A sample with the answers given until now; `links` is how many automatic merges it was drawn from."""

    key: int
    drawn_at: datetime
    drawn_by: str
    links: int
    pairs: tuple[AuditPair, ...]

    def count(self, state: PairState) -> int:
        """How many pairs stand so."""
        return sum(pair.state is state for pair in self.pairs)

    @property
    def precision(self) -> Precision:
        """What the answers prove of all automatic merges of the time of the draw."""
        said = [pair.answer for pair in self.pairs if pair.state is PairState.ANSWERED]
        unsure = said.count(JudgementVerdict.UNSURE)
        return precision_bounds(said.count(JudgementVerdict.SAME), len(said), unsure=unsure)


@transaction.atomic
def audit_draw(*, count: int, account: str, now: datetime, seed: int | None = None) -> LinkAudit:
    """Draws a sample of the automatic merges that stand now. Earlier samples and their answers stay on record.

    The seed is drawn by luck and kept, so that anybody can draw the same pairs of the same links again. The event
    tells who drew which pairs of how many, and the digest of the seed.

    Raises:
        ForbiddenError: too few or too many pairs are asked for.
        ConflictError: the matcher has joined nothing by itself yet.
    """
    if not LEAST <= count <= MOST:
        raise ForbiddenError(f"A sample has {LEAST} to {MOST} pairs.", advice="Ask for a number between them.")
    links = _links_automatic()
    if not links:
        raise ConflictError("The matcher has joined nothing by itself yet.", advice="Run the matcher first.")
    drawn = secrets.randbits(63) if seed is None else seed
    sample = sample_links(links, count, rng=np.random.default_rng(drawn))
    rows = tuple((link.left, link.right) for link in sample)
    body = {"seed": hashlib.sha256(str(drawn).encode()).hexdigest(), "links": len(links), "rows": rows}
    event_append(kind=EventKind.SAMPLE_DRAWN, body=body, account=account, now=now)
    return LinkAudit.objects.create(
        drawn_at=now,
        drawn_by=account,
        seed=str(drawn),
        links=len(links),
        pairs=[[link.left, link.right] for link in sample],
    )


def _links_automatic() -> list[Link]:
    """The links on which the program acted by itself, of listings that are there."""
    living = listings_living()
    judged = f'"{EvidenceField.JUDGEMENT.value}"'
    records = LinkRecord.objects.filter(is_certain=True).exclude(evidence__icontains=judged)
    rows = records.values_list("left", "right", "probability")
    links = (Link(ListingId(left), ListingId(right), chance, is_certain=True) for left, right, chance in rows)
    return [link for link in links if link.left in living and link.right in living]


def audits_drawn(newest: int | None = None) -> list[Audit]:
    """Every sample, or some of the newest, with its answers; the newest first. Cost: four queries."""
    records = list(LinkAudit.objects.order_by("-pk")[:newest])
    if not records:
        return []
    living = listings_living(ListingId(one) for record in records for pair in record.pairs for one in pair)
    given = JudgementRecord.objects.filter(withdrawn_at=None, review__startswith=_PREFIX)
    answers = dict(given.values_list("review", "verdict"))
    asked = JudgementRequest.objects.filter(decided_at=None, review__startswith=_PREFIX)
    waiting = set(asked.values_list("review", flat=True))
    return [_audit(record, living, answers, waiting) for record in records]


def _audit(record: LinkAudit, living: frozenset[ListingId], answers: dict[str, str], waiting: set[str]) -> Audit:
    pairs = []
    for number, (left, right) in enumerate(record.pairs, start=1):
        key = question_of(record.pk, number)
        state = PairState.OPEN
        if key in answers:
            state = PairState.ANSWERED
        elif key in waiting:
            state = PairState.WAITING
        elif not living >= {left, right}:
            state = PairState.GONE
        pairs.append(AuditPair(number, ListingId(left), ListingId(right), state, answers.get(key, "")))
    return Audit(record.pk, record.drawn_at, record.drawn_by, record.links, tuple(pairs))


_PREFIX = "audit-"


def question_of(audit: int, number: int) -> str:
    """The question that a sampled pair is, as judgements name it."""
    return f"{_PREFIX}{audit}-{number}"


def question_read(key: str) -> tuple[int, int] | None:
    """The sample and the number of the pair that a question is; None if it is one of the queue."""
    found = re.fullmatch(rf"{_PREFIX}(\d+)-(\d+)", key)
    return (int(found[1]), int(found[2])) if found else None


def link_sampled(pair: AuditPair) -> Link:
    """The link of a pair with its evidence, as it stands now; without any if a later run no longer makes it."""
    record = LinkRecord.objects.filter(left=pair.left, right=pair.right).first()
    if record is None:
        return Link(pair.left, pair.right, 0.0)
    evidence = EVIDENCE.validate_python(record.evidence)
    is_judged = any(one.field is EvidenceField.JUDGEMENT for one in evidence)
    ground = LinkGround.JUDGEMENT if is_judged else LinkGround.MATCHER
    return Link(pair.left, pair.right, record.probability, is_certain=True, ground=ground, evidence=evidence)


@transaction.atomic
def audit_answer(
    *,
    audit: int,
    number: int,
    verdict: JudgementVerdict,
    account: str,
    why: str = "",
    now: datetime,
) -> bool:
    """Records what somebody says of a sampled pair, as a judgement.

    Returns:
        Whether it counts at once; that committed people are two, a second account has to say too (`second_person`).

    Raises:
        NotFoundError: there is no such pair, or none that this account may know of.
        ConflictError: it was answered already, or a listing of it was erased.
        ForbiddenError: this is no answer about a sampled pair.
    """
    if verdict not in ANSWERS:
        raise ForbiddenError("That is no answer about a sample.", advice="Say same, different or unsure.")
    acts_in_turn()
    found = next((one for one in audits_drawn() if one.key == audit), None)
    if found is None or not 1 <= number <= len(found.pairs):
        raise NotFoundError("There is no such pair in a sample.", advice="Go back to the sample.")
    pair, key = found.pairs[number - 1], question_of(audit, number)
    if pair.state is not PairState.OPEN:
        raise ConflictError("This pair was answered already, or is gone.", advice="Load the page again.")
    said = [(pair.left, pair.right, verdict)]
    return judgements_give(verdicts=said, account=account, why=why, now=now, review=key).request is None
