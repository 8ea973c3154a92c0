"""What denies sameness never speaks for it, however odd the lists are from which the weights are learnt."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from safepassage.core.identity import IdentitySettings, resolve
from safepassage.core.identity.compare import Comparer, is_denied_twice
from safepassage.core.identity.family import Weighed
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.levels import LEVELS
from safepassage.core.identity.resolve import clusters_of
from safepassage.core.identity.weigh import weigh
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


def husbands(**of_second: object) -> tuple[Listing, Listing]:
    """Two men of one list whose wives are alike: their names differ, and so do what `of_second` says."""
    karim = replace(listing("L-KARIM", "Karim Testani"), birth=born(1974, 2, 12), sex=Sex.MALE)
    hassan = replace(listing("L-HASSAN", "Hassan Mithalzada", sex=Sex.MALE), **of_second)
    return karim, hassan


@pytest.mark.parametrize(
    ("of_second", "is_denied"),
    [
        ({"birth": born(1971, 4, 11)}, True),
        ({"name": "Karim", "birth": born(1971, 4, 11)}, False),
        ({"name": "Hassan"}, False),
        ({"name": "Hassan", "sex": Sex.FEMALE}, True),
    ],
    ids=["another birth", "one name, another birth", "another name alone", "another sex"],
)
def test_another_name_beside_another_fact_is_no_one_by_elimination(
    of_second: dict[str, object], is_denied: bool
) -> None:
    columns = columns_of(husbands(**of_second))
    compared = Comparer(columns).compare(np.array([[0, 1]]))
    assert is_denied_twice(compared).tolist() == [is_denied]


def test_whoever_is_denied_twice_is_in_no_cluster_however_likely_elimination_makes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = weigh(husbands(birth=born(1971, 4, 11)), (), IdentitySettings(), None, lambda _share, _what: None)
    run.weighed = Weighed(
        np.array([[0, 1]]),
        Comparer(run.columns).compare(np.array([[0, 1]])),
        np.array([[0.9, 0.05, 0.05]], np.float32),
        np.array([1.0], np.float32),
    )
    assert clusters_of(run) == [[0], [1]]
    rules = sys.modules[clusters_of.__module__]
    monkeypatch.setattr(rules, "is_denied_twice", lambda compared: np.zeros(len(compared.levels), np.bool_))
    assert clusters_of(run) == [[0, 1]]
