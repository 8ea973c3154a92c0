"""The facts of a person and of a party, as rules name them (`variables`). The one place that reads a `Person`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
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
PARTY_AGES = INFANT_BELOW, OLDER_FROM = 2, 60
"""The ages at which what a party's variables count changes, besides the policy's own for minors."""
_ANY_AGE = Span(0, OLDEST)
_ANY_SEX = OneOf(SEXES)
_YES_OR_NO = OneOf((False, True))


@dataclass(frozen=True, slots=True, eq=False)
class Assessed:
    """A person with the facts that rules may name, the span of ages, and the categories found.

    Compared and hashed as the object that it is: what was judged of one can be remembered under it.
    """

    person: PersonId
    facts: Facts
    age: Span
    categories: tuple[CategoryFinding, ...] = ()

    def is_below(self, years: int) -> Answer:
        """Whether the person is younger than so many completed years."""
        if self.age.most < years:
            return Answer.YES
        return Answer.UNKNOWN if self.age.least < years else Answer.NO

    def is_in(self, category: str) -> Answer:
        """Whether the person is in a category."""
        return next((found.answer for found in self.categories if found.category == category), Answer.NO)


ALWAYS_READ = frozenset({"sex", "is_married", "needs", "checked", "trust"})
"""Read whether or not a rule names them: parties and dependents are judged by them."""


def as_stated(person: Person, age: Span, knowledge: Knowledge) -> tuple[object, ...]:
    """All that `person_facts` looks at, cheap to make: people for whom it is equal have equal facts."""
    checked = knowledge.checked.get(person.id)
    return (
        age.least,
        age.most,
        person.sex,
        person.nationality,
        person.is_married,
        person.claims,
        person.needs,
        person.sources,
        person.doubts,
        tuple((each.kind, each.country, each.expires) for each in person.documents) if person.documents else None,
        tuple(sorted(checked.items())) if checked else None,
    )


def person_facts(person: Person, age: Span, *, knowledge: Knowledge, names: Collection[str], on: date) -> Facts:
    """What is known of one person, with the doubt kept.

    Lists hold what is known to hold: a claim, document or need that nobody stated is not in them. A document
    whose issuer nobody stated may be any state's. An unknown age, sex, nationality or marriage may be any.

    Args:
        person: As identity derived it.
        age: As by `age_span`.
        knowledge: Checked facts and trust.
        names: Which of `PERSON_VARIABLES` are wanted; people with equal facts share their findings.
        on: The day on which documents expire.
    """
    return {name: _fact(name, person, age, knowledge, on) for name in names}


def _fact(name: str, person: Person, age: Span, knowledge: Knowledge, on: date) -> Fact:  # noqa: PLR0911
    match name:
        case "claims" | "sources" | "doubts":
            items: tuple[str, ...] = getattr(person, name)
            return tuple(sorted(set(items))) if len(items) > 1 else tuple(items)
        case "checked" | "refuted":
            found = knowledge.checked.get(person.id)
            return tuple(sorted(code for code in found if found[code] is (name == "checked"))) if found else ()
        case "documents":
            return _documents(person.documents)
        case "expired":
            return _documents([each for each in person.documents if each.expires and each.expires.latest < on])
        case "nationality":
            return _nationality(person) or Unstated()
        case "age":
            return age if age.least != age.most else age.least
        case "sex":
            return person.sex.value if person.sex is not Sex.UNKNOWN else _ANY_SEX
        case "is_married":
            married = knowledge.is_married(person)
            return married if married is not None else _YES_OR_NO
        case "needs":
            return tuple(sorted(need.value for need in knowledge.needs(person)))
        case "trust":
            return max((knowledge.trust.get(source, 0) for source in person.sources), default=0)
        case "known":
            return _known(person, age, knowledge)
    raise KeyError(name)


def _known(person: Person, age: Span, knowledge: Knowledge) -> tuple[str, ...]:
    known = {
        "birth": age != _ANY_AGE,
        "sex": person.sex is not Sex.UNKNOWN,
        "nationality": bool(_nationality(person)),
        "marriage": knowledge.is_married(person) is not None,
    }
    return tuple(sorted(name for name, is_known in known.items() if is_known))


def _nationality(person: Person) -> str:
    """Three letters, or empty: a word that is no ISO code says nothing that a rule could compare."""
    text = person.nationality.strip().upper()
    return text if len(text) == _COUNTRY_LENGTH and text.isalpha() else ""


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


def party_facts(
    members: Sequence[tuple[Member, Assessed]], *, minors_below: int, names: Collection[str]
) -> dict[str, Fact]:
    """What is known of the confirmed members together; `names` are the wanted ones of `PARTY_VARIABLES`."""
    return {name: _party_fact(name, members, minors_below) for name in names}


def _party_fact(name: str, members: Sequence[tuple[Member, Assessed]], below: int) -> Fact:  # noqa: PLR0911
    people = [assessed for _, assessed in members]
    match name:
        case "heads":
            return len(people)
        case "minors" | "infants":
            return _count(each.is_below(below if name == "minors" else INFANT_BELOW) for each in people)
        case "older":
            return _count(_opposite(each.is_below(OLDER_FROM)) for each in people)
        case "women" | "men":
            sex = Sex.FEMALE if name == "women" else Sex.MALE
            return _count(_grown(each, each.is_below(below), sex) for each in people)
        case "needs" | "checked":
            return _union(people, name)
        case "categories":
            return _categories(people)
        case "trust":
            return max((trust for each in people if isinstance(trust := each.facts["trust"], int)), default=0)
        case "has_minor_without_adult":
            return _has_minor_alone(members, [each.is_below(below) for each in people])
    raise KeyError(name)


def _opposite(answer: Answer) -> Answer:
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(answer, answer)


def _grown(each: Assessed, is_minor: Answer, sex: Sex) -> Answer:
    found = each.facts["sex"]
    if is_minor is Answer.YES or (isinstance(found, str) and found != sex.value):
        return Answer.NO
    return Answer.YES if is_minor is Answer.NO and isinstance(found, str) else Answer.UNKNOWN


def _count(answers: Iterable[Answer]) -> Fact:
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
    return _YES_OR_NO if Answer.UNKNOWN in alone else False
