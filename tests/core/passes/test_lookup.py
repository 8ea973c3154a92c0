"""The look-up index, held to the vectors of the phone. To renew them: `python -m tests.core.passes.test_lookup`."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.names import marked_skeleton
from safepassage.core.passes.lookup import LookupPerson, build_lookup, lookup_hash

FILE = Path(__file__).parents[3] / "spec" / "vectors" / "lookup-v1.json"
KEY = bytes(range(32))


def born(year: int, last: int = 0) -> PartialDate:
    return PartialDate(((date(year, 1, 1), date(last or year, 12, 31)),), Precision.YEAR, text=str(year))


PEOPLE = (
    LookupPerson(
        ("Karim Testani", "کریم تستانی"), ("Mohammad Testani",), born(1980), ("+93701234567",), ("P0000001",)
    ),
    LookupPerson(("Karim Ahmadi",), ("Gholam Ahmadi",), born(1980), ("0799 000 111",), ("1000-11111",)),
    LookupPerson(("Laila Testani",), ("Abdullah Noori",), born(1984, 1985), (), ()),
    LookupPerson(("محمد رحیمی",), ("احمد",), born(1960, 1970), ("12",), ()),
    LookupPerson(("unknown",), (), None, (), ()),
)
ASKED = (
    ("Kareem Testani", "birth-year", "1980", [0]),
    ("کریم", "birth-year", "۱۹۸۰", [1, 0]),
    ("Karim", "birth-year", "1359", [1, 0]),
    ("karim ahmadi", "father", "Ghulam", [1]),
    ("Karim", "phone", "۰۷۹۹۰۰۰۱۱۱", [1]),
    ("Karim", "phone", "070 123 4567", [0]),
    ("", "document", "p 0000001", [0]),
    ("", "document", "00 00001", [0]),
    ("Layla Testani", "birth-year", "1985", [2]),
    ("Laila", "birth-year", "1983", []),
    ("Leyla Testany", "birth-year", "1984", [2]),
    ("Karim Testani", "father", "Muhamad", [0]),
    ("Karm Tesani", "birth-year", "1980", [0]),
    ("KarimTestani", "birth-year", "1980", [0]),
    ("Karim Tostan", "document", "100011111", [1]),
    ("Muhammad Rahimi", "birth-year", "1965", []),
    ("Mohammed Rahimy", "father", "Ahmed", [3]),
    ("Omid", "father", "Ahmed", []),
    ("", "father", "Ahmed", []),
)
MARKED = (
    "Ali", "Aliya", "علی", "عالیه", "Karam", "کرم", "کریم", "Mahmud", "Azizullah", "Aziz", "Abdul Aziz",
    "عبدالله", "Nooruddin Hedayat", "Lee", "Layla", "موسی", "Abdul", "wife of Karim", "",
)  # fmt: skip
COUNTED = (("Karim", 2), ("کریم تستانی", 1), ("Testani", 2), ("Omid", 0), ("", 0))


def make() -> dict[str, object]:
    columns = build_lookup(PEOPLE, key=KEY)
    table = {
        "key": base64.b64encode(KEY).decode(),
        "parties": [{"id": "F-1", "tier": 1, "point": "north-gate", "begins": 1, "ends": 2}],
        "persons": [f"P-{place}" for place in range(len(PEOPLE))],
        "party_of": [0] * len(PEOPLE),
    }
    for name in ("names", "name_marks", "name_counts", "facts", "fact_counts"):
        table[name] = base64.b64encode(getattr(columns, name)).decode()
    asked = [dict(zip(("name", "kind", "fact", "found"), row, strict=True)) for row in ASKED]
    counted = [list(row) for row in COUNTED]
    marks = [[name, [list(pair) for pair in marked_skeleton(name)]] for name in MARKED]
    return {"spec": "lookup-v1", "table": table, "asked": asked, "counted": counted, "marks": marks}


def text() -> str:
    return json.dumps(make(), ensure_ascii=False, indent=1) + "\n"


def test_the_vectors_are_what_we_build():
    assert FILE.read_text(encoding="utf-8") == text()


def test_an_index_holds_no_name_number_or_date_and_means_nothing_under_another_key():
    columns = build_lookup(PEOPLE, key=KEY)
    everything = columns.names + columns.facts
    assert not [word for word in ("Karim", "KRM", "1980", "P0000001", "01234567") if word.encode() in everything]
    other = build_lookup(PEOPLE, key=bytes(32))
    assert other.name_counts == columns.name_counts
    assert {other.names[at : at + 4] for at in range(0, len(other.names), 4)}.isdisjoint(
        {columns.names[at : at + 4] for at in range(0, len(columns.names), 4)}
    )


def test_a_birth_date_that_may_be_any_year_is_no_fact():
    facts = build_lookup(PEOPLE[3:4], key=KEY).facts
    assert lookup_hash(KEY, "birth-year", "1965") not in [facts[at : at + 4] for at in range(0, len(facts), 4)]


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
