"""One state, whatever the order, the repetitions and the delays; corrections, merges, hand-overs, as-of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safepassage.core.ids import derived_id
from safepassage.core.ledger import Event, EventKind, Stage, events_of, fold, fold_more, state_at, state_digest
from tests.core.ledger.scribe import KARIM, LAILA, OMID, START, TESTANIS, YUSUF, Scribe, minute

K = EventKind
PEOPLE = (KARIM, LAILA, OMID, YUSUF)
HANDOVER = derived_id("H", "first")
PASS = derived_id("Y", "testani")


def random_event(scribe: Scribe, others: list[Event], pick: st.DrawFn) -> None:
    """One event of any of the kinds that interact, on one of four people."""
    one, other = pick(st.sampled_from(PEOPLE)), pick(st.sampled_from(PEOPLE))
    leg = pick(st.sampled_from(("bus-1", "c17-1")))
    acts = (
        lambda: scribe.assigned(one, other),
        lambda: scribe.write(K.PERSONS_REDIRECTED, (one, other)),
        lambda: scribe.write(K.PERSONS_SPLIT, (one, other)),
        lambda: scribe.write(K.PARTIES_FORMED, (TESTANIS, one, 0), (TESTANIS, other, 1)),
        lambda: scribe.write(K.MEMBERS_REMOVED, (TESTANIS, one), reason="padded"),
        lambda: scribe.write(K.STANDINGS_GIVEN, (one, TESTANIS, "siv", 2, 1), policy="kabul", version=1),
        lambda: scribe.write(K.PERSONS_BOOKED, (one, TESTANIS, leg), plan="plan-1"),
        lambda: scribe.write(K.PERSONS_UNBOOKED, (one, TESTANIS, leg), reason="leg-cancelled"),
        lambda: scribe.write(
            K.PASSES_ISSUED, (PASS, TESTANIS, "abbey-gate", 0, 10**13, 3), key="key-1", policy="kabul", version=1
        ),
        lambda: scribe.write(K.PASSES_REVOKED, (PASS,), reason="lost"),
        lambda: scribe.seen(K.PERSONS_ADMITTED, one, point="abbey-gate", **{"pass": PASS}),
        lambda: scribe.seen(K.PERSONS_TURNED_AWAY, one, point="abbey-gate", reason="expired"),
        lambda: scribe.seen(K.PERSONS_BOARDED, one, other, leg=leg),
        lambda: scribe.write(K.PERSONS_MISSING, (one,)),
        lambda: scribe.write(K.HANDOVER_OFFERED, (one,), handover=HANDOVER, giver="gate", receiver="airlift"),
        lambda: scribe.write(K.HANDOVER_ACCEPTED, (one,), handover=HANDOVER),
        lambda: scribe.write(K.HEADS_COUNTED, count=2, owner="supervisor", leg=leg),
        lambda: scribe.write(K.DEVICE_REVOKED, revoked="phone-2", reason="stolen"),
        lambda: scribe.write(K.EVENTS_ADMITTED, *((event.id,) for event in others[:3])),
        lambda: scribe.write(K.EVENTS_ADMITTED, (pick(st.sampled_from(others)).id,)),
        lambda: scribe.write(K.CLAIMS_CONFIRMED, (pick(st.sampled_from(others)).id,), reason="seen-by-us"),
        lambda: scribe.write(K.ANNULLED, event=pick(st.sampled_from(others)).id, reason="mistake"),
        lambda: scribe.write(K.PERSONS_DIED, (one,), nonce="same-nonce"),
    )
    pick(st.sampled_from(acts if others else acts[:-5]))()


@st.composite
def three_devices(draw: st.DrawFn) -> list[Event]:
    """Events of the site and two phones, their clocks apart, corrections of each other included."""
    written: list[Event] = []
    for device in ("site", "phone-1", "phone-2"):
        scribe = Scribe(device, START + timedelta(minutes=draw(st.integers(-20, 20))))
        for _ in range(draw(st.integers(0, 7))):
            random_event(scribe, written + scribe.events, draw)
        written += scribe.events
    return written


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(three_devices(), st.data())
def test_events_of_three_devices_in_any_order_and_with_duplicates_give_one_state(events, data):
    expected = fold(events)
    repeated = data.draw(st.lists(st.sampled_from(events), max_size=5)) if events else []
    shuffled = data.draw(st.permutations([*events, *repeated]))
    assert fold(shuffled) == expected
    assert state_digest(fold(shuffled)) == state_digest(expected)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), min_size=2, max_size=2)))
    state = fold(shuffled[: cuts[0]])
    state = fold_more(state, shuffled[cuts[0] : cuts[1]])
    state = fold_more(state, shuffled[cuts[1] :])
    assert state == expected
    assert list(state.told(*K)) == sorted(
        (event for event in expected.events.values() if event.id not in expected.silent), key=lambda one: one.order
    )
    assert state_digest(state) == state_digest(expected)


@settings(max_examples=100, deadline=None)
@given(three_devices())
def test_everyone_is_known_once_under_the_id_that_redirects_lead_to(events):
    state = fold(events)
    assert not set(state.people) & set(state.redirects)
    assert list(state.people) == sorted(state.people)


def test_no_event_at_all_is_an_empty_state():
    assert not fold([]).people
    assert fold_more(fold([]), []) == fold([])


def test_two_admissions_of_one_person_raise_an_alarm_that_names_both_devices():
    site, phone, other = Scribe("site"), Scribe("phone-1"), Scribe("phone-2")
    site.assigned(KARIM)
    first = phone.at(10).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    second = other.at(11).seen(K.PERSONS_ADMITTED, KARIM, point="east-gate")
    state = fold([*site.events, second, first])
    (alarm,) = state.alarms
    assert (alarm.code, alarm.subject, alarm.devices) == ("admitted-twice", KARIM, ("phone-1", "phone-2"))
    assert alarm.events == (first.id, second.id)
    assert state.people[KARIM].stage is Stage.ADMITTED


def test_two_events_under_one_nonce_are_flagged_and_one_counts_everywhere():
    phone, copy = Scribe("phone-1"), Scribe("phone-1")
    one = phone.assigned(KARIM)
    two = copy.assigned(LAILA)
    for events in ([one, two], [two, one], [one, two, one]):
        state = fold(events)
        assert list(state.people) == [KARIM if one.id < two.id else LAILA]
        assert [alarm.code for alarm in state.alarms] == ["nonce-reused"]


def test_a_merge_counts_two_ids_as_one_person_and_its_annulment_parts_them():
    scribe = Scribe()
    scribe.assigned(KARIM, YUSUF)
    scribe.seen(K.PERSONS_CALLED, YUSUF)
    merge = scribe.write(K.PERSONS_REDIRECTED, (YUSUF, KARIM))
    state = fold(scribe.events)
    assert list(state.people) == [KARIM]
    assert state.people[KARIM].ids == (KARIM, YUSUF)
    assert state.people[KARIM].stage is Stage.CALLED
    scribe.write(K.ANNULLED, event=merge.id, reason="two-people")
    apart = fold(scribe.events)
    assert {person: found.stage for person, found in apart.people.items()} == {
        KARIM: Stage.KNOWN,
        YUSUF: Stage.CALLED,
    }


def test_a_split_gives_the_later_part_a_person_of_its_own():
    scribe = Scribe()
    scribe.assigned(KARIM)
    scribe.write(K.PERSONS_SPLIT, (KARIM, YUSUF))
    state = fold(scribe.events)
    assert set(state.people) == {KARIM, YUSUF}
    assert not state.alarms


def test_ids_that_redirect_in_a_circle_stay_one_person_and_raise_an_alarm():
    scribe = Scribe()
    scribe.assigned(KARIM, YUSUF)
    scribe.write(K.PERSONS_REDIRECTED, (YUSUF, KARIM))
    scribe.write(K.PERSONS_REDIRECTED, (KARIM, YUSUF))
    state = fold(scribe.events)
    assert list(state.people) == [min(KARIM, YUSUF)]
    assert [alarm.code for alarm in state.alarms] == ["redirect-circle"]


def test_the_giver_keeps_the_person_until_the_receiver_accepts():
    scribe = Scribe()
    scribe.assigned(KARIM)
    scribe.write(K.RESPONSIBILITY_TAKEN, (KARIM,), team="gate")
    scribe.write(K.HANDOVER_OFFERED, (KARIM,), handover=HANDOVER, giver="gate", receiver="airlift")
    person = fold(scribe.events).people[KARIM]
    assert (person.team, person.offered_to) == ("gate", "airlift")
    scribe.write(K.HANDOVER_ACCEPTED, (KARIM,), handover=HANDOVER)
    person = fold(scribe.events).people[KARIM]
    assert (person.team, person.offered_to) == ("airlift", None)


def test_a_refused_hand_over_leaves_the_person_with_the_giver():
    scribe = Scribe()
    scribe.assigned(KARIM)
    scribe.write(K.HANDOVER_OFFERED, (KARIM,), handover=HANDOVER, giver="gate", receiver="airlift")
    scribe.write(K.HANDOVER_REFUSED, (KARIM,), handover=HANDOVER, reason="no-beds")
    person = fold(scribe.events).people[KARIM]
    assert (person.team, person.offered_to) == ("gate", None)


def test_nobody_gives_or_takes_whom_they_do_not_answer_for():
    scribe = Scribe()
    scribe.assigned(KARIM)
    scribe.write(K.RESPONSIBILITY_TAKEN, (KARIM,), team="gate")
    scribe.write(K.RESPONSIBILITY_TAKEN, (KARIM,), team="airlift")
    scribe.write(K.HANDOVER_OFFERED, (KARIM,), handover=HANDOVER, giver="airlift", receiver="haven")
    scribe.write(K.HANDOVER_ACCEPTED, (KARIM,), handover=HANDOVER)
    state = fold(scribe.events)
    assert state.people[KARIM].team == "gate"
    assert sorted(alarm.code for alarm in state.alarms) == [
        "handover-not-offered",
        "not-responsible",
        "taken-without-handover",
    ]


def test_as_of_asks_when_things_happened_and_corrections_reach_back():
    scribe = Scribe()
    scribe.at(1).assigned(KARIM)
    scribe.at(10).seen(K.PERSONS_BOARDED, KARIM, leg="c17-1")
    admission = scribe.at(20).seen(K.PERSONS_DEPARTED, KARIM, leg="c17-1")
    assert state_at(scribe.events, minute(5)).people[KARIM].stage is Stage.KNOWN
    assert state_at(scribe.events, minute(10)).people[KARIM].stage is Stage.BOARDED
    assert state_at(scribe.events, minute(30)).people[KARIM].stage is Stage.DEPARTED
    scribe.at(40).write(K.ANNULLED, event=admission.id, reason="turned-back")
    assert state_at(scribe.events, minute(30)).people[KARIM].stage is Stage.BOARDED
    assert not state_at(scribe.events, minute(0)).people


@settings(max_examples=200, deadline=None)
@given(three_devices(), st.integers(-25, 35), st.integers(-25, 35))
def test_a_state_of_another_moment_as_the_base_changes_nothing_but_the_cost(events, asked, before):
    plain = state_at(events, minute(asked))
    assert state_at(events, minute(asked), base=fold(events)) == plain
    assert state_at(events, minute(asked), base=state_at(events, minute(before))) == plain


def test_what_was_told_of_some_kinds_is_in_order_of_then_and_without_what_was_undone():
    site, phone = Scribe(), Scribe("phone-1")
    site.at(1).assigned(KARIM)
    boarded = phone.at(20).seen(K.PERSONS_BOARDED, KARIM, leg="c17-1")
    early = site.at(10).write(K.HEADS_COUNTED, count=2, owner="supervisor", leg="c17-1")
    late = site.at(50).write(K.HEADS_COUNTED, count=3, owner="supervisor", leg="c17-1")
    events = [*phone.events, *site.events]
    kinds = (K.PERSONS_BOARDED, K.HEADS_COUNTED)
    assert fold(events).told(*kinds) == [early, boarded, late]
    assert state_at(events, minute(30)).told(*kinds) == [early, boarded]
    assert fold_more(fold(phone.events), site.events).told(*kinds) == [early, boarded, late]
    undone = site.at(60).write(K.ANNULLED, event=early.id, reason="mistake")
    state = fold_more(fold(events), [undone])
    assert state.told(*kinds) == [boarded, late]
    assert state.by_kind[K.HEADS_COUNTED] == (early, late)
    assert state.told(K.PERSONS_DIED) == []


def test_known_at_asks_what_the_site_knew_then():
    scribe = Scribe()
    scribe.at(1).assigned(KARIM)
    scribe.at(10).seen(K.PERSONS_BOARDED, KARIM, leg="c17-1")
    stored = [replace(scribe.events[0], server_time=minute(2)), replace(scribe.events[1], server_time=minute(90))]
    assert state_at(stored, minute(30)).people[KARIM].stage is Stage.BOARDED
    assert state_at(stored, minute(30), known_at=minute(30)).people[KARIM].stage is Stage.KNOWN
    assert state_at(stored, minute(30), known_at=minute(90)).people[KARIM].stage is Stage.BOARDED


def test_paper_keyed_in_later_counts_from_when_it_happened():
    scribe = Scribe()
    scribe.at(1).assigned(KARIM)
    told = int(minute(5).timestamp() * 1000)
    scribe.at(200).seen(K.PERSONS_BOARDED, KARIM, leg="c17-1", occurred=told)
    assert state_at(scribe.events, minute(6)).people[KARIM].stage is Stage.BOARDED


def test_a_use_after_revocation_is_stored_and_flagged():
    scribe = Scribe()
    scribe.assigned(KARIM)
    scribe.write(K.PASSES_ISSUED, (PASS, TESTANIS, "abbey-gate", 0, 1, 3), key="key-1", policy="kabul", version=1)
    scribe.write(K.PASSES_REVOKED, (PASS,), reason="lost")
    scribe.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate", **{"pass": PASS})
    state = fold(scribe.events)
    assert state.passes[PASS].revoked == "lost"
    assert state.passes[PASS].used_at is not None
    assert [alarm.code for alarm in state.alarms] == ["revoked-pass-used"]


def test_members_proposed_take_no_seat_until_confirmed():
    scribe = Scribe()
    scribe.write(K.PARTIES_FORMED, (TESTANIS, KARIM, 1), (TESTANIS, OMID, 0))
    assert fold(scribe.events).parties[TESTANIS].confirmed == (KARIM,)
    assert fold(scribe.events).parties[TESTANIS].proposed == (OMID,)
    scribe.write(K.MEMBERS_CONFIRMED, (TESTANIS, OMID))
    assert fold(scribe.events).parties[TESTANIS].confirmed == tuple(sorted((KARIM, OMID)))
    assert not fold(scribe.events).parties[TESTANIS].proposed


def test_the_events_of_a_person_are_found_under_every_id():
    scribe = Scribe()
    scribe.assigned(KARIM, YUSUF)
    call = scribe.seen(K.PERSONS_CALLED, YUSUF)
    scribe.write(K.PERSONS_REDIRECTED, (YUSUF, KARIM))
    state = fold(scribe.events)
    assert events_of(state, KARIM) == events_of(state, YUSUF) == (scribe.events[0], call)
