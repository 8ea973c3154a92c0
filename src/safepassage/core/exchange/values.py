"""What the writers take: plain values, ready to be shown. Texts are in the reader's language already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safepassage.core.ledger import CountRow


@dataclass(frozen=True, slots=True)
class CallRow:
    """One party on a call sheet. `gather_at`, `be_there_by`, `departs` and `gate` are as they are to be said.

    `principal` is in Latin letters, `principal_arabic` in those of Dari and Pashto. `remark` is what whoever calls
    has to know before they do; `may_come` ("3 of 4") is empty where all may.
    A party that it is unsafe to call comes without `phones`.
    """

    party: str
    principal: str
    phones: tuple[str, ...]
    heads: int
    language: str = ""
    tier: int = 0
    gather_at: str = ""
    be_there_by: str = ""
    principal_arabic: str = ""
    remark: str = ""
    may_come: str = ""
    departs: str = ""
    gate: str = ""


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One person on a manifest; numbers run from 1 without a gap. `birth` is as `format_brief` tells it.

    `name` is in Latin letters, `name_arabic` in those of Dari and Pashto, empty if no list writes it so. `remark`,
    on the first of a party, is what is in doubt of the party.
    """

    number: int
    person: str
    party: str
    name: str
    sex: str = ""
    birth: str = ""
    nationality: str = ""
    document: str = ""
    needs: str = ""
    name_arabic: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The closed, numbered list for one leg; a correction is a new version.

    `start` and `end` are names of points, `rows` go family by family. `about` says which plan it is of and when it
    was closed, `audience` who may see it: both stand on every copy. `language` is that of everything said in words,
    in which it is printed (`en`, `fa-af`, `ps`).
    """

    leg: str
    version: int
    vehicle: str
    start: str
    end: str
    departs: str
    rows: tuple[ManifestRow, ...]
    about: str = ""
    audience: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said in one language, line by line; the language decides the direction."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class PassSheet:
    """One printable pass: a part to carry, and a part to learn by heart and destroy.

    To carry: the QR of `text` and `label` (a number by which the pile is sorted), and nothing else but how to use it
    (`carry`). To learn: recognition code, the code for "I am being watched", `place` and `when` to gather, in large
    letters, heads, and the `directions` whole. Each saying stands in every language that it is given in.
    """

    text: str
    label: str
    code: str
    place: str = ""
    when: str = ""
    watched_code: str = ""
    heads: int = 0
    directions: tuple[Spoken, ...] = ()
    carry: tuple[Spoken, ...] = ()
    learn: tuple[Spoken, ...] = ()
    about_codes: tuple[Spoken, ...] = ()


@dataclass(frozen=True, slots=True)
class SituationReport:
    """One page for whoever decides: figures only, no person in it."""

    operation: str
    as_of: datetime
    counts: tuple[CountRow, ...]
    departures: tuple[tuple[str, int, int], ...] = ()
    """(leg, seats, booked)."""
    refused: tuple[tuple[str, int], ...] = ()
    """(code, times)."""
    alarms: tuple[tuple[str, int], ...] = ()
    """(what waits for somebody, how many), the gravest first."""
    discrepancies: tuple[tuple[str, int, int, str], ...] = ()
    """(place, counted, derived, owner)."""
    left_behind: tuple[tuple[str, int], ...] = ()
    """(next step, people)."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackPass:
    """One pass on the list of a pack: its short code, window and heads; nobody's name."""

    code: str
    window: str
    heads: int


@dataclass(frozen=True, slots=True)
class PackLine:
    """One party on a boarding list."""

    line: int
    party: str
    code: str
    heads: int


@dataclass(frozen=True, slots=True)
class PackLeg:
    """One boarding list: its number (leg and version), what stands under it, and its parties."""

    number: str
    line: str
    rows: tuple[PackLine, ...]


@dataclass(frozen=True, slots=True)
class PaperPack:
    """What one point needs to work a shift on paper."""

    number: int
    operation: str
    place: str
    about: str
    audience: str
    passes: tuple[PackPass, ...]
    legs: tuple[PackLeg, ...]
    tallies: tuple[str, ...]
    slips: tuple[str, ...]
    language: str = "en"
