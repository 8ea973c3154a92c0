"""Writes spec/vectors/counterpart-v1.json: `python -m tests.core.passes.make_counterpart_vectors`.

Each sheet gives a text and what both twins read, or the code with which both refuse it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import cbor2

from safepassage.core.errors import UnreadableError
from safepassage.core.passes import Convoy, ConvoyVehicle, SigningKey, counterpart_sheet, read_counterpart_sheet
from safepassage.core.passes.counterpart import PURPOSE
from safepassage.core.passes.payload import seconds
from safepassage.core.passes.seal import read_text, write_text
from safepassage.core.passes.sign import sign
from tests.core.passes.orders import HOUR, NOON, issued

PATH = Path(__file__).parents[3] / "spec" / "vectors" / "counterpart-v1.json"
KEY, OTHER = SigningKey(b"\x07" * 32), SigningKey(b"\x08" * 32)
SECRET = b"\x09" * 32
CONVOY = Convoy(
    reference="LEG-BLUE-1",
    checkpoint="Checkpoint 4",
    window_start=NOON - HOUR,
    window_end=NOON,
    vehicles=(ConvoyVehicle("KBL-0001", 48), ConvoyVehicle("KBL-0002", 50)),
)
ROW = ["AB12-CD34", "KBL-0001", 48]
FIELDS: list[Any] = [1, "Checkpoint 4", seconds(NOON), 60, [ROW]]


def signed(fields: object, key: SigningKey = KEY, purpose: bytes = PURPOSE) -> str:
    return write_text(sign(cbor2.dumps(fields, canonical=True), key=key, purpose=purpose))


def made(convoy: Convoy, key: SigningKey = KEY) -> str:
    return counterpart_sheet(convoy, signing_key=key, token_secret=SECRET).text


def texts() -> Iterator[tuple[str, str]]:
    text = made(CONVOY)
    yield "as it is made", text
    many = tuple(ConvoyVehicle(f"KBL-{place:04d}", place) for place in range(1, 21))
    yield "twenty vehicles", made(replace(CONVOY, vehicles=many))
    yield (
        "a plate and a checkpoint in Arabic script",
        made(replace(CONVOY, checkpoint="پوستهٔ ۴", vehicles=(ConvoyVehicle("کابل ۱۲۳۴", 1),))),
    )
    yield "a window of a week", made(replace(CONVOY, window_end=CONVOY.window_start + timedelta(days=7)))
    yield "by hand", signed(FIELDS)
    yield "nothing", ""
    yield "not base45", "lower case"
    yield "not CBOR", write_text(b"\xff\x00")
    yield "a pass", issued().text
    yield "signed by a key that is not known", made(CONVOY, OTHER)
    yield "signed for another purpose", signed(FIELDS, purpose=b"safe-passage/pass-v1")
    data = read_text(text)
    yield "a byte cut off", write_text(data[:-1])
    yield "a byte more", write_text(data + b"\x00")
    for place in range(0, len(data), 7):
        changed = bytearray(data)
        changed[place] ^= 1
        yield f"bit {place * 8} changed", write_text(bytes(changed))
    wrong: dict[str, list[Any]] = {
        "version 2": [2, *FIELDS[1:]],
        "a version that is no whole number": [1.0, *FIELDS[1:]],
        "a field less": FIELDS[:4],
        "a field more": [*FIELDS, 1],
        "no checkpoint": [1, "", *FIELDS[2:]],
        "a checkpoint that is no text": [1, 4, *FIELDS[2:]],
        "a time before 1970": [1, "Checkpoint 4", -1, *FIELDS[3:]],
        "a time beyond all": [1, "Checkpoint 4", 2**32, *FIELDS[3:]],
        "a time that is no whole number": [1, "Checkpoint 4", 1.5, *FIELDS[3:]],
        "a window of nothing": [*FIELDS[:3], 0, FIELDS[4]],
        "a window of more than a week": [*FIELDS[:3], 7 * 24 * 60 + 1, FIELDS[4]],
        "a window that is true": [*FIELDS[:3], True, FIELDS[4]],
        "no vehicle": [*FIELDS[:4], []],
        "rows that are none": [*FIELDS[:4], "rows"],
        "a row that is none": [*FIELDS[:4], ["AB12-CD34"]],
        "a row of two": [*FIELDS[:4], [ROW[:2]]],
        "a row of four": [*FIELDS[:4], [[*ROW, 1]]],
        "nobody aboard": [*FIELDS[:4], [[*ROW[:2], 0]]],
        "heads as text": [*FIELDS[:4], [[*ROW[:2], "48"]]],
        "heads as a fraction": [*FIELDS[:4], [[*ROW[:2], 4.5]]],
        "more heads than any vehicle holds": [*FIELDS[:4], [[*ROW[:2], 100_001]]],
        "no plate": [*FIELDS[:4], [[ROW[0], "", 48]]],
        "a plate that is a number": [*FIELDS[:4], [[ROW[0], 1, 48]]],
        "a token in small letters": [*FIELDS[:4], [["ab12-cd34", *ROW[1:]]]],
        "a token with a letter that is none": [*FIELDS[:4], [["ABI2-CD34", *ROW[1:]]]],
        "a name where a token stands": [*FIELDS[:4], [["Karim Testani", *ROW[1:]]]],
        "a token and a line after it": [*FIELDS[:4], [["AB12-CD34\n", *ROW[1:]]]],
    }
    for name, fields in wrong.items():
        yield name, signed(fields)


def vectors() -> dict[str, Any]:
    sheets = []
    for name, text in texts():
        sheet, code = None, ""
        try:
            read = read_counterpart_sheet(text, public_keys=(KEY.public,))
        except UnreadableError as error:
            code = error.code
        else:
            sheet = {
                "checkpoint": read.checkpoint,
                "windowStart": seconds(read.window_start),
                "windowEnd": seconds(read.window_end),
                "rows": [{"token": row.token, "plate": row.plate, "heads": row.heads} for row in read.rows],
            }
        sheets.append({"name": name, "text": text, "sheet": sheet, "code": code})
    return {"keys": [{"id": KEY.id.hex(), "publicKey": KEY.public.hex()}], "sheets": sheets}


def written() -> str:
    return json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(written(), encoding="utf-8")
