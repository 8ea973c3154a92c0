"""Who is proposed to travel together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from safepassage.core.identity import (
    Committed,
    Judgement,
    JudgementVerdict,
    Party,
    PartyFlag,
    Review,
    ReviewKind,
    assign_persons,
    derive_persons,
    propose_parties,
)
from safepassage.core.ids import BatchId, OperationId, PersonId
from safepassage.core.people import Listing, Relation, Sex
from tests.cast import BEISPIEL, KARIM_TESTANI, LAILA_TESTANI, OMID_TESTANI, TESTANI_FAMILY, listing
from tests.core.identity.people import judged

OPERATION = OperationId("OP-TEST")
DAY = date(2021, 8, 20)


def in_list(source: str, group: str, *people: Listing) -> tuple[Listing, ...]:
    """The same people as another list states them."""
    return tuple(replace(x, id=f"{x.id}-{group}", source=source, group=group) for x in people)


def proposed(*listings: Listing, same=(), **how) -> tuple[tuple[Party, ...], tuple[Review, ...], dict[str, PersonId]]:
    """Parties when listings of one name are one person."""
    clusters: dict[str, list] = {}
    for x in listings:
        clusters.setdefault(x.name, []).append(x.id)
    assignment = assign_persons(list(clusters.values()), operation=OPERATION)
    persons = derive_persons(listings, assignment.person_of)
    parties, questions = propose_parties(persons, listings, operation=OPERATION, on=DAY, **how)
    return parties, questions, {x.name: assignment.person_of[x.id] for x in listings}


def party_of(parties: tuple[Party, ...], person: PersonId) -> Party:
    """The party in which a person is confirmed."""
    return next(p for p in parties for m in p.members if m.person == person and m.is_confirmed)


def test_the_only_list_that_states_a_family_makes_confirmed_members():
    parties, questions, person = proposed(*TESTANI_FAMILY)
    assert len(parties) == 1
    assert questions == ()
    assert all(member.is_confirmed for member in parties[0].members)
    assert parties[0].principal.person == person["Karim Testani"]


def test_somebody_listed_alone_has_a_party_of_their_own():
    parties, _, person = proposed(BEISPIEL, *TESTANI_FAMILY)
    alone = party_of(parties, person["Yusuf Beispiel"])
    assert [member.person for member in alone.members] == [person["Yusuf Beispiel"]]


def test_a_member_whom_only_another_list_adds_takes_no_seat():
    stranger = listing("STRANGER", "Fulano Pruebez", group="G-NGO", relation=Relation.SIBLING, sex=Sex.MALE)
    there = in_list("S-NGO", "G-NGO", *TESTANI_FAMILY)
    parties, _, person = proposed(*TESTANI_FAMILY, *there, replace(stranger, source="S-NGO"))
    (party,) = parties
    members = {member.person: member for member in party.members}
    assert not members[person["Fulano Pruebez"]].is_confirmed
    assert sum(member.is_confirmed for member in party.members) == 3
    assert PartyFlag.MEMBER_UNCONFIRMED in party.flags


def test_a_second_list_of_the_same_source_does_not_vouch_for_itself():
    stranger = listing("STRANGER", "Fulano Pruebez", source="S-NGO", group="G-NGO", relation=Relation.SIBLING)
    parties, _, person = proposed(
        *TESTANI_FAMILY,
        *in_list("S-NGO", "G-NGO", *TESTANI_FAMILY),
        stranger,
        *in_list("S-NGO", "G-NGO2", *TESTANI_FAMILY, stranger),
    )
    (party,) = parties
    assert not next(m for m in party.members if m.person == person["Fulano Pruebez"]).is_confirmed


def test_a_person_confirms_an_added_member():
    stranger = listing("STRANGER", "Fulano Pruebez", source="S-NGO", group="G-NGO", relation=Relation.SIBLING)
    people = (*TESTANI_FAMILY, *in_list("S-NGO", "G-NGO", *TESTANI_FAMILY), stranger)
    _, _, person = proposed(*people)
    parties, _, _ = proposed(*people, confirmed=[("G-NGO", person["Fulano Pruebez"])])
    assert all(member.is_confirmed for member in parties[0].members)


def test_a_married_daughter_in_two_families_is_a_question_and_joins_no_families():
    in_laws = tuple(
        listing(f"LAW{at}", name, source="S-NGO", group="G-LAW", relation=relation)
        for at, (name, relation) in enumerate(
            [("Herr Probe", Relation.HEAD), ("Frau Probe", Relation.SPOUSE), ("Onkel Probe", Relation.SIBLING)]
        )
    )
    bride = replace(LAILA_TESTANI, id="L-BRIDE", source="S-NGO", group="G-LAW", relation=Relation.CHILD_IN_LAW)
    parties, questions, person = proposed(*TESTANI_FAMILY, *in_laws, bride)
    assert len(parties) == 2
    assert [question.kind for question in questions] == [ReviewKind.TWO_PARTIES]
    seats = [m for p in parties for m in p.members if m.person == person["Laila Testani"] and m.is_confirmed]
    assert len(seats) == 1


def test_colleagues_on_one_letter_are_no_family():
    letter = tuple(
        replace(x, group="G-LETTER", relation=Relation.COLLEAGUE) for x in (BEISPIEL, KARIM_TESTANI, LAILA_TESTANI)
    )
    parties, _, _ = proposed(*letter)
    assert [len(party.members) for party in parties] == [1, 1, 1]


def test_who_is_kept_apart_never_shares_a_party_and_each_is_hidden_from_the_other():
    parties, questions, person = proposed(
        *TESTANI_FAMILY, judgements=[judged(KARIM_TESTANI, LAILA_TESTANI, JudgementVerdict.KEEP_APART)]
    )
    his, hers = (party_of(parties, person[name]) for name in ("Karim Testani", "Laila Testani"))
    assert his.id != hers.id
    assert person["Laila Testani"] in his.hidden_from
    assert person["Karim Testani"] in hers.hidden_from
    assert not any(
        {m.person for m in p.members} >= {person["Karim Testani"], person["Laila Testani"]} for p in parties
    )
    assert questions == ()


def test_a_withdrawn_keep_apart_leaves_no_trace():
    judgement: Judgement = judged(KARIM_TESTANI, LAILA_TESTANI, JudgementVerdict.KEEP_APART)
    withdrawn = replace(judgement, withdrawn_at=judgement.at)
    assert proposed(*TESTANI_FAMILY, judgements=[withdrawn]) == proposed(*TESTANI_FAMILY)


def test_a_child_without_a_confirmed_adult_is_flagged():
    child = replace(OMID_TESTANI, relation=Relation.UNKNOWN)
    parties, _, _ = proposed(child)
    assert parties[0].flags == (PartyFlag.MINOR_WITHOUT_ADULT,)
    assert parties[0].members[0].adult_proposed is None


def test_a_parent_is_proposed_as_the_adult_and_never_assumed():
    parties, _, person = proposed(*TESTANI_FAMILY)
    omid = next(member for member in parties[0].members if member.person == person["Omid Testani"])
    assert omid.is_minor
    assert omid.adult_proposed == person["Karim Testani"]
    assert omid.accompanying_adult is None
    assert parties[0].flags == ()


def test_relations_are_told_through_the_head_of_another_list():
    other = in_list("S-NGO", "G-NGO", *TESTANI_FAMILY)
    hers = tuple(
        replace(
            x, relation={"Laila Testani": Relation.HEAD, "Karim Testani": Relation.SPOUSE}.get(x.name, Relation.CHILD)
        )
        for x in other
    )
    baby = listing("BABY", "Mina Testani", source="S-NGO", group="G-NGO", relation=Relation.CHILD)
    parties, _, person = proposed(*TESTANI_FAMILY, *hers, baby)
    member = next(m for m in parties[0].members if m.person == person["Mina Testani"])
    assert member.relation is Relation.CHILD


def test_party_ids_stay_when_a_list_is_added():
    first, _, _ = proposed(*TESTANI_FAMILY)
    previous = dict.fromkeys(first[0].groups, first[0].id)
    second, _, _ = proposed(*TESTANI_FAMILY, *in_list("S-AAA", "G-AAA", *TESTANI_FAMILY), previous=previous)
    assert [party.id for party in second] == [first[0].id]
    assert second[0].groups[0] == "G-TESTANI"


def test_a_family_that_falls_apart_keeps_its_id_where_it_was_founded_whatever_list_comes_first():
    first, _, _ = proposed(*TESTANI_FAMILY)
    previous = {"G-TESTANI": first[0].id, "G-AAA": first[0].id}
    others = in_list("S-AAA", "G-AAA", replace(BEISPIEL, name="Yusuf Muster"))
    second, _, _ = proposed(*TESTANI_FAMILY, *others, previous=previous)
    ids = {party.groups: party.id for party in second}
    assert len(set(ids.values())) == 2
    assert ids[("G-TESTANI",)] == first[0].id
    alone = {("G-AAA",): ids[("G-AAA",)]}
    third, _, _ = proposed(*TESTANI_FAMILY, *others, previous={"G-AAA": first[0].id, "G-TESTANI": alone[("G-AAA",)]})
    assert len({party.id for party in third}) == 2, "ids that were given crosswise stop no run"


def test_nobody_has_two_seats_and_everybody_is_in_a_party():
    parties, _, person = proposed(BEISPIEL, *TESTANI_FAMILY, *in_list("S-NGO", "G-NGO", KARIM_TESTANI, BEISPIEL))
    seats = [member.person for party in parties for member in party.members if member.is_confirmed]
    assert len(seats) == len(set(seats))
    assert {member.person for party in parties for member in party.members} == set(person.values())


LONE = replace(BEISPIEL, group="G-BEISPIEL", relation=Relation.HEAD)


def tied(*listings: Listing, booked: tuple[str, ...], by: tuple[Listing, ...], runs: int = 2, **how):
    """Who sits where before and after a list ties the parties of those who are booked, and what is asked then."""
    before, _, person = proposed(*listings, **how)
    parties, questions = before, ()
    stands = {x.id: person[x.name] for x in listings}
    for _run in range(runs):
        seats = {m.person: p.id for p in parties for m in p.members if m.is_confirmed}
        committed = Committed({person[name]: seats[person[name]] for name in booked}, stands)
        previous = {group: p.id for p in parties for group in p.groups}
        parties, questions, person = proposed(
            *listings, *by, previous=previous, committed=committed, batch_order=RECEIVED, **how
        )
        stands = {x.id: person[x.name] for x in (*listings, *by)}
    return seated(before), seated(parties), questions


LATER = BatchId("B-2")
RECEIVED = (BatchId("B-1"), LATER)


def seated(parties: tuple[Party, ...]) -> set[tuple[str, frozenset[str]]]:
    return {(p.id, frozenset(m.person for m in p.confirmed)) for p in parties}


def tie(*people: Listing, group: str = "G-TIE") -> tuple[Listing, ...]:
    head, *others = people
    brothers = [replace(x, relation=Relation.SIBLING) for x in others]
    found = in_list("S-FIXER", group, replace(head, relation=Relation.HEAD), *brothers)
    return tuple(replace(x, row=replace(x.row, batch=LATER)) for x in found)


@pytest.mark.parametrize("runs", [1, 2, 3])
@pytest.mark.parametrize("booked", [("Karim Testani",), ("Yusuf Beispiel",), ("Karim Testani", "Yusuf Beispiel")])
@pytest.mark.parametrize("by", [tie(LONE, KARIM_TESTANI), tie(KARIM_TESTANI, LONE)])
def test_a_list_that_ties_booked_parties_takes_nobody_from_theirs_and_asks(runs, booked, by):
    before, after, questions = tied(*TESTANI_FAMILY, LONE, booked=booked, by=by, runs=runs)
    assert {(key, people) for key, people in before if len(people) == 3} <= after
    assert before == after
    assert [one.kind for one in questions] == [ReviewKind.TWO_PARTIES, ReviewKind.SAME_HOUSEHOLD]
    assert set(questions[1].listings) == {KARIM_TESTANI.id, LONE.id}


def test_parties_of_which_nobody_is_booked_are_joined_by_a_list_as_ever():
    before, after, _ = tied(*TESTANI_FAMILY, LONE, booked=(), by=tie(LONE, KARIM_TESTANI))
    assert (len(before), len(after)) == (2, 1)


@pytest.mark.parametrize("alone", [BEISPIEL, replace(BEISPIEL, group="G-LETTER", relation=Relation.COLLEAGUE)])
def test_whoever_is_booked_alone_keeps_their_party_when_a_list_names_them_with_a_family(alone):
    everybody = ("Karim Testani", "Yusuf Beispiel")
    before, after, questions = tied(*TESTANI_FAMILY, alone, booked=everybody, by=tie(alone, KARIM_TESTANI))
    assert before == after
    assert ReviewKind.TWO_PARTIES in {one.kind for one in questions}


def test_two_who_are_booked_alone_are_made_no_party_by_a_list():
    other = listing("OTHER", "Fulano Pruebez", sex=Sex.MALE)
    before, after, _ = tied(BEISPIEL, other, booked=(BEISPIEL.name, other.name), by=tie(BEISPIEL, other))
    assert len(before) == 2
    assert before == after


def test_several_lists_that_tie_booked_parties_take_no_seat_either():
    stranger = listing("STRANGER", "Fulano Pruebez", sex=Sex.MALE)
    by = (
        *tie(stranger, KARIM_TESTANI),
        *tie(stranger, LONE, group="G-TIE2"),
        *tie(LONE, LAILA_TESTANI, group="G-T3"),
    )
    before, after, _ = tied(*TESTANI_FAMILY, LONE, booked=("Karim Testani", LONE.name, "Laila Testani"), by=by)
    assert before <= after


def test_the_group_that_ties_booked_parties_goes_where_most_of_its_people_are():
    by = tie(LONE, KARIM_TESTANI, LAILA_TESTANI)
    first, _, person = proposed(*TESTANI_FAMILY, LONE)
    seats = {m.person: p.id for p in first for m in p.confirmed}
    committed = Committed(seats, {x.id: person[x.name] for x in (*TESTANI_FAMILY, LONE)})
    previous = {group: p.id for p in first for group in p.groups}
    more = {"previous": previous, "committed": committed, "batch_order": RECEIVED}
    parties, _, _ = proposed(*TESTANI_FAMILY, LONE, *by, **more)
    assert {p.groups for p in parties} == {("G-TESTANI", "G-TIE"), ("G-BEISPIEL",)}


@pytest.mark.parametrize("alone", [LONE, BEISPIEL])
def test_a_word_joins_what_a_list_may_not_and_taken_back_leaves_no_trace(alone):
    people = (*TESTANI_FAMILY, alone, *tie(alone, KARIM_TESTANI))
    before, _, person = proposed(*TESTANI_FAMILY, alone)
    parties, word = before, judged(alone, KARIM_TESTANI, JudgementVerdict.HOUSEHOLD)
    seen = []
    for said in ([], [word], [word], [replace(word, withdrawn_at=word.at)], [replace(word, withdrawn_at=word.at)]):
        seats = {m.person: p.id for p in parties for m in p.confirmed}
        previous = {group: p.id for p in parties for group in p.groups}
        committed = Committed(seats, {x.id: person[x.name] for x in people})
        more = {"previous": previous, "committed": committed, "batch_order": RECEIVED, "judgements": said}
        parties, questions, _ = proposed(*people, **more)
        seen.append((parties, questions))
    assert [len(parties) for parties, _ in seen] == [2, 1, 1, 2, 2]
    assert sum(len(p.confirmed) for p in seen[1][0]) == 4, "nobody loses a seat"
    assert seen[0] == seen[3] == seen[4]
