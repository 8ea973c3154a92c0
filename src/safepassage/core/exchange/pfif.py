"""Persons as PFIF 1.4 (People Finder Interchange Format, http://zesty.ca/pfif/1.4), for tracing services.

Every record carries an expiry date, after which whoever holds a copy has to delete it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

NAMESPACE = "http://zesty.ca/pfif/1.4"
_FORBIDDEN = {code: None for code in range(32) if code not in {9, 10, 13}} | {0xFFFE: None, 0xFFFF: None}
"""Characters that XML 1.0 cannot hold; they are left out."""


@dataclass(frozen=True, slots=True)
class PfifPerson:
    """What a tracing service gets of one person. Empty fields are left out.

    `record` is unique below `domain` and must not be an id of ours that stands elsewhere. `birth` is `YYYY`,
    `YYYY-MM` or `YYYY-MM-DD`; `sex` is `female`, `male` or `other`.
    """

    record: str
    full_name: str
    source_date: datetime
    expires: datetime
    given_name: str = ""
    family_name: str = ""
    sex: str = ""
    birth: str = ""
    home_state: str = ""
    home_country: str = ""


def write_pfif(persons: Iterable[PfifPerson], *, domain: str, source_name: str, entry_date: datetime) -> bytes:
    """UTF-8 XML; records in the order given.

    Raises:
        ValueError: a moment without a time zone.
    """
    records = "".join(_record(person, domain, source_name, entry_date) for person in persons)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<pfif:pfif xmlns:pfif="{NAMESPACE}">\n{records}</pfif:pfif>\n'
    ).encode()


def _record(person: PfifPerson, domain: str, source_name: str, entry_date: datetime) -> str:
    fields = (
        ("person_record_id", f"{domain}/{person.record}"),
        ("entry_date", _moment(entry_date)),
        ("expiry_date", _moment(person.expires)),
        ("source_name", source_name),
        ("source_date", _moment(person.source_date)),
        ("full_name", person.full_name),
        ("given_name", person.given_name),
        ("family_name", person.family_name),
        ("sex", person.sex),
        ("date_of_birth", person.birth),
        ("home_state", person.home_state),
        ("home_country", person.home_country),
    )
    lines = "".join(f"  <pfif:{name}>{_text(value)}</pfif:{name}>\n" for name, value in fields if value)
    return f" <pfif:person>\n{lines} </pfif:person>\n"


def _text(value: str) -> str:
    return escape(value.translate(_FORBIDDEN))


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
