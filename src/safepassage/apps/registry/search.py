"""Finding a person by a name in any script or spelling, and one more fact. A common name alone names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from safepassage.apps.registry.models import PersonRecord
from safepassage.apps.registry.search_index import Wanted, people_with
from safepassage.apps.registry.terms import LONGEST, plain_number, word_terms
from safepassage.apps.registry.values import PERSON
from safepassage.core.identity import Person
from safepassage.core.ids import PersonId
from safepassage.core.names import fold, similarity, skeleton

SHOWN_WITHOUT_FACT = 2
"""So many people with one name are shown without a further fact; of more only the number is told."""
LOOKED_AT = 300
"""So many candidates are counted; a name that more people bear needs more of it."""
READ = 100
"""So many, those who are spelt so first, are read and put in order of likeness."""
FEW = 5
SHOWN = 50
_ID = re.compile(r"[A-Z]{1,2}-[0-9A-HJKMNP-TV-Z]{8,26}")
_ONE_NUMBER = re.compile(r"\s*\+?[\d\s().-]+")
_YEAR = 4
_GREGORIAN_FROM = 1500
_DATE = re.compile(r"(?:(\d{4})[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}))")
_FACT_DIGITS = 5
_FACT_LETTERS = 3
"""A part of a word of one or two letters begins a word of nearly everybody's."""
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_SHORT = 2
_BY_SOUND = "ABCDFGHJKLMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: people, or only how many.

    `is_named_enough` is False where one more fact is needed. `total` counts to `LOOKED_AT` and no further; `is_more`
    says that there may be more.
    """

    persons: tuple[Person, ...]
    total: int
    is_named_enough: bool
    is_more: bool = False


def persons_find(text: str, *, fact: str = "", hidden: frozenset[PersonId] = frozenset()) -> Found:
    """Searches by words of a name and facts (a phone, a document number, a year of birth, a father's name, a place).

    A word with a digit counts as a fact wherever it stands. Words are matched as written and as they sound; if nobody
    fits, by their beginning and by one slip of the pen. Whoever is `hidden` from the reader is not there at all: not
    shown, not counted. Cost: a few reads of an index, whatever the number of people,
    and the views of 100 at most.
    """
    words = _words(text)
    names = [word for word in words if not any(sign.isdecimal() for sign in word)]
    facts = [word for word in words if word not in names] + _words(fact)
    by_id = [word.upper() for word in words if _ID.fullmatch(word.upper())]
    if by_id:
        people = _people([key for key in by_id if key not in hidden])
        return Found(tuple(people), len(people), is_named_enough=True)
    if not names and not facts:
        return Found((), 0, is_named_enough=False)
    keys = [key for key in _bearers(names, facts, beside=len(hidden)) if key not in hidden]
    is_more = len(keys) > LOOKED_AT
    is_enough = bool(names and facts) or any(_is_number(one) for one in facts)
    if not is_enough and (not names or len(keys) > SHOWN_WITHOUT_FACT):
        return Found((), min(len(keys), LOOKED_AT), is_named_enough=False, is_more=is_more)
    people = _people(keys[:READ])
    people.sort(key=lambda person: (-_likeness(person, names), person.id))
    return Found(tuple(people[:SHOWN]), min(len(keys), LOOKED_AT), is_named_enough=True, is_more=is_more)


def _words(text: str) -> list[str]:
    """The words of what was asked; a number written in groups is one word."""
    plain = text.translate(_DIGITS)
    if _ONE_NUMBER.fullmatch(plain) and sum(sign.isdecimal() for sign in plain) > _FACT_DIGITS:
        return ["".join(plain.split())]
    return plain.split()


def _bearers(names: Sequence[str], facts: Sequence[str], *, beside: int) -> list[str]:
    """Ids of people who answer to every word and fact, at most one more than are looked at: as spelt, then by sound.

    If nobody is spelt so and few sound so, one word at a time may have a slip or be the beginning of another.
    `beside`: so many more are given, since so many may be left out for the reader.
    """
    most = LOOKED_AT + 1 + beside
    words, told = _sounding(names), [_fact(one) for one in facts]
    spelt = people_with([*map(_spelt, names), *told], at_most=most) if names else []
    found = dict.fromkeys(spelt)
    if len(found) < most:
        found |= dict.fromkeys(people_with([*map(_word, words), *told], at_most=most))
    is_loose = not spelt and len(found) < (FEW if facts else 1)
    for at in range(len(words) if is_loose else 0):
        loose = [_loose(word) if at == place else _word(word) for place, word in enumerate(words)]
        found |= dict.fromkeys(people_with([*loose, *told], at_most=most))
    return list(found)[:most]


def _sounding(names: Sequence[str]) -> list[str]:
    """The words that carry the name; one that melts into its neighbour ("abdul" of Abdul Rahman) is left out."""
    whole = set(skeleton(" ".join(names)))
    return [name for name in names if whole & set(skeleton(name))] or list(names)


def _spelt(name: str) -> Wanted:
    return _one_of("n" + part for part in fold(name).split())


def _word(name: str) -> Wanted:
    return _one_of(word_terms(name, spelt="n", sounding="k"))


def _one_of(terms: Iterable[str], *, beginning: Iterable[str] = ()) -> Wanted:
    """One of these terms, or one that begins so."""
    return Wanted(tuple(sorted(terms)), tuple(begin[: LONGEST + 1] for begin in beginning))


def _loose(name: str) -> Wanted:
    """By sound with one slip, and by the beginning of a word."""
    slips = {"k" + slip for sound in skeleton(name) for slip in _slips(sound)}
    return _one_of(slips, beginning=("n" + part for part in fold(name).split() if len(part) >= _FACT_LETTERS))


def _slips(sound: str) -> Iterator[str]:
    """A skeleton with one letter put in, and of longer ones left out or another; of short ones too much is near."""
    yield sound
    if len(sound) < _SHORT:
        return
    for at in range(len(sound) + 1):
        before, after = sound[:at], sound[at:]
        yield from (before + letter + after for letter in _BY_SOUND)
        if len(sound) > _SHORT:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _BY_SOUND)


def _fact(fact: str) -> Wanted:
    digits = "".join(sign for sign in fact if sign.isdecimal())
    if not digits:
        part = ("f" + fold(fact),) if len(fold(fact)) >= _FACT_LETTERS else ()
        return _one_of(word_terms(fact, spelt="f", sounding="q"), beginning=part)
    if written := _DATE.fullmatch(fact):
        return _one_of(_born(written[1] or written[2]))
    number = plain_number(fact)
    backwards = digits.lstrip("0")[::-1] if number == digits else number[::-1]
    beginning = tuple(kind + part for kind, part in (("d", number), ("e", backwards)) if len(part) >= _FACT_DIGITS)
    return _one_of(_born(digits) if len(digits) == _YEAR else (), beginning=beginning)


def _born(year: str) -> list[str]:
    """A year of birth as it is written; a Solar Hijri one as each of the two Gregorian years that it overlaps too."""
    years = [int(year)]
    if years[0] < _GREGORIAN_FROM:
        years += [years[0] + 621, years[0] + 622]
    return [f"y{one}" for one in years]


def _people(keys: Sequence[str]) -> list[Person]:
    found = PersonRecord.objects.filter(pk__in=keys, redirects_to=None).exclude(content={}).order_by("id")
    return list(PERSON.each(found.values_list("content", flat=True)))


def _likeness(person: Person, names: Sequence[str]) -> float:
    """How like the best of a person's names is to what was asked, in [0,1]; 1 if every word is spelt so."""
    if not names:
        return 0.0
    asked = " ".join(names)
    spelt = (person.name, person.name_latin, person.name_arabic, *person.other_names)
    words = set(fold(" ".join(spelt)).split())
    if set(fold(asked).split()) <= words:
        return 1.0
    return max((similarity(asked, name).score for name in spelt if name), default=0.0)


def _is_number(fact: str) -> bool:
    """Whether a fact is a phone's or a document's number: these alone name somebody; a year or a town names many."""
    return sum(sign.isdecimal() for sign in fact) >= _FACT_DIGITS
