"""Whoever is kept apart in confidence, and whose party: as if they were not there, to who may not know of them."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from safepassage.apps.accounts.roles import PERMISSIONS, Role
from safepassage.apps.ledger.services import event_append
from safepassage.apps.outreach.models import Call, NextStep
from safepassage.apps.passes.models import PassRecord
from safepassage.apps.policy.models import Override, StandingRecord
from safepassage.apps.policy.publishing import policy_propose
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.answers import judgements_waiting
from safepassage.apps.registry.erasing import person_erase
from safepassage.apps.registry.models import MatcherVersion, ReviewRecord
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.selectors import parties_of
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.work.models import Job
from safepassage.core.identity import JudgementVerdict, ReviewKind
from safepassage.core.ids import ListingId, PersonId
from safepassage.core.ledger import EventKind

from .people import NOW, give_pass, listing_of, party_of, person_named, question_about
from .test_policy import template

pytestmark = pytest.mark.django_db


def test_both_sides_of_a_keep_apart_are_hidden_from_others(kept_apart, signed_in) -> None:
    planner = signed_in(Role.PLANNER)
    for person in kept_apart:
        assert planner.get(f"/persons/{person}/").status_code == 404
        assert planner.get(f"/parties/{parties_of(PersonId(person))[0]}/").status_code == 404
    everyone = planner.get("/parties/").text
    assert "Yusuf Beispiel" not in everyone
    assert parties_of(PersonId(kept_apart[1]))[0] not in everyone
    assert "protected" not in everyone
    assert "kept apart" not in everyone
    assert "Yusuf Beispiel" not in planner.post("/parties/search/", {"q": "yusuf", "fact": "1971"}).text


ID = re.compile(r"\b[A-Z]+-[0-9A-Z]{6,}\b|[A-Za-z0-9]{64}")


def test_an_id_of_somebody_hidden_is_told_as_one_that_nobody_ever_had(kept_apart, signed_in) -> None:
    person = kept_apart[0]
    party = parties_of(PersonId(person))[0]
    nobody, no_party = "N-" + "0" * 12, "P-" + "0" * 12
    give_pass("Yusuf")
    issued = PassRecord.objects.get()
    planner, adjudicator, clerk = (signed_in(one) for one in (Role.PLANNER, Role.ADJUDICATOR, Role.INTAKE_CLERK))
    looks = (
        (planner, "get", f"/persons/{person}/", f"/persons/{nobody}/", {}),
        (planner, "get", f"/parties/{party}/", f"/parties/{no_party}/", {}),
        (planner, "get", f"/parties/{party}/reasons/", f"/parties/{no_party}/reasons/", {}),
        (adjudicator, "post", f"/parties/{party}/member/", f"/parties/{no_party}/member/", {"person": person}),
        (adjudicator, "post", f"/persons/{person}/facts/", f"/persons/{nobody}/facts/", {"code": "staff"}),
        (clerk, "post", f"/left-behind/{party}/", f"/left-behind/{no_party}/", {"act": "done"}),
        (clerk, "post", f"/calls/{party}/outcome/", f"/calls/{no_party}/outcome/", {"outcome": "reached"}),
        (planner, "post", f"/passes/{issued.id}/revoke/", "/passes/nobody-s/revoke/", {"why": "lost"}),
    )
    for client, how, hidden, unknown, said in looks:
        told, absent = (getattr(client, how)(address, said) for address in (hidden, unknown))
        assert (told.status_code, absent.status_code) == (404, 404), hidden
        assert ID.sub("", told.text.replace(hidden, unknown)) == ID.sub("", absent.text), hidden
    for address, field in (("/passes/issue/", "parties"), ("/policy/overrides/", "party")):
        told, absent = (planner.post(address, {field: one, "tier": "1", "reason": "x"}) for one in (party, no_party))
        assert (told.status_code, absent.status_code) == (404, 404), address
        assert ID.sub("", told.text) == ID.sub("", absent.text), address
    assert signed_in(Role.SUPERVISOR).get(f"/persons/{person}/").status_code == 200


def test_lists_of_parties_and_of_those_left_behind_leave_them_out(kept_apart, signed_in) -> None:
    party, other = parties_of(PersonId(kept_apart[1]))[0], party_of("Nadia")
    for one in (party, other):
        NextStep.objects.create(party=one, step="call-again", owner="team-1", due_at=NOW)
    planner, supervisor = signed_in(Role.PLANNER), signed_in(Role.SUPERVISOR)
    for address in ("/parties/", "/left-behind/"):
        page, full = planner.get(address), supervisor.get(address)
        assert other in page.text
        assert party not in page.text
        assert party in full.text
        assert page.context["page"].paginator.count == full.context["page"].paginator.count - len(kept_apart) + (
            address == "/left-behind/"
        )


def test_the_board_counts_the_questions_and_contradictions_of_the_reader_s_own_queue(kept_apart, signed_in) -> None:
    question_about((listing_of("Laila"), listing_of("Nadia")))
    judgement_give(
        pairs=[(ListingId(listing_of("Yusuf")), ListingId(listing_of("Nadia")))],
        verdict=JudgementVerdict.DIFFERENT,
        account="supervisor",
        now=NOW + timedelta(hours=1),
    )
    with override("en"):
        for role, questions, answers in ((Role.ADJUDICATOR, 0, 0), (Role.SUPERVISOR, 1, 1)):
            client = signed_in(role)
            waits = [one.number for one in client.get("/").context["alarms"] if "who is whom" in one.text]
            queue = client.get("/reviews/").context
            assert sum(waits) == queue["page"].paginator.count == questions, role
            assert queue["answers"] == answers, role


def test_nobody_lifts_a_keep_apart_that_they_may_not_know_of(kept_apart, store, signed_in) -> None:
    pair = ":".join(sorted((listing_of("Laila"), listing_of("Yusuf"))))
    adjudicator, supervisor = signed_in(Role.ADJUDICATOR), signed_in(Role.SUPERVISOR)
    review = question_about(tuple(pair.split(":")))
    absent = adjudicator.post("/reviews/undo/", {"pair": [f"{listing_of('Omid')}:{listing_of('Nadia')}"]})
    told = adjudicator.post("/reviews/undo/", {"pair": [pair]})
    assert (told.status_code, absent.status_code) == (409, 409)
    for verdict in ("same", "different", "unsure"):
        answer = adjudicator.post(f"/reviews/{review}/decide/", {"verdict": verdict, "pair": [pair]})
        assert answer.status_code == 404, verdict
    assert adjudicator.get(f"/reviews/{review}/").status_code == 404
    resolve_run(account="clerk", now=NOW)
    assert adjudicator.get(f"/persons/{kept_apart[0]}/").status_code == 404
    assert supervisor.get(f"/reviews/{question_about(tuple(pair.split(':')))}/").status_code == 200
    assert supervisor.post("/reviews/undo/", {"pair": [pair]}).status_code == 302
    assert [one.asked_by for one in judgements_waiting()] == ["supervisor"], "another's keep-apart is lifted by two"


@pytest.mark.parametrize("kind", list(ReviewKind))
def test_a_question_that_names_somebody_kept_apart_is_as_one_that_is_not(kind, kept_apart, signed_in) -> None:
    review = question_about((listing_of("Laila"), listing_of("Nadia")))
    record = ReviewRecord.objects.get()
    ReviewRecord.objects.update(kind=kind, content=record.content | {"kind": kind.value})
    adjudicator, supervisor = signed_in(Role.ADJUDICATOR), signed_in(Role.SUPERVISOR)
    told = adjudicator.get(f"/reviews/{review}/")
    assert told.status_code == 404
    absent = adjudicator.get("/reviews/Q-NONE/")
    pages = [re.sub(r"Q-TEST|Q-NONE|[A-Za-z0-9]{64}", "", one.text) for one in (told, absent)]
    assert pages[0] == pages[1]
    for act in ("decide", "two", "party"):
        assert adjudicator.post(f"/reviews/{review}/{act}/", {"verdict": "different"}).status_code == 404, act
    queue = adjudicator.get("/reviews/")
    assert review not in queue.text
    assert queue.context["page"].paginator.count == 0
    assert queue.context["first"] == ""
    assert supervisor.get(f"/reviews/{review}/").status_code == 200
    seen = supervisor.get("/reviews/")
    assert (seen.context["page"].paginator.count, seen.context["first"]) == (1, review)


def test_an_answer_about_somebody_kept_apart_since_is_not_told_nor_taken_back(store, signed_in) -> None:
    laila, yusuf, nadia = (ListingId(listing_of(one)) for one in ("Laila", "Yusuf", "Nadia"))
    judgement_give(pairs=[(laila, nadia)], verdict=JudgementVerdict.DIFFERENT, account="adjudicator", now=NOW)
    adjudicator, pair = signed_in(Role.ADJUDICATOR), ":".join(sorted((laila, nadia)))
    assert pair in adjudicator.get("/reviews/").text
    judgement_give(pairs=[(laila, yusuf)], verdict=JudgementVerdict.KEEP_APART, account="cpo", now=NOW)
    assert pair not in adjudicator.get("/reviews/").text
    assert adjudicator.post("/reviews/undo/", {"pair": [pair]}).status_code == 409
    assert signed_in(Role.SUPERVISOR).post("/reviews/undo/", {"pair": [pair]}).status_code == 302


def test_a_keep_apart_that_waits_for_its_second_person_is_told_to_few(store, signed_in) -> None:
    pair = tuple(sorted((ListingId(listing_of("Laila")), ListingId(listing_of("Yusuf")))))
    give_pass("Yusuf")
    asked = judgement_give(
        pairs=[pair], verdict=JudgementVerdict.KEEP_APART, account="cpo", why="a reason not told", now=NOW
    )
    adjudicator, supervisor = signed_in(Role.ADJUDICATOR), signed_in(Role.SUPERVISOR)
    assert "a reason not told" not in adjudicator.get("/reviews/").text
    assert adjudicator.post(f"/reviews/second/{asked.request}/", {"answer": "refuse"}).status_code == 404
    assert "a reason not told" in supervisor.get("/reviews/").text
    assert supervisor.post(f"/reviews/second/{asked.request}/", {"answer": "agree"}).status_code == 302


def test_whoever_is_left_of_two_kept_apart_stays_hidden_when_the_other_is_erased(kept_apart, signed_in) -> None:
    person_erase(person=PersonId(kept_apart[1]), reason="request-of-the-person", account="dpo", now=NOW)
    assert signed_in(Role.PLANNER).get(f"/persons/{kept_apart[0]}/").status_code == 404


def test_nobody_acts_on_a_party_that_is_hidden_from_them(kept_apart, signed_in) -> None:
    party = parties_of(PersonId(kept_apart[0]))[0]
    acts = (
        (Role.INTAKE_CLERK, f"/left-behind/{party}/", {"act": "done"}),
        (Role.PLANNER, "/policy/overrides/", {"party": party, "tier": "1", "reason": "x"}),
        (Role.PLANNER, "/passes/issue/", {"parties": party}),
        (Role.ADJUDICATOR, "/reviews/undo/", {"party": party, "person": kept_apart[0]}),
    )
    clients = {role: signed_in(role) for role in dict.fromkeys(role for role, *_ in acts)}
    for role, address, said in acts:
        assert clients[role].post(address, said).status_code in {404, 409}, address


def test_passes_of_those_kept_apart_are_for_whoever_may_know_of_them(kept_apart, signed_in) -> None:
    for name in ("Yusuf", "Nadia"):
        give_pass(name)
    party, other = parties_of(PersonId(kept_apart[1]))[0], party_of("Nadia")
    hidden, seen = PassRecord.objects.get(party=party), PassRecord.objects.get(party=other)
    Call.objects.create(party=party, outcome=Call.Outcome.UNSAFE, at=NOW, by="supervisor")
    planner, supervisor = signed_in(Role.PLANNER), signed_in(Role.SUPERVISOR)
    page = planner.get("/passes/").text
    assert other in page
    assert seen.short_code in page
    assert "1 party of this page is protected" in page
    assert party not in page
    assert hidden.short_code not in page
    assert hidden.id not in page
    assert hidden.short_code in supervisor.get("/passes/").text
    assert planner.post(f"/passes/{hidden.id}/revoke/", {"why": "lost"}).status_code == 404
    hidden.refresh_from_db()
    assert hidden.revoked_at is None
    assert planner.post(f"/passes/{seen.id}/revoke/", {"why": "lost"}).status_code == 302
    assert supervisor.post(f"/passes/{hidden.id}/revoke/", {"why": "lost"}).status_code == 302
    assert party not in planner.get("/passes/?which=revoked").text


def test_passes_that_a_supervisor_asked_for_are_not_asked_for_again_by_others(kept_apart, signed_in) -> None:
    planner = signed_in(Role.PLANNER)
    for part, status in (("Yusuf", 404), ("Nadia", 302)):
        asked = Job.objects.create(
            kind=Job.Kind.PASSES, arguments={"parties": [party_of(part)]}, asked_by="supervisor", asked_at=NOW,
            state=Job.State.FAILED,
        )  # fmt: skip
        assert planner.post(reverse("console:job-again", args=[asked.pk])).status_code == status, part
    assert Job.objects.count() == 3


def test_the_page_of_overrides_is_silent_about_them_to_others(kept_apart, signed_in, monkeypatch) -> None:
    party, other = (parties_of(PersonId(person))[0] for person in kept_apart)
    planner, supervisor = signed_in(Role.PLANNER), signed_in(Role.SUPERVISOR)
    said = {"party": party, "tier": "1", "reason": "a reason not told"}
    assert supervisor.post("/policy/overrides/", said).status_code == 302
    assert party not in planner.get("/policy/overrides/").text
    assert "a reason not told" in supervisor.get("/policy/overrides/").text
    again, decide = signed_in(Role.SUPERVISOR, Role.ADJUDICATOR), f"/policy/overrides/{Override.objects.get().pk}/"
    with monkeypatch.context() as patched:
        patched.setitem(PERMISSIONS, "apart.see", frozenset({Role.CHILD_PROTECTION}))
        assert again.post(decide, {"answer": "agree"}).status_code == 404
        assert again.post(decide, {"answer": "refuse"}).status_code == 404
    assert again.post(decide, {"answer": "agree", "displaced": other}).status_code == 302
    assert not {party, other} & set(planner.get("/policy/overrides/").text.replace("<", " ").split())


def test_the_matcher_s_page_names_nobody_kept_apart_to_who_may_not_know(kept_apart, signed_in) -> None:
    laila, yusuf = kept_apart
    nadia, gone = person_named("Nadia"), "P-00000000"
    shown = {"persons": [4, 3], "questions": [0, 0], "merged": 2, "split": 1}
    MatcherVersion.objects.create(
        version="abc", parameters={}, proposed_at=NOW, proposed_by="desk", listings=4, state="s",
        effect={**shown, "merged_shown": [[gone, laila], [gone, nadia]], "split_shown": [[gone, yusuf]]},
    )  # fmt: skip
    told = {role: signed_in(role).get("/lists/matcher/").text for role in (Role.ADJUDICATOR, Role.SUPERVISOR)}
    assert all(one in told[Role.SUPERVISOR] for one in (laila, yusuf, nadia))
    assert nadia in told[Role.ADJUDICATOR]
    assert laila not in told[Role.ADJUDICATOR]
    assert yusuf not in told[Role.ADJUDICATOR]


def test_a_search_tells_others_nothing_of_people_kept_apart_nor_that_there_are_any(kept_apart, signed_in) -> None:
    planner, supervisor = signed_in(Role.PLANNER), signed_in(Role.SUPERVISOR)
    for asked in ({"q": "yusuf", "fact": "1971"}, {"q": "0700000002"}, {"q": kept_apart[1]}):
        page = planner.post("/parties/search/", asked).text
        assert "Nobody was found" in page, asked
        assert "protected" not in page
        assert "Yusuf Beispiel" in supervisor.post("/parties/search/", asked).text


def test_who_erases_somebody_kept_apart_is_not_told_their_name(kept_apart, signed_in) -> None:
    page = signed_in(Role.DATA_PROTECTION).get(f"/persons/{kept_apart[1]}/erase/").text
    assert kept_apart[1] in page
    assert "Yusuf" not in page


def test_those_kept_apart_are_on_no_call_list_of_others(kept_apart, signed_in) -> None:
    policy_propose(text=template(), account="supervisor", is_unsigned_accepted=True, now=NOW)
    standings_apply(account="supervisor", now=NOW)
    for record in StandingRecord.objects.all():
        standing = record.content | {"tier": 1, "principal": record.content["members"][0]["person"]}
        StandingRecord.objects.filter(pk=record.pk).update(tier=1, content=standing)
    clerk, supervisor = signed_in(Role.INTAKE_CLERK), signed_in(Role.SUPERVISOR)
    assert "Yusuf Beispiel" in supervisor.get("/calls/").text
    page = clerk.get("/calls/").text
    assert "Yusuf Beispiel" not in page
    assert "protected" in page
    party = parties_of(PersonId(kept_apart[1]))[0]
    assert clerk.post(f"/calls/{party}/outcome/", {"outcome": "no-answer"}).status_code == 404
    for client, is_there in ((clerk, False), (supervisor, True)):
        sheet = load_workbook(BytesIO(client.post("/calls/sheet.xlsx").content)).active
        cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
        assert ("Yusuf Beispiel" in cells) is is_there


def test_protection_officers_see_who_is_kept_apart(kept_apart, signed_in) -> None:
    laila, yusuf = kept_apart
    page = signed_in(Role.CHILD_PROTECTION).get(f"/parties/{parties_of(PersonId(laila))[0]}/").text
    assert yusuf in page


def test_nobody_checks_a_fact_about_somebody_hidden_from_them(kept_apart, signed_in) -> None:
    policy_propose(text=template(), account="supervisor", is_unsigned_accepted=True, now=NOW)
    asked = {"code": "staff", "truth": "true", "evidence": "original-seen"}
    for role, status in ((Role.ADJUDICATOR, 404), (Role.SUPERVISOR, 302)):
        client = signed_in(role)
        assert client.post(f"/persons/{kept_apart[1]}/facts/", asked).status_code == status


def test_the_log_and_its_alarms_name_nobody_who_is_hidden(kept_apart, signed_in) -> None:
    person = kept_apart[1]
    party = parties_of(PersonId(person))[0]
    for point in ("gate-1", "gate-2"):
        body = {"point": point, "rows": ((person, party),)}
        event_append(kind=EventKind.PERSONS_ADMITTED, body=body, account="desk", now=NOW)
    body = {"point": "gate-1", "party": party}
    event_append(kind=EventKind.WATCHED_SIGNALLED, body=body, account="desk", now=NOW)
    supervisor, officer = signed_in(Role.SUPERVISOR), signed_in(Role.GATE_OFFICER)
    for address in ("/gate/", "/api/v1/alarms"):
        told, full = officer.get(address).text, supervisor.get(address).text
        assert "gate-1" in told or "admitted-twice" in told
        assert party not in told
        assert person not in told
        assert person in full
    assert party in supervisor.get("/gate/").text
