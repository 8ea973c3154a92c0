"""The counterpart sheet: what lets a convoy through a checkpoint and names nobody."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import cbor2

from safepassage.core.errors import Problems, UnreadableError
from safepassage.core.ids import base32
from safepassage.core.passes.keys import SigningKey
from safepassage.core.passes.payload import VERSION, load_exactly, seconds
from safepassage.core.passes.seal import read_text, write_text
from safepassage.core.passes.sign import open_signed, sign

PURPOSE = b"safe-passage/counterpart-v1"
_TOKEN_DIGITS = 8
_TOKEN = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
_LATEST = 0xFFFFFFFF
_MOST_MINUTES = 7 * 24 * 60
_MOST_HEADS = 100_000


@dataclass(frozen=True, slots=True)
class ConvoyVehicle:
    """One vehicle: its plate as painted, and how many heads are on it."""

    plate: str
    heads: int


@dataclass(frozen=True, slots=True)
class Convoy:
    """What is planned through one checkpoint. `reference` is ours and never leaves the house."""

    reference: str
    checkpoint: str
    window_start: datetime
    window_end: datetime
    vehicles: tuple[ConvoyVehicle, ...]


@dataclass(frozen=True, slots=True)
class CounterpartRow:
    """One vehicle as the counterpart sees it; the token can be linked to no pass, party or person."""

    token: str
    plate: str
    heads: int


@dataclass(frozen=True, slots=True)
class CounterpartSheet:
    """One convoy as the counterpart sees it; `text` is the same, signed, as base45 for one QR."""

    checkpoint: str
    window_start: datetime
    window_end: datetime
    rows: tuple[CounterpartRow, ...]
    text: str = ""

    @property
    def heads(self) -> int:
        """All heads of the convoy."""
        return sum(row.heads for row in self.rows)


def counterpart_sheet(convoy: Convoy, *, signing_key: SigningKey, token_secret: bytes) -> CounterpartSheet:
    """Makes the sheet of a convoy.

    Args:
        convoy: Plates, head counts, window.
        signing_key: A key used for counterpart sheets alone, so that sheet and passes have none in common.
        token_secret: 32 bytes that are shared with nobody, devices included.

    Raises:
        ProblemsError: no vehicle, a vehicle without plate or people, or no window.
    """
    _check(convoy)
    rows = tuple(
        CounterpartRow(_token(token_secret, convoy, place), vehicle.plate, vehicle.heads)
        for place, vehicle in enumerate(convoy.vehicles)
    )
    minutes = (convoy.window_end - convoy.window_start) // timedelta(minutes=1)
    fields = [
        VERSION,
        convoy.checkpoint,
        seconds(convoy.window_start),
        minutes,
        [[row.token, row.plate, row.heads] for row in rows],
    ]
    signed = sign(cbor2.dumps(fields, canonical=True), key=signing_key, purpose=PURPOSE)
    return CounterpartSheet(convoy.checkpoint, convoy.window_start, convoy.window_end, rows, write_text(signed))


def read_counterpart_sheet(text: str, *, public_keys: tuple[bytes, ...]) -> CounterpartSheet:
    """Reads and checks a sheet.

    Raises:
        UnreadableError: not a sheet, or not signed by a key that is known.

    The checkpoint's own phone reads it by the twin `field/src/counterpart/read.ts`; both obey
    `spec/vectors/counterpart-v1.json`.
    """
    payload, _ = open_signed(read_text(text), keys=public_keys, purpose=PURPOSE)
    fields = load_exactly(payload)
    if not isinstance(fields, list) or len(fields) != 5 or not _is_count(fields[0], VERSION, VERSION):
        raise UnreadableError("not a counterpart sheet, version 1", advice="Ask for a new sheet.")
    _, checkpoint, start, minutes, rows = fields
    is_in_form = (
        type(checkpoint) is str
        and checkpoint != ""
        and _is_count(start, 0, _LATEST)
        and _is_count(minutes, 1, _MOST_MINUTES)
        and type(rows) is list
        and len(rows) > 0
        and all(map(_is_row, rows))
    )
    if not is_in_form:
        raise UnreadableError("a counterpart sheet in another form", advice="Ask for a new sheet.")
    starts = datetime.fromtimestamp(start, UTC)
    listed = tuple(CounterpartRow(token, plate, heads) for token, plate, heads in rows)
    return CounterpartSheet(checkpoint, starts, starts + timedelta(minutes=minutes), listed, text)


def _is_count(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _is_row(row: object) -> bool:
    if type(row) is not list or len(row) != 3:
        return False
    token, plate, heads = row
    is_token = type(token) is str and _TOKEN.fullmatch(token) is not None
    return is_token and type(plate) is str and plate != "" and _is_count(heads, 1, _MOST_HEADS)


def _token(secret: bytes, convoy: Convoy, place: int) -> str:
    named = "\x1f".join((convoy.reference, convoy.checkpoint, convoy.window_start.isoformat(), str(place)))
    digits = base32(hmac.digest(secret, named.encode(), "sha256"), _TOKEN_DIGITS)
    return f"{digits[:4]}-{digits[4:]}"


def _check(convoy: Convoy) -> None:
    problems = Problems()
    if convoy.window_start.utcoffset() is None or convoy.window_end.utcoffset() is None:
        problems.add("naive-time", "A time without its zone.", advice="Give aware UTC datetimes.")
    elif convoy.window_end <= convoy.window_start:
        problems.add("window", "The window is empty.", advice="Check its start and end.")
    if not convoy.vehicles:
        problems.add("vehicles", "A convoy without vehicles.", advice="Add its vehicles first.")
    for place, vehicle in enumerate(convoy.vehicles, start=1):
        if not vehicle.plate.strip() or vehicle.heads < 1:
            problems.add("vehicle", "No plate, or nobody on it.", where=f"vehicle {place}", advice="Complete it.")
    problems.raise_if_any("the convoy")
