"""The facts of a person and of a party, as rules name them (`variables`). The one place that reads a `Person`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safepassage.core.dates import PartialDate, age_in_years
from safepassage.core.identity import Member, Person
from safepassage.core.ids import PersonId
from safepassage.core.people import Document, DocumentKind, Sex
from safepassage.core.policy.rules import Fact, Facts, Listed, OneOf, Span, Unstated
from safepassage.core.policy.standings import Answer, CategoryFinding, Knowledge
from safepassage.core.policy.vocabulary import SEXES

OLDEST = 120
_COUNTRY_LENGTH = 3
_YEAR = timedelta(days=364)
_ANY_AGE = Span(0, OLDEST)


@dataclass(frozen=True, slots=True)
class Assessed:
    """A person with the facts that rules may name, and the categories found."""

    person: PersonId
    facts: Facts
    categories: tuple[CategoryFinding, ...] = ()

    @property
    def age(self) -> Span:
        """The least and the most that the person can be, in completed years."""
        age = self.facts["age"]
        return age if isinstance(age, Span) else Span(int(str(age)), int(str(age)))

    def is_below(self, years: int) -> Answer:
        """Whether the person is younger than so many completed years."""
        age = self.age
        if age.most < years:
            return Answer.YES
        return Answer.UNKNOWN if age.least < years else Answer.NO

    def is_in(self, category: str) -> Answer:
        """Whether the person is in a category."""
        return next((found.answer for found in self.categories if found.category == category), Answer.NO)


def person_facts(person: Person, *, on: date, knowledge: Knowledge) -> dict[str, Fact]:
    """What is known of one person, with the doubt kept; keys as in `PERSON_VARIABLES`.

    Lists hold what is known to hold: a claim, document or need that nobody stated is not in them. A document
    whose issuer nobody stated may be any state's. An unknown age, sex, nationality or marriage may be any.
    """
    checked = knowledge.checked.get(person.id, {})
    age = age_span(person.birth, on)
    nationality = person.nationality.strip().upper()
    is_nationality_known = len(nationality) == _COUNTRY_LENGTH and nationality.isalpha()
    known = {
        "birth": age != _ANY_AGE,
        "sex": person.sex is not Sex.UNKNOWN,
        "nationality": is_nationality_known,
        "marriage": person.is_married is not None,
    }
    return {
        "claims": tuple(sorted(set(person.claims))),
        "checked": tuple(sorted(code for code, is_true in checked.items() if is_true)),
        "refuted": tuple(sorted(code for code, is_true in checked.items() if not is_true)),
        "documents": _documents(person.documents),
        "expired": _documents([each for each in person.documents if each.expires and each.expires.latest < on]),
        "nationality": nationality if is_nationality_known else Unstated(),
        "age": age if age.least != age.most else age.least,
        "sex": person.sex.value if person.sex is not Sex.UNKNOWN else OneOf(SEXES),
        "is_married": person.is_married if person.is_married is not None else OneOf((False, True)),
        "needs": tuple(sorted({need.value for need in person.needs})),
        "trust": max((knowledge.trust.get(source, 0) for source in person.sources), default=0),
        "sources": tuple(sorted(set(person.sources))),
        "doubts": tuple(sorted(set(person.doubts))),
        "known": tuple(sorted(name for name, is_known in known.items() if is_known)),
    }


def age_span(birth: PartialDate | None, on: date) -> Span:
    """The span of ages; a weak day (1 January, 1 Hamal) counts as the year that begins on it."""
    if birth is None:
        return _ANY_AGE
    if birth.is_weak and birth.latest < date.max - _YEAR:
        readings = tuple((first, max(last, first + _YEAR)) for first, last in birth.readings)
        birth = PartialDate(readings, birth.precision, birth.calendar, is_weak=True, text=birth.text)
    ages = age_in_years(birth, on)
    if ages is None:
        return _ANY_AGE
    return Span(max(0, min(ages[0], OLDEST)), max(0, min(ages[1], OLDEST)))


def _documents(documents: Sequence[Document]) -> Fact:
    sure: set[str] = set()
    maybe: set[str] = set()
    for document in documents:
        if document.kind is DocumentKind.NONE:
            continue
        kind, country = document.kind.value, document.country.strip().upper()
        sure.add(kind)
        if country:
            sure.add(f"{kind}:{country}")
        else:
            maybe.add(f"{kind}:*")
    return Listed(tuple(sorted(sure)), tuple(sorted(maybe))) if maybe else tuple(sorted(sure))


def party_facts(members: Sequence[tuple[Member, Assessed]], *, minors_below: int) -> dict[str, Fact]:
    """What is known of the confirmed members together; keys as in `PARTY_VARIABLES`."""
    people = [assessed for _, assessed in members]
    minor = [each.is_below(minors_below) for each in people]
    return {
        "heads": len(people),
        "minors": _count(minor),
        "infants": _count(each.is_below(2) for each in people),
        "older": _count(_opposite(each.is_below(60)) for each in people),
        "women": _count(_grown(each, below, Sex.FEMALE) for each, below in zip(people, minor, strict=True)),
        "men": _count(_grown(each, below, Sex.MALE) for each, below in zip(people, minor, strict=True)),
        "needs": _union(people, "needs"),
        "categories": _categories(people),
        "checked": _union(people, "checked"),
        "trust": max((trust for each in people if isinstance(trust := each.facts["trust"], int)), default=0),
        "has_minor_without_adult": _has_minor_alone(members, minor),
    }


def _opposite(answer: Answer) -> Answer:
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(answer, answer)


def _grown(each: Assessed, is_minor: Answer, sex: Sex) -> Answer:
    found = each.facts["sex"]
    if is_minor is Answer.YES or (isinstance(found, str) and found != sex.value):
        return Answer.NO
    return Answer.YES if is_minor is Answer.NO and isinstance(found, str) else Answer.UNKNOWN


def _count(answers: Iterator[Answer] | Sequence[Answer]) -> Fact:
    found = list(answers)
    sure, unsure = found.count(Answer.YES), found.count(Answer.UNKNOWN)
    return Span(sure, sure + unsure) if unsure else sure


def _union(people: Sequence[Assessed], name: str) -> tuple[str, ...]:
    return tuple(sorted({item for each in people if isinstance(items := each.facts[name], tuple) for item in items}))


def _categories(people: Sequence[Assessed]) -> Fact:
    sure = {found.category for each in people for found in each.categories if found.answer is Answer.YES}
    maybe = {found.category for each in people for found in each.categories if found.answer is Answer.UNKNOWN} - sure
    return Listed(tuple(sorted(sure)), tuple(sorted(maybe))) if maybe else tuple(sorted(sure))


def _has_minor_alone(members: Sequence[tuple[Member, Assessed]], minor: Sequence[Answer]) -> Fact:
    here = {member.person for member, _ in members}
    alone = [
        is_minor
        for (member, _), is_minor in zip(members, minor, strict=True)
        if not {member.accompanying_adult, member.adult_proposed} & here
    ]
    if Answer.YES in alone:
        return True
    return OneOf((False, True)) if Answer.UNKNOWN in alone else False
