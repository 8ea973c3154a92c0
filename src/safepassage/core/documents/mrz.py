"""The machine-readable zone of travel documents (ICAO Doc 9303, parts 3 to 7): values and layouts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from safepassage.core.dates import PartialDate
from safepassage.core.people import Sex


class MrzFormat(StrEnum):
    """The five formats of Doc 9303, by size of the document."""

    TD1 = "td1"
    """Cards: three lines of 30 (part 5)."""
    TD2 = "td2"
    """Two lines of 36 (part 6)."""
    TD3 = "td3"
    """Passports: two lines of 44 (part 4)."""
    MRV_A = "mrv-a"
    """Visas: two lines of 44 (part 7)."""
    MRV_B = "mrv-b"
    """Visas: two lines of 36 (part 7)."""


@dataclass(frozen=True, slots=True)
class MrzCheck:
    """One check: which field it guards, what stands there, what should.

    Check digits, and "letters" for fields that hold digits where their alphabet has none.
    """

    field: str
    found: str
    expected: str

    @property
    def is_right(self) -> bool:
        """Whether the digit fits (a filler stands for 0 where Doc 9303 lets it)."""
        return self.found == self.expected


@dataclass(frozen=True, slots=True)
class MrzChange:
    """One character read as another; `line` and `column` are 0-based."""

    line: int
    column: int
    found: str
    proposed: str


@dataclass(frozen=True, slots=True)
class MrzRepair:
    """Changes to one field that would make it fit; proposed to a person, never applied silently.

    Several repairs of one field are alternatives. `is_checked` says that check digits prove the repair possible;
    where it is False the field only holds characters that its alphabet doesn't have.
    """

    field: str
    changes: tuple[MrzChange, ...]
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Mrz:
    """What a machine-readable zone states, and whether its check digits hold.

    `surname` and `given` are as the zone has them, fillers as blanks. `is_name_cut` says that the name fills its
    field to the last character, so that more may have been left out. The name has no check digit of its own.
    """

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
    is_name_cut: bool = False

    @property
    def is_valid(self) -> bool:
        """Whether every check digit fits and no field holds a character that its alphabet doesn't have."""
        return all(check.is_right for check in self.checks)


@dataclass(frozen=True, slots=True)
class Span:
    """Columns `start` up to `end` of one line, all 0-based."""

    line: int
    start: int
    end: int

    def of(self, lines: tuple[str, ...]) -> str:
        """The characters there."""
        return lines[self.line][self.start : self.end]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of one format stand."""

    lines: int
    width: int
    fields: dict[str, Span]
    checked: tuple[tuple[str, Span], ...]
    """Fields with a check digit of their own, and where it stands."""
    composite: tuple[Span, ...] = ()
    composite_check: Span | None = None
    is_visa: bool = False


def _two_lines(width: int, *, optional_end: int) -> dict[str, Span]:
    return {
        "document-code": Span(0, 0, 2),
        "issuer": Span(0, 2, 5),
        "name": Span(0, 5, width),
        "number": Span(1, 0, 9),
        "nationality": Span(1, 10, 13),
        "birth": Span(1, 13, 19),
        "sex": Span(1, 20, 21),
        "expires": Span(1, 21, 27),
        "optional": Span(1, 28, optional_end),
    }


_CHECKED_TWO = (("number", Span(1, 9, 10)), ("birth", Span(1, 19, 20)), ("expires", Span(1, 27, 28)))

LAYOUTS = {
    MrzFormat.TD1: Layout(
        3,
        30,
        {
            "document-code": Span(0, 0, 2),
            "issuer": Span(0, 2, 5),
            "number": Span(0, 5, 14),
            "optional": Span(0, 15, 30),
            "birth": Span(1, 0, 6),
            "sex": Span(1, 7, 8),
            "expires": Span(1, 8, 14),
            "nationality": Span(1, 15, 18),
            "optional-2": Span(1, 18, 29),
            "name": Span(2, 0, 30),
        },
        (("number", Span(0, 14, 15)), ("birth", Span(1, 6, 7)), ("expires", Span(1, 14, 15))),
        (Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)),
        Span(1, 29, 30),
    ),
    MrzFormat.TD2: Layout(
        2,
        36,
        _two_lines(36, optional_end=35),
        _CHECKED_TWO,
        (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 35)),
        Span(1, 35, 36),
    ),
    MrzFormat.TD3: Layout(
        2,
        44,
        _two_lines(44, optional_end=42),
        (*_CHECKED_TWO, ("optional", Span(1, 42, 43))),
        (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 43)),
        Span(1, 43, 44),
    ),
    MrzFormat.MRV_A: Layout(2, 44, _two_lines(44, optional_end=44), _CHECKED_TWO, is_visa=True),
    MrzFormat.MRV_B: Layout(2, 36, _two_lines(36, optional_end=36), _CHECKED_TWO, is_visa=True),
}
"""Doc 9303 part 4 appendix, part 5 4.2, part 6 4.2, part 7 4.2 and 5.2, columns counted from 0."""

CONTINUED = (MrzFormat.TD1, MrzFormat.TD2)
"""Formats in which a number of more than nine characters goes on in the optional data (part 5, note j)."""


LETTERS_ONLY = ("document-code", "issuer", "name", "nationality")


def letters_of(layout: Layout, field: str) -> Span:
    """What of such a field holds letters alone: of the document code its first character (`C1` is a green card)."""
    span = layout.fields[field]
    return Span(span.line, span.start, span.start + 1) if field == "document-code" else span


"""Fields that hold no digit."""


def check_digit(text: str) -> str:
    """The check digit of a field: weights 7, 3, 1, modulus 10 (Doc 9303-3, 4.9).

    Raises:
        ValueError: if a character is outside A-Z, 0-9 and the filler.
    """
    return str(sum(_value(char) * (7, 3, 1)[place % 3] for place, char in enumerate(text)) % 10)


def _value(char: str) -> int:
    if char == "<":
        return 0
    if char.isascii() and (char.isdigit() or char.isupper()):
        return int(char, 36)
    raise ValueError("a machine-readable zone has A-Z, 0-9 and < only")
