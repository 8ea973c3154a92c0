"""People whom lists name by a relative, or not at all."""

from __future__ import annotations

from dataclasses import replace

from safepassage.core.people import Relation, Sex
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
