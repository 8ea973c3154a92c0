"""Sheets that leave the screen: call sheets, manifests, templates, slips. Each with people in it is an event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from safepassage.apps.accounts.roles import PERMISSIONS
from safepassage.apps.accounts.selectors import account_named, operation_now
from safepassage.apps.ledger.services import access_note, event_append
from safepassage.apps.movement.manifests import manifest_persons, manifests_of, network_of_manifest
from safepassage.apps.movement.selectors import plan_record_now
from safepassage.apps.outreach.contact import contact_warnings
from safepassage.apps.outreach.directions import directions_of
from safepassage.apps.outreach.manifest_words import ManifestWords
from safepassage.apps.outreach.selectors import CallLine, call_lines, call_list_is_provisional
from safepassage.apps.passes.fonts import font_folders
from safepassage.apps.policy.selectors import policy_in_force, standings_of
from safepassage.apps.registry.hidden import hidden_persons, parties_hidden
from safepassage.apps.registry.needs import needs_corrected
from safepassage.apps.registry.selectors import parties_by_id, persons_behind
from safepassage.core.dates import format_brief
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.exchange import (
    CallRow,
    ManifestRow,
    print_manifest,
    print_slips,
    write_call_sheet,
    write_manifest,
    write_partner_template,
)
from safepassage.core.exchange import Manifest as ManifestSheet
from safepassage.core.identity import Party, Person, both_scripts
from safepassage.core.identity.both_scripts import READ
from safepassage.core.ids import PartyId, PersonId, derived_id
from safepassage.core.ledger import EventKind
from safepassage.core.movement import Manifest
from safepassage.core.names import TokenKind, fold, tokens

LANGUAGES = {"fa": "Dari", "fa-af": "Dari", "ps": "Pashto", "en": "English"}
"""A caller reads a word, not a code."""


PAPER_LANGUAGES = ("en", "fa-af", "ps")
"""In which forms are printed."""


def export_digest(what: str, content: bytes, now: datetime) -> tuple[str, str]:
    """The id of an export and the digest of what was handed over."""
    digest = hashlib.sha256(content).hexdigest()
    return derived_id("E", what, digest, now.isoformat()), digest


def export_note(
    *, what: str, content: bytes, persons: Iterable[PersonId], recipient: str, account: str, now: datetime
) -> str:
    """Writes into ledger and access log that people's data left the screen. Returns the export's id."""
    ids = tuple(dict.fromkeys(persons))
    export, digest = export_digest(what, content, now)
    body = {"export": export, "what": what, "recipient": recipient, "digest": digest, "people": len(ids)}
    event_append(kind=EventKind.EXPORT_MADE, body=body, account=account, now=now)
    access_note(account=account, subjects=ids, act=f"export {what}", purpose=recipient, now=now)
    return export


def _put(folder: Path, name: str, content: bytes) -> str:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / name).write_bytes(content)
    return name


def call_sheet_make(*, account: str, now: datetime, booked_only: bool = False, is_protected_in: bool = True) -> bytes:
    """The call sheet in policy order, XLSX, marked provisional while reviews are open.

    Without `is_protected_in`, parties on either side of a confidential keep-apart are left out, and no number that is
    held back says why: the reason would tell of such a party, and its lack as well if others had one.
    """
    lines = call_lines(booked_only=booked_only)
    if not is_protected_in:
        hidden = hidden_persons()
        lines = [line for line in lines if line.principal.id not in hidden]
        told = parties_hidden({party for line in lines for party in line.asked.same_as | line.asked.shares_with})
        lines = [replace(line, asked=line.asked.without(told)).without(hidden) for line in lines]
    zone = operation_now().zone
    content = write_call_sheet(
        [_call_row(line, is_protected_in=is_protected_in) for line in lines],
        title=operation_now().name,
        is_provisional=call_list_is_provisional(),
        about=_call_about(now.astimezone(zone)),
    )
    people = (person for line in lines for person in (line.principal.id, *(one.person for one in line.not_coming)))
    export_note(what="call-sheet", content=content, persons=people, recipient="desk-1", account=account, now=now)
    return content


def _call_about(at: datetime) -> str:
    """Of which plan a call sheet is, when it was made and who may see it."""
    plan = plan_record_now()
    of_plan = f"Of plan {plan.pk}" if plan else "No plan is published: no place is told"
    policy = policy_in_force(at)
    if policy and policy.is_provisional:
        of_plan += f"; policy {policy} is provisional, one person alone stands behind it"
    return f"{of_plan}; made {at:%d %b %H:%M (%Z)}. {audience_of('call.make')}"


def _call_row(line: CallLine, *, is_protected_in: bool) -> CallRow:
    told = directions_of(line.booking, zone=line.zone, heads=line.heads) if line.booking else None
    numbers = _numbers(line, is_protected_in=is_protected_in)
    return CallRow(
        party=line.party,
        principal=f"{line.names.latin} ({line.told_apart})" if line.told_apart else line.names.latin,
        principal_arabic=line.names.arabic,
        phones=line.phones,
        heads=line.heads,
        may_come=f"{line.may_come} of {line.members}" if line.not_coming else "",
        language=LANGUAGES.get(line.language, line.language),
        tier=line.tier,
        gather_at=told.place if told else "",
        be_there_by=told.when if told else "",
        departs=", ".join(filter(None, (told.departs, told.plate))) if told else "",
        gate=f"{told.gate}, {told.begins} to {told.ends}" if told else "",
        remark="; ".join(
            filter(None, (_contact(line), numbers, _shared(line), line.doubt, line.coming_said, *_asked(line)))
        ),
    )


def _numbers(line: CallLine, *, is_protected_in: bool) -> str:
    """Why no number, or fewer than were given, stand beside a party."""
    if line.is_unsafe:
        return ""
    if line.held_back:
        what = "a number is" if line.held_back == 1 else f"{line.held_back} numbers are"
        why = "a party that is unsafe to call has given the same" if is_protected_in else "nobody may call"
        return f"{what} held back: {why}" + ("" if is_protected_in else " it" if line.held_back == 1 else " them")
    return "" if line.phones else "no phone is known"


def _shared(line: CallLine) -> str:
    """Which numbers ring with whoever answers for several families."""
    told = (f"{phone} is given by {families} families" for phone, families in line.shared)
    return f"{', '.join(told)}: ask who answers, say no name first" if line.shared and not line.is_unsafe else ""


def _asked(line: CallLine) -> Iterator[str]:
    """What open questions say of who the row is: one family may stand on two rows, or two on one."""
    if line.asked.same_as:
        yield f"MAY BE THE SAME FAMILY as {', '.join(sorted(line.asked.same_as))}"
    if line.asked.has_two_heads:
        yield "MAY BE TWO FAMILIES: two heads"
    if line.asked.shares_with:
        yield f"one of them stands in {', '.join(sorted(line.asked.shares_with))} too"


def _contact(line: CallLine) -> str:
    """What whoever holds the sheet must know before they reach for a phone."""
    if line.is_unsafe:
        return "UNSAFE TO CALL: tell them another way"
    return "refused: call again only if they ask" if line.has_refused else ""


def manifest_sheet(
    manifest: Manifest, *, is_protected_in: bool = False, language: str = "en"
) -> tuple[ManifestSheet, tuple[PersonId, ...]]:
    """A closed manifest with its people, numbered family by family, and who they are.

    Families go by the family name of their principal, who stands first in each. Without `is_protected_in`, whoever is
    on either side of a confidential keep-apart stands on it by id alone: for readers without `apart.see`.
    """
    said = ManifestWords(language)
    aboard = manifest_persons(manifest.leg, manifest.version)
    party_of = {person: party for party, members in aboard.items() for person in members}
    hidden = frozenset[PersonId]() if is_protected_in else hidden_persons()
    persons = needs_corrected(persons_behind(party_of))
    masked = frozenset(key for key, person in persons.items() if person.id in hidden)
    persons = {key: person for key, person in persons.items() if key not in masked}
    families = _by_name(aboard, persons)
    order = [person for family in families for person in family]
    doubts = _doubts_of(parties_by_id(aboard).values(), said)
    firsts = {family[0]: doubts.get(party_of[family[0]], "") for family in families if family}
    network = network_of_manifest(manifest.leg, manifest.version)
    leg = next(leg for leg in network.legs if leg.id == manifest.leg)
    places = {point.id: point.name or point.id for point in network.points}
    zone = operation_now().zone
    closed = manifests_of(manifest.leg).get(version=manifest.version).made_at.astimezone(zone)
    sheet = ManifestSheet(
        leg=manifest.leg,
        version=manifest.version,
        vehicle=leg.vehicle or leg.mode.value,
        start=places[leg.origin],
        end=places[leg.destination],
        departs=f"{leg.departs.astimezone(zone):%Y-%m-%d %H:%M %Z}",
        rows=tuple(
            _manifest_row(
                number,
                key,
                persons.get(key),
                party_of[key],
                said,
                instead=said.words["protected" if key in masked else "erased"],
                doubt=firsts.get(key, ""),
            )
            for number, key in enumerate(order, 1)
        ),
        about=said.about(operation=operation_now().name, plan=manifest.plan, closed=closed),
        audience=said.audience("manifest.see", "team_of_leg"),
        language=language,
    )
    return sheet, tuple(order)


def _doubts_of(parties: Iterable[Party], said: ManifestWords) -> dict[PartyId, str]:
    """What the team of a leg must know of each party: whether more may come than are named, or nobody at all."""
    known = list(parties)
    refused = set(contact_warnings(party.id for party in known).refused)
    return {party.id: said.doubt(party, has_refused=party.id in refused) for party in known}


def _may_see_apart(account: str) -> bool:
    """Whether an account reads the names of whoever is kept apart; one that nobody knows does not."""
    try:
        return account_named(account).may("apart.see")
    except NotFoundError:
        return False


def _manifest_row(
    number: int,
    key: PersonId,
    person: Person | None,
    party: PartyId,
    said: ManifestWords,
    *,
    instead: str,
    doubt: str,
) -> ManifestRow:
    """One row; whoever was erased or is protected keeps it with their id alone, and says so `instead` of a name."""
    if person is None:
        return ManifestRow(number=number, person=key, party=party, name=f"{instead} {key}")
    names = both_scripts(person)
    return ManifestRow(
        number=number,
        person=person.id,
        party=party,
        name=names.latin or said.words["name_unknown"],
        name_arabic=names.arabic,
        remark=doubt,
        sex=said.sex(person.sex),
        birth=format_brief(person.birth) if person.birth else "",
        nationality=person.nationality,
        document=person.documents[0].number if person.documents else "",
        needs=said.needs(person.needs),
    )


def _by_name(
    aboard: Mapping[PartyId, tuple[PersonId, ...]], persons: Mapping[PersonId, Person]
) -> list[tuple[PersonId, ...]]:
    """The families in the order of their principals' family names, each with its principal first, the erased last."""
    standings = standings_of(aboard)
    families = []
    for party, members in aboard.items():
        principal = standings[party].content.get("principal") if party in standings else None
        row = sorted(members, key=lambda one: (one not in persons, one != principal))
        first = persons.get(row[0]) if row else None
        name = _family_name(both_scripts(first).latin.removeprefix(READ)) if first else ("", "")
        families.append((*name, party, tuple(row)))
    return [family[-1] for family in sorted(families)]


def _family_name(name: str) -> tuple[str, str]:
    """By what a reader looks for a name: its last word (Karamat Ullah is one), or what stands before a comma."""
    before, comma, _given = name.partition(",")
    words = list(tokens(before))
    is_compound = len(words) > 1 and words[-1].kind is TokenKind.PARTICLE
    last = words if comma else words[-2 if is_compound else -1 :]
    return " ".join(word.folded for word in last), fold(name)


def audience_of(permission: str, others: str = "") -> str:
    """Who may see a sheet with names on it, and what becomes of it: one line for every copy."""
    roles = sorted(role.value.replace("-", " ") for role in PERMISSIONS[permission])
    allowed = ", ".join([*roles, *filter(None, [others])])
    return f"Names of people at risk. For: {allowed}; nobody else. Hand it on or destroy it; never photograph it."


def manifest_write(
    *, manifest: Manifest, folder: Path, account: str, now: datetime, language: str = "en"
) -> list[str]:
    """Writes a closed manifest as XLSX, and as PDF in a language, and notes the export. The names of the files."""
    paper_language_check(language)
    may_see = _may_see_apart(account)
    sheet, people = manifest_sheet(manifest, is_protected_in=may_see)
    printed, _ = manifest_sheet(manifest, is_protected_in=may_see, language=language)
    workbook = write_manifest(sheet)
    export_note(what="manifest", content=workbook, persons=people, recipient="desk-1", account=account, now=now)
    stem = f"manifest-{manifest.leg}-v{manifest.version}"
    tongue = "" if language == "en" else f"-{language}"
    return [
        _put(folder, f"{stem}.xlsx", workbook),
        _put(folder, f"{stem}{tongue}.pdf", print_manifest(printed, fonts=font_folders())),
    ]


def manifest_file(*, manifest: Manifest, form: str, account: str, now: datetime, language: str = "en") -> bytes:
    """A closed manifest as `xlsx`, or as `pdf` in a language (`en`, `fa-af`, `ps`), and the note of its export."""
    paper_language_check(language)
    spoken = language if form == "pdf" else "en"
    sheet, people = manifest_sheet(manifest, is_protected_in=_may_see_apart(account), language=spoken)
    content = write_manifest(sheet) if form == "xlsx" else print_manifest(sheet, fonts=font_folders())
    export_note(what="manifest", content=content, persons=people, recipient="desk-1", account=account, now=now)
    return content


def partner_template_make() -> bytes:
    """The blank workbook that partners fill in."""
    operation = operation_now()
    return write_partner_template(operation=operation.name, contact=operation.contact)


def paper_language_check(language: str) -> None:
    """Refuses a language in which no form is printed.

    Raises:
        ForbiddenError: it is none of `PAPER_LANGUAGES`.
    """
    if language not in PAPER_LANGUAGES:
        raise ForbiddenError("Forms are not printed in that language.", advice=f"Use {', '.join(PAPER_LANGUAGES)}.")


def slips_make(*, first: int, how_many: int, language: str = "en") -> bytes:
    """Blank numbered walk-in slips, in the language of whoever fills them in (`en`, `fa-af`, `ps`)."""
    paper_language_check(language)
    operation = operation_now().code
    return print_slips(operation=operation, first=first, how_many=how_many, language=language, fonts=font_folders())
