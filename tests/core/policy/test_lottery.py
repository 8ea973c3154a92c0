"""The lottery: committed before, revealed after, and no merge, split or re-listing improves a place."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.errors import ForbiddenError
from safepassage.core.identity import AssignmentChange, ChangeKind
from safepassage.core.ids import ListingId, PersonId
from safepassage.core.people import Relation
from safepassage.core.policy import (
    Knowledge,
    Lottery,
    ReasonCode,
    Round,
    apply_policy,
    commit_lottery,
    draw_lineage,
    open_round,
    reveal_seed,
)
from safepassage.core.policy.lottery import draw_lot
from tests.core.policy.people import CLOSED, LOTTERY, NOW, PASSPORT, SEED, party, person, small_policy

POLICY = small_policy()
BEFORE = CLOSED - timedelta(days=1)
AFTER = CLOSED + timedelta(days=1)


def lottery_of(seed_number: int) -> Lottery:
    seed = hashlib.sha256(seed_number.to_bytes(4, "big")).digest()
    return Lottery((Round(commit_lottery(seed), CLOSED, seed),))


def citizens(*keys: str):
    """Parties of one citizen each."""
    people = [person(key, documents=(PASSPORT,)) for key in keys]
    return [party(key, each) for key, each in zip(keys, people, strict=True)], people


def places(parties, people, lottery=LOTTERY, **knowledge):
    standings = apply_policy(
        POLICY, parties, people, now=NOW, lottery=lottery, knowledge=Knowledge(**knowledge)
    ).standings
    return {standing.party: standing.order for standing in standings}


class TestCommitment:
    def test_the_commitment_is_published_and_the_seed_stays_sealed(self):
        opened = open_round(SEED, CLOSED)
        assert opened.seed is None
        assert opened.commitment == commit_lottery(SEED)
        assert SEED.hex() not in repr(opened)

    def test_the_seed_is_revealed_after_the_list_closes(self):
        assert reveal_seed(open_round(SEED, CLOSED), SEED, now=CLOSED).seed == SEED

    def test_the_seed_is_not_revealed_while_the_list_is_open(self):
        with pytest.raises(ForbiddenError) as caught:
            reveal_seed(open_round(SEED, CLOSED), SEED, now=CLOSED - timedelta(seconds=1))
        assert caught.value.code == "lottery-still-open"

    @pytest.mark.parametrize("other", [bytes(32), SEED[:-1] + b"\x00", SEED[:-1]])
    def test_another_seed_is_refused(self, other):
        with pytest.raises(ForbiddenError) as caught:
            reveal_seed(open_round(SEED, CLOSED), other, now=AFTER)
        assert caught.value.code == "lottery-wrong-seed"

    def test_a_short_seed_is_refused(self):
        with pytest.raises(ValueError, match="32 bytes"):
            commit_lottery(b"short")

    def test_before_the_reveal_places_are_marked_provisional(self):
        parties, people = citizens("A", "B")
        sealed = Lottery((open_round(SEED, CLOSED),))
        standings = apply_policy(POLICY, parties, people, now=NOW, lottery=sealed)
        assert standings.is_provisional
        assert all(ReasonCode.LOTTERY_PROVISIONAL in [r.code for r in each.reasons] for each in standings.standings)
        assert not apply_policy(POLICY, parties, people, now=NOW, lottery=LOTTERY).is_provisional


class TestMerge:
    def test_a_merged_person_has_one_ticket_and_it_is_that_of_the_oldest(self):
        ticket = draw_lot(LOTTERY, PersonId("P-OLDEST"), BEFORE)
        merged = [AssignmentChange(ChangeKind.MERGED, PersonId("P-YOUNGER"), PersonId("P-OLDEST"), ())]
        assert draw_lineage(merged) == {}
        parties, people = citizens("OLDEST", "OTHER")
        standing = apply_policy(POLICY, parties, people, now=NOW, lottery=LOTTERY).by_party["F-OLDEST"]
        assert standing.draw == f"0-{ticket.number}"

    @given(number=st.integers(0, 2**31))
    @settings(max_examples=40)
    def test_a_merge_never_gives_a_better_place_than_the_best_ticket_already_held(self, number):
        lottery = lottery_of(number)
        apart = places(*citizens("A", "AGAIN", *"BCDE"), lottery=lottery)
        merged = places(*citizens("A", *"BCDE"), lottery=lottery)
        assert merged["F-A"] >= min(apart["F-A"], apart["F-AGAIN"])
        assert sum(key.startswith("F-A") for key in merged) == 1

    def test_on_average_a_family_found_to_be_listed_five_times_stands_where_everybody_stands(self):
        found = [places(*citizens("A", *"BCDE"), lottery=lottery_of(number))["F-A"] for number in range(400)]
        assert fmean(found) == pytest.approx(3.0, abs=0.25)

    def test_one_who_is_principal_in_two_parties_draws_once(self):
        parties, people = citizens("A")
        twice = [*parties, replace(parties[0], id="F-AA")]
        standings = apply_policy(POLICY, twice, people, now=NOW, lottery=LOTTERY).standings
        assert len({standing.draw for standing in standings}) == 1

    def test_a_larger_family_has_no_more_tickets_than_one_who_is_alone(self):
        head = person("A", documents=(PASSPORT,))
        kin = [person(f"A{number}", documents=(PASSPORT,)) for number in range(7)]
        large = party("A", head, *((each, Relation.SIBLING) for each in kin))
        others, people = citizens(*"BCDE")
        found = [places([large, *others], [head, *kin, *people], lottery=lottery_of(i))["F-A"] for i in range(400)]
        assert fmean(found) == pytest.approx(3.0, abs=0.25)


class TestSplit:
    LINEAGE = draw_lineage([AssignmentChange(ChangeKind.SPLIT, PersonId("P-PART"), PersonId("P-A"), ())])

    def test_a_split_off_person_shares_the_draw(self):
        assert self.LINEAGE == {"P-PART": "P-A"}

    def test_a_part_of_a_part_shares_it_too(self):
        changes = [
            AssignmentChange(ChangeKind.SPLIT, PersonId("P-PART"), PersonId("P-A"), ()),
            AssignmentChange(ChangeKind.SPLIT, PersonId("P-BIT"), PersonId("P-PART"), ()),
        ]
        assert draw_lineage(changes)["P-BIT"] == "P-A"

    @given(number=st.integers(0, 2**31))
    @settings(max_examples=40)
    def test_a_split_never_passes_anyone_who_stood_before(self, number):
        lottery = lottery_of(number)
        before = places(*citizens("A", *"BCDE"), lottery=lottery)
        after = places(*citizens("A", "PART", *"BCDE"), lottery=lottery, draw_of=self.LINEAGE)
        ahead = {key for key in before if before[key] < before["F-A"]}
        assert all(after[key] < min(after["F-A"], after["F-PART"]) for key in ahead)
        assert abs(after["F-A"] - after["F-PART"]) == 1

    def test_nobody_gains_by_being_merged_with_someone_lucky_and_split_again(self):
        theirs = (ListingId("L-B1"), ListingId("L-B2"))
        changes = [
            AssignmentChange(ChangeKind.MERGED, PersonId("P-B"), PersonId("P-A"), theirs),
            AssignmentChange(ChangeKind.SPLIT, PersonId("P-PART"), PersonId("P-A"), theirs[1:]),
        ]
        assert draw_lineage(changes) == {"P-PART": "P-B"}

    def test_an_undone_merge_gives_each_their_own_draw_again(self):
        changes = [
            AssignmentChange(ChangeKind.MERGED, PersonId("P-B"), PersonId("P-A"), ()),
            AssignmentChange(ChangeKind.REVIVED, PersonId("P-B"), PersonId("P-A"), ()),
        ]
        assert draw_lineage(changes) == {}


class TestRelisting:
    @given(number=st.integers(0, 2**31), copies=st.integers(1, 4))
    @settings(max_examples=30)
    def test_more_listings_of_a_person_change_no_place(self, number, copies):
        lottery = lottery_of(number)
        parties, people = citizens(*"ABCDE")
        again = [replace(people[0], listings=tuple(f"L-{i}" for i in range(copies)), sources=("S-1", "S-2"))]
        assert places(parties, people, lottery) == places(parties, [*again, *people[1:]], lottery)

    def test_whoever_comes_after_the_list_closed_stands_behind_however_they_choose_their_row(self):
        """The seed is public by then: a row could be tried again and again until its id draws low."""
        parties, people = citizens("A", "B", *(f"LATE{number}" for number in range(20)))
        known = {each.id: (AFTER if "LATE" in each.id else BEFORE) for each in people}
        order = places(parties, people, first_known=known)
        assert {order["F-A"], order["F-B"]} == {1, 2}

    def test_latecomers_draw_in_the_next_round(self):
        second = bytes(32)
        lottery = Lottery((*LOTTERY.rounds, Round(commit_lottery(second), CLOSED + timedelta(days=5), second)))
        draw = draw_lot(lottery, PersonId("P-LATE"), AFTER)
        assert (draw.round, draw.is_provisional) == (1, False)

    def test_whose_date_is_not_known_is_in_time_for_the_last_round_only(self):
        assert draw_lot(LOTTERY, PersonId("P-X"), None).round == 0
        lottery = Lottery((*LOTTERY.rounds, open_round(bytes(32), datetime(2022, 1, 1, tzinfo=UTC))))
        assert draw_lot(lottery, PersonId("P-X"), None).round == 1

    def test_without_any_round_there_is_an_order_and_it_is_provisional(self):
        assert draw_lot(Lottery(()), PersonId("P-X"), BEFORE).is_provisional


def test_the_draw_is_fixed_for_good():
    """Published draws are checked by outsiders: this figure must never change."""
    assert commit_lottery(SEED)[:16] == "d5c7712362443451"
    assert draw_lot(LOTTERY, PersonId("P-A"), BEFORE).number[:16] == "bd50aed7dfac575e"
