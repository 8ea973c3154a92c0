"""The record: appended in the act's own transaction, never edited, chained; uploads answered one by one."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from safepassage import vault
from safepassage.apps.gate.services import FIELD_ROLES
from safepassage.apps.ledger import checking, selectors, services, sitekey
from safepassage.apps.ledger.models import AccessEntry, EventRecord, ParkedItem, SiteChain
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, ProblemsError
from safepassage.core.ledger import ClockReading, EventKind, Stage, encode_event, verify_event
from safepassage.core.ledger.clock import to_milliseconds
from safepassage.core.ledger.events import draft_event, sign_event
from safepassage.core.ledger.field import KINDS_OF_ROLE
from tests.core.ledger.scribe import KARIM, LAILA, START, TESTANIS, Scribe, minute

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
K = EventKind
NOW = START + timedelta(hours=2)
OPERATION = "kabul-test"


@pytest.fixture(autouse=True)
def site(settings, tmp_path) -> str:
    settings.HOME = tmp_path
    return services.site_found(operation=OPERATION)


@pytest.fixture
def phone() -> Scribe:
    scribe = Scribe("phone-1")
    enrol(scribe)
    return scribe


def enrol(scribe: Scribe, role: str = "access-point") -> None:
    public = scribe.key.public_key().public_bytes_raw().hex()
    body = {"enrolled": scribe.head.device, "public_key": public, "role": role}
    services.event_append(kind=K.DEVICE_ENROLLED, body=body, now=START)


def uploaded(*events) -> list[dict[str, str]]:
    return [
        {
            "content": base64.b64encode(encode_event(event)).decode(),
            "signature": base64.b64encode(event.signature).decode(),
        }
        for event in events
    ]


def received(*events, now=NOW):
    return services.events_receive(items=uploaded(*events), now=now)


def append(person: str = KARIM, now=START, **options):
    return services.event_append(kind=K.PERSONS_ASSIGNED, body={"rows": ((person,),)}, now=now, **options)


def take_out(which: str) -> None:
    """Deletes the first (min) or last (max) row behind the program's back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_eventrecord DISABLE TRIGGER ledger_events_stay")
        found = f"(SELECT {which}(position) FROM ledger_eventrecord)"
        cursor.execute(f"DELETE FROM ledger_eventrecord WHERE position = {found}")


def test_what_is_appended_is_signed_chained_and_read_back_whole():
    first, second = append(KARIM), append(LAILA)
    assert (second.sequence, second.previous) == (first.sequence + 1, first.digest)
    key, role = selectors.device_keys()[first.device]
    assert role == "site"
    stored = list(selectors.events_after())
    assert stored == [first, second]
    assert all(verify_event(event, key) for event in stored)
    assert stored[0].server_time == START
    assert not checking.record_check()


def test_an_act_that_fails_leaves_no_event():
    def act() -> None:
        with transaction.atomic():
            append()
            assert KARIM in selectors.state_now().people
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not EventRecord.objects.exists()
    assert not selectors.state_now().people


def test_a_repeated_act_with_its_nonce_is_stored_once_and_another_act_is_refused():
    assert append(nonce="act-1") == append(nonce="act-1")
    assert EventRecord.objects.count() == 1
    with pytest.raises(ConflictError):
        services.event_append(kind=K.PHASE_CLOSED, body={"phase": "one"}, nonce="act-1")


def test_user_names_never_reach_the_record():
    event = append(account="Sgt. Example")
    assert event.code("account") == services.account_ref("Sgt. Example")
    assert b"Example" not in encode_event(event)


def test_a_body_with_a_name_in_it_is_refused_and_not_repeated():
    with pytest.raises(ProblemsError) as refusal:
        append("Karim Testani")
    assert "Karim" not in str(refusal.value)
    assert not EventRecord.objects.exists()


def test_no_record_is_saved_again_updated_or_deleted():
    append()
    record = EventRecord.objects.get()
    for act in (record.save, record.delete, EventRecord.objects.all().delete):
        with pytest.raises(ForbiddenError):
            act()
    with pytest.raises(ForbiddenError):
        EventRecord.objects.update(flag="late")


def test_the_database_itself_refuses_an_update():
    append()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_eventrecord SET flag = 'late'")
    assert EventRecord.objects.get().flag == ""


def test_a_row_taken_out_breaks_the_chain_of_the_site():
    append(KARIM)
    append(LAILA)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_eventrecord DISABLE TRIGGER ledger_events_stay")
        cursor.execute(
            "DELETE FROM ledger_eventrecord WHERE position = (SELECT min(position) FROM ledger_eventrecord)"
        )
    assert {problem.code for problem in checking.record_check()} == {"site-chain-broken", "chain-gap"}


def test_rows_taken_out_at_the_end_show_too():
    append(KARIM)
    append(LAILA)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_eventrecord DISABLE TRIGGER ledger_events_stay")
        cursor.execute(
            "DELETE FROM ledger_eventrecord WHERE position = (SELECT max(position) FROM ledger_eventrecord)"
        )
    assert [problem.code for problem in checking.record_check()] == ["site-chain-short"]


def test_a_missing_or_foreign_key_says_what_to_do(tmp_path):
    path = tmp_path / "keys" / "site.key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"x" * 32)
    with pytest.raises(ConflictError, match="one backup"):
        append()
    path.unlink()
    with pytest.raises(NotFoundError, match="backup"):
        append()


def test_half_a_key_left_by_a_crash_is_made_anew(tmp_path, settings):
    settings.HOME = tmp_path / "other"
    folder = settings.HOME / "keys"
    folder.mkdir(parents=True)
    (folder / "site.key.new").write_bytes(b"half")
    sitekey.site_key_make()
    assert len(vault.secret_read(folder / "site.key")) == 32
    assert not (folder / "site.key.new").exists()
    with pytest.raises(ConflictError):
        sitekey.site_key_make()


def test_an_upload_is_stored_once_however_often_it_comes(phone):
    one = phone.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    two = phone.seen(K.PERSONS_PROCESSED, KARIM, point="ecc")
    assert [receipt.outcome for receipt in received(two, one)] == ["stored", "stored"]
    assert [receipt.outcome for receipt in received(one, two, one)] == ["known"] * 3
    assert selectors.state_now().people[KARIM].stage is Stage.PROCESSED
    assert EventRecord.objects.filter(device="phone-1").count() == 2
    assert not checking.record_check()


def test_the_same_item_twice_in_one_upload_is_stored_once(phone):
    one = phone.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    assert [receipt.outcome for receipt in received(one, one)] == ["stored", "known"]


def test_a_bad_item_is_parked_with_its_reason_and_blocks_nothing(phone):
    good = phone.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    forged = Scribe("phone-1")
    forged.key = Scribe("thief").key
    stranger = Scribe("phone-9").seen(K.PERSONS_BOARDED, KARIM, leg="c17-1")
    overreach = phone.write(K.STANDINGS_GIVEN, (KARIM, TESTANIS, "siv", 1, 1), policy="kabul", version=1)
    bad = forged.seen(K.PERSONS_BOARDED, KARIM, leg="c17-1", nonce="n7")
    items = [{"content": "no base64"}, {"content": "aGVsbG8=", "signature": ""}]
    items += uploaded(bad, stranger, overreach, good)
    receipts = services.events_receive(items=items, now=NOW)
    assert [receipt.reason or receipt.outcome for receipt in receipts] == [
        "unreadable",
        "unreadable",
        "bad-signature",
        "unknown-device",
        "not-allowed",
        "stored",
    ]
    services.events_receive(items=items, now=NOW)
    assert len(selectors.parked_open()) == ParkedItem.objects.count() == 5


def test_events_of_a_phone_that_is_enrolled_later_are_taken_in_then():
    phone = Scribe("phone-2")
    event = phone.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    assert received(event)[0].reason == "unknown-device"
    enrol(phone)
    assert received() == ()
    assert KARIM in selectors.state_now().people
    assert not selectors.parked_open()


def test_a_phone_annuls_its_own_events_only(phone):
    other = Scribe("phone-2")
    enrol(other)
    mine = phone.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    theirs = other.seen(K.PERSONS_ADMITTED, LAILA, point="abbey-gate")
    undo = phone.write(K.ANNULLED, event=mine.id, reason="wrong-person")
    meddling = phone.write(K.ANNULLED, event=theirs.id, reason="wrong-person")
    reasons = [receipt.reason for receipt in received(mine, theirs, undo, meddling)]
    assert reasons == ["", "", "", "not-allowed"]
    assert KARIM not in selectors.state_now().people


@pytest.mark.parametrize(
    ("role", "kind", "body"),
    [
        ("access-point", K.PERSONS_ARRIVED, {"point": "haven", "place": "safe-haven"}),
        ("access-point", K.PERSONS_DEPARTED, {"leg": "c17-1"}),
        ("rover", K.PERSONS_BOARDED, {"leg": "c17-1"}),
        ("bus", K.PERSONS_ADMITTED, {"point": "abbey-gate"}),
        ("bus", K.PERSONS_ARRIVED, {"point": "haven", "place": "safe-haven"}),
        ("staging-base", K.PERSONS_ADMITTED, {"point": "abbey-gate"}),
        ("staging-base", K.PERSONS_TURNED_AWAY, {"point": "abbey-gate", "reason": "come-back"}),
        ("officer", K.PERSONS_ADMITTED, {"point": "abbey-gate"}),
    ],
)
def test_a_device_writes_what_its_role_does_and_the_rest_is_kept_without_effect(role, kind, body):
    device = Scribe("phone-7")
    enrol(device, role)
    too_far = device.seen(kind, KARIM, **body)
    missing = device.write(K.PERSONS_MISSING, (LAILA,), point="abbey-gate")
    answers = received(too_far, missing)
    assert [one.reason for one in answers] == ["not-allowed", "" if role != "officer" else "not-allowed"]
    assert selectors.parked_open()[0][0] == "not-allowed"
    assert KARIM not in selectors.state_now().people


def test_every_role_of_a_device_in_the_field_has_a_list_of_kinds_and_none_may_write_for_the_desk():
    assert set(KINDS_OF_ROLE) == set(FIELD_ROLES)
    ours = {
        K.PASSES_ISSUED,
        K.PASSES_REVOKED,
        K.PERSONS_BOOKED,
        K.JUDGEMENTS_GIVEN,
        K.DEVICE_ENROLLED,
        K.PERSONS_FOUND,
    }
    assert not any(kinds & ours for kinds in KINDS_OF_ROLE.values())


def test_a_nonce_used_for_two_events_is_parked_and_shown(phone):
    copy = Scribe("phone-1")
    one = phone.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    two = copy.seen(K.PERSONS_ADMITTED, LAILA, point="abbey-gate")
    assert [receipt.reason for receipt in received(one, two)] == ["", "nonce-reused"]


def test_late_events_and_clocks_ahead_are_stored_and_flagged(phone):
    late = phone.at(0).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    ahead = phone.at(60 * 24 * 9).seen(K.PERSONS_PROCESSED, KARIM, point="ecc")
    received(late, ahead, now=START + timedelta(days=1))
    assert selectors.flags_now() == {"late": 1, "clock-ahead": 1}
    assert append(LAILA, now=START + timedelta(days=1)).clock.moment == START + timedelta(days=1)


def test_the_sites_next_event_reads_later_than_what_it_received(phone):
    seen = phone.at(123).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    received(seen, now=minute(120))
    assert append(LAILA, now=minute(120)).clock > seen.clock


def test_counts_as_of_any_moment_add_up_to_the_persons_known(phone):
    append(KARIM, now=minute(1))
    append(LAILA, now=minute(2))
    received(phone.at(30).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate"))
    assert [(row.stage, row.people) for row in selectors.counts_as_of(minute(1))] == [(Stage.KNOWN, 1)]
    now = selectors.counts_as_of()
    assert [(row.stage, row.people, row.seen) for row in now] == [(Stage.KNOWN, 1, 0), (Stage.ADMITTED, 1, 1)]
    assert selectors.state_as_of(minute(1)) is selectors.state_as_of(minute(1))
    assert [event.kind for event in selectors.events_of(KARIM)] == [K.PERSONS_ASSIGNED, K.PERSONS_ADMITTED]


def test_receipts_are_signed_by_the_site(phone):
    receipts = received(phone.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate"))
    assert len(services.receipts_sign(receipts=receipts)) == 64
    assert services.receipts_sign(receipts=receipts) != services.receipts_sign(receipts=())


def test_a_second_founding_is_refused():
    with pytest.raises(ConflictError):
        services.site_found(operation="another")


def test_each_look_is_noted_once_for_each_subject():
    services.access_note(account="desk-1", subjects=[KARIM, LAILA, KARIM], act="view", purpose="hot-line", now=START)
    assert AccessEntry.objects.count() == 2
    assert selectors.accesses_of(KARIM) == (("desk-1", "view", "hot-line", START),)


def test_parked_items_leave_the_list_when_somebody_has_seen_to_them():
    received(Scribe("phone-9").assigned(KARIM))
    (item,) = ParkedItem.objects.all()
    assert services.parked_settle(fingerprint=item.fingerprint, now=NOW)
    assert not services.parked_settle(fingerprint=item.fingerprint, now=NOW)
    assert not selectors.parked_open()


def copied_aside() -> list[tuple[bytes, bytes]]:
    return [(bytes(one.content), bytes(one.signature)) for one in EventRecord.objects.order_by("position")]


def test_a_restored_copy_writes_a_chain_of_its_own_that_the_first_site_can_take_in(site, settings, tmp_path):
    append(KARIM, now=minute(1))
    before = (EventRecord.objects.count(), SiteChain.objects.values().get())
    receipts_key = selectors.site_public_key()
    backup = transaction.savepoint()
    copy = services.site_restore(backup="0" * 64, moment=minute(5))
    theirs = append(LAILA, now=minute(6))
    assert copy != site
    assert (theirs.device, theirs.sequence) == (copy, 1)
    assert selectors.site_public_key() == receipts_key
    assert not checking.record_check()
    handed_over = copied_aside()[before[0] :]
    transaction.savepoint_rollback(backup)
    (tmp_path / "keys" / "chain.key").unlink()
    mine = append(LAILA, now=minute(7))
    assert (mine.device, mine.sequence) == (site, before[1]["sequence"] + 1)
    items = [
        {"content": base64.b64encode(content).decode(), "signature": base64.b64encode(signature).decode()}
        for content, signature in handed_over
    ]
    assert [one.outcome for one in services.events_receive(items=items, now=minute(8))] == ["stored", "stored"]
    assert theirs in selectors.state_now().events.values()
    assert {problem.code for problem in checking.record_check()} == {"chain-forked"}


def test_what_a_restored_copy_wrote_before_its_restoring_still_verifies():
    first = append(KARIM, now=minute(1))
    services.site_restore(backup="0" * 64, moment=minute(5))
    services.site_restore(backup="1" * 64, moment=minute(6))
    assert len({*selectors.device_keys()}) == 3
    assert first.device in selectors.device_keys()
    assert not checking.record_check()


def test_a_device_drives_no_clock_past_what_the_record_can_hold(phone):
    phone.at(121)
    phone.head = replace(phone.head, clock=ClockReading(to_milliseconds(NOW) + 290_000, 2**53 - 2, "phone-1"))
    head, content = phone.head, {"point": "abbey-gate", "verdict": "valid", "rows": ()}
    forged = draft_event(
        K.ENCOUNTER, content, operation=head.operation, device=head.device, sequence=1, device_time=NOW,
        clock=head.clock, nonce="far", previous="",
    )  # fmt: skip
    (receipt,) = received(sign_event(forged, phone.key))
    assert receipt.outcome == "stored"
    append(LAILA, now=NOW)
    assert LAILA in selectors.state_now().people
    assert len(list(selectors.events_after())) == EventRecord.objects.count()
