"""Makes spec/vectors/mrz-v1.json: right and broken zones with what a reader must say of them.

    python -m tests.core.documents.make_vectors

Everybody in it is invented, but for the public specimens of ICAO Doc 9303 (Utopia). A seeded generator makes it; the
test beside it holds the file to what the code says now.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.documents import Mrz, MrzFormat, parse_mrz, write_mrz
from safepassage.core.documents.mrz import check_digit
from safepassage.core.documents.mrz_names import to_mrz_letters
from safepassage.core.errors import UnreadableError
from safepassage.core.people import Sex

FILE = Path(__file__).parents[3] / "spec" / "vectors" / "mrz-v1.json"
NOW = datetime(2021, 8, 20, 12, tzinfo=UTC)
SPECIMENS = {
    "icao-td3": ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
    "icao-td1": (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ),
    "icao-td2": ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"),
    "icao-mrv-a": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"),
    "icao-mrv-b": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"),
    "icao-td1-long-number": (
        "I<UTOD23145890<7349<<<<<<<<<<<",
        "3407127M9507122UTO<<<<<<<<<<<2",
        "STEVENSON<<PETER<JOHN<<<<<<<<<",
    ),
}
GREEN_CARD = (
    "C1USA0000000000NOB0000000701<<",
    "8005148F3201015AFG<<<<<<<<<<<8",
    "TESTANI<<LAILA<<<<<<<<<<<<<<<<",
)
SURNAMES = ("Testani", "Beispiel", "Exemplar", "Musterzai", "Nobody-Known", "Señor Prueba", "Østergård", "تستانی")
GIVEN = ("Karim", "Laila", "Omid", "Yusuf Ali", "Zohra", "", "Abdul Ghafar Mohammad Naeem Rahmatullah", "کریم")
TRANSLITERATED = (
    *(
        "Müller",
        "Øre",
        "Åse",
        "Łukasz",
        "Ñandú",
        "d’Arc",
        "Groß",
        "محمد",
        "محمّد",
        "فاطمة",
        "پښتون",
        "څرګند",
        "گل",
        "یوسف",
        "ي",
    ),
    *("الله", "Ali-Reza", "Zoë", "Þór", "چمن", "ژاله", "ىٰ", "خالد", "قاسم", "عبدالکریم"),
)


def broken(lines: tuple[str, ...], rng: np.random.Generator) -> tuple[str, ...]:
    """One character of a line with check digits read as another."""
    line = 1 if len(lines) == 2 else int(rng.integers(2))
    column = int(rng.integers(len(lines[line])))
    others = [char for char in "0123456789ABGIOSZ<" if char != lines[line][column]]
    changed = lines[line][:column] + others[int(rng.integers(len(others)))] + lines[line][column + 1 :]
    return (*lines[:line], changed, *lines[line + 1 :])


def invented(rng: np.random.Generator, form: MrzFormat) -> Mrz:
    day = date(1930, 1, 1).toordinal()
    birth, expires = (
        date.fromordinal(day + int(rng.integers(33000))),
        date(2015 + int(rng.integers(20)), 1 + int(rng.integers(12)), 15),
    )
    length = 12 if form is MrzFormat.TD1 and rng.random() < 0.3 else 9
    number = "".join("ABCDEFGHJKLMNPRSTUVWXYZ0123456789"[int(i)] for i in rng.integers(33, size=length))
    is_visa = form in (MrzFormat.MRV_A, MrzFormat.MRV_B)
    return Mrz(
        format=form,
        document_code="V" if is_visa else "P" if form is MrzFormat.TD3 else "I",
        issuer=("UTO", "AFG", "D", "USA")[int(rng.integers(4))],
        surname=to_mrz_letters(SURNAMES[int(rng.integers(len(SURNAMES)))]).replace("<", " "),
        given=to_mrz_letters(GIVEN[int(rng.integers(len(GIVEN)))]).replace("<", " "),
        number=number,
        nationality=("AFG", "UTO", "PAK")[int(rng.integers(3))],
        sex=(Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)[int(rng.integers(3))],
        birth=stated(birth, (Precision.DAY, Precision.DAY, Precision.MONTH, Precision.YEAR)[int(rng.integers(4))]),
        expires=stated(expires, Precision.DAY),
        optional=(f"ZE{int(rng.integers(10**5))}",)
        if rng.random() < 0.4 and length == 9 and form is not MrzFormat.TD2
        else (),
    )


def stated(moment: date, precision: Precision) -> PartialDate:
    last = {
        Precision.DAY: moment,
        Precision.MONTH: moment.replace(day=28),
        Precision.YEAR: moment.replace(month=12, day=31),
    }
    first = {
        Precision.DAY: moment,
        Precision.MONTH: moment.replace(day=1),
        Precision.YEAR: moment.replace(month=1, day=1),
    }
    return PartialDate(((first[precision], max(first[precision], last[precision])),), precision)


def expected(lines: tuple[str, ...]) -> dict[str, object]:
    try:
        mrz = parse_mrz(lines, now=NOW)
    except UnreadableError as error:
        return {"error": error.code}
    dates = {
        name: None
        if found is None
        else [found.readings[0][0].isoformat(), found.readings[0][1].isoformat(), found.precision]
        for name, found in (("birth", mrz.birth), ("expires", mrz.expires))
    }
    plain = {
        name: getattr(mrz, name) for name in ("document_code", "issuer", "surname", "given", "number", "nationality")
    }
    return {
        "format": mrz.format,
        **plain,
        "sex": mrz.sex,
        **dates,
        "optional": list(mrz.optional),
        "is_valid": mrz.is_valid,
        "is_name_cut": mrz.is_name_cut,
        "wrong": [check.field for check in mrz.checks if not check.is_right],
        "repairs": [
            [repair.field, repair.is_checked, [[c.line, c.column, c.found, c.proposed] for c in repair.changes]]
            for repair in mrz.repairs
        ],
    }


def make() -> dict[str, object]:
    rng = np.random.default_rng(9303)
    zones: list[tuple[str, tuple[str, ...]]] = list(SPECIMENS.items())
    for place in range(60):
        zones.append((f"invented-{place}", write_mrz(invented(rng, tuple(MrzFormat)[place % 5]))))
    right = list(zones)
    for name, lines in right:
        zones += [(f"{name}-broken-{turn}", broken(lines, rng)) for turn in range(4)]
    zones += [
        ("blanks-forgiven", tuple(f" {line[:10]} {line[10:]} " for line in SPECIMENS["icao-td3"])),
        ("short-line", (SPECIMENS["icao-td3"][0], SPECIMENS["icao-td3"][1][:-1])),
        ("one-line", SPECIMENS["icao-td3"][:1]),
        ("foreign-character", (SPECIMENS["icao-td3"][0].replace("ANNA", "ANNÄ"), SPECIMENS["icao-td3"][1])),
        (
            "letters-for-digits-in-birth",
            (SPECIMENS["icao-td3"][0], SPECIMENS["icao-td3"][1].replace("740812", "74OBIZ")),
        ),
        ("digit-in-name", (SPECIMENS["icao-td3"][0].replace("ERIKSSON", "ER1KS5ON"), SPECIMENS["icao-td3"][1])),
        ("no-lines", ()),
        ("green-card", GREEN_CARD),
        ("digit-first-in-the-code", ("1" + GREEN_CARD[0][1:], *GREEN_CARD[1:])),
    ]
    return {
        "spec": "mrz-v1",
        "now": NOW.isoformat(),
        "check_digits": [
            [text, check_digit(text)] for text in ("", "<", "520727", "AB2134<<<", "D23145890734", "L898902C3", "Z9<")
        ],
        "transliterations": [[name, to_mrz_letters(name)] for name in TRANSLITERATED],
        "zones": [{"name": name, "lines": list(lines), "expect": expected(lines)} for name, lines in zones],
    }


def text() -> str:
    return json.dumps(make(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
    print(f"{FILE.name}: {len(json.loads(text())['zones'])} zones")
