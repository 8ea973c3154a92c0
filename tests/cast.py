"""One named cast, used everywhere. All of them are invented; no number, name or birth date is anybody's.

The Testani family (father, mother, three children) stands in two lists under two spellings; Mr Beispiel travels
alone; the Exemplar twins share a birth date; Nobody Known is a single name with no date.
"""

from __future__ import annotations

from datetime import date

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.ids import BatchId, ListGroupId, ListingId, RowId, SourceId
from safepassage.core.people import Listing, Relation, RowRef, Sex


def born(year: int, month: int, day: int) -> PartialDate:
    """A birth date known to the day."""
    moment = date(year, month, day)
    return PartialDate(readings=((moment, moment),), precision=Precision.DAY, text=moment.isoformat())


def listing(
    key: str,
    name: str,
    *,
    source: str = "S-EMBASSY",
    group: str | None = None,
    relation: Relation = Relation.UNKNOWN,
    father: str = "",
    sex: Sex = Sex.UNKNOWN,
    birth: PartialDate | None = None,
) -> Listing:
    """A listing with a readable id; further fields by `dataclasses.replace`."""
    return Listing(
        id=ListingId(f"L-{key}"),
        source=SourceId(source),
        row=RowRef(RowId(f"R-{key}"), BatchId("B-1"), "invented.csv", "", 1),
        name=name,
        group=ListGroupId(group) if group else None,
        relation=relation,
        father=father,
        sex=sex,
        birth=birth,
    )


KARIM_TESTANI = listing(
    "KARIM",
    "Karim Testani",
    group="G-TESTANI",
    relation=Relation.HEAD,
    father="Ghafar",
    sex=Sex.MALE,
    birth=born(1980, 5, 14),
)
LAILA_TESTANI = listing(
    "LAILA",
    "Laila Testani",
    group="G-TESTANI",
    relation=Relation.SPOUSE,
    father="Nabi",
    sex=Sex.FEMALE,
    birth=born(1984, 2, 3),
)
OMID_TESTANI = listing(
    "OMID",
    "Omid Testani",
    group="G-TESTANI",
    relation=Relation.CHILD,
    father="Karim",
    sex=Sex.MALE,
    birth=born(2010, 8, 21),
)
KARIM_AGAIN = listing(
    "KARIM2",
    "Abdul Kareem Tastani",
    source="S-NGO",
    group="G-2",
    relation=Relation.HEAD,
    father="Abdul Ghafar",
    sex=Sex.MALE,
    birth=born(1980, 5, 14),
)
BEISPIEL = listing("BEISPIEL", "Yusuf Beispiel", sex=Sex.MALE, birth=born(1971, 11, 30))
NOBODY_KNOWN = listing("NOBODY", "Nobody")
TESTANI_FAMILY = (KARIM_TESTANI, LAILA_TESTANI, OMID_TESTANI)
