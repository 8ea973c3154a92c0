"""A sample of automatic merges: drawn evenly, answered as judgements, its precision told with bounds."""

from __future__ import annotations

import hashlib

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.ledger.services import account_ref
from safepassage.apps.registry.audits import PairState, audit_draw, audits_drawn
from safepassage.apps.registry.models import (
    JudgementRecord,
    JudgementRequest,
    LinkAudit,
    LinkRecord,
    PartyRecord,
    PersonListing,
)
from safepassage.apps.registry.seen import answers_unapplied
from safepassage.apps.registry.selectors import parties_of
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import PersonId
from safepassage.core.ledger import EventKind

from .people import NOW, give_pass, listing_of, person_named, two_lists

pytestmark = pytest.mark.django_db
JUDGED = [{"field": "judgement", "level": "same", "weight": 20.0, "words": "A person says that these are one."}]


def link(one: str, other: str, **more: object) -> None:
    left, right = sorted((listing_of(one), listing_of(other)))
    LinkRecord.objects.create(left=left, right=right, probability=0.999, **{"is_certain": True, **more})


@pytest.fixture
def sample(operation, tmp_path) -> LinkAudit:
    """Two automatic merges, both in the sample; besides them one that a person made and one that is not certain."""
    two_lists(tmp_path)
    LinkRecord.objects.all().delete()
    link("Yusuf", "Nadia")
    link("Laila", "Omid")
    link("Yusuf", "Laila", evidence=JUDGED)
    link("Nadia", "Omid", is_certain=False)
    return audit_draw(count=10, account="adjudicator", now=NOW, seed=1)


def answer(client, sample: LinkAudit, number: int, verdict: str, **headers: str):
    return client.post(f"/reviews/audit/{sample.pk}/{number}/decide/", {"verdict": verdict}, headers=headers)


def pairs(sample: LinkAudit) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in sample.pairs}


def test_only_merges_that_the_program_made_are_drawn_and_the_same_seed_draws_the_same(sample) -> None:
    expected = [("Yusuf", "Nadia"), ("Laila", "Omid")]
    assert pairs(sample) == {frozenset(map(listing_of, pair)) for pair in expected}
    assert sample.links == 2
    assert audit_draw(count=10, account="adjudicator", now=NOW, seed=1).pairs == sample.pairs


def test_a_sample_is_drawn_on_the_page_and_its_size_is_bounded(sample, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    for number in (1, 2):
        answer(client, sample, number, "same")
    assert client.post("/reviews/audit/new/", {"count": "75"}).status_code == 302
    assert LinkAudit.objects.count() == 2
    for count in ("9", "501", "-5", "many", ""):
        assert client.post("/reviews/audit/new/", {"count": count}).status_code == 403
    with pytest.raises(ForbiddenError):
        audit_draw(count=9, account="adjudicator", now=NOW)


def test_a_pair_is_shown_side_by_side_without_what_the_program_believed(sample, signed_in) -> None:
    page = signed_in(Role.ADJUDICATOR).get("/reviews/audit/").text
    for said in ("Are they one person?", "embassy.csv", 'data-key="s"', 'data-key="d"', 'data-key="u"', "1 / 2"):
        assert said in page, said
    assert "likely one person" not in page
    assert AccessEntry.objects.filter(act="see sampled merge").count() == 2


def test_answers_are_judgements_and_what_they_prove_stands_on_the_reviews_page(sample, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    answer(client, sample, 1, "same")
    answer(client, sample, 2, "different")
    assert sorted(JudgementRecord.objects.values_list("verdict", "by")) == [
        ("different", "adjudicator"),
        ("same", "adjudicator"),
    ]
    (audit,) = audits_drawn()
    assert (audit.precision.right, audit.precision.wrong, audit.precision.checked) == (1, 1, 2)
    assert "1.2–98.8 %" in client.get("/reviews/").text
    assert answers_unapplied("") == 2
    assert "is answered" in client.get("/reviews/audit/").text


def test_an_answer_is_given_once_and_can_be_taken_back(sample, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    answer(client, sample, 1, "unsure")
    assert answer(client, sample, 1, "same").status_code == 404
    given = JudgementRecord.objects.get()
    assert 'data-key="z"' in client.get("/reviews/audit/").text
    back = client.post("/reviews/undo/", {"pair": f"{given.left}:{given.right}", "from": "audit"})
    assert back["Location"] == "/reviews/audit/"
    assert audits_drawn()[0].count(PairState.OPEN) == 2
    assert answer(client, sample, 1, "same").status_code == 302


@pytest.mark.parametrize("verdict", ["keep-apart", "", "perhaps"])
def test_nothing_but_same_different_and_unsure_is_an_answer(verdict: str, sample, signed_in) -> None:
    assert answer(signed_in(Role.SUPERVISOR), sample, 1, verdict).status_code == 403
    assert not JudgementRecord.objects.exists()


@pytest.mark.parametrize("number", [0, 3, 77])
def test_a_pair_that_is_not_in_the_sample_is_not_found(number: int, sample, signed_in) -> None:
    assert answer(signed_in(Role.ADJUDICATOR), sample, number, "same").status_code == 404


def test_htmx_gets_the_next_pair_alone(sample, signed_in) -> None:
    response = answer(signed_in(Role.ADJUDICATOR), sample, 1, "same", **{"HX-Request": "true"})
    assert "2 / 2" in response.text
    assert "<html" not in response.text


def test_who_may_only_look_sees_the_pair_and_answers_nothing(sample, signed_in) -> None:
    client = signed_in(Role.CHILD_PROTECTION)
    page = client.get("/reviews/audit/").text
    assert "Are they one person?" in page
    assert 'data-key="s"' not in page
    assert answer(client, sample, 1, "same").status_code == 403
    assert not JudgementRecord.objects.exists()


def test_that_booked_people_are_two_a_second_account_has_to_say_too(sample, signed_in) -> None:
    for name, merged in (("Yusuf", "Nadia"), ("Laila", "Omid")):
        PersonListing.objects.filter(listing=listing_of(merged)).update(person_id=person_named(name))
        give_pass(name)
    first, second = signed_in(Role.ADJUDICATOR), signed_in(Role.SUPERVISOR)
    answer(first, sample, 1, "different")
    assert not JudgementRecord.objects.exists()
    assert audits_drawn()[0].count(PairState.WAITING) == 1
    assert f'href="/reviews/audit/{sample.pk}/1/"' in second.get("/reviews/").text
    seen = second.get(f"/reviews/audit/{sample.pk}/1/").text
    assert "1 / 2" in seen
    assert 'data-key="s"' not in seen, "it waits: there is nothing to answer here"
    answer(first, sample, 2, "same")
    assert JudgementRecord.objects.get().verdict == "same", "that they are one changes nothing and counts at once"
    second.post(f"/reviews/second/{JudgementRequest.objects.get().pk}/", {"answer": "agree"})
    assert audits_drawn()[0].precision.wrong == 1


def test_a_merge_of_protected_people_is_for_those_who_may_know_of_them(sample, signed_in) -> None:
    party = PartyRecord.objects.get(pk=parties_of(PersonId(person_named("Yusuf")))[0])
    party.content = {**party.content, "hidden_from": [person_named("Laila")]}
    party.save()
    hidden = next(at for at, pair in enumerate(sample.pairs, start=1) if listing_of("Yusuf") in pair)
    client = signed_in(Role.ADJUDICATOR)
    assert answer(client, sample, hidden, "same").status_code == 404
    assert client.get(f"/reviews/audit/{sample.pk}/{hidden}/").status_code == 404
    answer(client, sample, 3 - hidden, "same")
    assert "Yusuf" not in client.get("/reviews/audit/").text
    assert "Yusuf" in signed_in(Role.SUPERVISOR).get("/reviews/audit/").text


def test_a_pair_of_which_a_listing_was_erased_is_gone_and_proves_nothing(sample, signed_in) -> None:
    from safepassage.apps.intake.models import ListingRecord

    ListingRecord.objects.filter(pk=sample.pairs[0][0]).update(erased_at=NOW, content={})
    PersonListing.objects.filter(listing=sample.pairs[0][0]).delete()
    (audit,) = audits_drawn()
    assert [pair.state for pair in audit.pairs] == [PairState.GONE, PairState.OPEN]
    page = signed_in(Role.ADJUDICATOR).get("/reviews/audit/")
    assert page.status_code == 200
    assert "2 / 2" in page.text


@pytest.mark.parametrize("language", ["fa-af", "ps"])
def test_the_page_is_in_the_reader_s_language(language: str, sample, signed_in) -> None:
    page = signed_in(Role.ADJUDICATOR).get("/reviews/audit/", headers={"accept-language": language}).text
    for english in ("Are they one person?", "Drawn evenly", "Same person", "of all automatic merges"):
        assert english not in page


def test_drawing_a_sample_is_an_event_with_its_pairs_and_the_digest_of_its_seed(sample) -> None:
    (event,) = [one for one in events_after() if one.kind is EventKind.SAMPLE_DRAWN]
    assert {frozenset(row) for row in event.body["rows"]} == pairs(sample)
    assert event.body["links"] == 2
    assert event.body["seed"] == hashlib.sha256(sample.seed.encode()).hexdigest()
    assert event.body["account"] == account_ref("adjudicator")
