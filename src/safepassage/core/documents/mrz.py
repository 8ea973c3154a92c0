"""The machine-readable zone of travel documents (ICAO Doc 9303, parts 3 to 7): values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safepassage.core.dates import PartialDate
from safepassage.core.people import Sex


class MrzFormat(StrEnum):
    """The five formats of Doc 9303, by size of the document."""

    TD1 = "td1"
    """Cards: three lines of 30."""
    TD2 = "td2"
    """Two lines of 36."""
    TD3 = "td3"
    """Passports: two lines of 44."""
    MRV_A = "mrv-a"
    """Visas: two lines of 44."""
    MRV_B = "mrv-b"
    """Visas: two lines of 36."""


@dataclass(frozen=True, slots=True)
class MrzCheck:
    """One check digit: which field it guards, what stands there, what should."""

    field: str
    found: str
    expected: str

    @property
    def is_right(self) -> bool:
        """Whether the digit fits (a filler stands for 0 where Doc 9303 lets it)."""
        return self.found == self.expected


@dataclass(frozen=True, slots=True)
class MrzRepair:
    """A change that would make a check digit fit; proposed to a person, never applied silently.

    `line` and `column` are 0-based.
    """

    field: str
    line: int
    column: int
    found: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Mrz:
    """What a machine-readable zone states, and whether its check digits hold."""

    format: MrzFormat
    document_code: str
    issuer: str
    surname: str
    given: str
    number: str
    nationality: str
    sex: Sex
    birth: PartialDate | None
    expires: PartialDate | None
    optional: tuple[str, ...] = ()
    checks: tuple[MrzCheck, ...] = ()
    repairs: tuple[MrzRepair, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether every check digit fits."""
        return all(check.is_right for check in self.checks)


def parse_mrz(lines: Sequence[str], *, now: datetime) -> Mrz:
    """Reads a zone of any of the five formats.

    Args:
        lines: The lines as read, blanks allowed around them.
        now: Aware UTC; settles the century of the birth date (never in the future) and of the expiry.

    Raises:
        UnreadableError: `not-an-mrz` if no format has these lines.
    """
    raise NotImplementedError


def write_mrz(mrz: Mrz) -> tuple[str, ...]:
    """The lines of a zone, every check digit computed anew.

    Raises:
        ProblemsError: if a field does not fit its format.
    """
    raise NotImplementedError
