"""People whom lists name by a relative, or not at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from safepassage.core.dates import PartialDate
from safepassage.core.identity import EvidenceField, Resolution
from safepassage.core.identity.compare import Compared
from safepassage.core.identity.levels import AT
from safepassage.core.identity.sound import is_sound
from safepassage.core.people import Listing, Relation, Sex
from tests.cast import KARIM_AGAIN, KARIM_TESTANI, born, listing
from tests.core.identity.people import crowd, found_in, one_of, passport, phoned

PHONE = "+93700000055"


def test_counted_kin_without_names_are_never_joined_to_each_other():
    heads = [phoned(KARIM_TESTANI, PHONE), phoned(replace(KARIM_AGAIN, group="G-NGO"), PHONE)]
    kin = [
        replace(
            phoned(listing(f"KIN{at}", "", relation=Relation.SPOUSE, sex=Sex.FEMALE), PHONE),
            source=head.source,
            group=head.group,
        )
        for at, head in enumerate(heads)
    ]
    found = found_in([*heads, *kin])
    assert not one_of(found, *kin)
    assert not one_of(found, heads[0], kin[1])
    assert one_of(found, *heads)


def test_a_document_joins_even_those_without_a_name():
    a, b = (
        passport(listing(f"PAPER{at}", "", source=source, birth=born(2001, 2, 3)), "P07654321")
        for at, source in enumerate(("S-EMBASSY", "S-NGO"))
    )
    assert one_of(found_in([a, b]), a, b)


def test_behind_mrs_a_mans_name_is_the_husbands():
    men = [replace(person, id=f"{person.id}-M", name="Tarmo Probanik", sex=Sex.MALE) for person in crowd(6)]
    wife = listing("MRS", "Mrs. Tarmo Probanik", source="S-NGO", sex=Sex.FEMALE)
    assert not any(one_of(found_in([*men, wife]), man, wife) for man in men)


BORN = born(2021, 6, 14)


def family(
    key: str, source: str, *babies: str, birth: PartialDate | None = BORN, sex: Sex = Sex.FEMALE
) -> tuple[Listing, ...]:
    """Parents whom two lists name alike, and children by the names given."""
    group = f"G-{key}"
    parents = (
        listing(f"{key}-F", "Tarmo Specimo", source=source, group=group, relation=Relation.HEAD, sex=Sex.MALE,
                birth=born(1985, 4, 3)),
        listing(f"{key}-M", "Pelkin Musterov", source=source, group=group, relation=Relation.SPOUSE, sex=Sex.FEMALE,
                birth=born(1988, 7, 21)),
    )  # fmt: skip
    return parents + tuple(
        listing(f"{key}-B{at}", name, source=source, group=group, relation=Relation.CHILD, sex=sex, birth=birth)
        for at, name in enumerate(babies)
    )


def are_sure(found: Resolution, *people: Listing) -> bool:
    """Whether they are one person without anybody's answer."""
    return any({person.id for person in people} <= set(part) for part in found.certain_clusters)


def test_an_unnamed_baby_of_one_family_in_two_lists_is_one_person_and_not_two_until_asked():
    here, there = (family(key, source, "Baby girl Specimo") for key, source in (("A", "S-EMBASSY"), ("B", "S-NGO")))
    assert are_sure(found_in([*here, *there]), here[2], there[2])


@pytest.mark.parametrize(
    ("name", "birth", "sex", "family_chance", "is_held"),
    [
        (12, 1, 1, 0.995, True),
        (13, 1, 1, 0.995, True),
        (12, 1, 1, 0.9, False),
        (12, 5, 1, 0.995, False),
        (12, 1, 2, 0.995, False),
        (12, 1, 0, 0.995, False),
        (14, 1, 1, 0.995, False),
        (0, 1, 1, 0.995, False),
    ],
)
def test_who_is_without_a_name_in_both_lists_is_joined_inside_one_family_by_day_and_sex(
    name: int, birth: int, sex: int, family_chance: float, is_held: bool
):
    compared = Compared.room_for(1)
    for field, level in ((EvidenceField.NAME, name), (EvidenceField.BIRTH, birth), (EvidenceField.SEX, sex)):
        compared.levels[0, AT[field]] = level
    assert bool(is_sound(compared, np.array([family_chance], np.float32))[0]) is is_held


@pytest.mark.parametrize(
    ("birth", "sex"), [(born(2019, 6, 14), Sex.FEMALE), (born(2021, 6, 14), Sex.MALE), (None, Sex.FEMALE)]
)
def test_an_unnamed_child_of_another_birth_or_sex_is_asked_about(birth: PartialDate | None, sex: Sex):
    here, there = family("HERE", "S-EMBASSY", ""), family("THERE", "S-NGO", "", birth=birth, sex=sex)
    assert not are_sure(found_in([*here, *there]), here[2], there[2])


def test_unnamed_children_of_strangers_born_on_one_day_are_two():
    here, there = family("HERE", "S-EMBASSY", ""), family("THERE", "S-NGO", "")
    others = [replace(x, name=f"Yorbal Exemplik{at}", birth=born(1970 + at, 2, 2)) for at, x in enumerate(there[:2])]
    assert not one_of(found_in([*here, *others, there[2]]), here[2], there[2])
