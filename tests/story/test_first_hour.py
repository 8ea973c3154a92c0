"""The first hour: one laptop, no network, three workbooks that nobody here has seen, typed as a newcomer would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.make import workbook
from tests.story.conftest import INIT, PASSPHRASE

pytestmark = [pytest.mark.storage]


def messy_workbooks(folder: Path) -> dict[str, Path]:
    """Three lists as they come: a title block, a total, ages, Dari headers, a sheet of notes."""
    folder.mkdir()
    embassy = [
        ("EVACUATION LIST (INVENTED)",),
        ("as of 1 March",),
        (),
        ("Case", "Name", "Relationship", "Gender", "DOB", "Passport No.", "Mobile", "Status"),
        ("C-1", "Karim Testani", "Principal", "Male", date(1980, 5, 14), "P0000101", "0700 000 101", "SIV"),
        ("C-1", "Laila Testani", "Spouse", "Female", date(1984, 2, 3), "P0000102", "", ""),
        ("C-1", "Omid Testani", "Son", "Male", date(2010, 8, 21), "", "", ""),
        ("C-2", "Nadia Exemplar", "Principal", "Female", "15 Jan 1990", "P0000301", "0700000301", "Embassy staff"),
        ("C-2", "Sami Exemplar", "Son", "Male", "01/06/2015", "", "", ""),
        ("C-2", "Sara Exemplar", "Daughter", "Female", "01/06/2015", "", "", ""),
        (),
        ("Total", "", "", "", "", "", "", 6),
    ]
    ngo = [
        ("First name", "Last name", "Father name", "Age", "Sex", "Phone", "Family", "Category"),
        ("Abdul Kareem", "Testani", "Abdul Ghafar", "45", "M", "+93 70 000 0101", "F7", "SIV"),
        ("Leila", "Testani", "", "42", "F", "", "F7", ""),
        ("Yusuf", "Beispiel", "Daud", "54", "M", "0093700000201", "F8", "P2"),
        ("FNU", "Muster", "", "", "F", "", "F9", ""),
    ]
    volunteers = [
        ("شماره", "نام", "نام پدر", "تاریخ تولد", "شماره تماس"),
        (1, "کریم تستانی", "غفار", "1359/02/24", "۰۷۰۰۰۰۰۱۰۱"),
        (2, "مینا پروب", "رحیم", "1370", "0700000401"),
        (3, "", "", "", ""),
    ]
    return {
        "Embassy": workbook(folder / "embassy.xlsx", {"Staff list": embassy}),
        "NGO": workbook(folder / "ngo.xlsx", {"Sheet1": ngo, "Notes": [("call before 6 pm",)]}),
        "Volunteers": workbook(folder / "volunteers.xlsx", {"لیست": volunteers}),
    }


def lists_in(laptop) -> int:
    """Founds the operation and takes the workbooks in; gives the number of listings."""
    laptop(*INIT)
    listings = 0
    for source, path in messy_workbooks(laptop.folder / "lists").items():
        taken = laptop("intake", str(path), "--source", source)
        (batch,) = taken["batches"]
        parts = (batch["rows_with_listings"], batch["rows_rejected"], batch["rows_without_people"])
        assert sum(parts) == batch["rows_read"]
        assert not taken["unreadable"]
        listings += batch["listings"]
    return listings


def counted(laptop, *arguments: str) -> tuple[list, int]:
    answer = laptop("count", *arguments)
    assert sum(row["people"] for row in answer["counts"]) == answer["people"]
    return answer["counts"], answer["people"]


def test_the_first_hour_on_one_laptop(laptops) -> None:
    laptop = laptops("one")
    assert lists_in(laptop) == 12
    assert (laptop.folder / "north-2026-keys.sealed").exists()

    matched = laptop("resolve")
    assert 7 <= matched["persons"] <= 12
    assert matched["persons"] - matched["likely_twice"] < 12, "one man in three lists: joined or asked"
    assert laptop("resolve")["digest"] == matched["digest"]
    questions = laptop("review")
    assert questions["open"] == matched["reviews_open"] > 0

    tiers = laptop("policy", "apply")["parties"]
    assert sum(tiers.values()) == matched["parties"]
    sheet = laptop("call", "--to", "provisional.xlsx")
    assert sheet["is_provisional"]
    _, _, header, *rows = load_workbook(laptop.folder / "provisional.xlsx").active.iter_rows(values_only=True)
    told = {row[0]: row[header.index("May come")] for row in rows if row[header.index("May come")]}
    listed = laptop("parties")["parties"]
    fewer = {one["party"]: one["may_come"] for one in listed if one["tier"] and one["may_come"] != one["people"]}
    assert {party: int(said.split(" of ")[0]) for party, said in told.items()} == fewer

    plan = laptop("plan", "bus", "--seats", "50", "--departs", "2030-03-01T14:00")
    assert plan["people"] >= 3
    assert plan["is_provisional"]
    assert plan["faults"] == []
    assert laptop("plan", "publish")["status"] == "published"
    assert laptop("call", "--booked", "--to", "booked.xlsx")["parties"] >= 1

    party = next(
        str(row[0].value)
        for row in load_workbook(laptop.folder / "booked.xlsx").worksheets[0].iter_rows()
        for row in [[cell for cell in row if str(cell.value).startswith("PT-")]]
        if row
    )
    assert laptop("call", party, "--outcome", "reached")["outcome"] == "reached"
    assert laptop("call", party, "--outcome", "sent a pigeon", code=1)["error"]
    assert laptop("explain", party)["headline"]

    issued = laptop("passes", "issue", "--to", "passes.pdf")
    assert issued["issued"] == plan["parties"]
    assert laptop("passes", "issue")["issued"] == 0
    assert (laptop.folder / "passes.pdf").read_bytes().startswith(b"%PDF")
    (manifest,) = laptop("manifest", "--to", str(laptop.folder / "sheets"))["manifests"]
    assert manifest["heads"] == plan["people"]
    assert manifest["leg"] == "bus-0301-1400", "the hour that was asked for, in Kabul"
    assert {Path(name).suffix for name in manifest["files"]} == {".xlsx", ".pdf"}
    laptop("slips", "--count", "20", "--to", "slips.pdf")
    laptop("template", "template.xlsx")
    for name in ("slips.pdf", "template.xlsx"):
        assert (laptop.folder / name).stat().st_size > 1000

    counts, people = counted(laptop)
    assert people == matched["persons"]
    assert any(row["category"] == "unknown" for row in counts)
    assert laptop("gate", "check") == {"problems": [], "set_aside": [], "parked": 0}

    laptop("backup", "make", "whole.sealed", "--passphrase", PASSPHRASE)
    second = laptops("two")
    restored = second("backup", "restore", str(laptop.folder / "whole.sealed"), "--passphrase", PASSPHRASE)
    assert restored["problems"] == []
    assert restored["site"], "the copy has an identity of its own"
    assert counted(second) == (counts, people)
    assert second("resolve")["digest"] == matched["digest"]
    assert second("passes", "issue")["issued"] == 0
    assert second("passes", "issue", party)["issued"] == 1, "the second laptop holds the keys"
    assert second("gate", "check")["problems"] == []
