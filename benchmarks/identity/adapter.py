"""Reads the benchmark's CSV columns into listings; never reads the truth columns into them."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from sys import intern
from typing import TextIO

import jdatetime

from safepassage.core.dates import Calendar, PartialDate, Precision
from safepassage.core.ids import BatchId, ListGroupId, ListingId, RowId, SourceId
from safepassage.core.people import Document, DocumentKind, Listing, Relation, RowRef, Sex

_RELATIONS = {
    "self": Relation.HEAD,
    "head": Relation.HEAD,
    "wife": Relation.SPOUSE,
    "husband": Relation.SPOUSE,
    "spouse": Relation.SPOUSE,
    "son": Relation.CHILD,
    "daughter": Relation.CHILD,
    "mother": Relation.PARENT,
    "father": Relation.PARENT,
    "step mother": Relation.PARENT,
    "brother": Relation.SIBLING,
    "sister": Relation.SIBLING,
    "grandson": Relation.GRANDCHILD,
    "granddaughter": Relation.GRANDCHILD,
    "grandmother": Relation.GRANDPARENT,
    "grandfather": Relation.GRANDPARENT,
    "niece": Relation.NIECE_NEPHEW,
    "nephew": Relation.NIECE_NEPHEW,
    "cousin": Relation.COUSIN,
    "uncle": Relation.AUNT_UNCLE,
    "aunt": Relation.AUNT_UNCLE,
    "daughter in law": Relation.CHILD_IN_LAW,
    "son in law": Relation.CHILD_IN_LAW,
    "mother in law": Relation.PARENT_IN_LAW,
    "father in law": Relation.PARENT_IN_LAW,
    "sister in law": Relation.SIBLING_IN_LAW,
    "brother in law": Relation.SIBLING_IN_LAW,
    "colleague": Relation.COLLEAGUE,
    "relative": Relation.OTHER_RELATIVE,
}
_MONTHS = {
    m: i
    for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)  # noqa: SIM905
}
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_STATED = date(2021, 8, 20)


def read_set(path: Path) -> tuple[list[dict[str, str]], list[Listing]]:
    """Who each row of a CSV (gzipped or not) is, and its listing, which never sees that."""
    return read_truth(path), read_listings(path)


def read_listings(path: Path) -> list[Listing]:
    """What each row of a CSV (gzipped or not) says of a person."""
    with _opened(path) as file:
        lines = csv.reader(file)
        facts = _columns(next(lines), _FACTS)
        return [_listing(*facts(line)) for line in lines]


def read_truth(path: Path) -> list[dict[str, str]]:
    """Who each row is: `pid`, `fam`, and `tags` for what was made wrong in it."""
    with _opened(path) as file:
        lines = csv.reader(file)
        truth = _columns(next(lines), _TRUTH)
        return [dict(zip(_TRUTH, map(intern, truth(line)), strict=True)) for line in lines]


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _columns(head: Sequence[str], names: Sequence[str]) -> itemgetter[Sequence[str]]:
    return itemgetter(*(head.index(name) for name in names))


_TRUTH = ("pid", "fam", "tags")
_FACTS = ("rid", "src", "party", "rel", "name", "father", "sex", "dob", "ppt", "taz", "phone", "prov")
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}
_BATCH = BatchId("B")


def _listing(
    rid: str,
    src: str,
    party: str,
    rel: str,
    name: str,
    father: str,
    sex: str,
    dob: str,
    ppt: str,
    taz: str,
    phone: str,
    prov: str,
) -> Listing:
    documents: tuple[Document, ...] = ()
    if ppt:
        documents += (Document(DocumentKind.PASSPORT, ppt.upper().replace(" ", ""), written=ppt),)
    if taz:
        documents += (Document(DocumentKind.TAZKIRA_PAPER, taz, written=taz),)
    return Listing(
        id=ListingId(f"L-{int(rid):09d}"),
        source=SourceId(intern(src)),
        row=RowRef(RowId(rid), _BATCH, "bench.csv", "", 1),
        name=name,
        group=ListGroupId(intern(src + ":" + party)) if party else None,
        relation=_relation_of(rel),
        father=father,
        sex=_SEXES.get(sex, Sex.UNKNOWN),
        birth=birth_of(dob),
        documents=documents,
        phones=tuple(p for p in phone.split("/") if p.strip()) if phone else (),
        place=intern(prov),
    )


@lru_cache(maxsize=1000)
def _relation_of(text: str) -> Relation:
    relation = text.partition(" (")[0].strip().lower()
    return _RELATIONS.get(relation, Relation.OTHER_RELATIVE if relation else Relation.UNKNOWN)


@lru_cache(maxsize=200_000)
def birth_of(text: str) -> PartialDate | None:
    """A birth date as the sets write it."""
    text = text.strip().lower().translate(_DIGITS)
    if not text:
        return None
    try:
        return _birth(text)
    except ValueError:
        return None


def _birth(text: str) -> PartialDate | None:
    if m := re.fullmatch(r"(\d{1,2})[- ]?([a-z]{3})[a-z]*[- ]?(\d{2,4})", text):
        year = int(m[3])
        year += 0 if year > 99 else (1900 if year > 21 else 2000)
        return _exact([(year, _MONTHS[m[2]], int(m[1]))])
    numbers = [int(x) for x in re.findall(r"\d+", text)]
    if "month" in text:
        high = _STATED - timedelta(days=30 * numbers[0])
        return PartialDate(((high - timedelta(days=60), high + timedelta(days=30)),), Precision.AGE, text=text)
    if len(numbers) == 1 and numbers[0] < 120:
        year = _STATED.year - numbers[0]
        return PartialDate(((date(year - 1, 1, 1), date(year, 12, 31)),), Precision.AGE, text=text)
    if len(numbers) == 1:
        year = numbers[0]
        if year < 1500:
            start = jdatetime.date(year, 1, 1).togregorian()
            return PartialDate(
                ((start, start + timedelta(days=364)),), Precision.YEAR, Calendar.SOLAR_HIJRI, text=text
            )
        return PartialDate(((date(year, 1, 1), date(year, 12, 31)),), Precision.YEAR, text=text)
    if len(numbers) == 3:
        a, b, c = numbers
        if a > 31:
            return _exact([(a, b, c), (a, c, b)] if b > 12 else [(a, b, c)])
        if c > 31:
            return _exact([(c, b, a), (c, a, b)])
    return None


def _exact(options: list[tuple[int, int, int]]) -> PartialDate | None:
    days: list[date] = []
    calendar = Calendar.GREGORIAN
    is_weak = False
    for year, month, day in options:
        try:
            if year < 1500:
                calendar = Calendar.SOLAR_HIJRI
                found = jdatetime.date(year, month, day).togregorian()
            else:
                found = date(year, month, day)
        except ValueError:
            continue
        is_weak = is_weak or (month, day) == (1, 1)
        if found not in days:
            days.append(found)
    if not days:
        return None
    return PartialDate(tuple((d, d) for d in days), Precision.DAY, calendar, is_weak=is_weak)
