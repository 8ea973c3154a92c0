"""Which listings are brought together at all, and how names of both scripts meet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safepassage.core.identity.blocking import candidate_codes
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.spelling import skeleton, words_of
from safepassage.core.people import Listing
from tests.cast import listing
from tests.core.identity.people import phoned


def skeletons(name: str) -> set[str]:
    return {skeleton(word) for word in words_of(name)}


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("یلدا", "Yalda"),
        ("یدالله", "Yadullah"),
        ("یحیی", "Yahya"),
        ("جلال الدین", "Jalaluddin"),
        ("ضیا الدین", "Zia ud Din"),
        ("عبد", "Abdul"),
        ("عبد الحمید", "Abdool Hameed"),
        ("عنایت اللہ", "Enayatullah"),
        ("بی بی سهیلا", "Bibi Sohaila"),
        ("وږمه", "Wagma"),
        ("لیلا", "XXXLaila"),
    ],
)
def test_a_name_has_one_skeleton_in_both_scripts(arabic, latin):
    assert skeletons(arabic) == skeletons(latin)


def meet(*people: Listing) -> bool:
    """Whether the first two are compared."""
    columns = columns_of(people)
    left, right = sorted((columns.ids.index(people[0].id), columns.ids.index(people[1].id)))
    return left * columns.size + right in candidate_codes(columns, cap=8).tolist()


def namesakes(name: str) -> list[Listing]:
    """So many of one name that the name alone brings nobody together."""
    return [listing(f"{name}{at}", name, source="S-OTHER") for at in range(12)]


def test_two_of_common_names_are_found_by_whom_they_stand_with():
    one = listing("ONE", "Testana", group="G-1", source="S-1")
    other = listing("TWO", "Testana", group="G-2", source="S-2")
    sisters = [replace(one, id="L-THREE", name="Musterina"), replace(other, id="L-FOUR", name="Musterina")]
    crowd = [*namesakes("Testana"), *namesakes("Musterina")]
    assert not meet(one, other, *crowd)
    assert meet(one, other, *sisters, *crowd)


def test_a_slip_in_the_phone_still_brings_two_together():
    one, other = (listing(key, "Testana", source=f"S-{key}") for key in ("ONE", "TWO"))
    crowd = namesakes("Testana")
    assert not meet(phoned(one, "+93700123456"), phoned(other, "0700 98 34 65"), *crowd)
    assert meet(phoned(one, "+93700123456"), phoned(other, "0700 12 34 57"), *crowd)
