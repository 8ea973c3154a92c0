"""Who is whom: ids stay, judgements are re-applied and can be taken back, proposals wait for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import serializers
from django.db import connection

from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.ledger.selectors import events_after, state_now
from safepassage.apps.registry import services
from safepassage.apps.registry.answers import judgements_all
from safepassage.apps.registry.apart import listings_told_apart
from safepassage.apps.registry.confirming import adult_confirm, member_confirm
from safepassage.apps.registry.erasing import person_erase
from safepassage.apps.registry.models import (
    GroupParty,
    JudgementRecord,
    LinkRecord,
    Membership,
    PartyRecord,
    PersonListing,
    PersonRecord,
    ReviewRecord,
)
from safepassage.apps.registry.questions import review_by_id, reviews_open
from safepassage.apps.registry.second_person import judgement_give, judgement_withdraw
from safepassage.apps.registry.seen import answers_unapplied
from safepassage.apps.registry.selectors import (
    likely_twice,
    parties_now,
    parties_of,
    person_by_id,
    persons_now,
    run_last,
)
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.identity import resolve as core_resolve
from safepassage.core.ledger import EventKind
from tests.make import BEISPIEL, EVERYONE, KARIM_AGAIN, TESTANIS, resolved, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
DIFFERENT, SAME, KEEP_APART = JudgementVerdict.DIFFERENT, JudgementVerdict.SAME, JudgementVerdict.KEEP_APART


def named(name: str):
    return next(person for person in persons_now().values() if person.name == name)


def listing_of(name: str):
    return next(listing.id for listing in listings_now() if listing.name == name)


def party_of(person):
    (party,) = [party for party in parties_now() if any(member.person == person for member in party.members)]
    return party


def view() -> str:
    """Everything that is derived, as bytes, in the order of the keys."""
    models = (PersonRecord, PersonListing, PartyRecord, Membership, GroupParty, LinkRecord, ReviewRecord)
    counted = {Membership, LinkRecord}
    parts = []
    for model in models:
        names = [field.attname for field in model._meta.concrete_fields if model not in counted or field.name != "id"]
        parts += sorted(map(repr, model.objects.values_list(*names)))
    return "\n".join(parts)


def judge(one: str, other: str, verdict, now) -> None:
    judgement_give(pairs=[(one, other)], verdict=verdict, account="adjudicator-1", now=now)


@pytest.fixture
def karims(tmp_path, now) -> tuple[str, str]:
    """The listings of one man in two lists, matched."""
    taken_in(tmp_path, EVERYONE)
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    resolved()
    one, other = listing_of("Karim Testani"), listing_of("Abdul Karim Testani")
    assert person_of(one) == person_of(other)
    return one, other


def person_of(listing: str) -> str:
    return PersonListing.objects.get(pk=listing).person_id


def test_a_second_run_has_the_same_digest_and_writes_no_event(karims):
    before, events, digest = view(), len(list(events_after())), run_last().digest
    assert resolved().digest == digest
    assert view() == before
    assert len(list(events_after())) == events


def test_every_listing_stands_for_one_person_and_every_person_is_known_to_the_ledger(karims):
    assert PersonListing.objects.count() == len(listings_now())
    assert set(state_now().people) == set(persons_now())


YUSUF_PERHAPS = (("B", "Yusof Beispiel", "", "", "M", "", "", "", "", ""),)
"""Somebody of the same name and year: likely the same man, surely not."""


def test_who_is_only_likely_somebody_stays_a_person_of_their_own_until_a_person_says_so(tmp_path, now):
    taken_in(tmp_path, EVERYONE)
    taken_in(tmp_path, YUSUF_PERHAPS, source="NGO list")
    found = resolved()
    one, other = listing_of("Yusuf Beispiel"), listing_of("Yusof Beispiel")
    link = LinkRecord.objects.get(left__in=(one, other), right__in=(one, other))
    assert link.probability > 0.5
    assert not link.is_certain
    assert person_of(one) != person_of(other)
    assert (found.likely_twice, likely_twice(run_last())) == (1, 1)
    assert any({one, other} <= set(record.content["listings"]) for record in reviews_open())
    judge(one, other, SAME, now)
    assert resolved().likely_twice == 0
    assert person_of(one) == person_of(other)


def test_a_likely_pair_answered_different_counts_twice_no_more(tmp_path, now):
    taken_in(tmp_path, EVERYONE)
    taken_in(tmp_path, YUSUF_PERHAPS, source="NGO list")
    assert resolved().likely_twice == 1
    judge(listing_of("Yusuf Beispiel"), listing_of("Yusof Beispiel"), DIFFERENT, now)
    assert (resolved().likely_twice, likely_twice(run_last())) == (0, 0)


def test_ids_stay_when_another_list_comes_in(tmp_path):
    taken_in(tmp_path, EVERYONE)
    resolved()
    before = {name: named(name).id for name in ("Karim Testani", "Yusuf Beispiel", "Nadia Exemplar")}
    party = party_of(before["Karim Testani"]).id
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    resolved()
    assert person_of(listing_of("Abdul Karim Testani")) == before["Karim Testani"]
    assert {person_of(listing_of(name)) for name in before} == set(before.values())
    assert party in parties_of(before["Karim Testani"])


def test_a_judgement_different_splits_and_is_applied_again_by_every_run(karims, now):
    one, other = karims
    old = person_of(one)
    judge(one, other, DIFFERENT, now)
    resolved()
    assert person_of(one) != person_of(other)
    assert old in {person_of(one), person_of(other)}
    assert [event.kind for event in events_after()].count(EventKind.PERSONS_SPLIT) == 1
    resolved()
    assert person_of(one) != person_of(other)


def test_a_judgement_same_joins_whom_the_matcher_would_not_and_the_oldest_id_wins(tmp_path, now):
    taken_in(tmp_path, EVERYONE)
    resolved()
    yusuf, nadia = listing_of("Yusuf Beispiel"), listing_of("Omid Testani")
    founded = dict(PersonRecord.objects.values_list("id", "founded"))
    older, younger = sorted((person_of(yusuf), person_of(nadia)), key=founded.get)
    judge(yusuf, nadia, SAME, now)
    resolved()
    assert person_of(yusuf) == person_of(nadia) == older
    assert person_by_id(younger).id == older, "the other id leads to it"


def test_a_judgement_taken_back_gives_the_view_back_to_the_byte(karims, now):
    one, other = karims
    before = view()
    judge(one, other, DIFFERENT, now)
    resolved()
    assert view() != before
    judgement_withdraw(pairs=[(other, one)], account="adjudicator-2", now=now)
    resolved()
    split = PersonRecord.objects.exclude(redirects_to=None)
    assert [record.redirects_to_id for record in split] == [person_of(one)]
    after = [line for line in view().splitlines() if not any(record.pk in line for record in split)]
    assert "\n".join(after) == before, "nothing is left but the id that was given in between, leading back"
    (judgement,) = judgements_all()
    assert judgement.withdrawn_by == "adjudicator-2"
    with pytest.raises(ConflictError):
        judgement_withdraw(pairs=[(one, other)], account="adjudicator-2", now=now)


def test_a_later_verdict_replaces_an_earlier_one_which_stays_on_record(karims, now):
    one, other = karims
    judge(one, other, DIFFERENT, now)
    judge(other, one, SAME, now)
    assert [(one.verdict, one.withdrawn_at is None) for one in judgements_all()] == [(DIFFERENT, False), (SAME, True)]
    resolved()
    assert person_of(one) == person_of(other)


def test_keep_apart_outranks_the_matcher_and_hides_each_side_from_the_other(tmp_path, now):
    taken_in(tmp_path, EVERYONE)
    resolved()
    judge(listing_of("Karim Testani"), listing_of("Laila Testani"), KEEP_APART, now)
    resolved()
    karim, laila = named("Karim Testani").id, named("Laila Testani").id
    assert not set(parties_of(karim)) & set(parties_of(laila))


def test_nobody_is_judged_against_themselves(karims, now):
    with pytest.raises(ForbiddenError):
        judge(karims[0], karims[0], SAME, now)
    assert not judgements_all()


def test_an_answered_question_leaves_the_queue_and_stays_answered(tmp_path, now):
    taken_in(tmp_path, [*TESTANIS, ("1", "Karim Testany", "Ghafar", "son", "M", "1980-05-14", *("",) * 4)])
    resolved()
    record = reviews_open().first()
    assert record is not None
    question = review_by_id(record.pk)
    pairs = [(link.left, link.right) for link in question.links]
    judgement_give(pairs=pairs, verdict=DIFFERENT, account="adjudicator-1", now=now, review=record.pk)
    assert record.pk not in {one.pk for one in reviews_open()}
    resolved()
    assert record.pk not in {one.pk for one in reviews_open()}


NEW_SON = (
    ("A", "Karim Testani", "Ghafar", "head", "M", "1980-05-14", "P0000101", "0700000101", "SIV", "Kabul"),
    ("A", "Nuri Testani", "Karim", "son", "M", "2012-03-03", "", "", "", "Kabul"),
)


def test_a_member_added_by_another_list_takes_a_seat_only_from_the_run_after_a_person_confirmed_them(tmp_path, now):
    taken_in(tmp_path, TESTANIS)
    resolved()
    taken_in(tmp_path, NEW_SON, source="NGO list")
    resolved()
    nuri = named("Nuri Testani").id
    party = party_of(nuri)
    member = next(member for member in party.members if member.person == nuri)
    assert not member.is_confirmed
    record = PartyRecord.objects.get(pk=party.id)
    assert (record.heads, record.proposed) == (3, 1)
    member_confirm(party=party.id, person=nuri, account="adjudicator-1", now=now)
    assert PartyRecord.objects.get(pk=party.id).heads == 3, "from the next run on"
    resolved()
    record = PartyRecord.objects.get(pk=party.id)
    assert (record.heads, record.proposed) == (4, 0)
    assert EventKind.MEMBERS_CONFIRMED in {event.kind for event in events_after()}


def test_the_accompanying_adult_is_who_a_person_confirmed_last(tmp_path, now):
    taken_in(tmp_path, TESTANIS)
    resolved()
    omid, karim, laila = (named(name).id for name in ("Omid Testani", "Karim Testani", "Laila Testani"))
    for adult in (karim, laila):
        adult_confirm(minor=omid, adult=adult, account="child-protection-1", now=now)
    resolved()
    (child,) = [member for member in party_of(omid).members if member.person == omid]
    assert child.accompanying_adult == laila
    told = [event.body["rows"] for event in events_after() if event.kind is EventKind.ADULTS_CONFIRMED]
    assert told == [((omid, karim),), ((omid, laila),)]


def test_erasing_a_person_reaches_everything_derived_of_them(karims, now, tmp_path):
    person = person_of(karims[0])
    record = reviews_open().first()
    assert person_erase(person=person, reason="withdrawn", account="dpo-1", now=now) == 2
    stored = serializers.serialize("json", [*PersonRecord.objects.all(), *PartyRecord.objects.all()])
    stored += serializers.serialize("json", [*ReviewRecord.objects.all(), *LinkRecord.objects.all()])
    assert "P0000101" not in stored
    assert "Abdul Karim" not in stored
    assert person not in persons_now()
    assert record is None or record.content != {}
    with pytest.raises(NotFoundError):
        person_by_id(person)
    with pytest.raises(NotFoundError):
        person_erase(person=person, reason="withdrawn", account="dpo-1", now=now)


def test_a_decided_question_forgets_what_it_quoted_when_a_listing_is_erased(tmp_path, now):
    taken_in(tmp_path, [*TESTANIS, ("1", "Karim Testany", "Ghafar", "son", "M", "1980-05-14", *("",) * 4)])
    resolved()
    record = reviews_open().first()
    question = review_by_id(record.pk)
    pairs = [(link.left, link.right) for link in question.links]
    judgement_give(pairs=pairs, verdict=DIFFERENT, account="adjudicator-1", now=now, review=record.pk)
    person_erase(person=person_of(question.listings[0]), reason="withdrawn", account="dpo-1", now=now)
    with pytest.raises(NotFoundError):
        review_by_id(record.pk)


def compares(monkeypatch, meanwhile) -> list[int]:
    """Each time the matcher compares, `meanwhile` happens before its run is stored; how often it compared."""
    compared = []

    def resolve(listings, **rest):
        compared.append(len(listings))
        resolution = core_resolve(listings, **rest)
        meanwhile(len(compared))
        return resolution

    monkeypatch.setattr(services, "resolve", resolve)
    return compared


def test_a_list_that_comes_while_the_matcher_compares_is_in_its_run(tmp_path, monkeypatch):
    taken_in(tmp_path, TESTANIS)

    def more(time: int) -> None:
        if time == 1:
            taken_in(tmp_path, BEISPIEL, source="Second")

    compared = compares(monkeypatch, more)
    assert resolved().listings == len(TESTANIS) + len(BEISPIEL)
    assert compared == [len(TESTANIS), len(TESTANIS) + len(BEISPIEL)]


def test_a_matcher_that_is_disturbed_every_time_ends_all_the_same(tmp_path, monkeypatch):
    taken_in(tmp_path, TESTANIS)

    def more(time: int) -> None:
        if time <= services.UNDISTURBED_TRIES:
            row = ("9", f"Yusuf Beispiel {time}", "Daud", "head", "M", "1971-11-30", *("",) * 4)
            taken_in(tmp_path, [row], source=f"Source {time}")

    compared = compares(monkeypatch, more)
    assert resolved().listings == len(TESTANIS) + services.UNDISTURBED_TRIES
    assert len(compared) == services.UNDISTURBED_TRIES + 1


def test_a_judgement_taken_back_while_the_matcher_compares_is_not_in_its_run(karims, monkeypatch, now):
    one, other = karims
    before, later = view(), now + timedelta(minutes=1)
    judge(one, other, DIFFERENT, now)

    def undo(time: int) -> None:
        if time == 1:
            judgement_withdraw(pairs=[(one, other)], account="adjudicator-2", now=later)

    compared = compares(monkeypatch, undo)
    resolved()
    assert len(compared) == 2, "what it compared with the judgement is thrown away"
    assert view() == before
    assert answers_unapplied("") == 0, "the run that goes by it says so, though it began before"
    judge(one, other, DIFFERENT, later + timedelta(seconds=1))
    assert answers_unapplied("") == 1


def test_a_question_opened_again_while_the_matcher_compares_stays_open(tmp_path, monkeypatch, now):
    taken_in(tmp_path, [*TESTANIS, ("1", "Karim Testany", "Ghafar", "son", "M", "1980-05-14", *("",) * 4)])
    resolved()
    question = review_by_id(reviews_open().first().pk)
    pairs = [(link.left, link.right) for link in question.links]
    judgement_give(pairs=pairs, verdict=DIFFERENT, account="adjudicator-1", now=now, review=question.id)

    def undo(time: int) -> None:
        if time == 1:
            undone = judgement_withdraw(pairs=pairs, account="adjudicator-1", now=now)
            assert undone.reopened == (question.id,)

    compares(monkeypatch, undo)
    resolved()
    assert question.id in {one.pk for one in reviews_open()}


@pytest.mark.django_db(transaction=True)
def test_while_the_matcher_compares_no_transaction_is_held(tmp_path, monkeypatch):
    taken_in(tmp_path, TESTANIS)
    held = []
    compares(monkeypatch, lambda _time: held.append(connection.in_atomic_block))
    resolved()
    assert held == [False]


def test_a_figure_that_is_no_number_tells_nothing(karims):
    run = run_last()
    run.figures = {"likely_twice": float("inf")}
    assert likely_twice(run) == 0


def test_a_word_on_two_listings_that_can_not_be_read_hides_them(karims, now):
    one, _ = karims
    judge(one, listing_of("Nadia Exemplar"), KEEP_APART, now)
    JudgementRecord.objects.update(verdict="keep-appart")
    assert one in listings_told_apart()
    JudgementRecord.objects.update(verdict="different")
    assert one not in listings_told_apart()


def test_who_is_kept_apart_in_confidence_counts_in_no_figure_that_all_may_see(tmp_path, now):
    taken_in(tmp_path, EVERYONE)
    taken_in(tmp_path, YUSUF_PERHAPS, source="NGO list")
    assert resolved().likely_twice == 1
    judge(listing_of("Yusuf Beispiel"), listing_of("Nadia Exemplar"), KEEP_APART, now)
    assert resolved().likely_twice == 0
