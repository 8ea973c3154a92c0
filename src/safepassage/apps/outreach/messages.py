"""Messages that wait for somebody's word: drafted by an act, released by whoever may call people.

Nothing is sent by the program: a released message is a file, and a person sends it. A draft holds no text and no
name: the words are those that somebody stands behind, the place is the one that holds when it is released.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may, operation_now
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.movement.bookings import BookingLine, bookings_lines
from safepassage.apps.movement.services import bookings_tell
from safepassage.apps.outreach.contact import contact_warnings
from safepassage.apps.outreach.directions import directions_of
from safepassage.apps.outreach.message_files import folder_of_messages, messages_abandon, messages_finish
from safepassage.apps.outreach.models import Message, MessageDraft, PublicText
from safepassage.apps.outreach.services import message_write, texts_load
from safepassage.apps.outreach.texts import blanks_of, say
from safepassage.apps.registry.hidden import parties_hidden
from safepassage.apps.registry.selectors import parties_by_id, persons_by_id
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ids import PartyId
from safepassage.core.ledger import EventKind

LANGUAGES = ("fa-af", "ps", "en")
Held = Literal["", "not-approved", "unsafe", "refused", "no-place"]
"""What keeps a draft from being released; nothing if it is empty."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One message that waits, as it would be written now, and what keeps it from that."""

    draft: MessageDraft
    text: str
    held: Held
    tells_place: bool = False


@dataclass(frozen=True, slots=True)
class Released:
    """What became of drafts: messages written, and how many of each kind still wait.

    `files` are all that are to be sent: also those of a release that was cut off after it was written in the store.
    """

    files: tuple[str, ...]
    written: tuple[MessageDraft, ...]
    waiting: int


@transaction.atomic
def messages_draft(*, parties: Sequence[PartyId], code: str, plan: str, account: str, now: datetime) -> int:
    """Drafts one message a party in its language, in all three where that is not known. Older ones no longer hold.

    Returns:
        How many messages wait by it.
    """
    texts_load()
    spoken = _languages(parties)
    MessageDraft.objects.filter(party__in=parties, text_code=code, released_at=None, dropped_at=None).update(
        dropped_at=now
    )
    drafts = [
        MessageDraft(party=party, text_code=code, language=language, plan=plan, drafted_at=now, drafted_by=account)
        for party in parties
        for language in spoken[party]
    ]
    MessageDraft.objects.bulk_create(drafts, batch_size=500)
    return len(drafts)


def drafts_waiting() -> list[DraftLine]:
    """Every draft that waits, with its text as it would be written now. Cost: reads the published plan once."""
    return _lines(MessageDraft.objects.filter(released_at=None, dropped_at=None).order_by("drafted_at", "pk"))


def drafts_count(plan: str = "") -> tuple[int, int]:
    """How many messages wait, and how many were released: of all, or of those that a plan brought about."""
    drafts = MessageDraft.objects.filter(dropped_at=None)
    drafts = drafts.filter(plan=plan) if plan else drafts
    waiting = drafts.filter(released_at=None).count()
    return waiting, drafts.count() - waiting


def drafts_released(limit: int) -> list[MessageDraft]:
    """The messages released last, the newest first."""
    return list(MessageDraft.objects.exclude(released_at=None).order_by("-released_at", "pk")[:limit])


@transaction.atomic
def messages_release(
    *, account: str, now: datetime, drafts: Collection[int] | None = None, folder: Path | None = None
) -> Released:
    """Writes the messages of these drafts, of all that wait without them, as files that a person sends.

    What is held back goes on waiting, and is told: words that nobody has approved, a party that is unsafe to write
    to or has refused. The draft of a party that has no place any more is dropped. What an account may not know of
    it can't release. The files are there once the release is written in the store, and not before; one that was cut
    off in between is finished by the next.

    Raises:
        ForbiddenError: the account may not call people.
        ConflictError: none of these waits any more.
    """
    if not account_may(account, "call.make"):
        raise ForbiddenError("This account may not send messages to people.", where="call.make")
    acts_in_turn()
    waiting = MessageDraft.objects.filter(released_at=None, dropped_at=None).order_by("drafted_at", "pk")
    if drafts is not None:
        waiting = waiting.filter(pk__in=list(drafts))
    target = folder_of_messages(folder)
    left = messages_finish(target)
    hidden: Collection[str] = ()
    if not account_may(account, "apart.see"):
        named = {*waiting.values_list("party", flat=True), *(one.party for one in left)}
        hidden = parties_hidden(PartyId(one) for one in named)
        waiting = waiting.exclude(party__in=hidden)
    # another person may have been cut off in a release of what this one may not know of: their files are finished too
    finished = [one for one in left if one.party not in hidden]
    lines = _lines(waiting)
    if not lines and not finished:
        raise ConflictError("None of these messages waits any more.", advice="Load the page again.")
    files: list[Message] = []
    try:
        written = _release(lines, files, target, account=account, now=now)
    except BaseException:
        messages_abandon(files, target)
        raise
    held = sum(line.held not in {"", "no-place"} for line in lines)
    return Released((*(one.file_name for one in finished), *(one.file_name for one in files)), tuple(written), held)


def _release(
    lines: Sequence[DraftLine], files: list[Message], folder: Path, *, account: str, now: datetime
) -> list[MessageDraft]:
    """Releases what isn't held back, each text into `files`, and says so in events.

    Whoever is written their hour counts as told: the next plan that moves them has them written to again.
    """
    written = []
    for line in lines:
        one = line.draft
        if line.held == "no-place":
            one.dropped_at = now
            one.save(update_fields=["dropped_at"])
        elif not line.held:
            party, text = PartyId(one.party), line.text
            message = message_write(
                party=party, code=one.text_code, language=one.language, now=now, text=text, folder=folder
            )
            files.append(message)
            one.released_at, one.released_by, one.file_name = now, account, message.file_name
            one.save(update_fields=["released_at", "released_by", "file_name"])
            written.append(one)
    telling = [PartyId(line.draft.party) for line in lines if line.tells_place and not line.held]
    bookings_tell(parties=telling, now=now)
    for code in sorted({one.text_code for one in written}):
        rows = tuple((one.party, one.language) for one in written if one.text_code == code)
        event_append(kind=EventKind.MESSAGES_RELEASED, body={"text": code, "rows": rows}, account=account, now=now)
    return written


def _lines(drafts: Iterable[MessageDraft]) -> list[DraftLine]:
    found = list(drafts)
    parties = {PartyId(one.party) for one in found}
    texts = {
        (one.code, one.language): one for one in PublicText.objects.filter(code__in={d.text_code for d in found})
    }
    places = {line.party: line for line in bookings_lines(parties)} if parties else {}
    warned = contact_warnings(parties)
    return [
        _line(one, texts.get((one.text_code, one.language)), places, warned.unsafe, warned.refused) for one in found
    ]


def _line(
    draft: MessageDraft,
    text: PublicText | None,
    places: dict[PartyId, BookingLine],
    unsafe: Collection[PartyId],
    refused: Collection[PartyId],
) -> DraftLine:
    party = PartyId(draft.party)
    if text is None:
        return DraftLine(draft, "", "not-approved")
    place = places.get(party)
    if place is None and blanks_of(text.text):
        return DraftLine(draft, "", "no-place")
    values = directions_of(place, zone=operation_now().zone, language=draft.language).values() if place else {}
    held: Held = ""
    if party in unsafe:
        held = "unsafe"
    elif party in refused:
        held = "refused"
    elif not text.may_be_sent:
        held = "not-approved"
    return DraftLine(draft, say(text.text, values), held, "hour" in blanks_of(text.text))


def _languages(parties: Sequence[PartyId]) -> dict[PartyId, tuple[str, ...]]:
    """The language in which each party is written to: its principal's, or all three if that is not known."""
    records = parties_by_id(parties)
    people = persons_by_id(member.person for party in records.values() for member in party.members)
    spoken: dict[PartyId, tuple[str, ...]] = {}
    for party in parties:
        members = records[party].members if party in records else ()
        stated = [people[one.person].language for one in members if one.person in people]
        found = next((language for one in stated if (language := _shipped(one))), "")
        spoken[party] = (found,) if found else LANGUAGES
    return spoken


def _shipped(language: str) -> str:
    """The language of the texts that a list's word for it means; empty if there is none."""
    folded = language.lower().replace("_", "-")
    if folded[:2] == "fa" or folded in {"prs", "dari"}:
        return "fa-af"
    return folded[:2] if folded[:2] in LANGUAGES else ""
