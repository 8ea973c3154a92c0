"""A family that two lists tear apart: asked, joined into one party, taken back; two people where they are booked."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.registry import selectors, services
from safepassage.apps.registry.erasing import person_erase
from safepassage.apps.registry.models import JudgementRecord, PartyFlagged, PersonRecord, ReviewRecord
from safepassage.apps.registry.open_questions import parties_asked_about
from safepassage.apps.registry.questions import review_after, review_by_id, reviews_about, reviews_open
from safepassage.apps.registry.second_person import (
    judgement_give,
    judgement_second,
    judgement_withdraw,
    judgements_give,
    needs_second,
)
from safepassage.apps.registry.selectors import (
    flags_counted,
    leads_now,
    parties_flagged,
    parties_now,
    party_ids,
    persons_known,
    persons_now,
    persons_of_listings,
    run_last,
)
from safepassage.apps.registry.surely_one import households_of_ticks
from safepassage.core.identity import IdentitySettings, JudgementVerdict, PartyFlag, ReviewKind
from tests.apps.registry.test_second_person import officers
from tests.apps.registry.test_services import view
from tests.make import NOW, resolved, taken_in, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
HOUSEHOLD, OTHER = JudgementVerdict.HOUSEHOLD, JudgementVerdict.OTHER_HOUSEHOLD
PHONE = "0700000901"
KARIM = (("1", "Karim Testani", "Ghafar", "head", "M", "1980-05-14", "P0000101", PHONE, "SIV", "Kabul"),)
FAMILY = (
    ("7", "Laila Muster", "Nabi", "head", "F", "1984-02-03", "P0000102", PHONE, "SIV", "Kabul"),
    ("7", "Omid Testani", "Karim", "son", "M", "2010-08-21", "", "", "", "Kabul"),
)


@pytest.fixture
def torn(tmp_path) -> str:
    """The question about a family of which an employer's list names the father, and another list the others."""
    taken_in(tmp_path, KARIM, source="Employer")
    taken_in(tmp_path, FAMILY, source="NGO list")
    resolved()
    return question()


def question() -> str:
    return ReviewRecord.objects.get(kind=ReviewKind.SAME_HOUSEHOLD, decided_at=None).pk


def asked() -> int:
    return reviews_open().filter(kind=ReviewKind.SAME_HOUSEHOLD).count()


def pairs_of(key: str) -> list[tuple[str, str]]:
    return [(link.left, link.right) for link in review_by_id(key).links]


def listing_of(name: str):
    return next(listing.id for listing in listings_now() if listing.name == name)


def seats() -> list[list[str]]:
    """Who has a seat in each party, by name, the largest party first."""
    name_of = {person.id: person.name for person in persons_now().values()}
    found = [sorted(name_of[member.person] for member in party.confirmed) for party in parties_now()]
    return sorted(found, key=lambda names: (-len(names), names))


def answer(key: str, verdict: JudgementVerdict, *, account: str = "adjudicator-1", now=NOW):
    return judgement_give(pairs=pairs_of(key), verdict=verdict, account=account, now=now, review=key)


def test_the_answer_makes_one_party_and_leaves_the_persons_as_they_are(torn):
    assert len(seats()) == 2
    persons = persons_of_listings(listing.id for listing in listings_now())
    answer(torn, HOUSEHOLD)
    assert resolved().reviews_open == 0
    assert seats() == [["Karim Testani", "Laila Muster", "Omid Testani"]]
    assert persons_of_listings(listing.id for listing in listings_now()) == persons


def test_whom_no_list_groups_comes_in_and_goes_out_again_as_they_were(tmp_path, now):
    taken_in(tmp_path, [("", *KARIM[0][1:])], source="Employer")
    taken_in(tmp_path, [("", "Laila Testani", *FAMILY[0][2:])], source="NGO list")
    resolved()
    before, key = view(), question()
    answer(key, HOUSEHOLD)
    resolved()
    (party,) = parties_now()
    assert (len(party.confirmed), party.groups) == (2, ())
    assert resolved(now=NOW + timedelta(days=1)).parties == 1
    judgement_withdraw(pairs=pairs_of(key), account="adjudicator-1", now=now)
    resolved()
    assert view() == before


def test_taken_back_all_is_as_before(torn, now):
    before = view()
    answer(torn, HOUSEHOLD)
    resolved()
    assert view() != before
    done = judgement_withdraw(pairs=pairs_of(torn), account="adjudicator-1", now=now)
    assert done.reopened == (torn,)
    resolved()
    assert view() == before


def test_another_household_is_answered_once_and_for_all(torn):
    before = seats()
    answer(torn, OTHER)
    resolved()
    assert asked() == 0
    assert seats() == before


def test_who_were_said_to_be_one_household_are_not_two_families_on_the_call_sheet(torn):
    answer(torn, HOUSEHOLD)
    resolved()
    (party,) = parties_now()
    assert PartyFlag.TWO_HEADS not in party.flags
    assert not any(one.has_two_heads for one in parties_asked_about().values())


def test_of_some_parties_only_what_is_asked_of_them_is_told(tmp_path, torn):
    taken_in(
        tmp_path, [("", "Yusuf Amiri", "Qadir", "", "M", "1970-02-02", "P0000301", "", "", "Herat")], source="Other"
    )
    resolved()
    every = parties_asked_about()
    torn_parties = {party for party in every if every[party].shares_with or every[party].same_as}
    (lone,) = {party.id for party in parties_now()} - set(every)
    assert len(torn_parties) == 2
    assert parties_asked_about([lone]) == {}
    assert parties_asked_about([party.id for party in parties_now()]) == every
    one = min(torn_parties)
    assert parties_asked_about([one, lone]) == {one: every[one]}
    assert set(reviews_about([one]).values_list("pk", flat=True)) == {torn}
    assert not reviews_about([lone]).exists()


CHILD = ("3", "Zahra Probe", "Adam", "head", "F", "2016-03-02", "", "", "", "Kabul")


def flags_told(folder: Path) -> set[tuple[str, str]]:
    """The flags of every party as its content says them, when there is a child alone too."""
    taken_in(folder, [CHILD], source="Third list")
    resolved(now=NOW)
    return {(party.id, flag.value) for party in parties_now() for flag in party.flags}


def test_flags_are_counted_and_listed_as_the_parties_say_them(torn, tmp_path):
    told = flags_told(tmp_path)
    assert told
    assert set(PartyFlagged.objects.values_list("party_id", "flag")) == told
    assert flags_counted(*PartyFlag) == {flag: sum(one == flag.value for _, one in told) for flag in PartyFlag}
    for flag in PartyFlag:
        parties = sorted(party for party, one in told if one == flag.value)
        assert [one.pk for one in parties_flagged(flag)] == list(party_ids(flag=flag.value)) == parties


def test_a_store_of_before_tells_its_flags_after_an_upgrade(torn, tmp_path):
    told = flags_told(tmp_path)
    PartyFlagged.objects.all().delete()
    upgrade = import_module("safepassage.apps.registry.migrations.0011_flags_of_parties")
    assert set(upgrade.FLAGS) == {flag.value for flag in PartyFlag}
    upgrade.tell_flags(apps, None)
    assert set(PartyFlagged.objects.values_list("party_id", "flag")) == told


def test_whom_an_erased_person_was_is_not_known_however_many_are_asked_about(tmp_path, monkeypatch):
    taken_in(tmp_path, FAMILY, source="NGO list")
    resolved()
    first, second = sorted(persons_now())
    PersonRecord.objects.filter(pk=first).update(content={})
    for few in (0, 500):
        monkeypatch.setattr(selectors, "_FEW", few)
        assert persons_known([first, second]) == {second}
    PersonRecord.objects.filter(pk=first).update(redirects_to=second)
    assert leads_now() == {first: second}
    assert persons_known([first, second]) == {first, second}


def test_going_on_from_question_to_question_sees_each_once_round():
    for key, harm in (("Q-A", 3.0), ("Q-C", 2.0), ("Q-B", 2.0), ("Q-D", 1.0)):
        ReviewRecord.objects.create(id=key, kind=ReviewKind.SAME_PERSON, harm=harm, content={})
    seen = ["Q-A"]
    for _ in range(4):
        seen.append(review_after(seen[-1]))
    assert seen == ["Q-A", "Q-B", "Q-C", "Q-D", "Q-A"]
    ReviewRecord.objects.filter(pk="Q-C").update(decided_at=NOW)
    assert review_after("Q-B") == "Q-D"
    assert review_after("Q-C") == "Q-D"
    ReviewRecord.objects.exclude(pk="Q-A").update(decided_at=NOW)
    assert review_after("Q-A") == ""


def test_the_answer_stands_over_every_run_and_a_new_list(torn, tmp_path):
    answer(torn, HOUSEHOLD)
    resolved()
    party = parties_now()[0].id
    taken_in(tmp_path, FAMILY, source="Volunteers")
    resolved(now=NOW + timedelta(days=30))
    assert len(seats()) == 1
    assert [one.id for one in parties_now()] == [party]


def test_a_keep_apart_outranks_it(torn):
    answer(torn, HOUSEHOLD)
    pair = [(listing_of("Karim Testani"), listing_of("Laila Muster"))]
    judgement_give(pairs=pair, verdict=JudgementVerdict.KEEP_APART, account="protection", now=NOW)
    resolved()
    assert ["Karim Testani"] in seats()
    assert asked() == 0


def test_of_a_person_who_is_erased_the_answer_leaves_the_words_alone(torn):
    judgement_give(
        pairs=pairs_of(torn), verdict=HOUSEHOLD, account="adjudicator-1", why="phoned", now=NOW, review=torn
    )
    resolved()
    karim = listing_of("Karim Testani")
    person_erase(person=persons_of_listings([karim])[karim], reason="asked", account="protection", now=NOW)
    assert {one.why for one in JudgementRecord.objects.all()} == {""}
    assert seats() == [["Laila Muster", "Omid Testani"]]


def test_who_is_booked_changes_party_only_once_a_second_person_agrees(tmp_path):
    with_bookings(tmp_path, (*KARIM, *FAMILY))
    officers()
    key = question()
    done = answer(key, HOUSEHOLD, account="desk")
    assert (done.count, JudgementRecord.objects.count()) == (0, 0)
    assert judgement_second(request=done.request, account="desk-2", is_agreed=True, now=NOW) == 1
    resolved()
    assert len(seats()) == 1
    back = judgement_withdraw(pairs=pairs_of(key), account="desk", now=NOW)
    assert back.request, "its end divides them again"


def test_who_travels_with_them_counts_too(torn, monkeypatch):
    (omid,) = persons_of_listings([listing_of("Omid Testani")]).values()
    monkeypatch.setattr(
        "safepassage.apps.registry.second_person.committed_among", lambda found: frozenset({omid} & {*found})
    )
    pair = (listing_of("Karim Testani"), listing_of("Laila Muster"))
    assert needs_second([(*pair, "household")], account="desk")
    assert not needs_second([(*pair, "other-household")], account="desk")


def test_what_lies_beyond_the_cap_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "IdentitySettings", lambda: IdentitySettings(household_cap=0))
    taken_in(tmp_path, (*KARIM, *FAMILY))
    resolved()
    assert asked() == 0
    assert run_last().reviews_beyond_cap == 1


def test_pairs_that_are_not_ticked_are_of_two_households(torn):
    said = households_of_ticks([("a", "b"), ("b", "c")], [("a", "b")])
    assert said == [("a", "b", "household"), ("b", "c", "other-household")]
    (pair,) = pairs_of(torn)
    judgements_give(verdicts=households_of_ticks([pair], []), account="adjudicator-1", now=NOW, review=torn)
    resolved()
    assert asked() == 0
    assert run_last().reviews_beyond_cap == 0
