"""The committed lottery: nobody can choose, guess or improve a draw.

1. Before the list closes, 32 random bytes (the seed) are drawn and their SHA-256 (the commitment) is published.
2. After it has closed, the seed is revealed; everybody can check it against the commitment.
3. A party's draw is HMAC-SHA-256(seed, draw id); the lowest comes first.

The draw id is the id of one person, the party's principal; a person split off from another shares the draw of
the one they were split from. Why no merge, split or re-listing improves it is proved in docs/policy.md and
held by tests. Whoever became known after a round closed takes part in the next round and stands behind.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from safepassage.core.errors import ForbiddenError
from safepassage.core.identity import AssignmentChange, ChangeKind
from safepassage.core.ids import ListingId, PersonId

SEED_BYTES = 32
_COMMIT = b"safe-passage lottery v1 commitment\x00"
_DRAW = b"safe-passage lottery v1 draw\x00"


@dataclass(frozen=True, slots=True)
class Round:
    """One round: commitment (hex SHA-256), when its list closes (aware UTC), and the seed once revealed."""

    commitment: str
    closes_at: datetime
    seed: bytes | None = None


@dataclass(frozen=True, slots=True)
class Lottery:
    """All rounds of an operation, in the order in which they close."""

    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: `round` from 0 (one more than the last for those who wait for a round to come); lower is earlier.

    `is_provisional`: the seed is not revealed, the number is drawn on the public commitment and is void
    once it is.
    """

    round: int
    number: str
    is_provisional: bool


def commit_lottery(seed: bytes) -> str:
    """The commitment to publish: SHA-256 over a fixed prefix and the seed, as 64 hex digits.

    Raises:
        ValueError: if the seed has not exactly 32 bytes.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a lottery seed has {SEED_BYTES} bytes")
    return hashlib.sha256(_COMMIT + seed).hexdigest()


def open_round(seed: bytes, closes_at: datetime) -> Round:
    """A round whose commitment is to be published now; the seed stays sealed until `reveal_seed`."""
    return Round(commit_lottery(seed), closes_at)


def reveal_seed(round_: Round, seed: bytes, *, now: datetime) -> Round:
    """The round with its seed.

    Raises:
        ForbiddenError: if the list has not closed yet, or the seed is not the committed one.
    """
    if now < round_.closes_at:
        raise ForbiddenError("the list has not closed", code="lottery-still-open", advice="Reveal after it closes.")
    if len(seed) != SEED_BYTES or not hmac.compare_digest(commit_lottery(seed), round_.commitment):
        raise ForbiddenError(
            "the seed is not the one committed to", code="lottery-wrong-seed", advice="Use the sealed seed."
        )
    return Round(round_.commitment, round_.closes_at, seed)


def draw_number(key: bytes, draw_id: str) -> str:
    """HMAC-SHA-256 of an id, as 64 hex digits; compares as text like the number itself."""
    return hmac.digest(key, _DRAW + draw_id.encode(), "sha256").hex()


def draw_lot(lottery: Lottery, draw_id: PersonId, first_known: datetime | None) -> Draw:
    """The draw of one person.

    Args:
        lottery: All rounds.
        draw_id: Whose draw it is, see `draw_lineage`.
        first_known: When the person was first listed with us; unknown counts as in time for the last round only.
    """
    rounds = lottery.rounds
    number = len(rounds) - 1 if first_known is None and rounds else len(rounds)
    if first_known is not None:
        number = next((i for i, each in enumerate(rounds) if first_known <= each.closes_at), len(rounds))
    if number == len(rounds):
        public = rounds[-1].commitment if rounds else ""
        return Draw(number, draw_number(public.encode(), draw_id), is_provisional=True)
    chosen = rounds[number]
    key = chosen.seed if chosen.seed is not None else chosen.commitment.encode()
    return Draw(number, draw_number(key, draw_id), is_provisional=chosen.seed is None)


def draw_lineage(changes: Iterable[AssignmentChange]) -> dict[PersonId, PersonId]:
    """By whose draw each split-off person goes, from changes of person ids in order.

    A split never makes a second ticket: the new person shares the draw of the one they were split from. If their
    listings had come to that one by a merge, they go by the draw of the person whom the listings were of before,
    so that nobody gains by being merged with someone lucky and split again. A merged person goes by the
    surviving id, so by the oldest one's draw; an undone merge gives each their own again.

    Args:
        changes: All changes since the operation began; with those of one run alone, a merge of an earlier run
            is not seen.
    """
    lineage: dict[PersonId, PersonId] = {}
    came_from: dict[ListingId, PersonId] = {}
    for change in changes:
        if change.kind is ChangeKind.MERGED:
            origin = lineage.get(change.person, change.person)
            came_from.update((listing, origin) for listing in change.listings if listing not in came_from)
        elif change.kind is ChangeKind.SPLIT and change.other is not None:
            before = [came_from[listing] for listing in sorted(change.listings) if listing in came_from]
            lineage[change.person] = before[0] if before else lineage.get(change.other, change.other)
    return lineage
