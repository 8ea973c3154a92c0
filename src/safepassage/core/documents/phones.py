"""Phone numbers as lists write them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phone:
    """One number: `e164` ("+93701234567") if it could be read, else empty; `digits` always.

    `is_valid` says that the number exists in its country's plan; `is_mobile` that it can take messages.
    """

    e164: str
    digits: str
    is_valid: bool
    is_mobile: bool = False

    @property
    def key(self) -> str:
        """What a listing keeps: E.164 if it could be read, else the digits as written."""
        return self.e164 or self.digits


def read_phone(text: str, region: str = "AF") -> Phone | None:
    """The first number of a cell; None where it holds none ("N/A", "-", "no phone").

    Args:
        text: The cell, verbatim; any digits, `00`, `(0)`, missing prefix.
        region: ISO 3166-1 alpha-2 of the country whose prefix is meant where none is written.
    """
    found = read_phones(text, region)
    return found[0] if found else None


def read_phones(text: str, region: str = "AF") -> tuple[Phone, ...]:
    """All numbers of a cell, in order, each once."""
    raise NotImplementedError
