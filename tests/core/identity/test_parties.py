"""Who is proposed to travel together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from safepassage.core.identity import (
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
from safepassage.core.ids import OperationId, PersonId
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
