"""No vocabulary stands in two places, so that none hides another."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ruamel.yaml import YAML

from safepassage.apps.console import words
from safepassage.apps.console.words import gate, identity, intake, ledger, movement, paper, people, policy, work
from safepassage.core.intake import MEANINGS

PLACES = (
    *(people.PEOPLE, intake.INTAKE, identity.IDENTITY, policy.POLICY),
    *(movement.MOVEMENT, gate.GATE, ledger.LEDGER, work.WORK, paper.PAPER),
)


def test_every_vocabulary_stands_in_one_place() -> None:
    met = Counter(vocabulary for place in PLACES for vocabulary in place)
    assert set(met.values()) == {1}
    assert set(met) == set(words.WORDS)


def test_every_category_of_the_policies_that_come_along_has_a_word() -> None:
    texts = [
        *Path("src/safepassage/core/policy/templates").glob("*.yaml"),
        *Path("examples").glob("*/policies/*.yaml"),
    ]
    named = {one["id"] for text in texts for one in YAML(typ="safe").load(text)["categories"]}
    assert len(texts) > 2
    assert named | {"dependent", "none", "unknown"} <= set(words.WORDS["category"])


def test_every_code_that_a_person_may_choose_for_a_value_has_a_word() -> None:
    """ "uz" in a menu is no language to whoever does not know the codes."""
    for field, codes in MEANINGS.items():
        assert {code for code in codes if code not in words.WORDS[field.value]} == set(), field
