"""The counterpart sheet: what lets a convoy through a checkpoint and names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safepassage.core.passes.keys import SigningKey


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


def counterpart_sheet(convoy: Convoy, *, signing_key: SigningKey, token_secret: bytes) -> CounterpartSheet:
    """Makes the sheet of a convoy.

    Args:
        convoy: Plates, head counts, window.
        signing_key: A key used for counterpart sheets alone.
        token_secret: 32 bytes that are shared with nobody, devices included.
    """
    raise NotImplementedError


def read_counterpart_sheet(text: str, *, public_keys: tuple[bytes, ...]) -> CounterpartSheet:
    """Reads and checks a sheet.

    Raises:
        UnreadableError: not a sheet, or not signed by a key that is known.
    """
    raise NotImplementedError
