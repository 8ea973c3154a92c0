"""No vocabulary stands in two places, so that none hides another."""

from __future__ import annotations

from collections import Counter

from safepassage.apps.console import words
from safepassage.apps.console.words import gate, identity, intake, ledger, movement, people, policy, work

PLACES = (
    *(people.PEOPLE, intake.INTAKE, identity.IDENTITY, policy.POLICY),
    *(movement.MOVEMENT, gate.GATE, ledger.LEDGER, work.WORK),
)


def test_every_vocabulary_stands_in_one_place() -> None:
    met = Counter(vocabulary for place in PLACES for vocabulary in place)
    assert set(met.values()) == {1}
    assert set(met) == set(words.WORDS)
