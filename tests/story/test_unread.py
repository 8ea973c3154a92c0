"""What could not be read of a list is told by place and reason, never by content."""

from __future__ import annotations

import csv
import io


def test_rejects_are_listed_and_written_with_their_places_and_without_any_content(founded) -> None:
    laptop = founded
    path = laptop.folder / "list.csv"
    rows = ["Name,Sex,DOB,Passport", "Karim Testani,M,1980,P1234567", ",F,1990,", "#REF!,Qqq,Wwww,", "Laila,?,Vvvv,"]
    path.write_text("\n".join(rows), encoding="utf-8")
    to = laptop.folder / "unread.csv"
    told = laptop("intake", str(path), "--source", "Embassy", "--rejects", str(to))
    places = {(one["row"], one["what"], one["code"]) for one in told["unread"]}
    assert {(3, "row", "no-person"), (4, "row", "name-damaged"), (5, "cell", "date-unreadable")} <= places
    assert told["unread_in_all"] == len(told["unread"])
    text = to.read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == told["unread_in_all"]
    shown = laptop.run("intake", str(path), "--source", "Embassy")
    assert "list.csv" in shown["out"]
    assert "DOB" in shown["out"]
    for said in (text, shown["out"], shown["err"]):
        assert not any(word in said for word in ("Karim", "Qqq", "Wwww", "Vvvv", "P1234567"))
