"""From a group of people to the texts that a list's writer puts into its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from safepassage.core.people import Need, Relation, Sex
from safepassage.core.sim.lists import lexicon
from safepassage.core.sim.lists.coverage import ListGroup, Place
from safepassage.core.sim.lists.habits import ListHabit
from safepassage.core.sim.lists.lexicon import Name
from safepassage.core.sim.lists.luck import chance, pick
from safepassage.core.sim.lists.slips import misread, slip_name
from safepassage.core.sim.lists.spelling import arabic, latin
from safepassage.core.sim.lists.stating import digits, state_birth, state_phone

FIXERS = ("+93741000417", "+93741000982", "+93741001133")
"""Phones of three go-betweens, which stand on dozens of families."""

_HONORIFICS = {
    False: ("Haji ", "Eng. ", "Dr ", "Ustad ", "Mr. ", "Sayed "),
    True: ("حاجی ", "انجنیر ", "داکتر ", "استاد ", "محترم ", "سید "),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of people before it gets the shape of its list: codes and texts as the writer has them."""

    place: Place
    group: int
    name: str
    given: str
    surname: str
    father: str
    birth: str
    passport: str
    tazkira: str
    other_number: str
    phone: str
    spouse: str
    sex: Sex
    relation: Relation
    claim: str
    needs: tuple[Need, ...]
    is_arabic: bool
    tags: tuple[str, ...] = field(default=())

    @property
    def is_first(self) -> bool:
        """Whether this is the head of the group."""
        return self.relation is Relation.HEAD


def write_entries(
    rng: np.random.Generator, groups: list[ListGroup], habit: ListHabit, *, fixer_share: float
) -> list[list[Entry]]:
    """The rows of each group in the habits of one list; `fixer_share` of the groups carry a go-between's phone."""
    written: list[list[Entry]] = []
    for group in groups:
        is_arabic = chance(rng, habit.arabic_share)
        fixer = pick(rng, FIXERS) if chance(rng, fixer_share) else ""
        writer = _Writer(rng, habit, is_arabic=is_arabic, fixer=fixer)
        written.append([writer.entry(group.label, place) for place in group.places])
    return written


class _Writer:
    """Writes the rows of one group."""

    def __init__(self, rng: np.random.Generator, habit: ListHabit, *, is_arabic: bool, fixer: str) -> None:
        self.rng, self.habit, self.is_arabic, self.fixer = rng, habit, is_arabic, fixer

    def entry(self, label: int, place: Place) -> Entry:
        person, rng, habit = place.person, self.rng, self.habit
        given, surname, name_tags = self._name(place)
        given, slips = slip_name(given, habit.typos, rng)
        surname, more_slips = slip_name(surname, habit.typos, rng)
        if habit.upper:
            given, surname = given.upper(), surname.upper()
        if given != "FNU" and person.birth.year < 1995 and chance(rng, habit.honorifics):
            given, slips = pick(rng, _HONORIFICS[self.is_arabic]) + given, (*slips, "honorific")
        slips += tuple(slip for slip in more_slips if slip not in slips)
        birth, birth_tags = state_birth(person, habit, rng)
        if chance(rng, habit.missing / 3):
            birth, birth_tags = "", ("no-birth",)
        passport, misreads = self._number(person.passport)
        phone = self.fixer if self.fixer and place.relation is Relation.HEAD else person.phone
        return Entry(
            place=place,
            group=label,
            name=f"{given} {surname}".strip(),
            given=given,
            surname=surname,
            father=self._kept(self._spell(person.father)),
            birth=birth,
            passport=passport,
            tazkira=digits(self._kept(person.tazkira), habit),
            other_number=person.a_number or (place.family.case_number if place.relation is Relation.HEAD else ""),
            phone=state_phone(phone, habit, rng)
            if place.relation is Relation.HEAD
            else self._kept(state_phone(phone, habit, rng)),
            spouse=self._kept(self._spell(person.spouse)) if person.spouse else "",
            sex=Sex.UNKNOWN if chance(rng, habit.missing / 4) else person.sex,
            relation=place.relation,
            claim=place.family.claim if place.relation in {Relation.HEAD, Relation.COLLEAGUE} else "",
            needs=person.needs,
            is_arabic=self.is_arabic,
            tags=(*place.tags, *name_tags, *slips, *birth_tags, *misreads, *(("fixer",) if self.fixer else ())),
        )

    def _spell(self, name: Name) -> str:
        return arabic(name, self.habit) if self.is_arabic else latin(name, self.habit, self.rng)

    def _name(self, place: Place) -> tuple[str, str, tuple[str, ...]]:
        person, rng, habit = place.person, self.rng, self.habit
        tags = ("arabic-script",) if self.is_arabic else ()
        given: Name = person.given
        if given[0] in {lexicon.MOHAMMAD, lexicon.BIBI} and chance(rng, 0.12):
            given, tags = given[1:], (*tags, "prefix-left-out")
        written = self._spell(given)
        if chance(rng, habit.father_as_surname) and person.father:
            return written, self._spell(person.father), (*tags, "father-as-surname")
        if person.surname is None or not chance(rng, habit.surname_share):
            if habit.upper and chance(rng, 0.15):
                return "FNU", written, (*tags, "fnu")
            return written, "", (*tags, "single-name") if len(given) == 1 else tags
        return written, self._spell((person.surname,)), tags

    def _kept(self, text: str) -> str:
        return "" if chance(self.rng, self.habit.missing) else text

    def _number(self, number: str) -> tuple[str, tuple[str, ...]]:
        kept = self._kept(number)
        if kept and chance(self.rng, 0.06):
            wrong = misread(kept, self.rng)
            return wrong, ("misread-passport",) if wrong != kept else ()
        return kept, ()
