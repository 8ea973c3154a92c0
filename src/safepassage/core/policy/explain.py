"""One party's standing in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safepassage.core.identity import Party, Person
from safepassage.core.ids import PersonId
from safepassage.core.policy.lottery import Lottery
from safepassage.core.policy.standings import Knowledge, Standing
from safepassage.core.policy.values import Policy


@dataclass(frozen=True, slots=True)
class WouldBe:
    """One fact that decides: what the party would be given if it were so ("tier 2", "not-eligible")."""

    person: PersonId
    fact: str
    value: str
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A standing in plain words: a headline, sentences, and what single facts would change."""

    standing: Standing
    headline: str
    sentences: tuple[str, ...]
    would_be: tuple[WouldBe, ...]


def explain_standing(
    policy: Policy,
    party: Party,
    persons: tuple[Person, ...],
    *,
    standing: Standing,
    now: datetime,
    lottery: Lottery,
    knowledge: Knowledge = Knowledge(),  # noqa: B008 (frozen)
) -> Explanation:
    """Says why a party stands where it stands, and what one fact more would change."""
    raise NotImplementedError
