"""Calls, texts, passes, counterpart sheets, left behind, accounts, access log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from safepassage.apps.accounts.models import Account
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.accounts.services import account_create, account_password_set
from safepassage.apps.console.selectors import convoys
from safepassage.apps.console.selectors.convoys import ConvoyLine, ConvoyVehicleLine
from safepassage.apps.ledger.models import AccessEntry, EventRecord
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.ledger.services import account_ref
from safepassage.apps.outreach.models import Call, NextStep, PublicText
from safepassage.apps.passes.keyring import keys_make
from safepassage.apps.passes.models import CounterpartSheet, IssuingKey, PassRecord
from safepassage.apps.passes.orders import PRINT_LOST_AFTER, orders_due
from safepassage.apps.passes.selectors import passes_living
from safepassage.apps.policy.models import StandingRecord
from safepassage.apps.policy.publishing import policy_propose
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.selectors import parties_of
from safepassage.apps.work import kinds
from safepassage.apps.work.models import Job
from safepassage.core.ids import PersonId
from safepassage.core.ledger import EventKind
from tests.make import NOW as BOOKED_AT
from tests.make import OWN, with_bookings

from .people import NOW, listing_of, person_named, question_about, two_lists
from .test_policy import template

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(operation, tmp_path):
    two_lists(tmp_path)


def party_of(part: str) -> str:
    return parties_of(PersonId(person_named(part)))[0]


@pytest.fixture
def ranked(store):
    """Everyone has a standing under the shipped template, and the Beispiel party a tier."""
    policy_propose(text=template(), account="clerk", is_unsigned_accepted=True, now=NOW)
    standings_apply(account="clerk", now=NOW)
    party, person = party_of("Yusuf"), person_named("Yusuf")
    record = StandingRecord.objects.get(pk=party)
    record.tier, record.rank, record.order, record.outcome = 1, 1, 1, "tier"
    record.content |= {"tier": 1, "rank": 1, "order": 1, "outcome": "tier", "principal": person}
    record.save()
    return party


def test_the_call_list_is_in_policy_order_with_phones(ranked, signed_in) -> None:
    page = signed_in(Role.PLANNER).get("/calls/").text
    assert "Yusuf Beispiel" in page
    assert "+93700000002" in page
    assert AccessEntry.objects.filter(act="see call list").count() == 1


def test_the_call_list_says_who_of_a_party_may_not_come(ranked, signed_in) -> None:
    record = StandingRecord.objects.get(pk=party_of("Laila"))
    laila = person_named("Laila")
    for member in record.content["members"]:
        member["status"] = "principal" if member["person"] == laila else "excluded"
    record.tier, record.rank, record.order, record.outcome = 1, 2, 2, "tier"
    record.content |= {"tier": 1, "rank": 2, "order": 2, "outcome": "tier", "principal": laila}
    record.save()
    page = signed_in(Role.PLANNER).get("/calls/").text
    assert page.count("1 of 3 may come") == 1
    said = page.split("1 of 3 may come")[1].split("</td>")[0]
    assert "<bdi>Omid Testani</bdi>" in said
    assert "may not come" in said
    assert AccessEntry.objects.filter(act="see call list", subject=person_named("Omid")).exists()


def test_a_number_that_is_held_back_is_said_to_be_and_is_not_no_phone(ranked, signed_in, monkeypatch) -> None:
    monkeypatch.setattr("safepassage.apps.outreach.selectors.phones_unsafe", lambda: frozenset({"+93700000002"}))
    said = {
        Role.SUPERVISOR: "1 number is held back: a party that is unsafe to call has given the same",
        Role.PLANNER: "1 number is held back: nobody may call it",
    }
    for role, words in said.items():
        page = signed_in(role).get("/calls/").text
        assert "+93700000002" not in page
        assert words in page
        assert ("unsafe to call has given" in page) is (role is Role.SUPERVISOR), (
            "it may be one that they may not know"
        )
        assert "no phone is known" not in page


def test_a_row_that_may_be_the_same_family_as_another_leads_to_it(ranked, signed_in) -> None:
    question_about((listing_of("Yusuf"), listing_of("Nadia")))
    page = signed_in(Role.PLANNER).get("/calls/").text
    assert "may be the same family as" in page
    assert f'href="/parties/{party_of("Nadia")}/"' in page


def test_an_outcome_is_noted_and_the_row_comes_back(ranked, signed_in) -> None:
    response = signed_in(Role.INTAKE_CLERK).post(
        f"/calls/{ranked}/outcome/", {"outcome": "no-answer"}, headers={"HX-Request": "true"}
    )
    assert response.text.startswith("<tr")
    assert Call.objects.get().outcome == "no-answer"
    assert EventRecord.objects.filter(kind="call-outcomes").count() == 1
    assert not EventRecord.objects.filter(kind="persons-called").exists()


def test_whoever_was_reached_counts_as_called(ranked, signed_in) -> None:
    signed_in(Role.PLANNER).post(f"/calls/{ranked}/outcome/", {"outcome": "reached"})
    assert EventRecord.objects.filter(kind="persons-called").count() == 1


def test_an_outcome_outside_the_list_is_refused(ranked, signed_in) -> None:
    assert signed_in(Role.PLANNER).post(f"/calls/{ranked}/outcome/", {"outcome": "married"}).status_code == 403


def test_the_call_sheet_is_an_export(ranked, signed_in) -> None:
    response = signed_in(Role.PLANNER).post("/calls/sheet.xlsx")
    assert response.content.startswith(b"PK")
    assert "attachment" in response["Content-Disposition"]
    assert EventRecord.objects.filter(kind="export-made").count() == 1


def test_machine_made_texts_are_marked_until_a_person_approves_them(operation, signed_in) -> None:
    client = signed_in(Role.LIAISON)
    assert "machine-made: not approved" in client.get("/calls/texts/").text
    text = PublicText.objects.filter(language="ps").first()
    client.post("/calls/texts/", {"code": text.code, "language": "ps", "text": text.text})
    text.refresh_from_db()
    assert text.approved_by == "liaison"


@pytest.fixture
def living_pass(store):
    key = IssuingKey.objects.create(key_id="k1", public_key="00", valid_from=NOW)
    return PassRecord.objects.create(
        id="P-0123456789AB", party=party_of("Yusuf"), persons=[person_named("Yusuf")], heads=1, access_point="gate-1",
        window_start=NOW, window_end=NOW, policy_version="p 1", key=key, text="", short_code="AB12",
        recognition_digest="", watched_digest="", issued_at=NOW, issued_by="desk",
    )  # fmt: skip


def test_a_pass_is_withdrawn_for_a_reason_of_the_list(living_pass, signed_in) -> None:
    client = signed_in(Role.PLANNER)
    assert "AB12" in client.get("/passes/").text
    assert client.post(f"/passes/{living_pass.id}/revoke/", {"why": "whim"}).status_code == 403
    client.post(f"/passes/{living_pass.id}/revoke/", {"why": "copied"})
    living_pass.refresh_from_db()
    assert living_pass.revoked_why == "copied"
    assert "AB12" in client.get("/passes/?which=revoked").text


def test_nobody_due_means_no_pdf(store, signed_in) -> None:
    response = signed_in(Role.PLANNER).post("/passes/issue/", follow=True)
    assert "Nobody is due a pass" in response.text


@pytest.fixture
def convoy(operation, monkeypatch):
    """One convoy of two buses, and the key folder that signs its sheet."""

    keys_make()
    line = ConvoyLine(
        "convoy-1", "cp-road", NOW, (ConvoyVehicleLine("bus-1", "white", 40), ConvoyVehicleLine("bus-2", "blue", 0))
    )
    monkeypatch.setattr(convoys, "convoys_now", lambda: [line])
    return line


def test_a_counterpart_sheet_shows_tokens_plates_and_heads_alone(convoy, signed_in) -> None:
    client = signed_in(Role.SUPERVISOR)
    said = {"reference": "convoy-1", "checkpoint": "cp-road", "plate-bus-1": "KBL 12345"}
    page = client.post("/counterpart/make/", said, follow=True).text
    sheet = CounterpartSheet.objects.get()
    assert sheet.content["rows"][0]["token"] in page
    assert "KBL 12345" in page
    for ours in ("convoy-1", "bus-1", "Safe Passage", "Kabul test", "/parties/"):
        assert ours not in page, ours
    (told,) = events_of_kind(EventKind.EXPORT_MADE)
    assert (told.body["what"], told.body["recipient"]) == ("counterpart-sheet", "checkpoint-authority")
    assert client.get(f"/counterpart/{sheet.pk}/square.png").content.startswith(b"\x89PNG")


def test_a_vehicle_without_a_plate_gets_no_sheet(convoy, signed_in) -> None:
    response = signed_in(Role.SUPERVISOR).post(
        "/counterpart/make/", {"reference": "convoy-1", "checkpoint": "cp-road"}
    )
    assert response.status_code == 422
    assert not CounterpartSheet.objects.exists()


def test_closing_a_phase_gives_everyone_a_next_step(store, signed_in) -> None:
    client = signed_in(Role.SUPERVISOR)
    refused = client.post("/left-behind/close/", {"phase": "phase-1", "owner": "team-1", "confirmation": "no"})
    assert refused.status_code == 403
    client.post("/left-behind/close/", {"phase": "phase-1", "owner": "team-1", "confirmation": "phase-1"})
    assert NextStep.objects.filter(owner="team-1").count() >= 3
    page = client.get("/left-behind/").text
    assert "Yusuf Beispiel" in page
    assert "team-1" in page


def test_a_next_step_changes_its_owner_and_is_done(store, signed_in) -> None:
    party, client = party_of("Yusuf"), signed_in(Role.PLANNER)
    due = {"step": "call-again", "owner": "team-2", "due_at": "2021-09-01T10:00"}
    client.post(f"/left-behind/{party}/", due)
    assert NextStep.objects.get(pk=party).owner == "team-2"
    assert client.post(f"/left-behind/{party}/", {"step": "pray"}).status_code == 403
    client.post(f"/left-behind/{party}/", {"act": "done"})
    assert NextStep.objects.get(pk=party).done_at


def test_an_administrator_makes_and_closes_accounts(operation, signed_in) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    weak = client.post("/accounts/", {"username": "desk-2", "password": "password", "role": ["planner"]})
    assert weak.status_code == 403
    said = {"username": "desk-2", "password": "four random words here", "role": ["planner", "liaison"]}
    client.post("/accounts/", said)
    assert Account.objects.get(username="desk-2").roles == {Role.PLANNER, Role.LIAISON}
    client.post("/accounts/desk-2/", {"act": "roles", "role": ["reporter"]})
    assert Account.objects.get(username="desk-2").roles == {Role.REPORTER}
    client.post("/accounts/desk-2/", {"act": "close"})
    assert not Account.objects.get(username="desk-2").is_active
    assert [one.act for one in AccessEntry.objects.filter(subject=account_ref("desk-2")).order_by("pk")] == [
        "account created", "account roles-set", "account closed",
    ]  # fmt: skip


def test_the_last_administrator_stays(operation, signed_in) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    assert client.post("/accounts/administrator/", {"act": "close"}).status_code == 403
    assert client.post("/accounts/administrator/", {"act": "roles", "role": ["planner"]}).status_code == 403
    account_create(username="second", password=None, roles=frozenset({Role.ADMINISTRATOR}))
    client.post("/accounts/administrator/", {"act": "roles", "role": ["planner"]})
    assert Account.objects.get(username="administrator").roles == {Role.PLANNER}


def test_the_access_log_is_searched_by_account_and_record(store, signed_in) -> None:
    person = person_named("Laila")
    signed_in(Role.PLANNER).get(f"/persons/{person}/")
    officer = signed_in(Role.DATA_PROTECTION)
    assert "see person" in officer.get(f"/access-log/?subject={person}").text
    assert "see person" not in officer.get("/access-log/?account=somebody-else").text


def test_a_print_that_was_collected_is_on_paper_and_its_passes_are_not_due_again(
    operation, tmp_path, signed_in, monkeypatch
) -> None:
    keys_make()
    with_bookings(tmp_path)
    monkeypatch.setattr(timezone, "now", lambda: BOOKED_AT + timedelta(minutes=5))
    monkeypatch.setattr(kinds, "passes_print", lambda _issued: b"%PDF ")
    client = signed_in(Role.PLANNER)
    client.post("/passes/issue/")
    gone = BOOKED_AT + timedelta(minutes=5) + PRINT_LOST_AFTER
    assert len(orders_due(now=gone)) == passes_living().count() > 0
    assert client.get(reverse("console:job-print", args=[Job.objects.get().pk])).content == b"%PDF "
    assert orders_due(now=gone) == []


def test_an_administrator_becomes_a_supervisor_only_beside_somebody_who_is_one(operation, signed_in) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    account_create(username="officer-1", password="words of the officer here", roles=frozenset({Role.SUPERVISOR}))
    self_made_again("officer-1")
    asked = {"act": "roles", "role": ["administrator", "supervisor"]}
    alone = administrator.post("/accounts/administrator/", asked)
    assert alone.status_code == 403
    assert "a second person who sees them agrees" in alone.text
    wrong = {"second": "officer-1", "second_password": "not these words at all"}
    assert administrator.post("/accounts/administrator/", asked | wrong).status_code == 403
    assert not account_named("administrator").may("apart.see")
    right = {"second": "officer-1", "second_password": OWN}
    assert administrator.post("/accounts/administrator/", asked | right).status_code == 302
    assert account_named("administrator").may("apart.see")


def self_made_again(name: str) -> None:
    """Their holder types a password of their own."""
    account_password_set(account=account_named(name), password=OWN, by=name)
