"""A gate that gets too full: a planner's word amends the plan and drafts the messages; somebody else's sends them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.models import Tally
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.movement.models import Booking, NetworkRecord, PlaceReason, PlanRecord
from safepassage.apps.movement.selectors import (
    network_read,
    network_record_now,
    place_explained,
    plan_read,
    plan_record_now,
)
from safepassage.apps.outreach.messages import drafts_count, drafts_waiting, messages_release
from safepassage.apps.outreach.models import Call, Message, MessageDraft
from safepassage.apps.outreach.relief import crowds_seen, relief_accept, relief_key
from safepassage.apps.outreach.services import call_record, text_approve
from safepassage.apps.passes.models import PassRecord
from safepassage.apps.passes.selectors import passes_of
from safepassage.apps.passes.services import passes_issue_due, passes_print_given
from safepassage.cli import app
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ledger import EventKind
from safepassage.core.movement import forecast_pressure, pressure_alarms, relieve
from tests.apps.outreach.crowded import HOLDS, crowded_gate
from tests.make import NOW, an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


@pytest.fixture
def now() -> datetime:
    """A moment that no clock moves: what changes hours with the bus is the same each time."""
    return NOW + timedelta(minutes=20)


@pytest.fixture
def gate(tmp_path, now) -> str:
    return crowded_gate(tmp_path, now)


@pytest.fixture
def told(gate, now) -> str:
    """The one party that was called and told its time."""
    party = Booking.objects.order_by("party")[0].party
    call_record(party=party, outcome=Call.Outcome.REACHED, account="clerk-9", now=now)
    return party


def accept(gate: str, now: datetime, **changes):
    return relief_accept(**({"point": gate, "key": "", "account": "planner-9", "now": now} | changes))


@pytest.fixture
def release(django_capture_on_commit_callbacks, now):
    def released(folder, **changes):
        with django_capture_on_commit_callbacks(execute=True):
            return messages_release(**({"account": "clerk-9", "now": now, "folder": folder} | changes))

    return released


def names_in(folder) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def proposal(gate: str, now: datetime):
    record = plan_record_now()
    found = relieve(network_read(record.network), plan_read(record), now=now, tallies=crowds_seen(now))
    return next(one for one in found if one.point == gate)


def test_the_word_moves_the_windows_as_an_amendment_and_the_gate_holds_them(gate, told, now):
    before, was = plan_record_now(), {one.party: one.report_at for one in Booking.objects.all()}
    (move,) = proposal(gate, now).moves
    done = accept(gate, now, key=relief_key(proposal(gate, now)))
    record = plan_record_now()
    assert (record.pk, record.relieved, plan_read(record).previous) == (done.plan, gate, before.pk)
    assert PlanRecord.objects.get(pk=before.pk).status == "superseded"
    assert network_record_now().pk == record.network_id, "and the moved leg is the network's"
    for one in Booking.objects.all():
        assert one.report_at - was[one.party] == timedelta(minutes=move.minutes)
    network = network_read(record.network)
    assert not pressure_alarms(
        network, forecast_pressure(network, plan_read(record), tallies=crowds_seen(now), now=now)
    )
    (event,) = events_of_kind(EventKind.WINDOWS_MOVED)
    assert sorted(event.rows) == sorted((party, move.minutes) for party in was)
    assert (event.body["plan"], event.body["previous"], event.body["point"]) == (record.pk, before.pk, gate)
    assert place_explained(told) is not None, "and why each has its place is known of the amendment too"


def test_why_the_others_have_their_place_is_told_as_before(gate, told, now, monkeypatch):
    before = dict(PlaceReason.objects.values_list("party", "content"))
    monkeypatch.setattr("safepassage.apps.movement.amending.parties_moved", lambda *_: ())
    accept(gate, now)
    after = dict(PlaceReason.objects.filter(plan=plan_record_now().pk).values_list("party", "content"))
    assert before == after


def test_nothing_is_written_for_anybody_before_the_release(gate, told, now, tmp_path, release):
    accept(gate, now)
    assert not Message.objects.exists()
    assert {one.party for one in MessageDraft.objects.all()} == {told}, "who never knew the old time gets none"
    assert {one.draft.language: one.held for one in drafts_waiting()} == {
        "en": "",
        "fa-af": "not-approved",
        "ps": "not-approved",
    }
    done = release(tmp_path / "out")
    assert ([one.language for one in done.written], done.waiting) == (["en"], 2)
    (file,) = (tmp_path / "out").iterdir()
    text = file.read_text(encoding="utf-8")
    at = timezone.localtime(Booking.objects.get(party=told).report_at, network_zone())
    assert "Your time has changed" in text
    assert f"{at:%H:%M}" in text
    (event,) = events_of_kind(EventKind.MESSAGES_RELEASED)
    assert (event.body["text"], event.rows) == ("moved", ((told, "en"),))
    text_approve(code="moved", language="ps", account="liaison-9", now=now)
    assert [one.language for one in messages_release(account="clerk-9", now=now, folder=tmp_path).written] == ["ps"]
    assert drafts_count() == (1, 2)


def test_a_release_that_fails_leaves_no_text_and_the_next_writes_each_once(
    gate, told, now, tmp_path, monkeypatch, release
):
    accept(gate, now)
    with monkeypatch.context() as failing:
        failing.setattr("safepassage.apps.outreach.messages.event_append", power_lost)
        with pytest.raises(OSError, match="power lost"):
            messages_release(account="clerk-9", now=now, folder=tmp_path)
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob("*moved*"))
    assert not Message.objects.exists()
    assert drafts_count() == (3, 0)
    assert release(tmp_path).files == (f"{told}-moved-en.txt",)
    assert (tmp_path / f"{told}-moved-en.txt").exists()
    assert Message.objects.count() == 1


def power_lost(**_):
    raise OSError("power lost")


def test_no_file_has_its_name_before_the_release_is_written_and_the_next_run_finishes_what_was_cut_off(
    gate, told, now, tmp_path, release
):
    accept(gate, now)
    out = tmp_path / "out"
    messages_release(account="clerk-9", now=now, folder=out)  # written, and cut off before the names were given
    assert [one for one in names_in(out) if not one.startswith(".")] == []
    (out / ".999-PT-NOBODY-moved-en.txt.part").write_text("a release that was never written")
    done, name = release(out), f"{told}-moved-en.txt"
    assert (names_in(out), done.files, done.written) == ([name], (name,), ())
    assert Message.objects.count() == 1, "none is written twice"
    assert release(out).files == (), "two wait for approval; no file is given a second time"


def network_zone():
    from safepassage.apps.accounts.selectors import operation_now

    return operation_now().zone


def test_a_pass_for_the_old_time_no_longer_holds_and_whoever_has_one_is_written_to(gate, now):
    passes_issue_due(account="planner-9", now=now)
    holders = set(PassRecord.objects.values_list("party", flat=True))
    before = dict(Booking.objects.values_list("party", "window_start"))
    accept(gate, now)
    let_in_as_before = {
        party for party, begins in Booking.objects.values_list("party", "window_start") if before[party] == begins
    }
    withdrawn = set(PassRecord.objects.filter(revoked_why="plan-changed").values_list("party", flat=True))
    assert withdrawn == holders - let_in_as_before
    assert withdrawn
    assert {one.party for one in MessageDraft.objects.all()} == holders


def test_whoever_is_unsafe_or_has_refused_is_not_written_to(gate, told, now, tmp_path):
    accept(gate, now)
    call_record(party=told, outcome=Call.Outcome.UNSAFE, account="clerk-9", now=now)
    assert {one.held for one in drafts_waiting()} == {"unsafe"}
    assert messages_release(account="clerk-9", now=now, folder=tmp_path).written == ()
    assert not Message.objects.exists()
    assert not events_of_kind(EventKind.MESSAGES_RELEASED)


def test_who_lost_the_place_since_is_told_no_time(gate, told, now, tmp_path):
    accept(gate, now)
    Booking.objects.filter(party=told).delete()
    assert {one.held for one in drafts_waiting()} == {"no-place"}
    done = messages_release(account="clerk-9", now=now, folder=tmp_path)
    assert (done.written, done.waiting, drafts_waiting()) == ((), 0, [])


def test_a_second_amendment_takes_the_place_of_drafts_that_still_wait(gate, told, now):
    accept(gate, now)
    first = set(MessageDraft.objects.values_list("pk", flat=True))
    Tally.objects.all().update(heads=HOLDS + 6)
    assert proposal(gate, now).moves
    accept(gate, now)
    assert {one.draft.party for one in drafts_waiting()} == {told}
    assert not {one.draft.pk for one in drafts_waiting()} & first


def test_whoever_was_told_by_a_released_message_alone_is_written_to_at_the_next_move(gate, now, tmp_path, release):
    passes_issue_due(account="planner-9", now=now)
    holders = set(PassRecord.objects.values_list("party", flat=True))
    accept(gate, now)
    release(tmp_path)
    assert set(Booking.objects.values_list("told_at", flat=True)) == {now}, "a text with the hour has told it"
    MessageDraft.objects.filter(released_at=None).update(dropped_at=now)
    Tally.objects.all().update(heads=HOLDS + 6)
    accept(gate, now)
    assert not passes_of(holders), "their passes went with the first move"
    assert {one.draft.party for one in drafts_waiting()} == holders


def test_whoever_was_given_the_print_of_a_pass_that_died_is_written_to_at_the_next_move(gate, now):
    passes_print_given(passes=[one.id for one in passes_issue_due(account="planner-9", now=now)], now=now)
    holders = set(PassRecord.objects.values_list("party", flat=True))
    accept(gate, now)
    MessageDraft.objects.all().update(dropped_at=now)
    Tally.objects.all().update(heads=HOLDS + 6)
    accept(gate, now)
    assert {one.draft.party for one in drafts_waiting()} == holders


def test_another_proposal_than_the_one_seen_is_not_carried_out(gate, told, now):
    with pytest.raises(ConflictError, match="other arrivals"):
        accept(gate, now, key="R-00000000")
    Tally.objects.all().delete()
    with pytest.raises(ConflictError, match="No arrival"):
        accept(gate, now)
    assert not MessageDraft.objects.exists()
    assert PlanRecord.objects.count() == 1


def test_a_move_that_breaks_the_plan_writes_nothing(gate, told, now, monkeypatch):
    network = network_read(network_record_now())
    shut = replace(network, points=tuple(replace(one, max_wait_minutes=0) for one in network.points))
    monkeypatch.setattr("safepassage.apps.movement.amending.move_arrivals", lambda *_: shut)
    with pytest.raises(ForbiddenError, match="breaks the plan"):
        accept(gate, now)
    assert NetworkRecord.objects.count() == PlanRecord.objects.count() == 1


def test_who_may_plan_may_not_be_who_sends_and_neither_does_the_others_act(gate, told, now):
    with pytest.raises(ForbiddenError):
        accept(gate, now, account="clerk-9")
    an_officer("liaison-8", Role.LIAISON)
    with pytest.raises(ForbiddenError):
        messages_release(account="liaison-8", now=now)
    with pytest.raises(ConflictError):
        messages_release(account="clerk-9", now=now)


def test_by_the_command(gate, told, now, monkeypatch, tmp_path):
    for module in ("plan_ahead", "calls"):
        monkeypatch.setattr(f"safepassage.cli.{module}.open_store", lambda _home: None)
        monkeypatch.setattr(f"safepassage.cli.{module}.now_utc", lambda: now)

    def run(*words: str):
        return json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)

    done = run("plan", "pressure", "--accept", gate, "--as", "planner-9")
    assert done["drafts"] == 3
    assert len(run("messages", "list")["messages"]) == 3
    assert run("messages", "release", "--to", str(tmp_path), "--as", "clerk-9")["files"] == [f"{told}-moved-en.txt"]
