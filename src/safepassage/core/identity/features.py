"""Listings as columns: every fact normalised once, so that millions of pairs can be compared without Python."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from safepassage.core.dates import Precision
from safepassage.core.identity.gender import FEMALE, share_of_men
from safepassage.core.identity.habits import Habits, counts_of
from safepassage.core.identity.joined import splits_of, written_of
from safepassage.core.identity.phrases import MOTHER, WIFE, Said, read_name
from safepassage.core.identity.spelling import compounds_joined, is_arabic, plain_words, skeleton, sound, words_of
from safepassage.core.identity.units import units_of
from safepassage.core.people import Document, DocumentKind, Listing, Relation, Sex

FEATURES_VERSION = "identity-features-1"
NAME_WIDTH, FATHER_WIDTH, DOCUMENT_WIDTH, PHONE_WIDTH = 4, 3, 2, 2

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

COMMON = frozenset({"sd", "bb", "mmd", "hn", "jn", "klm", "mr", "kl", "aka", "S"})
"""Skeletons of Sayed, Bibi, Mohammad, Khan, Jan, Ghulam, Mir, Gul, Agha, Shah: common, and often dropped."""
_SEX = {Sex.FEMALE: 1, Sex.MALE: 2}
ROLES: dict[Relation, int] = {
    Relation.HEAD: 1,
    Relation.SPOUSE: 2,
    Relation.CHILD: 3,
    Relation.PARENT: 4,
    Relation.SIBLING: 5,
    Relation.UNKNOWN: 0,
}
_OTHER_ROLE = 6
_MOSTLY = 0.8
"""Share of men from which a name is a man's, and of women from which it is a woman's."""
ROLE_COUNT = 7
_TAZKIRA_NEW = re.compile(r"1[34]\d{11}")
_NEW_DIGITS = 13
_VOLUME_PAGE_NUMBER = 3


def mark(text: str) -> int:
    """A number of 62 bits for a text; 0 for the empty one."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 2 if text else 0


@dataclass(slots=True)
class Vocabulary:
    """Distinct texts numbered in the order of first sight; number 0 is the empty text."""

    texts: list[str] = field(default_factory=lambda: [""])
    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})
    marked: npt.NDArray[np.int64] | None = field(default=None, repr=False, compare=False)

    def number(self, text: str) -> int:
        """The number of a text, a new one if not met before."""
        found = self.numbers.get(text)
        if found is None:
            found = self.numbers[text] = len(self.texts)
            self.texts.append(text)
        return found

    def array(self) -> npt.NDArray[np.object_]:
        """The texts by number."""
        return np.array(self.texts, dtype=object)

    def marks(self) -> npt.NDArray[np.int64]:
        """A number for each text that depends on nothing else, the same in every run; 0 for the empty text."""
        if self.marked is None or len(self.marked) != len(self.texts):
            self.marked = np.fromiter((mark(text) for text in self.texts), np.int64, len(self.texts))
        return self.marked


@dataclass(slots=True)
class Columns:
    """All listings, sorted by id, as arrays of equal length; -1 or 0 where nothing is stated (see each)."""

    ids: list[str]
    source: Ints
    """A mark of the list."""
    group: Ints
    """Number of the list group, -1 without one and for kin who are only counted: they are compared with nobody."""
    unit: Ints
    """The same with households that a list implies by one phone (see `units`), -1 without either."""
    name: Ints
    """(n, 4) word numbers, the name that identifies first; 0 pads."""
    father: Ints
    """(n, 3) word numbers."""
    kin: Ints
    """(n, 3) word numbers of the relative by whom somebody is named who has no name of their own there."""
    kin_kind: Bytes
    """Which relative that is (`phrases`), 0 for those who are named themselves."""
    words: Vocabulary
    """Words in their reading form, prefixed "~" if from Arabic script (without short vowels)."""
    bones: Ints
    """Number of each word's skeleton in `skeletons`."""
    skeletons: Vocabulary
    birth_low: Ints
    """(n, 2) first day of each reading as an ordinal, 0 if none."""
    birth_high: Ints
    is_day: npt.NDArray[np.bool_]
    """Whether the birth is stated to the day and not weakly."""
    passport: Ints
    """(n, 2) numbers in `documents`, 0 pads."""
    tazkira: Ints
    """(n, 2): electronic, paper or unknown form."""
    case: Ints
    documents: Vocabulary
    phone: Ints
    """(n, 2) numbers in `phones`: the last nine digits."""
    phones: Vocabulary
    sex: Bytes
    role: Bytes
    place: Ints
    """A mark of the place, 0 if none."""
    is_counted: Flags
    habits: Habits
    """How common names and years are: counted on these listings, or frozen before."""

    @property
    def size(self) -> int:
        """Number of listings."""
        return len(self.ids)


def columns_of(listings: Sequence[Listing], habits: Habits | None = None) -> Columns:
    """Normalises all listings; the order of the argument is of no meaning. Habits not given are counted on them."""
    ordered = sorted(listings, key=lambda listing: listing.id)
    n = len(ordered)
    words, skeletons, documents, phones = Vocabulary(), Vocabulary(), Vocabulary(), Vocabulary()
    groups = Vocabulary()
    columns = Columns(
        ids=[listing.id for listing in ordered],
        source=np.fromiter((mark(x.source) >> 31 for x in ordered), np.int32, n),
        group=np.fromiter((groups.number("" if x.is_counted else x.group or "") - 1 for x in ordered), np.int32, n),
        unit=np.zeros(0, np.int32),
        name=np.zeros((n, NAME_WIDTH), np.int32),
        father=np.zeros((n, FATHER_WIDTH), np.int32),
        kin=np.zeros((n, FATHER_WIDTH), np.int32),
        kin_kind=np.zeros(n, np.int8),
        words=words,
        bones=np.zeros(0, np.int32),
        skeletons=skeletons,
        birth_low=np.zeros((n, 2), np.int32),
        birth_high=np.zeros((n, 2), np.int32),
        is_day=np.zeros(n, np.bool_),
        passport=np.zeros((n, DOCUMENT_WIDTH), np.int32),
        tazkira=np.zeros((n, 2), np.int32),
        case=np.zeros(n, np.int32),
        documents=documents,
        phone=np.zeros((n, PHONE_WIDTH), np.int32),
        phones=phones,
        sex=np.fromiter((_SEX.get(x.sex, 0) for x in ordered), np.int8, n),
        role=np.fromiter((ROLES.get(x.relation, _OTHER_ROLE) for x in ordered), np.int8, n),
        place=np.fromiter((mark(_place(x.place)) >> 31 for x in ordered), np.int32, n),
        is_counted=np.fromiter((x.is_counted for x in ordered), np.bool_, n),
        habits=habits or Habits(n, n),
    )
    numbers, written = _numbers_of(ordered, words, habits)
    titles: dict[int, float] = {}
    for at, listing in enumerate(ordered):
        said = _said(listing.name)
        _fill_words(columns.kin[at] if said.kind else columns.name[at], numbers[said.name])
        _fill_words(columns.father[at], numbers[listing.father])
        columns.kin_kind[at] = said.kind
        if said.husbands_from is not None:
            titles[at] = said.husbands_from
        if said.husbands_from is not None or said.kind in {WIFE, MOTHER}:
            columns.sex[at] = FEMALE
        _fill_birth(columns, at, listing)
        _fill_documents(columns, at, listing)
        for slot, phone in enumerate(dict.fromkeys(filter(None, map(_phone, listing.phones)))):
            if slot < PHONE_WIDTH:
                columns.phone[at, slot] = phones.number(phone)
    columns.bones = np.fromiter((skeletons.number(_bone(word)) for word in words.texts), np.int32, len(words.texts))
    _put_identifying_word_first(columns)
    men = _share_of_men(columns, titles) if habits is None else habits.men_by(skeletons.texts)
    _tell_wives_from_husbands(columns, titles, men)
    columns.unit = units_of(columns.group, columns.source, columns.phone[:, 0])
    if habits is None:
        columns.habits = _habits_of(columns, written, men)
    return columns


def birth_year(columns: Columns) -> npt.NDArray[np.int64]:
    """About the year of birth of each listing, 0 where none is stated."""
    return (columns.birth_low[:, 0].astype(np.int64) + columns.birth_high[:, 0]) // 731


def _habits_of(columns: Columns, written: Mapping[str, int], men: Floats) -> Habits:
    texts, years = columns.skeletons.texts, birth_year(columns)
    births = np.bincount(years[columns.birth_low[:, 0] > 0], minlength=1)
    told = np.flatnonzero(~np.isnan(men)).tolist()
    return Habits(
        listings=columns.size,
        units=len(np.unique(columns.unit[columns.unit >= 0])),
        written=tuple(sorted(written.items())),
        men=tuple(sorted((texts[at], float(men[at])) for at in told if texts[at])),
        names=counts_of((columns.bones[columns.name], columns.bones[columns.kin]), texts),
        named=int((columns.name[:, 0] > 0).sum()) + int((columns.kin[:, 0] > 0).sum()),
        fathers=counts_of((columns.bones[columns.father],), texts),
        fathered=int((columns.father[:, 0] > 0).sum()),
        births=tuple((year, int(births[year])) for year in np.flatnonzero(births).tolist()),
        born=int(births.sum()),
    )


@lru_cache(maxsize=1 << 17)
def _word(word: str) -> str:
    return ("~" if is_arabic(word) else "") + sound(word)


def _bone(reading: str) -> str:
    return skeleton(reading[1:], is_reading=True) if reading.startswith("~") else skeleton(reading, is_reading=True)


@lru_cache(maxsize=1 << 17)
def _said(name: str) -> Said:
    return read_name(name)


def _numbers_of(
    listings: Sequence[Listing], words: Vocabulary, habits: Habits | None
) -> tuple[dict[str, tuple[int, ...]], Mapping[str, int]]:
    """The words of each text that names somebody, run-together ones divided; and how often words are written."""
    plain: dict[str, list[str]] = {}
    counted: list[str] = []
    for listing in listings:
        for text in (_said(listing.name).name, listing.father):
            if text not in plain:
                plain[text] = plain_words(text)
            counted += plain[text]
    written, known = (written_of(counted), None) if habits is None else habits.words
    splits = splits_of(counted, written, known)
    numbers = {}
    for text, found in plain.items():
        parts = [part for word in found for part in splits.get(word, (word,))]
        numbers[text] = tuple(dict.fromkeys(words.number(_word(word)) for word in compounds_joined(parts)))
    return numbers, written


def _fill_words(row: Ints, numbers: tuple[int, ...]) -> None:
    for slot, number in enumerate(numbers[: len(row)]):
        row[slot] = number


def _fill_birth(columns: Columns, at: int, listing: Listing) -> None:
    birth = listing.birth
    if birth is None:
        return
    for slot, (first, last) in enumerate(birth.readings[:2]):
        low, high = first, last
        if birth.is_weak:
            low, high = first.replace(month=1, day=1), last.replace(month=12, day=31)
        columns.birth_low[at, slot], columns.birth_high[at, slot] = low.toordinal(), high.toordinal()
    columns.is_day[at] = birth.precision is Precision.DAY and not birth.is_weak


def _fill_documents(columns: Columns, at: int, listing: Listing) -> None:
    passports = 0
    for document in listing.documents:
        number = re.sub(r"[\W_]", "", document.number).upper()
        if not number:
            continue
        if document.kind is DocumentKind.PASSPORT and passports < DOCUMENT_WIDTH:
            columns.passport[at, passports] = columns.documents.number("P" + number.lstrip("P"))
            passports += 1
        elif document.kind in (
            DocumentKind.TAZKIRA_ELECTRONIC,
            DocumentKind.TAZKIRA_PAPER,
            DocumentKind.NATIONAL_ID,
        ):
            is_new = document.kind is DocumentKind.TAZKIRA_ELECTRONIC or _TAZKIRA_NEW.fullmatch(number) is not None
            columns.tazkira[at, 0 if is_new else 1] = columns.documents.number("T" + _tazkira(document, number))
        elif document.kind is not DocumentKind.NONE:
            columns.case[at] = columns.documents.number(f"{document.kind}:{number}")


def _tazkira(document: Document, number: str) -> str:
    """Its digits; of a paper one volume, page and number stay apart if written so. Other groups say nothing."""
    groups = re.findall(r"\d+", document.written or document.number)
    return "-".join(groups) if len(groups) == _VOLUME_PAGE_NUMBER and len(number) < _NEW_DIGITS else number


def _phone(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return digits[-9:] if len(digits) >= 7 else ""


@lru_cache(maxsize=1 << 14)
def _place(place: str) -> str:
    words = words_of(place)
    return skeleton(words[0]) if words else ""


def _put_identifying_word_first(columns: Columns) -> None:
    """Moves the first word that is not borne by everybody to the front ("Mohammad Ajmal": Ajmal)."""
    weak_bones = np.array([text in COMMON for text in columns.skeletons.texts], dtype=np.bool_)
    for table in (columns.name, columns.father, columns.kin):
        is_weak = weak_bones[columns.bones[table]] & (table > 0)
        rank = np.where(table == 0, 2, np.where(is_weak, 1, 0))
        order = np.argsort(rank, axis=1, kind="stable")
        table[:] = np.take_along_axis(table, order, axis=1)


def _share_of_men(columns: Columns, titles: Mapping[int, float]) -> Floats:
    """By skeleton, told by those who bear no title."""
    first = columns.bones[columns.name[:, 0]].copy()
    first[sorted(titles)] = 0
    return share_of_men(first, columns.sex, len(columns.skeletons.texts))


def _tell_wives_from_husbands(columns: Columns, titles: Mapping[int, float], men: Floats) -> None:
    """After "Mrs" stands her own name or her husband's; a woman under a man's name with a woman as father is turned.

    Which names are men's is told by the operation's own lists.
    """
    first, father = columns.bones[columns.name[:, 0]], columns.bones[columns.father[:, 0]]
    titled = np.array(sorted(titles), np.int64)
    share = np.where(np.isnan(men[first[titled]]), 0.5, men[first[titled]])
    wives = titled[share >= np.array([titles[at] for at in titled.tolist()])]
    columns.kin[wives] = columns.name[wives, : columns.kin.shape[1]]
    columns.kin_kind[wives] = WIFE
    columns.name[wives] = 0
    turned = np.flatnonzero((columns.sex == FEMALE) & (men[first] >= _MOSTLY) & (men[father] <= 1 - _MOSTLY))
    width = columns.father.shape[1]
    names = columns.name[turned, :width].copy()
    columns.name[turned] = 0
    columns.name[turned, :width] = columns.father[turned]
    columns.father[turned] = names
