"""Each transition of a person through the corridor, as a sentence."""

from __future__ import annotations

import pytest

from safepassage.core.ledger import EventKind, Stage, fold
from safepassage.core.ledger.stages import BESIDE, CORRIDOR
from tests.core.ledger.scribe import KARIM, LAILA, TESTANIS, Scribe, party

K = EventKind


@pytest.fixture
def scribe() -> Scribe:
    scribe = Scribe()
    scribe.assigned(KARIM)
    return scribe


def stage_of(scribe: Scribe) -> Stage:
    return fold(scribe.events).people[KARIM].stage


def booked(scribe: Scribe, leg: str = "bus-1") -> None:
    scribe.write(K.PERSONS_BOOKED, (KARIM, TESTANIS, leg), plan="plan-1")


def standing(scribe: Scribe, tier: int, version: int = 1, group: str = TESTANIS, category: str = "siv") -> None:
    scribe.write(K.STANDINGS_GIVEN, (KARIM, group, category, tier, 1), policy="kabul", version=version)


def test_the_closed_list_has_fourteen_stages_in_the_corridor_and_nine_beside_it():
    assert len(CORRIDOR) == 14
    assert len(BESIDE) == 9
    assert CORRIDOR[0] is Stage.KNOWN
    assert CORRIDOR[-1] is Stage.CLOSED


def test_whoever_is_assigned_is_known(scribe):
    assert stage_of(scribe) is Stage.KNOWN


def test_identified_then_eligible_then_called_then_booked(scribe):
    scribe.write(K.PERSONS_IDENTIFIED, (KARIM,))
    assert stage_of(scribe) is Stage.IDENTIFIED
    standing(scribe, tier=2)
    assert stage_of(scribe) is Stage.ELIGIBLE
    scribe.seen(K.PERSONS_CALLED, KARIM)
    assert stage_of(scribe) is Stage.CALLED
    booked(scribe)
    assert stage_of(scribe) is Stage.BOOKED


@pytest.mark.parametrize(
    ("kind", "body", "stage"),
    [
        (K.PERSONS_SET_OUT, {"leg": "bus-1"}, Stage.UNDER_WAY),
        (K.PERSONS_ADMITTED, {"point": "abbey-gate"}, Stage.ADMITTED),
        (K.PERSONS_PROCESSED, {"point": "ecc"}, Stage.PROCESSED),
        (K.PERSONS_BOARDED, {"leg": "c17-1"}, Stage.BOARDED),
        (K.PERSONS_DEPARTED, {"leg": "c17-1"}, Stage.DEPARTED),
        (K.PERSONS_ARRIVED, {"point": "al-udeid", "place": "staging-base"}, Stage.AT_STAGING_BASE),
        (K.PERSONS_ARRIVED, {"point": "dulles", "place": "safe-haven"}, Stage.AT_SAFE_HAVEN),
        (K.PERSONS_TURNED_AWAY, {"point": "abbey-gate", "reason": "expired"}, Stage.TURNED_AWAY),
        (K.PERSONS_NO_SHOW, {"leg": "bus-1"}, Stage.NO_SHOW),
    ],
)
def test_each_event_about_a_party_at_a_place_proves_its_stage(scribe, kind, body, stage):
    booked(scribe)
    scribe.seen(kind, KARIM, **body)
    assert stage_of(scribe) is stage


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        (K.PERSONS_NOT_FOUND, Stage.NOT_FOUND),
        (K.PERSONS_DECLINED, Stage.DECLINED),
        (K.PERSONS_DETAINED, Stage.DETAINED),
        (K.PERSONS_MISSING, Stage.MISSING),
        (K.PERSONS_DIED, Stage.DIED),
    ],
)
def test_each_event_beside_the_corridor_proves_its_stage(scribe, kind, stage):
    booked(scribe)
    scribe.write(kind, (KARIM,))
    assert stage_of(scribe) is stage


def test_an_encounter_proves_the_access_point_even_if_the_pass_was_refused(scribe):
    scribe.write(K.ENCOUNTER, (KARIM,), point="abbey-gate", verdict="not-valid", reasons=["expired"])
    assert stage_of(scribe) is Stage.AT_ACCESS_POINT


def test_an_encounter_on_a_bus_proves_only_that_the_person_is_under_way(scribe):
    scribe.write(K.ENCOUNTER, (KARIM,), point="bus-1", verdict="valid", role="bus")
    assert stage_of(scribe) is Stage.UNDER_WAY


def test_the_furthest_stage_counts_whatever_is_seen_later(scribe):
    scribe.seen(K.PERSONS_DEPARTED, KARIM, leg="c17-1")
    scribe.seen(K.PERSONS_PROCESSED, KARIM, point="ecc")
    scribe.seen(K.PERSONS_NO_SHOW, KARIM, leg="c17-1")
    booked(scribe, "c17-2")
    assert stage_of(scribe) is Stage.DEPARTED


def test_whoever_gives_up_the_only_seat_is_called_again_not_booked(scribe):
    scribe.seen(K.PERSONS_CALLED, KARIM)
    booked(scribe)
    scribe.write(K.PERSONS_UNBOOKED, (KARIM, TESTANIS, "bus-1"), reason="leg-cancelled")
    assert stage_of(scribe) is Stage.CALLED


def test_a_second_seat_keeps_the_person_booked(scribe):
    booked(scribe, "bus-1")
    booked(scribe, "bus-2")
    scribe.write(K.PERSONS_UNBOOKED, (KARIM, TESTANIS, "bus-1"), reason="leg-cancelled")
    assert stage_of(scribe) is Stage.BOOKED
    assert fold(scribe.events).people[KARIM].legs == ("bus-2",)


def test_a_turn_away_sends_back_and_a_new_booking_begins_anew(scribe):
    scribe.seen(K.PERSONS_TURNED_AWAY, KARIM, point="abbey-gate", reason="wrong-point")
    booked(scribe)
    assert stage_of(scribe) is Stage.BOOKED


def test_a_turn_away_after_admission_takes_nothing_back_and_raises_an_alarm(scribe):
    scribe.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    scribe.seen(K.PERSONS_TURNED_AWAY, KARIM, point="east-gate", reason="used-elsewhere")
    state = fold(scribe.events)
    assert state.people[KARIM].stage is Stage.ADMITTED
    assert [alarm.code for alarm in state.alarms] == ["turned-away-inside"]


def test_a_no_show_gives_up_the_seat_and_is_lifted_by_being_seen(scribe):
    booked(scribe)
    scribe.seen(K.PERSONS_NO_SHOW, KARIM, leg="bus-1")
    assert fold(scribe.events).people[KARIM].legs == ()
    scribe.write(K.ENCOUNTER, (KARIM,), point="abbey-gate", verdict="valid")
    assert stage_of(scribe) is Stage.AT_ACCESS_POINT


def test_who_refuses_on_the_phone_has_declined_until_called_again(scribe):
    scribe.seen(K.PERSONS_CALLED, KARIM)
    scribe.seen(K.CALL_OUTCOMES, KARIM, outcome="refused")
    assert stage_of(scribe) is Stage.DECLINED
    scribe.seen(K.PERSONS_CALLED, KARIM)
    assert stage_of(scribe) is Stage.CALLED


def test_a_call_that_reached_nobody_changes_no_stage(scribe):
    scribe.seen(K.PERSONS_CALLED, KARIM)
    scribe.seen(K.CALL_OUTCOMES, KARIM, outcome="no-answer")
    assert stage_of(scribe) is Stage.CALLED


@pytest.mark.parametrize("kind", [K.PERSONS_DETAINED, K.PERSONS_MISSING])
def test_no_booking_call_or_closed_phase_hides_that_somebody_is_lost(scribe, kind):
    scribe.seen(K.PERSONS_SET_OUT, KARIM, leg="bus-1")
    scribe.write(kind, (KARIM,))
    lost = stage_of(scribe)
    booked(scribe)
    scribe.seen(K.PERSONS_CALLED, KARIM)
    scribe.seen(K.PERSONS_NO_SHOW, KARIM, leg="bus-1")
    scribe.write(K.PERSONS_LEFT_BEHIND, (KARIM, "ask-counterpart", "liaison"), phase="phase-1")
    state = fold(scribe.events).people[KARIM]
    assert (state.stage, state.owner, state.next_step) == (lost, "liaison", "ask-counterpart")


def test_a_sighting_ends_missing(scribe):
    scribe.write(K.PERSONS_MISSING, (KARIM,), owner="liaison")
    assert fold(scribe.events).people[KARIM].owner == "liaison"
    scribe.write(K.PERSONS_FOUND, (KARIM,), point="abbey-gate")
    assert stage_of(scribe) is Stage.KNOWN


def test_left_behind_has_a_next_step_and_an_owner_and_is_lifted_by_a_call(scribe):
    standing(scribe, tier=3)
    scribe.write(K.PERSONS_LEFT_BEHIND, (KARIM, "call-in-phase-2", "task-force"), phase="phase-1")
    state = fold(scribe.events).people[KARIM]
    assert (state.stage, state.next_step, state.owner) == (Stage.LEFT_BEHIND, "call-in-phase-2", "task-force")
    scribe.seen(K.PERSONS_CALLED, KARIM)
    assert stage_of(scribe) is Stage.CALLED


def test_who_had_boarded_when_a_phase_closed_was_not_left_behind(scribe):
    scribe.seen(K.PERSONS_BOARDED, KARIM, leg="c17-1")
    scribe.write(K.PERSONS_LEFT_BEHIND, (KARIM, "call-in-phase-2", "task-force"), phase="phase-1")
    assert stage_of(scribe) is Stage.BOARDED


def test_closed_is_the_last_stage_until_the_person_is_called_again(scribe):
    scribe.seen(K.PERSONS_ARRIVED, KARIM, point="dulles", place="safe-haven")
    scribe.write(K.PERSONS_CLOSED, (KARIM,), reason="resettled")
    state = fold(scribe.events).people[KARIM]
    assert (state.stage, state.furthest) == (Stage.CLOSED, Stage.CLOSED)


def test_a_sighting_after_a_death_keeps_the_death_and_raises_an_alarm(scribe):
    scribe.write(K.PERSONS_DIED, (KARIM,))
    scribe.seen(K.PERSONS_BOARDED, KARIM, leg="c17-1")
    state = fold(scribe.events)
    assert state.people[KARIM].stage is Stage.DIED
    assert [alarm.code for alarm in state.alarms] == ["seen-after-death"]


def test_the_policy_applied_last_decides_who_is_eligible(scribe):
    standing(scribe, tier=1, version=1)
    standing(scribe, tier=0, version=2)
    assert stage_of(scribe) is Stage.NOT_ELIGIBLE


def test_who_is_unresolved_under_the_policy_stays_identified_and_is_not_counted_as_not_eligible(scribe):
    scribe.write(K.PERSONS_ASSIGNED, (KARIM,))
    scribe.write(K.PERSONS_IDENTIFIED, (KARIM,))
    standing(scribe, tier=-1)
    person = fold(scribe.events).people[KARIM]
    assert (person.stage, person.tier, person.category) == (Stage.IDENTIFIED, 0, "siv")


def test_of_two_parties_an_unresolved_standing_counts_before_a_refused_one(scribe):
    standing(scribe, tier=0, group=TESTANIS)
    standing(scribe, tier=-1, group=party("other"))
    assert fold(scribe.events).people[KARIM].stage is not Stage.NOT_ELIGIBLE


def test_a_person_in_two_parties_counts_once_in_the_better_tier(scribe):
    standing(scribe, tier=4, group=TESTANIS, category="dependent")
    standing(scribe, tier=2, group=party("other"), category="siv")
    state = fold(scribe.events)
    assert len(state.people) == 1
    assert (state.people[KARIM].tier, state.people[KARIM].category) == (2, "siv")


def test_a_booked_person_whom_a_new_policy_drops_stays_booked_until_somebody_decides(scribe):
    booked(scribe)
    standing(scribe, tier=0, version=2)
    assert stage_of(scribe) is Stage.BOOKED


def test_a_walk_in_counts_at_once(scribe):
    scribe.write(K.WALK_INS, (LAILA, "f", "adult"), point="abbey-gate", slip="w-0001", category="siv")
    person = fold(scribe.events).people[LAILA]
    assert (person.stage, person.category) == (Stage.AT_ACCESS_POINT, "unknown")
    assert not fold(scribe.events).alarms


def test_an_annulled_admission_never_was(scribe):
    admission = scribe.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    undo = scribe.write(K.ANNULLED, event=admission.id, reason="wrong-person")
    assert stage_of(scribe) is Stage.KNOWN
    scribe.write(K.ANNULLED, event=undo.id, reason="was-right")
    assert stage_of(scribe) is Stage.ADMITTED


@pytest.mark.parametrize(("corrections", "stage"), [(3000, Stage.ADMITTED), (3001, Stage.KNOWN)])
def test_a_chain_of_corrections_however_long_is_followed_to_its_end(scribe, corrections, stage):
    last = scribe.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    for _ in range(corrections):
        last = scribe.write(K.ANNULLED, event=last.id, reason="again")
    scribe.write(K.DEVICE_REVOKED, revoked="d-other", reason="stolen")
    assert fold(scribe.events).people[KARIM].stage is stage
    assert fold(scribe.events[::-1]).people[KARIM].stage is stage
