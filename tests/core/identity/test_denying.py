"""What denies sameness never speaks for it, however odd the lists are from which the weights are learnt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safepassage.core.identity import resolve
from safepassage.core.identity.levels import LEVELS
from safepassage.core.people import Document, DocumentKind, Listing, Relation, Sex
from tests.cast import born, listing

NAMELESS = ("", "kid", "wife")


def counted_kin(name: str) -> list[Listing]:
    """Sixty families of which a list names the head alone and counts the others, as volunteers' lists do."""
    listings = []
    for family in range(60):
        for source in ("S-ONE", "S-TWO"):
            head = listing(
                f"H{family}{source}",
                f"Testani{family} Beispiel{family % 7}",
                source=source,
                group=f"G-{family}{source}",
            )
            kin = listing(
                f"K{family}{source}", name, source=source, group=f"G-{family}{source}", relation=Relation.CHILD
            )
            for one, shift in ((head, 0), (kin, 1)):
                number = f"P{99000000 + 2 * family + shift + 500 * (source == 'S-TWO')}"
                listings.append(
                    replace(
                        one,
                        sex=Sex.MALE if family % 2 else Sex.FEMALE,
                        birth=born(1960 + family % 50, 1 + family % 12, 1 + family % 28),
                        phones=(f"+9374100{family:02}{shift}{len(source)}",),
                        documents=(Document(DocumentKind.PASSPORT, number, "AFG"),),
                    )
                )
    return listings


@pytest.mark.parametrize("name", NAMELESS)
def test_passports_or_phones_that_differ_never_speak_for_one_person(name: str) -> None:
    learnt = dict(resolve(counted_kin(name)).parameters.levels)
    denying = ("differ", "conflict", "further apart")
    checked = set()
    for field, names in LEVELS.items():
        for at, word in enumerate(names):
            if word in denying and f"{field}:{at}" in learnt:
                same, _, unrelated = learnt[f"{field}:{at}"]
                assert same <= unrelated + 1e-9, (field, word)
                checked.add(field.value)
    assert {"name", "passport", "phone", "birth"} <= checked
