"""Acts of outreach: outcomes of calls, messages, approvals, next steps, the close of a phase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.gate.held import text_take_back
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.bookings import booking_line, bookings_lines
from safepassage.apps.movement.services import bookings_tell
from safepassage.apps.outreach.crowd import is_for_crowds, words_check
from safepassage.apps.outreach.directions import VALUES, directions_of
from safepassage.apps.outreach.message_files import folder_of_messages, message_put
from safepassage.apps.outreach.models import Call, Message, NextStep, PublicText
from safepassage.apps.outreach.selectors import call_list_is_provisional
from safepassage.apps.outreach.texts import blanks_of, say, texts_shipped
from safepassage.apps.passes.services import passes_settle
from safepassage.apps.registry.selectors import parties_now
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import EventKind, Stage
from safepassage.core.ledger.clock import to_milliseconds

CHANNEL = "phone"
DONE = frozenset(
    {Stage.DEPARTED, Stage.AT_STAGING_BASE, Stage.AT_SAFE_HAVEN, Stage.CLOSED, Stage.DIED, Stage.NOT_ELIGIBLE}
)
"""Stages after which the end of a phase leaves nobody behind."""
STEP_DUE = timedelta(days=3)
CALL_AGAIN = "call-again"
"""The step of a party that did not come; it is done once they were called and spoke, or were seen."""
_SPOKE = frozenset({Call.Outcome.REACHED, Call.Outcome.MOVED, Call.Outcome.REFUSED})


def _people_of(parties: Iterable[PartyId]) -> dict[PartyId, tuple[PersonId, ...]]:
    """Who is called: those booked, else the confirmed members."""
    wanted = set(parties)
    people = {
        party.id: tuple(member.person for member in party.confirmed) for party in parties_now() if party.id in wanted
    }
    return people | {line.party: line.persons for line in bookings_lines(wanted)}


@transaction.atomic
def parties_call(
    *, parties: Sequence[PartyId], account: str, is_provisional: bool, now: datetime, channel: str = CHANNEL
) -> int:
    """Notes that these parties are being called; those with a booking count as told from now on.

    Returns:
        The number of people called.
    """
    rows = tuple((person, party) for party, people in _people_of(parties).items() for person in people)
    if rows:
        body = {"channel": channel, "is_provisional": int(is_provisional), "rows": rows}
        event_append(kind=EventKind.PERSONS_CALLED, body=body, account=account, now=now)
    bookings_tell(parties=parties, now=now)
    return len(rows)


@transaction.atomic
def call_record(*, party: PartyId, outcome: str, account: str, now: datetime, note: str = "") -> Call:
    """Records what came of a call. Whoever was reached counts as called and told their place.

    Raises:
        ForbiddenError: not an outcome of the closed list.
    """
    if outcome not in Call.Outcome.values or outcome == Call.Outcome.TO_DO:
        closed = ", ".join(value for value in Call.Outcome.values if value != Call.Outcome.TO_DO)
        raise ForbiddenError("That is not an outcome of a call.", advice=f"Use one of: {closed}.")
    if outcome == Call.Outcome.REACHED:
        parties_call(parties=[party], account=account, is_provisional=call_list_is_provisional(), now=now)
    call = Call.objects.create(party=party, outcome=outcome, at=now, by=account, note=note)
    rows = tuple((person, party) for person in _people_of([party]).get(party, ()))
    if rows:
        body = {"outcome": outcome, "channel": CHANNEL, "rows": rows}
        event_append(kind=EventKind.CALL_OUTCOMES, body=body, account=account, now=now)
        passes_settle(account=account, now=now)
    if outcome in _SPOKE and NextStep.objects.filter(pk=party, step=CALL_AGAIN, done_at=None).exists():
        next_step_done(party=party, account=account, now=now)
    return call


def texts_load() -> int:
    """Puts the texts that come with the program into the store; those that a person stands behind stay as they are.

    Returns:
        How many were new or had changed. Cost where nothing is to be done: one query.
    """
    known = {(one.code, one.language): one for one in PublicText.objects.all()}
    made = 0
    for one in texts_shipped():
        kept = known.get((one.code, one.language))
        if kept and (kept.approved_by or kept.text == one.text):
            continue
        PublicText.objects.update_or_create(
            code=one.code,
            language=one.language,
            defaults={"text": one.text, "is_machine_made": one.is_machine_made},
        )
        made += 1
    return made


@transaction.atomic
def text_approve(*, code: str, language: str, account: str, now: datetime, text: str = "") -> PublicText:
    """A person who reads the language stands behind a text, corrected or as it is.

    Raises:
        NotFoundError: no such text.
        ForbiddenError: it leaves a blank to be filled in that nothing fills.
        ProblemsError: it is for a crowd, and says what a crowd must not read.

    A correction takes back what was released for crowds in the words of before.
    """
    record = PublicText.objects.filter(code=code, language=language).first()
    if record is None:
        raise NotFoundError("No text has that code in that language.", advice="`safepassage texts list` has them.")
    if is_for_crowds(code):
        words_check(text=text or record.text, language=language)
    if unknown := sorted(blanks_of(text or record.text) - VALUES):
        raise ForbiddenError(
            "The text leaves a blank that nothing fills.",
            where=", ".join(f"${one}" for one in unknown),
            advice=f"Use of these alone: {', '.join(f'${one}' for one in sorted(VALUES))}.",
        )
    is_corrected = bool(text) and text != record.text
    if is_corrected and is_for_crowds(code):
        text_take_back(code=code, account=account, now=now)
    record.text = text or record.text
    record.approved_by, record.approved_at = account, now
    record.save()
    body = {"text": code, "language": language, "is_corrected": int(is_corrected)}
    event_append(kind=EventKind.TEXT_APPROVED, body=body, account=account, now=now)
    return record


@transaction.atomic
def message_write(
    *, party: PartyId, code: str, language: str, now: datetime, text: str = "", folder: Path | None = None
) -> Message:
    """Writes one message to one party as a file, in their language; there is no gateway, a person sends it.

    The file is there once the act is written in the store, and never before.

    Where and when come from their booking, as pass and call sheet tell them. `text` is the same already filled in.

    Raises:
        ForbiddenError: a machine wrote the text and nobody has approved it.
        NotFoundError: no such text; or it tells of a place, and they have none.
    """
    found = PublicText.objects.filter(code=code, language=language).first()
    if found is None:
        raise NotFoundError(
            "No text has that code in that language.",
            where=f"{code} {language}",
            advice="`safepassage texts list` has them.",
        )
    if not found.may_be_sent:
        raise ForbiddenError(
            "A machine wrote this text and nobody has approved it.",
            where=f"{code} {language}",
            advice="Someone who reads the language approves it: `safepassage texts approve`.",
        )
    text = text or _filled(found, party)
    name = f"{party}-{code}-{language}.txt"
    message = Message.objects.create(party=party, text_code=code, language=language, file_name=name, written_at=now)
    message_put(message, text, folder_of_messages(folder))
    return message


def _filled(text: PublicText, party: PartyId) -> str:
    """A text with the place of a party."""
    line = booking_line(party)
    if line is None and blanks_of(text.text):
        raise NotFoundError(
            "This party has no place that could be told.", where=party, advice="Publish a plan in which it has one."
        )
    zone = operation_now().zone
    return say(text.text, directions_of(line, zone=zone, language=text.language).values() if line else {})


@transaction.atomic
def phase_close(*, phase: str, account: str, owner: str, now: datetime) -> Mapping[str, int]:
    """Closes a phase: everyone who is eligible or unresolved and not away stands as left behind, with a next step.

    Returns:
        People left behind by next step.
    """
    state = state_now()
    rows: list[tuple[str, str, str]] = []
    steps: dict[str, str] = {}
    for person, one in state.people.items():
        if one.stage in DONE or one.furthest in DONE:
            continue
        step = _next_step(one.stage)
        rows.append((person, step, owner))
        for party in one.parties:
            steps.setdefault(party, step)
    if rows:
        body = {"phase": phase, "rows": tuple(rows)}
        event_append(kind=EventKind.PERSONS_LEFT_BEHIND, body=body, account=account, now=now)
    event_append(kind=EventKind.PHASE_CLOSED, body={"phase": phase}, account=account, now=now)
    NextStep.objects.bulk_create(
        (
            NextStep(party=party, step=step, owner=owner, due_at=now + STEP_DUE)
            for party, step in sorted(steps.items())
        ),
        update_conflicts=True,
        unique_fields=["party"],
        update_fields=["step", "owner", "due_at", "done_at"],
    )
    return dict(Counter(step for _, step, _ in rows))


def _next_step(stage: Stage) -> str:
    """What is done next for someone who is at this stage when a phase closes."""
    return {
        Stage.NO_SHOW: CALL_AGAIN,
        Stage.TURNED_AWAY: "check-documents",
        Stage.NOT_FOUND: "find-contact",
        Stage.MISSING: "search",
        Stage.DETAINED: "intercede",
        Stage.DECLINED: "ask-again-later",
        Stage.KNOWN: "identify",
        Stage.IDENTIFIED: "settle-eligibility",
    }.get(stage, "rebook")


@transaction.atomic
def next_step_set(
    *,
    party: PartyId,
    step: str,
    owner: str,
    due_at: datetime,
    account: str,
    now: datetime,
    people: Collection[PersonId] | None = None,
) -> NextStep:
    """Gives a party its next step and who sees to it, and says so of these of its people, else of each of them."""
    record, _ = NextStep.objects.update_or_create(
        party=party, defaults={"step": step, "owner": owner, "due_at": due_at, "done_at": None}
    )
    people = _people_of([party]).get(party, ()) if people is None else people
    rows = tuple((person, step, owner) for person in people)
    body = {"party": party, "due": to_milliseconds(due_at), "rows": rows}
    event_append(kind=EventKind.NEXT_STEPS_SET, body=body, account=account, now=now)
    return record


@transaction.atomic
def next_step_done(*, party: PartyId, account: str, now: datetime) -> None:
    """Notes that a party's next step is done; the case stays, and gets its next one. Done twice is done once."""
    if not NextStep.objects.filter(pk=party, done_at=None).update(done_at=now):
        return
    rows = tuple((person,) for person in _people_of([party]).get(party, ()))
    event_append(kind=EventKind.NEXT_STEPS_DONE, body={"party": party, "rows": rows}, account=account, now=now)
