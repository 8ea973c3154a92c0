"""The review queue: verdicts, whole families, undo, and the second person for people who are booked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.selectors.waterfall import waterfall_of
from safepassage.apps.intake.models import ListingRecord
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.registry.models import (
    JudgementRecord,
    JudgementRequest,
    LinkRecord,
    PersonListing,
    ResolveRun,
    ReviewRecord,
)
from safepassage.apps.registry.second_person import judgement_give, request_ask
from safepassage.apps.registry.seen import answers_unapplied
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.work.models import Job
from safepassage.core.identity import Evidence, EvidenceField, JudgementVerdict

from .people import NOW, give_pass, listing_of, party_of, person_named, question_about, take_in, the_pair, two_lists

pytestmark = pytest.mark.django_db


def test_a_question_shows_both_sides_and_what_weighs_how_much(question, signed_in) -> None:
    page = signed_in(Role.ADJUDICATOR).get(f"/reviews/{question}/").text
    for said in ("Yusuf Beispiel", "Nadia Muster", "embassy.csv", "The names sound alike.", "+6.0", "-4.0", "60 %"):
        assert said in page, said
    assert "touches no booking" in page
    assert AccessEntry.objects.filter(act="see review").count() == 2


@pytest.mark.parametrize("verdict", ["same", "different", "keep-apart"])
def test_a_verdict_answers_the_question(verdict, question, signed_in) -> None:
    pair = f"{min(listing_of('Yusuf'), listing_of('Nadia'))}:{max(listing_of('Yusuf'), listing_of('Nadia'))}"
    client = signed_in(Role.ADJUDICATOR)
    client.post(f"/reviews/{question}/decide/", {"verdict": verdict, "pair": [pair], "why": "called them"})
    judged = JudgementRecord.objects.get()
    assert (judged.verdict, judged.by, judged.why) == (verdict, "adjudicator", "called them")
    assert ReviewRecord.objects.get(pk=question).decided_at


def test_ones_last_answers_say_of_whom_they_were_and_that_is_noted(question, signed_in) -> None:
    pair = f"{min(listing_of('Yusuf'), listing_of('Nadia'))}:{max(listing_of('Yusuf'), listing_of('Nadia'))}"
    client = signed_in(Role.ADJUDICATOR)
    client.post(f"/reviews/{question}/decide/", {"verdict": "different", "pair": [pair]})
    AccessEntry.objects.all().delete()
    page = client.get("/reviews/").text
    recent = page[page.index("Your last judgements") :]
    for said in ("Yusuf Beispiel", "Nadia Muster", "different"):
        assert said in recent, said
    assert AccessEntry.objects.filter(act="see own answers").count() == 2


def test_an_answer_to_many_pairs_is_one_answer(question) -> None:
    run = ResolveRun.objects.latest("pk")
    later = run.ended_at + timedelta(minutes=1)
    for right in ("L-B", "L-C", "L-D"):
        JudgementRecord.objects.create(
            left="L-A", right=right, verdict="same", by="adjudicator", at=later, review=question
        )
    assert answers_unapplied("") == 1


def test_unsure_leaves_the_question_at_the_end_of_the_queue(question, signed_in) -> None:
    signed_in(Role.ADJUDICATOR).post(f"/reviews/{question}/decide/", {"verdict": "unsure"})
    record = ReviewRecord.objects.get(pk=question)
    assert record.decided_at is None
    assert record.harm < 0.1
    assert JudgementRecord.objects.get().verdict == "unsure"


def test_of_two_families_the_ticked_pairs_are_the_same_and_the_others_different(
    operation, tmp_path, signed_in
) -> None:
    two_lists(tmp_path)
    yusuf, nadia, laila = listing_of("Yusuf"), listing_of("Nadia"), listing_of("Laila")
    key = question_about((yusuf, nadia), (laila, nadia))
    ticked = f"{min(yusuf, nadia)}:{max(yusuf, nadia)}"
    signed_in(Role.ADJUDICATOR).post(f"/reviews/{key}/decide/", {"verdict": "same", "pair": [ticked]})
    said = {(one.left, one.right): one.verdict for one in JudgementRecord.objects.all()}
    assert said == {
        (min(yusuf, nadia), max(yusuf, nadia)): "same",
        (min(laila, nadia), max(laila, nadia)): "different",
    }


def test_at_first_each_listing_is_ticked_once_at_most(operation, tmp_path, signed_in) -> None:
    two_lists(tmp_path)
    key = question_about((listing_of("Yusuf"), listing_of("Nadia")), (listing_of("Laila"), listing_of("Nadia")))
    with_chances(key, 0.98, 0.93)
    page = signed_in(Role.ADJUDICATOR).get(f"/reviews/{key}/").text
    assert page.count('type="checkbox" name="pair"') == 2
    assert page.count(" checked") == 1
    assert page.count("ticked: at least 90 % likely") == 1
    assert page.count("not ticked: one of them is likelier one person with somebody else here") == 1


def test_a_pair_of_which_nobody_can_be_sure_is_not_ticked_and_the_page_says_so_ahead_of_the_pairs(
    operation, tmp_path, signed_in
) -> None:
    two_lists(tmp_path)
    key = question_about((listing_of("Yusuf"), listing_of("Nadia")), (listing_of("Laila"), listing_of("Omid")))
    with_chances(key, 0.89, 0.6)
    page = signed_in(Role.ADJUDICATOR).get(f"/reviews/{key}/").text
    assert " checked" not in page
    assert page.count("not ticked: less than 90 % likely") == 2
    note = page.index("the pairs not ticked are then different people")
    assert note < page.index('type="checkbox" name="pair"')
    assert page.index("pairs not ticked are then different people.</strong>") < page.index('value="same"')


def with_chances(key: str, *chances: float) -> None:
    record = ReviewRecord.objects.get(pk=key)
    links = [{**link, "probability": chance} for link, chance in zip(record.content["links"], chances, strict=True)]
    record.content = {**record.content, "links": links}
    record.save()


def test_of_a_pair_that_follows_from_ticks_and_from_what_is_sure_nothing_is_said(
    operation, tmp_path, signed_in
) -> None:
    two_lists(tmp_path)
    yusuf, nadia, omid = listing_of("Yusuf"), listing_of("Nadia"), listing_of("Omid")
    PersonListing.objects.filter(listing=omid).update(person_id=person_named("Yusuf"))
    LinkRecord.objects.create(left=min(yusuf, omid), right=max(yusuf, omid), probability=0.999, is_certain=True)
    key = question_about((yusuf, nadia), (omid, nadia))
    with_chances(key, 0.95, 0.95)
    client = signed_in(Role.ADJUDICATOR)
    assert client.get(f"/reviews/{key}/").text.count(" checked") == 2
    ticked = f"{min(yusuf, nadia)}:{max(yusuf, nadia)}"
    client.post(f"/reviews/{key}/decide/", {"verdict": "same", "pair": [ticked]})
    (said,) = JudgementRecord.objects.all()
    assert (f"{said.left}:{said.right}", said.verdict) == (ticked, "same")


def test_no_pair_that_nobody_ticked_is_one_person_though_its_listings_stand_for_one_now(
    operation, tmp_path, signed_in
) -> None:
    """Twins of one list, whom the run before has provisionally joined, and the twins of another list."""
    two_lists(tmp_path)
    zahra, zahira, ours, theirs = (listing_of(name) for name in ("Yusuf", "Laila", "Nadia", "Omid"))
    PersonListing.objects.filter(listing=zahira).update(person_id=person_named("Yusuf"))
    PersonListing.objects.filter(listing=theirs).update(person_id=person_named("Nadia"))
    key = question_about((zahra, ours), (zahira, theirs), (zahra, theirs), (zahira, ours))
    ticked = [":".join(sorted(pair)) for pair in ((zahra, ours), (zahira, theirs))]
    signed_in(Role.ADJUDICATOR).post(f"/reviews/{key}/decide/", {"verdict": "same", "pair": ticked})
    said = {f"{one.left}:{one.right}": one.verdict for one in JudgementRecord.objects.all()}
    crossed = [":".join(sorted(pair)) for pair in ((zahra, theirs), (zahira, ours))]
    assert said == dict.fromkeys(ticked, "same") | dict.fromkeys(crossed, "different")


def test_same_with_nothing_ticked_is_no_verdict(question, signed_in) -> None:
    response = signed_in(Role.ADJUDICATOR).post(f"/reviews/{question}/decide/", {"verdict": "same"})
    assert response.status_code == 422
    assert "No pair was ticked" in response.text
    assert "Tick the pairs that are one person, or say different." in response.text
    assert not JudgementRecord.objects.exists()


def test_no_verdict_at_all_is_told_so(question, signed_in) -> None:
    response = signed_in(Role.ADJUDICATOR).post(f"/reviews/{question}/decide/", {"verdict": "perhaps"})
    assert response.status_code == 422
    assert "No verdict was given." in response.text


def test_a_card_shows_the_family_in_which_its_list_tells_somebody(operation, tmp_path, signed_in) -> None:
    two_lists(tmp_path)
    question = question_about((listing_of("Omid"), listing_of("Nadia")))
    page = signed_in(Role.ADJUDICATOR).get(f"/reviews/{question}/").text
    assert "Family in this list" in page
    assert "Karim Testani" in page
    assert "Laila Testani" in page
    assert "Yusuf Beispiel" not in page, "of another family of the same list"
    noted = set(AccessEntry.objects.filter(act="see review").values_list("subject", flat=True))
    assert noted >= {listing_of("Omid"), listing_of("Nadia"), listing_of("Laila")}


def test_a_card_names_nobody_of_the_family_who_is_kept_apart(operation, tmp_path, signed_in) -> None:
    two_lists(tmp_path)
    pair = (listing_of("Laila"), listing_of("Yusuf"))
    judgement_give(pairs=[pair], verdict=JudgementVerdict.KEEP_APART, account="protection", now=NOW)
    resolve_run(account="clerk", now=NOW)
    question = question_about((listing_of("Omid"), listing_of("Nadia")))
    assert "Laila Testani" not in signed_in(Role.ADJUDICATOR).get(f"/reviews/{question}/").text


def test_kin_who_are_only_counted_show_whose_they_are_and_the_cell_that_counts_them(
    operation, tmp_path, signed_in
) -> None:
    text = "Name,DOB,Sex,No. of children,Notes\nKarim Testani,1980,M,2 small girls,calls at night only\n"
    take_in(text, "a.csv", tmp_path, source="One")
    take_in("Name,DOB,Sex\nNadia Muster,2014,F\n", "b.csv", tmp_path, source="Two")
    resolve_run(account="clerk", now=NOW)
    counted = next(one.content["id"] for one in ListingRecord.objects.all() if one.content.get("is_counted"))
    question = question_about((counted, listing_of("Nadia")))
    page = signed_in(Role.ADJUDICATOR).get(f"/reviews/{question}/").text
    assert "counted, not named" in page
    assert "Whose kin" in page
    assert "Karim Testani" in page
    assert "No. of children" in page
    assert "<q>2 small girls</q>" in page
    assert "calls at night only" in page
    assert page.count("<dt>Documents</dt>") == 1, "nothing is stated of whoever is only counted"


def test_undo_takes_the_judgement_back_and_reopens_the_question(question, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    client.post(f"/reviews/{question}/decide/", {"verdict": "different"})
    assert "Undo" in client.get("/reviews/").text
    judged = JudgementRecord.objects.get()
    response = client.post("/reviews/undo/", {"pair": [f"{judged.left}:{judged.right}"]})
    assert response["Location"] == f"/reviews/{question}/", "what is asked again is what is shown"
    judged.refresh_from_db()
    assert judged.withdrawn_by == "adjudicator"
    assert ReviewRecord.objects.get(pk=question).decided_at is None


def test_people_with_a_pass_need_a_second_person(question, signed_in) -> None:
    give_pass("Yusuf")
    first, second = signed_in(Role.ADJUDICATOR), signed_in(Role.SUPERVISOR)
    assert "two people have to agree" in first.get(f"/reviews/{question}/").text
    first.post(f"/reviews/{question}/decide/", {"verdict": "different"})
    assert not JudgementRecord.objects.exists()
    number = JudgementRequest.objects.get().pk
    assert first.post(f"/reviews/second/{number}/", {"answer": "agree"}).status_code == 403
    assert second.post(f"/reviews/second/{number}/").status_code == 403, "no answer is no refusal"
    assert JudgementRequest.objects.get(pk=number).decided_at is None
    second.post(f"/reviews/second/{number}/", {"answer": "agree"})
    judged = JudgementRecord.objects.get()
    assert judged.by == "adjudicator"
    assert JudgementRequest.objects.get().decided_by == "supervisor"
    assert ReviewRecord.objects.get(pk=question).decided_at


def test_a_refused_request_changes_nothing(question, signed_in) -> None:
    give_pass("Yusuf")
    signed_in(Role.ADJUDICATOR).post(f"/reviews/{question}/decide/", {"verdict": "same", "pair": ["x"]})
    signed_in(Role.ADJUDICATOR, Role.REPORTER).post(f"/reviews/{question}/decide/", {"verdict": "different"})
    number = JudgementRequest.objects.get().pk
    signed_in(Role.SUPERVISOR).post(f"/reviews/second/{number}/", {"answer": "refuse"})
    assert not JudgementRecord.objects.exists()
    assert ReviewRecord.objects.get(pk=question).decided_at is None


def test_a_keep_apart_is_not_listed_for_whoever_may_not_see_it(question, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    client.post(f"/reviews/{question}/decide/", {"verdict": "keep-apart"})
    assert "keep apart, confidential" not in client.get("/reviews/").text


def test_htmx_gets_the_next_question_and_its_address(operation, tmp_path, signed_in) -> None:
    two_lists(tmp_path)
    key = question_about((listing_of("Yusuf"), listing_of("Nadia")))
    other = ReviewRecord.objects.get(pk=key)
    other.pk, other.content = "Q-NEXT", {**other.content, "id": "Q-NEXT"}
    other.save(force_insert=True)
    response = signed_in(Role.ADJUDICATOR).post(
        f"/reviews/{key}/decide/", {"verdict": "different"}, headers={"HX-Request": "true"}
    )
    assert response["HX-Push-Url"] == "/reviews/Q-NEXT/"
    assert "<html" not in response.text


def test_a_waterfall_begins_each_bar_where_the_last_one_ended_and_ends_at_the_sum() -> None:
    given = [Evidence(EvidenceField.PRIOR, "prior", -9.0, "Before.")]
    given += [
        Evidence(EvidenceField.NAME, "alike", weight, "x") for weight in (1.0, -2.0, 12.0, 0.1, 0.2, 0.3, 3.0, 0.4)
    ]
    drawn = waterfall_of(given)
    assert [step.weight for step in drawn.steps[:3]] == [-9.0, 12.0, 3.0]
    assert drawn.steps[-1].reason is None
    assert len(drawn.light) == 2
    assert drawn.total.weight == pytest.approx(sum(one.weight for one in given))
    ends = [step.begin + (step.width if step.weight > 0 else 0) for step in drawn.steps]
    starts = [step.begin + (0 if step.weight > 0 else step.width) for step in drawn.steps]
    assert starts[0] == drawn.zero
    assert starts[1:] == pytest.approx(ends[:-1], abs=0.2)
    assert waterfall_of([]).total.weight == 0


def test_applied_answers_change_who_is_whom_and_wait_no_longer(question, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    before = set(PersonListing.objects.values_list("person_id", flat=True))
    client.post(f"/reviews/{question}/decide/", {"verdict": "same", "pair": [the_pair("Yusuf", "Nadia")]})
    assert set(PersonListing.objects.values_list("person_id", flat=True)) == before
    assert client.post("/reviews/apply/").status_code == 302
    assert len(set(PersonListing.objects.values_list("person_id", flat=True))) == len(before) - 1
    assert answers_unapplied("") == 0


def test_answers_are_applied_by_the_worker_and_not_while_the_page_waits(question, signed_in, settings) -> None:
    settings.WORK_AT_ONCE = False
    client = signed_in(Role.ADJUDICATOR)
    client.post(f"/reviews/{question}/decide/", {"verdict": "same", "pair": [the_pair("Yusuf", "Nadia")]})
    response = client.post("/reviews/apply/")
    job = Job.objects.get()
    assert response["Location"] == reverse("console:job", args=[job.pk])
    assert (job.kind, job.state) == (Job.Kind.RESOLVE, Job.State.WAITING)
    assert answers_unapplied("") == 1


def test_an_answer_that_changes_nothing_is_applied_too(question, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    client.post(f"/reviews/{question}/decide/", {"verdict": "different"})
    assert answers_unapplied("") == 1
    client.post("/reviews/apply/")
    assert answers_unapplied("") == 0


def test_what_a_run_held_back_is_shown_with_whom_it_concerns(operation, tmp_path, signed_in) -> None:
    two_lists(tmp_path)
    pair = (listing_of("Omid"), listing_of("Nadia"))
    request_ask([(*pair, "same")], account="desk", now=NOW)
    page = signed_in(Role.ADJUDICATOR).get("/reviews/").text
    assert "Held back by the matcher" in page
    assert all(person_named(name) in page for name in ("Omid", "Nadia"))
    assert JudgementRequest.objects.get().decided_at is None


def test_what_was_said_of_the_answer_before_does_not_stay_over_the_next_question(question, signed_in) -> None:
    client = signed_in(Role.ADJUDICATOR)
    other = ReviewRecord.objects.get(pk=question)
    other.pk, other.content = "Q-NEXT", {**other.content, "id": "Q-NEXT"}
    other.save(force_insert=True)
    pair = f"{min(listing_of('Yusuf'), listing_of('Nadia'))}:{max(listing_of('Yusuf'), listing_of('Nadia'))}"
    client.post(f"/reviews/{question}/decide/", {"verdict": "different"})
    back = client.post("/reviews/undo/", {"pair": [pair]}, follow=True)
    assert "is taken back." in back.text
    following = client.post(
        f"/reviews/{question}/decide/", {"verdict": "different"}, headers={"HX-Request": "true"}
    ).text
    assert '<div id="messages" class="stack" hx-swap-oob="true"></div>' in following


def test_skip_walks_through_the_whole_queue(question, signed_in) -> None:
    for key, harm in (("Q-LATER", 0.3), ("Q-LAST", 0.2)):
        ReviewRecord.objects.create(
            id=key,
            kind="same-person",
            harm=harm,
            content={**ReviewRecord.objects.get(pk=question).content, "id": key},
        )
    client, at, seen = signed_in(Role.ADJUDICATOR), question, []
    for _ in range(3):
        page = client.get(f"/reviews/{at}/").text
        at = page.split('data-key="n" href="/reviews/')[1].split("/")[0]
        seen.append(at)
    assert seen == ["Q-LATER", "Q-LAST", question]


def test_all_of_ones_own_answers_can_be_come_by_and_name_people_instead_of_ids(store, signed_in) -> None:
    client, party = signed_in(Role.SUPERVISOR), party_of("Omid")
    one, other = listing_of("Omid"), listing_of("Nadia")
    for minutes in range(10):
        left, right = sorted((one, other))
        JudgementRecord.objects.create(
            left=left, right=right, verdict="different", by="supervisor", at=NOW + timedelta(minutes=minutes)
        )
    client.post(f"/parties/{party}/member/", {"person": person_named("Omid")})
    page = client.get("/reviews/").text
    recent = page[page.index("Your last judgements") :]
    assert recent.count('action="/reviews/undo/"') == 8
    further = re.search(r'href="(/reviews/\?answers=\d+)"', recent)
    assert further
    rest = client.get(further[1]).text
    rest = rest[rest.index("Your last judgements") :]
    assert rest.count('action="/reviews/undo/"') == 11
    assert "?answers=" not in rest
    assert "travels with <bdi>Karim Testani</bdi>" in rest
    shown = re.sub(r"<(?:a|input|form)[^>]*>", "", recent)
    assert party not in shown
    assert one not in shown
