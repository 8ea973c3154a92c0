"""People who leave the house: to one named recipient, by two of us, counted, sealed, and within each source's terms.

What went wrong elsewhere: a sender believed that a file held 150 rows and sent 18,714 people. So the number
stated must be the number in the file, no file holds more than `MOST_PEOPLE`, two people agree, and it is sealed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import xlsxwriter
from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.accounts.two_people import Proven, second_check
from safepassage.apps.intake.selectors import listings_now, source_trust, sources_seen
from safepassage.apps.ledger.services import access_note, event_append
from safepassage.apps.outreach.recipients import key_digest, recipient_key, seal_to
from safepassage.apps.outreach.sheets import export_digest
from safepassage.apps.registry.hidden import hidden_persons
from safepassage.apps.registry.needs import needs_corrected
from safepassage.apps.registry.selectors import assignment_now
from safepassage.core.errors import ForbiddenError
from safepassage.core.exchange.cells import text_style, write_text
from safepassage.core.exchange.sealing import seal_archive
from safepassage.core.identity import Person, derive_persons
from safepassage.core.ids import PersonId
from safepassage.core.ledger import EventKind

MOST_PEOPLE = 1000
"""No export holds more people than one flight or camp needs; a larger one is a transfer between sites."""
REACH = {"operation": 1, "authorities": 2, "partners": 3}
"""How far from us a recipient is; a source's terms must reach as far."""
ALLOWED = {"nobody": 0, "operation": 1, "authorities": 2, "partners": 3}
COLUMNS = ("person", "name", "father", "sex", "birth", "nationality", "document", "phone", "needs")


@dataclass(frozen=True, slots=True)
class PeopleExport:
    """A sealed workbook, how many people it holds, and how many were left out by the terms of their sources."""

    export: str
    sealed: bytes
    people: int
    left_out: int
    is_to_key: bool = False
    """Sealed to the recipient's own key (age), not with a passphrase."""


@transaction.atomic
def people_export(
    *,
    persons: frozenset[PersonId],
    stated: int,
    recipient: str,
    reach: str,
    purpose: str,
    account: str,
    second: Proven,
    now: datetime,
    passphrase: str = "",
    salt: bytes | None = None,
) -> PeopleExport:
    """Exports people for one recipient, from those listings alone whose source allows it for that reach and purpose.

    A person all of whose sources forbid it is left out; so is everyone under "keep apart".

    Args:
        persons: Whom to export.
        stated: How many people the sender says the file holds; it must be so.
        recipient: Reference of the recipient, for the ledger (lower case, no name of a person).
        reach: `operation`, `authorities` or `partners`.
        purpose: One of the purposes that the sources state.
        account: Duty name of the first person.
        second: The second person, who has proved who they are.
        now: Aware UTC.
        passphrase: Opens the file and goes another way than it; for a recipient without a key of their own.
        salt: 28 fresh bytes; drawn if not given.

    Raises:
        ForbiddenError: not two people who may (`accounts.two_people`); too many people, not as many as stated;
            neither a key nor a passphrase.
    """
    if not account_may(account, "person.export"):
        raise ForbiddenError("This account may not export people.", where="person.export")
    second_check(first=account, second=second.username, permission="person.export")
    if reach not in REACH:
        raise ForbiddenError("That is no reach of a recipient.", advice=f"Use one of: {', '.join(REACH)}.")
    found = _derive(persons, reach=reach, purpose=purpose)
    if len(found) > MOST_PEOPLE:
        raise ForbiddenError(f"An export holds at most {MOST_PEOPLE} people; this would hold {len(found)}.")
    if len(found) != stated:
        raise ForbiddenError(
            f"You stated {stated} people; the file would hold {len(found)}. Nothing was written.",
            advice="Find out why before you send anything.",
        )
    key = "" if passphrase else recipient_key(recipient)
    if not key and not passphrase:
        raise ForbiddenError(
            "This recipient has no key, and no passphrase was given.",
            advice="`safepassage recipient add`, or give a passphrase.",
        )
    book = _workbook(found)
    luck = salt or secrets.token_bytes(28)
    sealed = seal_to(key, book) if key else seal_archive(book, passphrase, randomness=luck)
    export, digest = export_digest("people", sealed, now)
    body = {
        "export": export,
        "what": "people",
        "recipient": recipient,
        "digest": digest,
        "people": len(found),
        "first": account,
        "second": second.username,
    }
    if key:
        body["recipient_key"] = key_digest(key)
    event_append(kind=EventKind.EXPORT_MADE, body=body, account=account, now=now)
    access_note(account=account, subjects=(one.id for one in found), act="export people", purpose=recipient, now=now)
    return PeopleExport(export, sealed, len(found), len(persons) - len(found), is_to_key=bool(key))


def _derive(persons: frozenset[PersonId], *, reach: str, purpose: str) -> tuple[Person, ...]:
    sources = {
        source.id
        for source in sources_seen()
        if ALLOWED.get(source.sharing, 0) >= REACH[reach] and purpose in source.purposes
    }
    person_of = assignment_now("").person_of
    wanted = persons - hidden_persons()
    allowed = [one for one in listings_now() if one.source in sources and person_of.get(one.id) in wanted]
    derived = derive_persons(
        allowed,
        {one.id: person_of[one.id] for one in allowed},
        trust=source_trust(),
    )
    return tuple(needs_corrected({one.id: one for one in derived}).values())


def _workbook(persons: tuple[Person, ...]) -> bytes:
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("people")
        style = text_style(book)
        for column, title in enumerate(COLUMNS):
            write_text(sheet, 0, column, title, style)
        for number, one in enumerate(persons, 1):
            cells = (
                one.id,
                one.name,
                one.father,
                one.sex.value,
                one.birth.text if one.birth else "",
                one.nationality,
                one.documents[0].number if one.documents else "",
                one.phones[0] if one.phones else "",
                ", ".join(one.needs),
            )
            for column, cell in enumerate(cells):
                write_text(sheet, number, column, cell, style)
    return buffer.getvalue()
