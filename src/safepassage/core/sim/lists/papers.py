"""Documents, phones and needs of invented people, in ranges that can be nobody's.

- Passports `P99nnnnnn`: far above the serials in use in 2021; United States: `9999nnnnn`.
- Electronic identity cards `1999-0000-nnnnn`: a Solar Hijri year six centuries away, no province.
- Paper identity cards `99nnnnnn`; A-numbers `A999nnnnnn`; case numbers `SIV-9nnnnn`.
- Phones: +93 741 nnn nnn, a prefix for which the carrier tables of `phonenumbers` name no operator, and the
  +1 202 555 01nn of North America, reserved for fiction.
"""

from __future__ import annotations

import numpy as np

from safepassage.core.people import Need, Relation, Sex
from safepassage.core.sim.lists.luck import between, chance
from safepassage.core.sim.lists.truth import Family, Person


def give_documents(rng: np.random.Generator, person: Person, family: Family, years: float) -> None:
    """Passport, identity card and A-number, as far as they have any; passports of one family follow each other."""
    if family.claim == "citizen" and person.relation in {Relation.HEAD, Relation.CHILD}:
        person.country, person.passport = "USA", f"9999{between(rng, 0, 99_999):05d}"
    elif chance(rng, 0.55 if years > 15 else 0.35):
        family.serial += between(rng, 1, 3)
        person.passport = f"P99{family.serial:06d}"
    if chance(rng, 0.7 if years > 10 else 0.3):
        is_electronic = chance(rng, 0.4)
        paper, electronic = between(rng, 0, 999_999), between(rng, 10_000, 99_999)
        person.tazkira = f"1999-0000-{electronic}" if is_electronic else f"99{paper:06d}"
    if family.claim == "resident" and person.relation in {Relation.HEAD, Relation.SPOUSE}:
        person.a_number = f"A999{between(rng, 0, 999_999):06d}"


def give_phones(rng: np.random.Generator, family: Family) -> None:
    """A phone for the head, and for some of the others who are old enough."""
    for person in family.members:
        if person.birth.year < 2005 and (person.relation is Relation.HEAD or chance(rng, 0.3)):
            is_abroad = person.country == "USA" and chance(rng, 0.6)
            abroad, home = between(rng, 0, 99), between(rng, 0, 999_999)
            person.phone = f"+120255501{abroad:02d}" if is_abroad else f"+93741{home:06d}"


def draw_needs(rng: np.random.Generator, person: Person, years: float) -> tuple[Need, ...]:
    """Specific needs, by age and lot."""
    needs: list[Need] = []
    if years >= 60 and chance(rng, 0.2):
        needs.append(Need.WHEELCHAIR)
    if chance(rng, 0.03):
        needs.append(Need.MEDICAL)
    if person.sex is Sex.FEMALE and person.is_married and 18 <= years <= 42 and chance(rng, 0.12):
        needs.append(Need.PREGNANCY)
    if years < 2:
        needs.append(Need.INFANT_CARE)
    return tuple(needs)
