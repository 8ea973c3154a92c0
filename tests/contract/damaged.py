"""A small operation with a row of every model, and the damages that a hand or a failing disk does to its columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.db import connection, models

from safepassage.apps.accounts.models import Team
from safepassage.apps.gate.models import Device, Enrolment, PackPrinted, ReleasedText, Tally, WalkIn
from safepassage.apps.intake.models import ColumnTemplate, ListingRecord, Reject, SourceRow
from safepassage.apps.ledger.columns import StoredCode, StoredJSON
from safepassage.apps.ledger.models import AccessEntry, ParkedItem
from safepassage.apps.ledger.stored import models_kept
from safepassage.apps.movement.bookings import legs_booked
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.models import Booking, ReserveRelease, Told
from safepassage.apps.outreach.models import Call, KeyedEntry, Message, MessageDraft, NextStep, Recipient
from safepassage.apps.outreach.services import texts_load
from safepassage.apps.passes.models import CounterpartSheet
from safepassage.apps.passes.services import passes_issue_due
from safepassage.apps.passes.values import COUNTERPART_SHEET
from safepassage.apps.policy.models import LotteryRecord, Override
from safepassage.apps.registry.arrivals import arrivals_look
from safepassage.apps.registry.audits import audit_draw
from safepassage.apps.registry.models import (
    AdultConfirmation,
    FactAnchor,
    FactCheck,
    JudgementRecord,
    JudgementRequest,
    MemberConfirmation,
    PartyFlagged,
    PartyRecord,
    PersonRecord,
    RelationStated,
)
from safepassage.apps.registry.versions import matcher_adopt, matcher_propose
from safepassage.apps.work.models import Job
from safepassage.core.intake import ColumnMap
from safepassage.core.passes import CounterpartSheet as Sheet
from tests.make import EVERYONE, KARIM_AGAIN, NOW, resolved, taken_in, with_bookings

HALF = '{"half": '
JSON_DAMAGES = ("{}", "null", '"x"', "[1]", HALF)
"""What the column of JSON holds instead, as text."""
TYPED = (models.DateTimeField, models.BooleanField, models.IntegerField, models.FloatField)
"""Types that SQLite lets hold anything; PostgreSQL does not."""


def walk_operation(folder: Path) -> None:
    """A row of every model: two lists with a contradiction in them, bookings, passes, a manifest, and the rest."""
    taken_in(folder, KARIM_AGAIN, source="Second list")
    with_bookings(folder, EVERYONE)
    texts_load()
    passes_issue_due(account="desk", now=NOW)
    for leg in legs_booked():
        manifest_close(leg=leg, account="desk", now=NOW)
    matcher_adopt(version=matcher_propose(account="desk", now=NOW).version, account="desk", now=NOW)
    resolved(now=NOW + timedelta(minutes=1))
    arrivals_look(batch=taken_in(folder, KARIM_AGAIN, source="Third list").pk)
    audit_draw(count=10, seed=1, account="desk", now=NOW)
    _rest()


def _rest() -> None:
    one, two = sorted(ListingRecord.objects.values_list("pk", flat=True)[:2])
    party, person = PartyRecord.objects.first().pk, PersonRecord.objects.first().pk
    row = SourceRow.objects.first()
    PartyFlagged.objects.create(party_id=party, flag="very-large")
    Team.objects.create(code="team-1", name="Team", point="access-1")
    device = Device.objects.create(id="D-1", role="rover", enrolled_at=NOW, enrolled_by="desk", last_seen_at=NOW)
    Enrolment.objects.create(
        code_digest="0", role="rover", made_at=NOW, made_by="desk", expires_at=NOW, device=device
    )
    Tally.objects.create(point="access-1", quarter=NOW, level="calm", heads=3, device="D-1")
    PackPrinted.objects.create(number=1, point="access-1", slips=9, tallies=9, printed_at=NOW)
    KeyedEntry.objects.create(kind="tally", number="t-1-001", account="desk", fields={"at": "x"}, typed_at=NOW)
    ReleasedText.objects.create(code="crowd-sit", texts={"en": "Please sit."}, released_at=NOW, released_by="chief")
    WalkIn.objects.create(slip="W-1", event="E-1", heads={"adult-male": 1}, at=NOW)
    form = ColumnMap("", 1, (), "0").to_template("Form")
    ColumnTemplate.objects.create(name="Form", signature="0", content=form, saved_by="desk", saved_at=NOW)
    Reject.objects.create(batch=row.batch, row=row, number=1, code="no-name", reason="No name.", is_whole_row=True)
    ParkedItem.objects.create(fingerprint="0", content=b"", signature=b"", reason="unreadable", received_at=NOW)
    JudgementRecord.objects.create(left=one, right=two, verdict="different", by="desk", at=NOW)
    JudgementRequest.objects.create(rows=[[one, two, "same"]], asked_by="desk", asked_at=NOW)
    MemberConfirmation.objects.create(party=party, person=person, by="desk", at=NOW)
    RelationStated.objects.create(
        person=person, of=person, relation="child", evidence="they-say-so", by="desk", at=NOW
    )
    AdultConfirmation.objects.create(minor=person, adult=person, by="desk", at=NOW)
    check = FactCheck.objects.create(
        person=person, code="citizen", is_true=True, evidence="passport", by="desk", at=NOW
    )
    FactAnchor.objects.create(check_made=check, listing=one)
    LotteryRecord.objects.create(commitment="0" * 64, committed_at=NOW, closes_at=NOW)
    asked = {"party": party, "tier": 1, "reason": "Example", "requested_by": "desk", "requested_at": NOW}
    Override.objects.create(**asked)
    Override.objects.create(**asked, approved_by="second", approved_at=NOW)
    ReserveRelease.objects.create(reserve="r", leg="l", released_at=NOW, released_by="desk")
    sheet = COUNTERPART_SHEET.dump_python(Sheet("access-1", NOW, NOW, ()))
    CounterpartSheet.objects.create(convoy="c", content=sheet, made_at=NOW, made_by="desk")
    Call.objects.create(party=party, outcome="reached", at=NOW, by="desk")
    AccessEntry.objects.create(account="desk", subject=person, act="see person", at=NOW)
    Message.objects.create(party=party, text_code="call", language="en", file_name="m.txt", written_at=NOW)
    Recipient.objects.create(reference="r", public_key="age1", added_at=NOW, added_by="desk")
    MessageDraft.objects.create(
        party=party, text_code="moved", language="en", plan="PL-1", drafted_at=NOW, drafted_by="desk"
    )
    booked = Booking.objects.first().party
    Told.objects.create(party=booked, at=NOW, heads=1, start="rally-1", report_at=NOW, access_point="access-1")
    NextStep.objects.create(party=party, step="ask-again", owner="desk", due_at=NOW)
    for kind in Job.Kind:
        Job.objects.create(kind=kind, asked_by="reader", asked_at=NOW, state="done", result={})


def columns() -> Iterator[models.Field]:
    """Every column of ours whose store lets it hold what is none of its kind."""
    for model in models_kept():
        for field in model._meta.concrete_fields:
            if not field.primary_key and not field.is_relation and damages_of(field):
                yield field


def damages_of(field: models.Field) -> tuple[str, ...]:
    """What a column is made to hold; that of JSON as text."""
    is_sqlite = connection.vendor == "sqlite"
    if isinstance(field, StoredJSON):
        return JSON_DAMAGES if is_sqlite else JSON_DAMAGES[:-1]
    if isinstance(field, StoredCode):
        return ("unheard-of",)
    return ("x",) if is_sqlite and isinstance(field, TYPED) else ()


def damage(field: models.Field, text: str) -> None:
    """Writes it into every row, past the program."""
    quote, is_sqlite = connection.ops.quote_name, connection.vendor == "sqlite"
    verb = "UPDATE OR IGNORE" if is_sqlite else "UPDATE"
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = 1")
        cursor.execute(f"{verb} {quote(field.model._meta.db_table)} SET {quote(field.column)} = %s", [text])
