"""What an event can claim of its own time: a site bounds it above, and a withdrawn device has to prove it."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.ledger import Event, EventKind, Stage, fold, fold_more, state_at, state_digest
from tests.core.ledger.scribe import KARIM, LAILA, Scribe, minute

K = EventKind
DAY = 24 * 60


def codes(events: list[Event]) -> list[str]:
    return [alarm.code for alarm in fold(events).alarms]


def admit(site: Scribe, at: int, *events: Event) -> Event:
    return site.at(at).write(K.EVENTS_ADMITTED, *((event.id,) for event in events))


def stolen(*, admitted_at: int | None = None, taken_at: int | None = None, **body: object) -> tuple[Scribe, Event]:
    """A site at which Karim was known, and a phone, withdrawn in minute 60, that wrote of him in minute 10."""
    site, phone = Scribe("site"), Scribe("phone-1")
    site.assigned(KARIM)
    claim = phone.at(10).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate", **body)
    if admitted_at is not None and admitted_at < 60:
        admit(site, admitted_at, claim)
    told = {} if taken_at is None else {"taken_at": int(minute(taken_at).timestamp() * 1000)}
    site.at(60).write(K.DEVICE_REVOKED, revoked="phone-1", reason="stolen", **told)
    if admitted_at is not None and admitted_at >= 60:
        admit(site, admitted_at, claim)
    return site, claim


def test_a_clock_far_ahead_outranks_nothing_that_happens_after_it_was_admitted():
    site, phone, other = Scribe("site"), Scribe("phone-1"), Scribe("phone-2")
    site.assigned(KARIM)
    ahead = phone.at(9 * DAY).seen(K.PERSONS_TURNED_AWAY, KARIM, point="abbey-gate", reason="expired")
    admit(site, 30, ahead)
    later = other.at(40).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    admit(site, 41, later)
    state = fold([*site.events, ahead, later])
    assert state.people[KARIM].stage is Stage.ADMITTED
    assert [(alarm.code, alarm.subject) for alarm in state.alarms] == [("clock-ahead", ahead.id)]
    assert state_at([*site.events, ahead, later], minute(35)).people[KARIM].stage is Stage.TURNED_AWAY


def test_a_time_told_in_the_future_is_the_writers_own_clock():
    site = Scribe("site")
    told = int(minute(9 * DAY).timestamp() * 1000)
    event = site.at(5).write(K.PERSONS_ASSIGNED, (KARIM,), occurred=told)
    assert event.occurred == event.clock.wall


def test_a_device_ahead_keeps_its_own_order_within_the_moment_of_its_admission():
    site, phone = Scribe("site"), Scribe("phone-1")
    site.assigned(KARIM)
    phone.at(2 * DAY).seen(K.PERSONS_CALLED, KARIM)
    phone.write(K.PERSONS_DECLINED, (KARIM,))
    admit(site, 30, *phone.events)
    for events in itertools.permutations([*site.events, *phone.events]):
        assert fold(events).people[KARIM].stage is Stage.DECLINED


def test_a_few_minutes_ahead_raise_no_alarm():
    site, phone = Scribe("site"), Scribe("phone-1")
    site.assigned(KARIM)
    seen = phone.at(34).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    admit(site, 30, seen)
    assert codes([*site.events, seen]) == []


def test_a_withdrawn_phone_cannot_backdate_what_nobody_had_before():
    site, claim = stolen(admitted_at=90)
    state = fold([*site.events, claim])
    assert state.people[KARIM].stage is Stage.KNOWN
    assert state.claims == {claim.id}
    assert [(alarm.code, alarm.subject) for alarm in state.alarms] == [("after-revocation", claim.id)]
    assert fold_more(fold(site.events), [claim]) == state


def test_what_a_site_had_before_the_withdrawal_counts():
    site, claim = stolen(admitted_at=20)
    state = fold([*site.events, claim])
    assert (state.people[KARIM].stage, state.alarms) == (Stage.ADMITTED, ())


def test_what_a_site_had_after_the_theft_counts_for_nothing_even_before_the_withdrawal():
    site, claim = stolen(admitted_at=20, taken_at=15)
    assert fold([*site.events, claim]).claims == {claim.id}


def test_the_chain_proves_what_stands_before_an_event_that_a_site_had():
    site, phone = Scribe("site"), Scribe("phone-1")
    site.assigned(KARIM, LAILA)
    first = phone.at(10).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    second = phone.seen(K.PERSONS_ADMITTED, LAILA, point="abbey-gate")
    third = phone.seen(K.PERSONS_PROCESSED, LAILA, point="ecc")
    admit(site, 20, second)
    site.at(60).write(K.DEVICE_REVOKED, revoked="phone-1", reason="stolen")
    admit(site, 90, first, third)
    state = fold([*site.events, *phone.events])
    assert state.claims == {third.id}
    assert [state.people[one].stage for one in (KARIM, LAILA)] == [Stage.ADMITTED, Stage.ADMITTED]


def test_a_person_may_stand_behind_a_claim_and_take_that_back():
    site, claim = stolen(admitted_at=90)
    confirmed = site.at(100).write(K.CLAIMS_CONFIRMED, (claim.id,), reason="officer-remembers")
    state = fold([*site.events, claim])
    assert (state.people[KARIM].stage, state.alarms) == (Stage.ADMITTED, ())
    site.write(K.ANNULLED, event=confirmed.id, reason="mistake")
    assert fold([*site.events, claim]).claims == {claim.id}


def test_a_claim_that_somebody_annuls_waits_no_longer():
    site, claim = stolen(admitted_at=90)
    site.at(100).write(K.ANNULLED, event=claim.id, reason="not-ours")
    assert codes([*site.events, claim]) == []


def test_a_withdrawn_device_neither_annuls_its_withdrawal_nor_confirms_itself():
    site, claim = stolen(admitted_at=90)
    revocation = site.events[1]
    thief = Scribe("phone-1")
    thief.at(70).write(K.ANNULLED, event=revocation.id, reason="mistake", nonce="x1")
    thief.write(K.CLAIMS_CONFIRMED, (claim.id,), reason="mistake", nonce="x2")
    assert claim.id in fold([*site.events, claim, *thief.events]).claims


def test_a_device_found_again_is_believed_again():
    site, claim = stolen(admitted_at=90)
    site.at(100).write(K.ANNULLED, event=site.events[1].id, reason="found-again")
    assert fold([*site.events, claim]).people[KARIM].stage is Stage.ADMITTED


@st.composite
def two_sites(draw: st.DrawFn) -> list[Event]:
    """A phone whose clock may be days off, two sites that admit what it wrote, and perhaps its withdrawal."""
    north, south, phone = Scribe("north"), Scribe("south"), Scribe("phone-1")
    north.assigned(KARIM)
    for _ in range(draw(st.integers(1, 5))):
        phone.at(draw(st.integers(-2 * DAY, 2 * DAY)))
        draw(
            st.sampled_from(
                (
                    lambda: phone.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate"),
                    lambda: phone.seen(K.PERSONS_TURNED_AWAY, KARIM, point="abbey-gate", reason="expired"),
                    lambda: phone.write(K.PERSONS_DIED, (KARIM,)),
                )
            )
        )()
    for site in (north, south):
        for _ in range(draw(st.integers(0, 3))):
            admit(site, draw(st.integers(1, 200)), draw(st.sampled_from(phone.events)))
    if draw(st.booleans()):
        south.at(draw(st.integers(1, 200))).write(K.DEVICE_REVOKED, revoked="phone-1", reason="stolen")
    return [*north.events, *south.events, *phone.events]


@settings(max_examples=200, deadline=None)
@given(two_sites(), st.data())
def test_two_sites_that_exchange_their_events_agree_whatever_comes_first(events, data):
    expected = fold(events)
    state = fold([])
    for event in data.draw(st.permutations(events)):
        state = fold_more(state, [event])
    assert state == expected
    assert state_digest(state) == state_digest(expected)


@settings(max_examples=200, deadline=None)
@given(two_sites())
def test_nothing_happens_later_than_a_site_had_it(events):
    state = fold(events)
    for event in state.events.values():
        assert event.occurred <= state.admissions.get(event.id, event.occurred)
        assert event.occurred <= event.clock.wall
