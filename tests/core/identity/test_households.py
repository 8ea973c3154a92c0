"""Families that lists tear apart: who is asked about, and what the answer joins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.identity import (
    AlarmCode,
    Judgement,
    JudgementVerdict,
    Link,
    Party,
    PartyFlag,
    Review,
    ReviewKind,
    assign_persons,
    derive_persons,
    propose_parties,
    resolve,
)
from safepassage.core.ids import OperationId
from safepassage.core.people import Listing, Relation, Sex
from tests.cast import born, listing
from tests.core.identity.people import crowd, judged, phoned

HOUSEHOLD, OTHER = JudgementVerdict.HOUSEHOLD, JudgementVerdict.OTHER_HOUSEHOLD
OPERATION = OperationId("OP-TEST")
PHONE = "+93700000041"

KARIM = phoned(
    listing("ALONE", "Karim Probe", source="S-EMPLOYER", father="Ghafar", sex=Sex.MALE, birth=born(1980, 5, 14)),
    PHONE,
)
WIFE, SON, DAUGHTER = FAMILY = tuple(
    phoned(
        listing(key, name, source="S-NGO", group="G-NGO", relation=relation, sex=sex, birth=birth, father=father),
        PHONE,
    )
    for key, name, relation, sex, birth, father in (
        ("WIFE", "Laila Muster", Relation.HEAD, Sex.FEMALE, born(1984, 2, 3), "Sattar"),
        ("SON", "Omid Probe", Relation.CHILD, Sex.MALE, born(2010, 7, 1), "Karim"),
        ("DAUGHTER", "Zahra Probe", Relation.CHILD, Sex.FEMALE, born(2012, 8, 21), "Karim"),
    )
)
TORN = (KARIM, *FAMILY)


def proposed(*listings: Listing, judgements=(), **how) -> tuple[tuple[Party, ...], tuple[Review, ...]]:
    """Parties and questions of a run over these listings among the crowd."""
    everybody = [*listings, *crowd()]
    found = resolve(everybody, judgements=judgements)
    assignment = assign_persons(found.clusters, operation=OPERATION)
    parties, questions = propose_parties(
        derive_persons(everybody, assignment.person_of),
        everybody,
        operation=OPERATION,
        on=date(2021, 8, 20),
        judgements=judgements,
        households=found.households,
        links=found.links,
        **how,
    )
    return parties, tuple(one for one in questions if one.kind is ReviewKind.SAME_HOUSEHOLD)


def who_travels(parties: tuple[Party, ...], *listings: Listing, confirmed: bool = True) -> set[str]:
    """The parties in which these listings' persons have a seat."""
    ids = set(resolved_persons(*listings))
    return {p.id for p in parties for m in p.members if m.person in ids and (m.is_confirmed or not confirmed)}


def resolved_persons(*listings: Listing) -> list[str]:
    """Of this file's people each is a person of their own, founded on their one listing."""
    clusters = [(one.id,) for one in listings]
    found = assign_persons(clusters, operation=OPERATION)
    return [found.person_of[one.id] for one in listings]


def test_a_father_whom_one_list_names_alone_and_his_family_in_another_are_asked_about():
    _, questions = proposed(*TORN)
    (asked,) = questions
    assert KARIM.id in asked.listings
    assert {*asked.listings} & {one.id for one in FAMILY}
    assert next((one.field, one.level) for one in asked.links[0].evidence) == ("phone", "equal-few-share-it")
    assert asked.harm > 0


def test_nobody_is_asked_about_a_phone_that_many_give():
    fixed = [phoned(one, PHONE) for one in crowd(7)]
    assert proposed(*TORN, *(replace(one, id=f"{one.id}-2", source=f"S-{one.id}") for one in fixed))[1] == ()


def test_who_may_be_one_person_is_asked_about_as_such_first():
    again = replace(WIFE, id="L-WIFE-2", source="S-EMPLOYER", group=None, birth=None, name="Laila")
    _, questions = proposed(*FAMILY, again)
    assert questions == ()


def test_the_answer_seats_the_family_together_and_nobody_gains_a_seat():
    apart, _ = proposed(*TORN)
    assert len(who_travels(apart, *TORN)) == 2
    parties, questions = proposed(*TORN, judgements=[judged(KARIM, SON, HOUSEHOLD)])
    assert len(who_travels(parties, *TORN)) == 1
    assert questions == ()
    party = next(p for p in parties if p.id in who_travels(parties, KARIM))
    assert [m.is_confirmed for m in party.members] == [True] * 4
    assert sum(len(p.confirmed) for p in parties) == sum(len(p.confirmed) for p in apart)


def test_a_member_whom_only_another_list_adds_takes_no_seat_through_the_answer_either():
    added = listing("ADDED", "Fulano Pruebez", source="S-FIXER", group="G-FIXER", relation=Relation.SIBLING)
    there = [replace(one, id=f"{one.id}-F", source="S-FIXER", group="G-FIXER") for one in FAMILY]
    before, _ = proposed(KARIM, *FAMILY, *there, added, batch_order=["B-1"])
    parties, _ = proposed(KARIM, *FAMILY, *there, added, judgements=[judged(KARIM, WIFE, HOUSEHOLD)])
    assert len(who_travels(before, added, confirmed=False)) == 1
    assert who_travels(parties, added) == who_travels(before, added) == set()
    assert who_travels(parties, KARIM) == who_travels(parties, SON) == who_travels(parties, added, confirmed=False)


def test_another_household_is_not_asked_about_again_and_joins_nobody():
    before, (asked,) = proposed(*TORN)
    judgements = [Judgement(x.left, x.right, OTHER, "adjudicator", judged(KARIM, SON, OTHER).at) for x in asked.links]
    parties, questions = proposed(*TORN, judgements=judgements)
    assert questions == ()
    assert parties == before


HOTEL = tuple(
    phoned(
        listing(
            f"{surname}{at}",
            f"{name} {surname}",
            source=f"S-{surname}",
            group=f"G-{surname}",
            relation=Relation.CHILD if at else Relation.HEAD,
            father="Ghafar" if at == 0 else "Yusuf",
            birth=born(1960 + 3 * len(surname) + 25 * at, len(surname), 3 + at),
        ),
        PHONE,
    )
    for surname, names in (("Testani", ("Yusuf", "Nadia")), ("Beispiel", ("Salim", "Farid")), ("Muster", ("Omar",)))
    for at, name in enumerate(names)
)
"""Three families of three lists under one phone; two of the fathers' fathers have one name."""


def test_a_phone_that_three_families_state_is_no_ground_whatever_else_they_share():
    assert proposed(*HOTEL)[1] == ()
    assert len(proposed(*(one for one in HOTEL if "Muster" not in one.name))[1]) == 1


def test_a_phone_is_no_ground_between_two_families_that_share_neither_surname_nor_father():
    wife = replace(WIFE, father="Nabi")
    assert proposed(KARIM, wife)[1] == ()
    assert len(proposed(KARIM, wife, replace(SON, phones=()))[1]) == 1  # whose father is Karim, under no phone


def test_a_child_whose_father_has_the_name_of_whoever_stands_alone_is_ground_enough():
    head = replace(KARIM, name="Karim Testani")
    wife, son = replace(WIFE, name="Laila"), replace(SON, name="Omid", father="Karim")
    assert len(proposed(head, wife, son)[1]) == 1
    assert proposed(head, wife, replace(son, father="Salim"))[1] == ()


def test_a_family_in_two_lists_is_one_family_under_the_phone():
    again = [replace(one, id=f"{one.id}-V", source="S-VOLUNTEERS", group="G-VOLUNTEERS") for one in FAMILY]
    (asked,) = proposed(KARIM, *FAMILY, *again)[1]
    assert KARIM.id in asked.listings


def test_one_answer_settles_all_pairs_between_the_two_parties():
    _, (asked,) = proposed(*TORN)
    assert len(asked.links) == 1
    for one in FAMILY:
        assert proposed(*TORN, judgements=[judged(KARIM, one, OTHER)])[1] == ()


def test_a_large_family_comes_before_no_pair_that_is_likely_one_person():
    def harm(*stated: Listing) -> float:
        person_of = assign_persons([(one.id,) for one in stated], operation=OPERATION).person_of
        (asked,) = propose_parties(
            derive_persons(stated, person_of),
            stated,
            operation=OPERATION,
            on=date(2021, 8, 20),
            households=[Link(KARIM.id, SON.id, 0.0, 0.9)],
        )[1]
        return asked.harm

    children = [replace(SON, id=f"L-CHILD{at:02d}", name=f"Omid{at} Probe") for at in range(20)]
    assert harm(*TORN) < harm(*TORN, *children) < 0.5  # of one pair that is surely one person it is one


def test_who_are_said_to_be_one_household_have_no_two_heads_unless_one_of_their_lists_says_so():
    karim = replace(KARIM, group="G-EMPLOYER", relation=Relation.HEAD)
    parties, _ = proposed(karim, *FAMILY, judgements=[judged(karim, SON, HOUSEHOLD)])
    (joined,) = (p for p in parties if len(p.members) == 4)
    assert PartyFlag.TWO_HEADS not in joined.flags
    son = replace(SON, relation=Relation.HEAD)
    parties, _ = proposed(karim, WIFE, son, DAUGHTER, judgements=[judged(karim, son, HOUSEHOLD)])
    (joined,) = (p for p in parties if len(p.members) == 4)
    assert PartyFlag.TWO_HEADS in joined.flags


def test_two_who_are_said_to_be_of_two_households_meet_in_no_question_by_a_third_either():
    alone = [replace(one, group=None, relation=Relation.UNKNOWN) for one in FAMILY]
    _wife, son, daughter = alone
    _, questions = proposed(*alone, judgements=[judged(son, daughter, OTHER)])
    assert questions
    assert not any({son.id, daughter.id} <= {*asked.listings} for asked in questions)


def test_unsure_comes_last():
    _, (asked,) = proposed(*TORN)
    link = asked.links[0]
    unsure = Judgement(link.left, link.right, JudgementVerdict.UNSURE, "adjudicator", judged(KARIM, SON, OTHER).at)
    _, (later,) = proposed(*TORN, judgements=[unsure])
    assert later.id == asked.id
    assert later.harm < asked.harm / 100


def test_a_list_without_groups_asks_about_two_at_a_time_and_no_more_than_tie_the_family():
    alone = [replace(one, group=None, relation=Relation.UNKNOWN) for one in FAMILY]
    _, questions = proposed(*alone)
    assert [(len(one.links), len(one.listings)) for one in questions] == [(1, 2)] * 2
    links = [link for one in questions for link in one.links]
    assert {x for link in links for x in (link.left, link.right)} == {one.id for one in alone}
    said = [Judgement(x.left, x.right, HOUSEHOLD, "adjudicator", judged(KARIM, SON, OTHER).at) for x in links]
    parties, _ = proposed(*alone, judgements=said)
    assert len(who_travels(parties, *alone)) == 1


class TestKeptApart:
    APART = judged(KARIM, DAUGHTER, JudgementVerdict.KEEP_APART, hour=18)

    def test_it_asks_nothing_that_would_show_either_side(self):
        assert proposed(*TORN, judgements=[self.APART])[1] == ()

    def test_it_outranks_the_answer_whichever_came_first(self):
        for hour in (9, 20):
            parties, _ = proposed(*TORN, judgements=[judged(KARIM, SON, HOUSEHOLD, hour=hour), self.APART])
            assert not who_travels(parties, KARIM) & who_travels(parties, *FAMILY)

    def test_it_reaches_through_a_third(self):
        friend = listing("FRIEND", "Yusuf Beispiel", source="S-VOLUNTEERS", sex=Sex.MALE)
        said = [judged(KARIM, friend, HOUSEHOLD, hour=9), judged(friend, SON, HOUSEHOLD, hour=10), self.APART]
        parties, _ = proposed(*TORN, friend, judgements=said)
        assert who_travels(parties, KARIM) == who_travels(parties, friend)
        assert not who_travels(parties, KARIM) & who_travels(parties, *FAMILY)


@pytest.mark.parametrize("verdict", [HOUSEHOLD, OTHER])
def test_a_withdrawn_answer_leaves_no_trace(verdict):
    judgement = judged(KARIM, SON, verdict)
    withdrawn = replace(judgement, withdrawn_at=judgement.at, withdrawn_by="adjudicator")
    assert repr(proposed(*TORN, judgements=[withdrawn])) == repr(proposed(*TORN))


def test_party_ids_are_as_before_once_the_answer_is_withdrawn():
    before, _ = proposed(*TORN)
    joined, _ = proposed(*TORN, judgements=[judged(KARIM, SON, HOUSEHOLD)])
    previous = {group: party.id for party in joined for group in party.groups}
    assert proposed(*TORN, previous=previous)[0] == before


@pytest.mark.parametrize("verdict", [HOUSEHOLD, OTHER])
def test_two_people_of_one_household_are_never_one_person(verdict):
    again = replace(KARIM, id="L-KARIM-AGAIN", source="S-NGO")
    found = resolve([KARIM, again, *crowd()], judgements=[judged(KARIM, again, verdict)])
    assert not any({KARIM.id, again.id} <= set(cluster) for cluster in found.clusters)
    both = [judged(KARIM, again, JudgementVerdict.SAME), judged(KARIM, again, verdict)]
    found = resolve([KARIM, again, *crowd()], judgements=both)
    assert [alarm.code for alarm in found.alarms] == [AlarmCode.JUDGEMENTS_CONTRADICT]
    assert not any({KARIM.id, again.id} <= set(cluster) for cluster in found.clusters)


def test_a_member_confirmed_in_a_family_of_their_own_stays_confirmed_in_the_joined_one():
    cousin = listing("COUSIN", "Fulano Pruebez", source="S-FIXER", group="G-FIXER", relation=Relation.COUSIN)
    there = [replace(one, id=f"{one.id}-F", source="S-FIXER", group="G-FIXER") for one in FAMILY]
    people = (KARIM, *FAMILY, *there, cousin)
    before, _ = proposed(*people)
    (person,) = resolved_persons(cousin)
    home = next(p.id for p in before for m in p.members if m.person == person)
    parties, _ = proposed(*people, judgements=[judged(KARIM, SON, HOUSEHOLD)], confirmed=[(home, person)])
    assert len(who_travels(parties, cousin)) == 1


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(permutations(TORN, 2))), st.sampled_from([HOUSEHOLD, OTHER, *JudgementVerdict])
        ),
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_answers_are_told_never_matters_and_households_join_no_persons(said, luck):
    judgements = [judged(*pair, verdict, hour=at) for at, (pair, verdict) in enumerate(said)]
    mixed = [*judgements]
    luck.shuffle(mixed)
    assert proposed(*TORN, judgements=mixed) == proposed(*TORN, judgements=judgements)
    without = [one for one in judgements if one.verdict is not JudgementVerdict.SAME]
    found = resolve([*TORN, *crowd()], judgements=without)
    assert all(len({*cluster} & {one.id for one in TORN}) <= 1 for cluster in found.clusters)


def test_who_stands_in_two_families_and_once_alone_draws_neither_family_into_the_answer():
    """A married daughter: the answer on her lone listing is about her, and with whom she travels stays a question."""
    others = tuple(
        listing(f"LAW{at}", name, source="S-LAW", group="G-LAW", relation=Relation.SIBLING)
        for at, name in enumerate(("Herr Probe", "Frau Probe"))
    )
    there = replace(DAUGHTER, id="L-DAUGHTER-LAW", source="S-LAW", group="G-LAW")
    alone = replace(DAUGHTER, id="L-DAUGHTER-ALONE", source="S-EMPLOYER", group=None)
    stated = (*FAMILY, *others, there, alone, KARIM)
    clusters = [
        (DAUGHTER.id, there.id, alone.id),
        *((one.id,) for one in stated if one.id not in {DAUGHTER.id, there.id, alone.id}),
    ]
    person_of = assign_persons(clusters, operation=OPERATION).person_of
    parties, questions = propose_parties(
        derive_persons(stated, person_of),
        stated,
        operation=OPERATION,
        on=date(2021, 8, 20),
        judgements=[judged(alone, KARIM, HOUSEHOLD)],
    )
    hers = [party for party in parties if any(one.person == person_of[alone.id] for one in party.members)]
    assert len(hers) == 3
    assert sum(one.is_confirmed for party in hers for one in party.members if one.person == person_of[alone.id]) == 1
    assert [one.kind for one in questions] == [ReviewKind.TWO_PARTIES]


NAMES = ("Karim", "Laila", "Omid", "Zahra", "Yusuf")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from([None, "G-1", "G-2", "G-3"]),
            st.sampled_from([Relation.HEAD, Relation.CHILD, Relation.COLLEAGUE]),
        ),
        min_size=2,
        max_size=12,
    ),
    st.data(),
)
def test_whatever_lists_and_answers_say_everybody_has_a_party_and_one_seat_at_most(rows, data):
    """Persons by name, in any groups or none, several times in one, in several families."""
    stated = [
        listing(f"{at:02d}", name, source=f"S-{group}", group=group, relation=relation)
        for at, (name, group, relation) in enumerate(rows)
    ]
    verdicts = st.sampled_from([HOUSEHOLD, HOUSEHOLD, OTHER, JudgementVerdict.KEEP_APART])
    said = data.draw(st.lists(st.tuples(st.sampled_from(stated), st.sampled_from(stated), verdicts), max_size=4))
    judgements = [judged(*one, hour=at) for at, one in enumerate(said)]
    clusters: dict[str, list] = {}
    for one in stated:
        clusters.setdefault(one.name, []).append(one.id)
    person_of = assign_persons(list(clusters.values()), operation=OPERATION).person_of
    persons = derive_persons(stated, person_of)

    def run(judgements):
        return propose_parties(persons, stated, operation=OPERATION, on=date(2021, 8, 20), judgements=judgements)[0]

    parties = run(judgements)
    assert parties == run(judgements[::-1])
    seats = [member.person for party in parties for member in party.confirmed]
    assert len(seats) == len(set(seats))
    assert {member.person for party in parties for member in party.members} == {one.id for one in persons}
    apart = {
        frozenset((person_of[one.left], person_of[one.right]))
        for one in judgements
        if one.verdict is JudgementVerdict.KEEP_APART
    }
    for party in parties:
        together = {member.person for member in party.members}
        assert not any(len(pair) == 2 and pair <= together for pair in apart)


def member_of(parties: tuple[Party, ...], one: Listing):
    (person,) = resolved_persons(one)
    return next(m for p in parties for m in p.members if m.person == person and len(p.members) > 1)


def relation_of(parties: tuple[Party, ...], one: Listing) -> Relation:
    return member_of(parties, one).relation


def test_the_father_of_the_heads_children_is_her_husband_once_they_are_one_household():
    parties, _ = proposed(*TORN, judgements=[judged(KARIM, WIFE, HOUSEHOLD)])
    assert relation_of(parties, WIFE) is Relation.HEAD
    assert relation_of(parties, KARIM) is Relation.SPOUSE
    assert {relation_of(parties, one) for one in (SON, DAUGHTER)} == {Relation.CHILD}


def test_wife_and_children_of_nobody_on_their_list_are_the_heads_of_the_household():
    head = replace(KARIM, relation=Relation.HEAD, group="G-EMPLOYER")
    absent = (replace(WIFE, relation=Relation.SPOUSE), *(replace(one, father="") for one in (SON, DAUGHTER)))
    parties, _ = proposed(head, *absent, judgements=[judged(head, absent[0], HOUSEHOLD)])
    assert relation_of(parties, head) is Relation.HEAD
    assert [relation_of(parties, one) for one in absent] == [Relation.SPOUSE, Relation.CHILD, Relation.CHILD]


def test_what_no_list_states_of_a_household_stays_to_be_asked():
    strangers = tuple(replace(one, father="", relation=Relation.UNKNOWN) for one in FAMILY)
    head = replace(KARIM, relation=Relation.HEAD, group="G-EMPLOYER")
    parties, _ = proposed(head, *strangers, judgements=[judged(head, strangers[0], HOUSEHOLD)])
    assert {relation_of(parties, one) for one in strangers} == {Relation.UNKNOWN}


def test_what_one_of_us_says_of_two_outranks_the_lists_either_way_round():
    karim, wife, son = resolved_persons(KARIM, WIFE, SON)
    said = {(wife, karim): Relation.SIBLING, (son, wife): Relation.NIECE_NEPHEW}
    parties, _ = proposed(*TORN, judgements=[judged(KARIM, WIFE, HOUSEHOLD)], relations=said)
    assert relation_of(parties, KARIM) is Relation.SIBLING
    assert relation_of(parties, SON) is Relation.NIECE_NEPHEW
    kinships = {(k.person, k.relation, k.of) for p in parties for k in p.kinships}
    assert {(wife, Relation.SIBLING, karim), (son, Relation.NIECE_NEPHEW, wife)} <= kinships
    assert (son, Relation.CHILD, wife) not in kinships
