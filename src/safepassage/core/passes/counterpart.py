"""The counterpart sheet: what lets a convoy through a checkpoint and names nobody."""

from __future__ import annotations

import hmac
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
    """
    payload, _ = open_signed(read_text(text), keys=public_keys, purpose=PURPOSE)
    fields = load_exactly(payload)
    if not isinstance(fields, list) or len(fields) != 5 or fields[0] != VERSION:
        raise UnreadableError("not a counterpart sheet, version 1", advice="Ask for a new sheet.")
    _, checkpoint, start, minutes, rows = fields
    try:
        starts = datetime.fromtimestamp(start, UTC)
        ends = starts + timedelta(minutes=minutes)
        listed = tuple(CounterpartRow(str(token), str(plate), int(heads)) for token, plate, heads in rows)
    except (TypeError, ValueError, OverflowError):
        raise UnreadableError("a counterpart sheet with wrong rows", advice="Ask for a new sheet.") from None
    return CounterpartSheet(str(checkpoint), starts, ends, listed, text)


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
