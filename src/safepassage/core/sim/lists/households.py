"""Draws the invented families: who lives with whom, who is whose child, what each is called."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from safepassage.core.people import Need, Relation, Sex
from safepassage.core.sim.lists import lexicon
from safepassage.core.sim.lists.lexicon import Name
from safepassage.core.sim.lists.luck import between, chance, pick, shuffled, weighted
from safepassage.core.sim.lists.naming import draw_given, draw_surname
from safepassage.core.sim.lists.papers import draw_needs, give_documents, give_phones
from safepassage.core.sim.lists.truth import Family, Person

LARGEST = 14
_DAY_ZERO = date(2021, 8, 15)
_KINDS = {
    "nuclear": 0.44,
    "single": 0.2,
    "joint": 0.1,
    "widow": 0.09,
    "couple": 0.08,
    "two-wives": 0.05,
    "minors": 0.04,
}
_ADULTS = {"nuclear": 2, "single": 1, "joint": 4, "widow": 1, "couple": 2, "two-wives": 3, "minors": 1}
_SMALLER = {"joint": "two-wives", "two-wives": "couple", "nuclear": "single", "couple": "single"}
"""Each kind with the kind that has one adult fewer."""
_CLAIMS = {
    "siv": 0.3,
    "p2": 0.13,
    "p1": 0.06,
    "at-risk": 0.24,
    "staff": 0.09,
    "citizen": 0.05,
    "resident": 0.06,
    "": 0.07,
}
_FEW_CHILDREN = {0: 0.08, 1: 0.22, 2: 0.27, 3: 0.2, 4: 0.12, 5: 0.07, 6: 0.04}


def draw_families(rng: np.random.Generator, families: int, people: int) -> list[Family]:
    """`families` families with exactly `people` members in all.

    Raises:
        ValueError: if that many people can't be spread over that many families of 1 to 14.
    """
    if not families <= people <= families * 9:
        raise ValueError(f"{people} people don't fit {families} families: give between {families} and {families * 9}")
    kinds = [weighted(rng, _KINDS) for _ in range(families)]
    children = [_children_of(rng, kind) for kind in kinds]
    _fit(rng, kinds, children, people)
    made = [
        _Household(rng, f"F{i + 1:05d}", kind, n).build()
        for i, (kind, n) in enumerate(zip(kinds, children, strict=True))
    ]
    _number(made)
    _marry_daughters(rng, made)
    return made


def _children_of(rng: np.random.Generator, kind: str) -> int:
    if kind in {"single", "couple"}:
        return 0
    if kind == "minors":
        return between(rng, 0, 2)
    more = between(rng, 1, 6) if kind in {"joint", "two-wives"} else 0
    return min(weighted(rng, _FEW_CHILDREN) + more, LARGEST - _ADULTS[kind])


def _fit(rng: np.random.Generator, kinds: list[str], children: list[int], people: int) -> None:
    """Adds or takes one person at a time, children first, until the number of people is right."""
    excess = sum(_ADULTS[kind] for kind in kinds) + sum(children) - people
    while excess:
        i = int(rng.integers(len(kinds)))
        if excess > 0 and children[i]:
            children[i], excess = children[i] - 1, excess - 1
        elif excess > 0 and kinds[i] in _SMALLER and not any(children):
            kinds[i], excess = _SMALLER[kinds[i]], excess - 1
        elif excess < 0 and kinds[i] == "single" and chance(rng, 0.05):
            kinds[i], excess = "couple", excess + 1
        elif excess < 0 and kinds[i] == "couple" and chance(rng, 0.05):
            kinds[i], children[i], excess = "nuclear", 1, excess + 1
        elif excess < 0 and kinds[i] not in {"single", "couple"} and _ADULTS[kinds[i]] + children[i] < LARGEST:
            children[i], excess = children[i] + 1, excess + 1


class _Household:
    """Builds one family, member by member."""

    def __init__(self, rng: np.random.Generator, key: str, kind: str, children: int) -> None:
        self.rng, self.kind, self.children = rng, kind, children
        self.surname = draw_surname(rng)
        self.family = Family(
            key=key,
            kind=kind,
            members=[],
            province=min(int(rng.exponential(3.2)), len(lexicon.PROVINCES) - 1),
            language=weighted(rng, {"fa": 0.62, "ps": 0.33, "en": 0.05}),
            claim=weighted(rng, _CLAIMS),
            employer=between(rng, 1, 24),
            serial=between(rng, 0, 994_000),
        )
        if self.family.claim == "siv":
            self.family.case_number = f"SIV-9{between(rng, 10_000, 99_999)}"

    def build(self) -> Family:
        getattr(self, "_" + self.kind.replace("-", "_"))()
        give_phones(self.rng, self.family)
        return self.family

    def _add(
        self,
        sex: Sex,
        years: float,
        relation: Relation,
        father: Name,
        *,
        married: bool = False,
        party: str = "",
        given: Name = (),
    ) -> Person:
        rng, family = self.rng, self.family
        person = Person(
            key="",
            family=family.key,
            party=party or family.key.replace("F", "T"),
            sex=sex,
            given=given or self._fresh_name(sex),
            surname=self.surname,
            father=father,
            birth=_DAY_ZERO - timedelta(days=int(years * 365.25) + between(rng, 0, 364)),
            relation=relation,
            knows=weighted(rng, {"day": 0.72, "jan-1": 0.18, "year": 0.1}) if years >= 8 else "day",
            is_married=married,
        )
        give_documents(rng, person, family, years)
        person.needs = draw_needs(rng, person, years)
        family.members.append(person)
        return person

    def _fresh_name(self, sex: Sex) -> Name:
        taken = {member.given for member in self.family.members}
        while (name := draw_given(self.rng, sex)) in taken:
            pass
        return name

    def _wife(self, husband: Person, years: float, relation: Relation, party: str = "") -> Person:
        wife = self._add(
            Sex.FEMALE, max(17.0, years), relation, draw_given(self.rng, Sex.MALE), married=True, party=party
        )
        wife.spouse, husband.spouse, husband.is_married = husband.given, wife.given, True
        if chance(self.rng, 0.75):
            wife.surname = None if chance(self.rng, 0.6) else draw_surname(self.rng)
        return wife

    def _offspring(
        self, father: Name, count: int, oldest: float, relation: Relation, *, party: str = "", after: Name = ()
    ) -> None:
        years = oldest
        for i in range(count):
            sex = Sex.MALE if chance(self.rng, 0.51) else Sex.FEMALE
            named_after = after if sex is Sex.MALE and after and i == 0 and chance(self.rng, 0.4) else ()
            self._add(sex, max(0.0, years), relation, father, party=party, given=named_after)
            is_twin = chance(self.rng, 0.03)
            years -= 0 if is_twin else float(self.rng.uniform(1.1, 3.2))

    def _head(self, years: float, sex: Sex = Sex.MALE) -> Person:
        return self._add(sex, years, Relation.HEAD, draw_given(self.rng, Sex.MALE))

    def _nuclear(self) -> None:
        years = float(self.rng.uniform(26, 52))
        head = self._head(years)
        self._wife(head, years - float(self.rng.uniform(0, 8)), Relation.SPOUSE)
        self._offspring(head.given, self.children, min(years - 20, 1.5 + 2.2 * self.children), Relation.CHILD)

    def _couple(self) -> None:
        years = float(self.rng.uniform(21, 66))
        self._wife(self._head(years), years - float(self.rng.uniform(0, 7)), Relation.SPOUSE)

    def _single(self) -> None:
        self._head(float(self.rng.uniform(18, 58)), Sex.MALE if chance(self.rng, 0.7) else Sex.FEMALE)

    def _widow(self) -> None:
        years = float(self.rng.uniform(28, 58))
        head = self._head(years, Sex.FEMALE)
        husband = draw_given(self.rng, Sex.MALE)
        head.spouse = husband
        self._offspring(husband, self.children, min(years - 19, 2 + 2.4 * self.children), Relation.CHILD)

    def _two_wives(self) -> None:
        years = float(self.rng.uniform(38, 60))
        head = self._head(years)
        first = self.children // 2
        for nth, count in enumerate((first, self.children - first)):
            self._wife(head, years - 4 - 9 * nth, Relation.SPOUSE)
            self._offspring(head.given, count, min(years - 20 - 8 * nth, 2 + 2.2 * count), Relation.CHILD)

    def _joint(self) -> None:
        years = float(self.rng.uniform(55, 74))
        head = self._head(years)
        self._wife(head, years - float(self.rng.uniform(2, 8)), Relation.SPOUSE)
        apart = f"{self.family.key.replace('F', 'T')}b" if chance(self.rng, 0.2) else ""
        son = self._add(Sex.MALE, years - 25, Relation.CHILD, head.given, married=True, party=apart)
        self._wife(son, years - 28, Relation.CHILD_IN_LAW, apart)
        grand = (self.children + 1) // 2
        self._offspring(son.given, grand, 1 + 2.2 * grand, Relation.GRANDCHILD, party=apart, after=head.given)
        self._offspring(head.given, self.children - grand, years - 30, Relation.CHILD)

    def _minors(self) -> None:
        father = draw_given(self.rng, Sex.MALE)
        years = float(self.rng.uniform(11, 16.5))
        oldest = self._add(Sex.MALE if chance(self.rng, 0.7) else Sex.FEMALE, years, Relation.HEAD, father)
        oldest.needs = (*oldest.needs, Need.ACCOMPANYING_ADULT)
        self._offspring(father, self.children, years - 2, Relation.SIBLING)


def _number(families: list[Family]) -> None:
    people = [person for family in families for person in family.members]
    for i, person in enumerate(people):
        person.key = f"H{i + 1:05d}"


def _marry_daughters(rng: np.random.Generator, families: list[Family]) -> None:
    """Makes some wives daughters of an older head elsewhere, whose lists may still name them."""
    elders = [f for f in families if f.kind in {"joint", "nuclear"} and f.members[0].birth.year < 1972]
    for family in shuffled(rng, families):
        wives = [p for p in family.members if p.relation is Relation.SPOUSE and p.birth.year > 1990]
        if wives and elders and chance(rng, 0.3):
            home = pick(rng, elders)
            if home is not family:
                wives[0].father, wives[0].surname = home.members[0].given, home.members[0].surname
                home.daughters.append(wives[0])
