"""Gate days: the ledger that folds their events, in any order, ends where the day truly ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.errors import ProblemsError
from safepassage.core.ledger import EventKind, Stage, check_chain, count_people, fold, reconcile, state_digest
from safepassage.core.sim import GateDays, GateHabits, simulate_gate_days
from tests.core.sim.gateday.scenes import SITE, public_keys, stage

ROUGH = GateHabits(
    no_show=0.1, early=0.15, late=0.1, wrong_gate=0.1, half=0.2, missing_child=0.1, extra_child=0.1,
    scanned_twice=0.2, copied=0.3, forged=0.1, walk_ins=0.2, unbooked=0.9, drop_out=0.05, miscounted=0.5,
    uploaded_twice=0.4,
)  # fmt: skip
NOTHING_WRONG = GateHabits(
    no_show=0, early=0, late=0, wrong_gate=0, half=0, missing_child=0, extra_child=0, scanned_twice=0, copied=0,
    forged=0, walk_ins=0, unbooked=0, drop_out=0, miscounted=0, uploaded_twice=0,
)  # fmt: skip
seeds = st.integers(0, 2**32 - 1)


def run(seed: int, **given_stage: object) -> tuple[GateDays, object]:
    on_stage = stage(seed, **given_stage)  # type: ignore[arg-type]
    return simulate_gate_days(np.random.default_rng(seed), on_stage.scene, habits=ROUGH), on_stage


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_every_person_ends_in_the_one_stage_where_the_day_left_them(seed: int) -> None:
    days, on_stage = run(seed, parties=10)
    state = fold([*on_stage.before, *(event for upload in days.uploads for event in upload.events)])
    everyone = {member.person for party in on_stage.scene.parties for member in party.members}
    assert everyone <= set(state.people)
    for person, stage_of in days.totals.stages.items():
        assert state.people[person].stage is stage_of
    assert sum(row.people for row in count_people(state)) == len(state.people)
    assert len(state.people) == len(everyone) + days.totals.walk_ins


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_the_same_seed_gives_the_same_events(seed: int) -> None:
    first, again = (run(seed, parties=8)[0] for _ in range(2))
    assert [event.digest for event in first.events] == [event.digest for event in again.events]
    assert first == again


@settings(max_examples=12, deadline=None)
@given(seeds, st.randoms(use_true_random=False))
def test_uploads_in_any_order_give_one_state(seed: int, order: object) -> None:
    days, on_stage = run(seed, parties=8)
    events = [event for upload in days.uploads for event in upload.events]
    shuffled = list(events)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert state_digest(fold([*on_stage.before, *events])) == state_digest(fold([*shuffled, *on_stage.before]))


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_a_pass_admits_each_member_once_where_every_device_is_online(seed: int) -> None:
    days, _ = run(seed, parties=10, offline=False)
    admitted = Counter(
        row[0] for event in days.events if event.kind is EventKind.PERSONS_ADMITTED for row in event.rows
    )
    assert max(admitted.values()) == 1
    assert not days.totals.admitted_twice


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_who_is_admitted_twice_by_an_offline_device_counts_once_and_raises_an_alarm(seed: int) -> None:
    days, on_stage = run(seed, parties=10)
    state = fold([*on_stage.before, *days.events])
    alarmed = {alarm.subject for alarm in state.alarms if alarm.code == "admitted-twice"}
    assert alarmed == days.totals.admitted_twice
    assert {alarm.code for alarm in state.alarms} <= {"admitted-twice"}


def test_an_offline_device_does_admit_somebody_twice_now_and_then() -> None:
    assert any(run(seed, parties=40)[0].totals.admitted_twice for seed in range(6))


def test_every_chain_is_whole_and_signed() -> None:
    days, on_stage = run(3)
    assert check_chain(days.events, public_keys(on_stage.scene)) == ()


def test_a_day_on_which_nothing_goes_wrong_brings_everyone_to_the_base() -> None:
    on_stage = stage(5, parties=30, revoked=0, unbooked=0)
    days = simulate_gate_days(np.random.default_rng(5), on_stage.scene, habits=NOTHING_WRONG)
    people = sum(len(party.members) for party in on_stage.scene.parties)
    assert days.totals.refused == {}
    assert days.totals.arrived == days.totals.boarded == days.totals.admitted == people
    assert set(days.totals.stages.values()) == {Stage.AT_STAGING_BASE}
    assert reconcile(fold([*on_stage.before, *days.events])) == ()


def test_a_lap_child_missed_in_a_head_count_is_a_discrepancy() -> None:
    on_stage = stage(5, parties=30, revoked=0, unbooked=0)
    habits = replace(NOTHING_WRONG, miscounted=1.0)
    days = simulate_gate_days(np.random.default_rng(5), on_stage.scene, habits=habits)
    found = reconcile(fold([*on_stage.before, *days.events]))
    assert {one.place for one in found} == {"flight-1", "flight-2"}
    assert all(one.difference < 0 and one.owner == "team-gate" for one in found)


def test_everything_that_can_go_wrong_does() -> None:
    refused: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for seed in range(8):
        days, _ = run(seed)
        refused.update(days.totals.refused)
        kinds.update(event.kind for event in days.events)
    for code in ("too-early", "expired", "unknown-key", "revoked", "used-here", "valid", "no-pass", "part-admitted"):
        assert refused[code], code
    for kind in (
        EventKind.PERSONS_SET_OUT, EventKind.PERSONS_NO_SHOW, EventKind.PERSONS_MISSING, EventKind.WALK_INS,
        EventKind.PERSONS_TURNED_AWAY, EventKind.PERSONS_PROCESSED, EventKind.HEADS_COUNTED,
    ):  # fmt: skip
        assert kinds[kind], kind


def test_strangers_with_a_copy_are_never_named_and_never_let_in() -> None:
    on_stage = stage(2, parties=60, revoked=0, unbooked=0)
    habits = replace(NOTHING_WRONG, no_show=1.0, copied=1.0)
    days = simulate_gate_days(np.random.default_rng(2), on_stage.scene, habits=habits)
    assert days.totals.admitted == 0
    assert set(days.totals.stages.values()) == {Stage.NO_SHOW}
    assert all(not event.rows for event in days.events if event.kind is EventKind.ENCOUNTER)


def test_a_revoked_pass_lets_in_only_whom_a_document_carries() -> None:
    on_stage = stage(4, parties=12, revoked=12, unbooked=0)
    days = simulate_gate_days(np.random.default_rng(4), on_stage.scene, habits=NOTHING_WRONG)
    eligible = {m.person for p in on_stage.scene.parties if p.is_eligible_by_document for m in p.members}
    inside = {person for person, stage_of in days.totals.stages.items() if stage_of.place >= Stage.ADMITTED.place}
    assert inside == eligible


def test_an_offline_device_reaches_the_site_late_and_some_uploads_twice() -> None:
    days, _ = run(1)
    offline = [upload for upload in days.uploads if upload.device == "gate-0b"]
    assert all(upload.at > upload.events[-1].device_time for upload in offline)
    assert len({(upload.device, upload.events) for upload in days.uploads}) < len(days.uploads)


def test_a_scene_without_devices_is_refused_with_everything_that_is_missing() -> None:
    scene = stage(1, parties=4).scene
    with pytest.raises(ProblemsError) as caught:
        simulate_gate_days(np.random.default_rng(1), replace(scene, devices=()))
    assert [problem.code for problem in caught.value.problems] == ["no-site-device", "no-device", "no-device"]
    with pytest.raises(ProblemsError, match="keys"):
        simulate_gate_days(np.random.default_rng(1), replace(scene, verifiers={}))
    assert SITE in scene.devices
