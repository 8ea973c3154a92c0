"""Listings as columns: every fact normalised once, so that millions of pairs can be compared without Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.gender import FEMALE, share_of_men
from safepassage.core.identity.habits import Habits, counts_of
from safepassage.core.identity.phrases import MOTHER, WIFE
from safepassage.core.identity.read_listings import (
    FATHER_WIDTH,
    NAME_WIDTH,
    births_of,
    bone,
    documents_of,
    marks_of,
    numbers_of,
    padded,
    phones_of,
    place_of,
    said_by,
)
from safepassage.core.identity.units import units_of
from safepassage.core.identity.vocabulary import Vocabulary
from safepassage.core.people import Listing, Relation, Sex

FEATURES_VERSION = "identity-features-2"

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
    passport_issuer: Ints
    """(n, 2) a mark of the country that issued it, 0 if not told."""
    passport_told: Ints
    """(n, 2) how it is known to be a passport (`read_listings.STATED` and its like)."""
    tazkira: Ints
    """(n, 2): electronic, paper or unknown form."""
    tazkira_told: Ints
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
    says = said_by(ordered)
    numbers, written = numbers_of(ordered, says, words, habits)
    birth_low, birth_high, is_day = births_of(ordered)
    stated = documents_of(ordered, documents)
    columns = Columns(
        ids=[listing.id for listing in ordered],
        source=marks_of(x.source for x in ordered),
        group=np.fromiter((groups.number("" if x.is_counted else x.group or "") - 1 for x in ordered), np.int32, n),
        unit=np.zeros(0, np.int32),
        name=padded([() if one.kind else numbers[one.name] for one in says], NAME_WIDTH),
        father=padded([numbers[x.father] for x in ordered], FATHER_WIDTH),
        kin=padded([numbers[one.name] if one.kind else () for one in says], FATHER_WIDTH),
        kin_kind=np.fromiter((one.kind for one in says), np.int8, n),
        words=words,
        bones=np.fromiter((skeletons.number(bone(word)) for word in words.texts), np.int32, len(words.texts)),
        skeletons=skeletons,
        birth_low=birth_low,
        birth_high=birth_high,
        is_day=is_day,
        passport=stated.passport,
        passport_issuer=stated.passport_issuer,
        passport_told=stated.passport_told,
        tazkira=stated.tazkira,
        tazkira_told=stated.tazkira_told,
        case=stated.case,
        documents=documents,
        phone=phones_of(ordered, phones),
        phones=phones,
        sex=np.fromiter((_SEX.get(x.sex, 0) for x in ordered), np.int8, n),
        role=np.fromiter((ROLES.get(x.relation, _OTHER_ROLE) for x in ordered), np.int8, n),
        place=marks_of(place_of(x.place) for x in ordered),
        is_counted=np.fromiter((x.is_counted for x in ordered), np.bool_, n),
        habits=habits or Habits(n, n),
    )
    titles = {at: one.husbands_from for at, one in enumerate(says) if one.husbands_from is not None}
    columns.sex[[at for at, one in enumerate(says) if at in titles or one.kind in {WIFE, MOTHER}]] = FEMALE
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
