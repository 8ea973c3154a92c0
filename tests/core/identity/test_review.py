"""The review queue: whole families at once, and never two who are kept apart in one question."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from safepassage.core.identity import IdentitySettings, JudgementVerdict, resolve
from safepassage.core.people import Listing
from tests.core.identity.people import BROTHERS, crowd, judged, phoned

PHONE = "+93700000033"
CAREFUL = IdentitySettings(wrong_merge_cost=10_000)
"""So dear a mistake that none of the brothers is certain."""


def copies() -> list[list[Listing]]:
    """The brothers in three lists, without their fathers and births."""
    return [
        [
            replace(phoned(one, PHONE), id=f"{one.id}-{at}", source=f"S-{at}", group=f"G-{at}", birth=None, father="")
            for one in BROTHERS
        ]
        for at in range(3)
    ]


def test_one_question_holds_a_family_of_three_lists():
    listings = copies()
    found = resolve([*chain(*listings), *crowd()], settings=CAREFUL)
    questions = [review for review in found.reviews if listings[0][0].id in review.listings]
    assert len(questions) == 1
    assert set(questions[0].groups) == {"G-0", "G-1", "G-2"}
    assert {one.id for group in listings for one in group} <= set(questions[0].listings)


def test_who_may_be_a_sibling_is_joined_only_from_the_bound_that_is_set():
    one = [replace(x, birth=None, father="") for x in BROTHERS]
    other = [
        replace(x, id=f"{x.id}-2", source="S-2", group="G-2", name=name)
        for x, name in zip(one, ("Karem", "Rehan", "Selem"), strict=True)
    ]
    listings = [phoned(x, PHONE) for x in (*one, *other)] + [*crowd()]
    bold, shy = (resolve(listings, settings=IdentitySettings(siblings_from=bound)) for bound in (0.4, 1.0))
    assert max(map(len, bold.clusters)) > 1
    assert max(map(len, shy.clusters)) == 1


def test_two_who_are_kept_apart_never_stand_in_one_question():
    listings = copies()
    one, other = listings[0][0], listings[1][1]
    apart = [judged(one, other, JudgementVerdict.KEEP_APART)]
    found = resolve([*chain(*listings), *crowd()], judgements=apart, settings=CAREFUL)
    assert any(one.id in review.listings for review in found.reviews)
    assert any(other.id in review.listings for review in found.reviews)
    assert not any({one.id, other.id} <= set(review.listings) for review in found.reviews)
