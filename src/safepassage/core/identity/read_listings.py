"""What listings state, read once each: names as numbers of words, births as days, documents and phones as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.identity.habits import Habits
from safepassage.core.identity.joined import splits_of, written_of
from safepassage.core.identity.phrases import Said, read_name
from safepassage.core.identity.spelling import compounds_joined, is_arabic, plain_words, skeleton, sound, words_of
from safepassage.core.identity.vocabulary import Vocabulary, mark
from safepassage.core.people import Document, DocumentKind, Listing

NAME_WIDTH, FATHER_WIDTH, DOCUMENT_WIDTH, PHONE_WIDTH = 4, 3, 2, 2

_TAZKIRA_NEW = re.compile(r"1[34]\d{11}")
_NEW_DIGITS = 13
_VOLUME_PAGE_NUMBER = 3
_TAZKIRAS = (DocumentKind.TAZKIRA_ELECTRONIC, DocumentKind.TAZKIRA_PAPER, DocumentKind.NATIONAL_ID)
_NO_BIRTH = (0, 0, 0, 0, False)

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


def said_by(listings: Sequence[Listing]) -> list[Said]:
    """What the name of each says (`phrases`)."""
    read: dict[str, Said] = {}
    for listing in listings:
        if listing.name not in read:
            read[listing.name] = read_name(listing.name)
    return [read[listing.name] for listing in listings]


def bone(reading: str) -> str:
    """The skeleton of a word in its reading form."""
    return skeleton(reading.removeprefix("~"), is_reading=True)


def numbers_of(
    listings: Sequence[Listing], says: Sequence[Said], words: Vocabulary, habits: Habits | None
) -> tuple[dict[str, tuple[int, ...]], Mapping[str, int]]:
    """The words of each text that names somebody, run-together ones divided; and how often words are written."""
    plain: dict[str, list[str]] = {"": []}
    counted: list[str] = []
    for listing, one in zip(listings, says, strict=True):
        for text in (one.name, listing.father):
            if text not in plain:
                plain[text] = plain_words(text)
            counted += plain[text]
    written, known = (written_of(counted), None) if habits is None else habits.words
    splits = splits_of(counted, written, known)
    number: dict[str, int] = {}
    numbers = {}
    for text, found in plain.items():
        parts = [part for word in found for part in splits.get(word, (word,))] if splits else found
        joined = compounds_joined(parts)
        for word in joined:
            if word not in number:
                number[word] = words.number(_word(word))
        numbers[text] = tuple(dict.fromkeys([number[word] for word in joined]))
    return numbers, written


@lru_cache(maxsize=1 << 17)
def _word(word: str) -> str:
    return ("~" if is_arabic(word) else "") + sound(word)


def padded(numbers: Sequence[tuple[int, ...]], width: int) -> Ints:
    """(n, width) the first numbers of each, 0 where there are fewer."""
    short = {found: (found + (0,) * width)[:width] for found in set(numbers)}
    return np.array([short[found] for found in numbers], np.int32).reshape(-1, width)


def births_of(listings: Sequence[Listing]) -> tuple[Ints, Ints, Flags]:
    """(n, 2) first and last day of each reading, 0 if none; and whether the day is stated and not weakly."""
    table = np.array([_NO_BIRTH if x.birth is None else _birth(x.birth) for x in listings], np.int32).reshape(-1, 5)
    return table[:, 0:2].copy(), table[:, 2:4].copy(), table[:, 4] > 0


def _birth(birth: PartialDate) -> tuple[int, ...]:
    days: list[int] = [0, 0, 0, 0]
    for slot, (first, last) in enumerate(birth.readings[:2]):
        low, high = first, last
        if birth.is_weak:
            low, high = first.replace(month=1, day=1), last.replace(month=12, day=31)
        days[slot], days[2 + slot] = low.toordinal(), high.toordinal()
    return (*days, birth.precision is Precision.DAY and not birth.is_weak)


@dataclass(slots=True)
class Documents:
    """What listings state of documents, by number in a vocabulary; 0 where nothing is stated."""

    passport: Ints
    """(n, 2)"""
    passport_issuer: Ints
    """(n, 2) a mark of the country that issued it, 0 if not told."""
    passport_told: Ints
    """(n, 2) `STATED`, `BY_FORM` or `MAY_BE`."""
    tazkira: Ints
    """(n, 2) electronic ones and those on paper."""
    tazkira_told: Ints
    case: Ints
    """Other numbers, as of a case."""


STATED, BY_FORM, MAY_BE = 0, 1, 2
"""How it is known what kind a number is: the list says so; its form does, in a column that says "ID"; or the number
could be of that kind, which says something where it is the same as one that is, and nothing where it is not."""


def documents_of(listings: Sequence[Listing], documents: Vocabulary) -> Documents:
    """The documents of each listing; a number whose kind a list leaves open stands wherever its form allows."""
    n = len(listings)
    passport, issuer, passport_told, tazkira, tazkira_told = np.zeros((5, n, DOCUMENT_WIDTH), np.int32)
    found = Documents(passport, issuer, passport_told, tazkira, tazkira_told, np.zeros(n, np.int32))
    for at, listing in enumerate(listings):
        for document in sorted(listing.documents, key=lambda one: one.kind in _OPEN):
            number = document_number(document)
            if not number:
                continue
            told = STATED if document.kind is DocumentKind.PASSPORT else _passport_by_form(document.kind, number)
            is_passport = told is not None and _put_passport(found, at, documents, document, told)
            if document.kind is DocumentKind.PASSPORT or (is_passport and told == BY_FORM):
                continue
            if document.kind in _TAZKIRAS or (document.kind is DocumentKind.OTHER and _IS_NUMBER.fullmatch(number)):
                is_new = (
                    document.kind is DocumentKind.TAZKIRA_ELECTRONIC or _TAZKIRA_NEW.fullmatch(number) is not None
                )
                slot, is_open = 0 if is_new else 1, document.kind is DocumentKind.OTHER
                if not (is_open and found.tazkira[at, slot]):
                    found.tazkira[at, slot] = documents.number("T" + _tazkira(document, number))
                    found.tazkira_told[at, slot] = MAY_BE if is_open else STATED
            if document.kind not in (*_TAZKIRAS, DocumentKind.NONE):
                found.case[at] = documents.number(f"{document.kind}:{number}")
    return found


_OPEN = (DocumentKind.NATIONAL_ID, DocumentKind.OTHER)
"""Kinds under which a list writes whatever number somebody has; read after those that it names."""
_PASSPORT_FORM = re.compile(r"[A-Z]{1,3}\d{5,8}|\d{5,8}[A-Z]{1,2}|[A-Z]\d{2}[A-Z]{2}\d{4}")
_PASSPORT_DIGITS = re.compile(r"\d{7,9}")
_IS_NUMBER = re.compile(r"\d{5,13}")


def _passport_by_form(kind: DocumentKind, number: str) -> int | None:
    """How a number of an open kind may be a passport's; None if it is none."""
    if kind not in _OPEN:
        return None
    if _PASSPORT_FORM.fullmatch(number):
        return BY_FORM
    return MAY_BE if _PASSPORT_DIGITS.fullmatch(number) else None


def _put_passport(found: Documents, at: int, documents: Vocabulary, document: Document, told: int) -> bool:
    """Puts a number into the first free place for passports; whether there was one, or the number has one."""
    text = documents.number("P" + document_number(document).lstrip("P"))
    for slot in range(DOCUMENT_WIDTH):
        if found.passport[at, slot] == text:
            return True
        if not found.passport[at, slot]:
            found.passport[at, slot], found.passport_told[at, slot] = text, told
            found.passport_issuer[at, slot] = mark(document.country) >> 33 if document.country else 0
            return True
    return False


def document_number(document: Document) -> str:
    """The number in capitals, without what stands between its signs."""
    return (document.number if document.number.isalnum() else _GAPS.sub("", document.number)).upper()


_GAPS = re.compile(r"[\W_]")
_DIGITS = re.compile(r"\d+")


def _tazkira(document: Document, number: str) -> str:
    """Its digits; of a paper one volume, page and number stay apart if written so. Other groups say nothing."""
    written = document.written or document.number
    if len(number) >= _NEW_DIGITS or written.isdigit():
        return number
    groups = _DIGITS.findall(written)
    return "-".join(groups) if len(groups) == _VOLUME_PAGE_NUMBER else number


def phones_of(listings: Sequence[Listing], phones: Vocabulary) -> Ints:
    """(n, 2) the last nine digits of each phone, by number."""
    found = []
    for listing in listings:
        digits = dict.fromkeys(phone for text in listing.phones if (phone := _phone(text)))
        found.append(tuple(phones.number(phone) for phone in list(digits)[:PHONE_WIDTH]))
    return padded(found, PHONE_WIDTH)


@lru_cache(maxsize=1 << 17)
def _phone(phone: str) -> str:
    digits = phone if phone.isdigit() else "".join(_DIGITS.findall(phone))
    return digits[-9:] if len(digits) >= 7 else ""


def marks_of(texts: Iterator[str]) -> Ints:
    """A mark for each text, read once if met again."""
    known: dict[str, int] = {}
    found = []
    for text in texts:
        if text not in known:
            known[text] = mark(text) >> 31
        found.append(known[text])
    return np.array(found, np.int32)


@lru_cache(maxsize=1 << 14)
def place_of(place: str) -> str:
    """The first word of a place, by its consonants."""
    words = words_of(place)
    return skeleton(words[0]) if words else ""
