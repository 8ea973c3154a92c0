"""Lists: upload, inspection, intake, rejects, the run of the matcher."""

from __future__ import annotations

import csv

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.intake.models import Batch, ColumnTemplate, ListingRecord, Source, SourceRow
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.ledger.selectors import events_after
from safepassage.cli import app
from safepassage.core.ledger import EventKind

pytestmark = pytest.mark.django_db
LIST = (
    "Family No,Full name,Relation,Sex,Date of birth,Phone\n"
    "1,Karim Testani,head,M,1980-05-14,0700000001\n"
    "1,Laila Testani,wife,F,1984-02-03,\n"
    "2,Yusuf Beispiel,head,M,1971-11-30,0700000002\n"
    ",,,,=HYPERLINK(1),\n"
)
TERMS = {"name": "Test embassy", "owner": "Consul", "basis": "vital interests", "purposes": "evacuation",
         "trust": "2", "sharing": "operation", "retention_days": "90"}  # fmt: skip


def events_of(kind: EventKind):
    return [event for event in events_after() if event.kind is kind]


def upload(client, content: str = LIST, **terms):
    file = SimpleUploadedFile("families.csv", content.encode())
    return client.post("/lists/upload/", {"file": file, **(TERMS | terms)})


def test_an_upload_is_looked_at_before_anything_is_taken_in(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    assert upload(client)["Location"] == "/lists/inspect/"
    page = client.get("/lists/inspect/").text
    assert "Full name" in page
    assert 'value="birth" selected' in page
    assert not Batch.objects.exists()
    assert "Test embassy" in page
    assert not Source.objects.exists(), "who sends lists is on record once one of theirs is taken in"
    assert not events_of(EventKind.SOURCE_REGISTERED)
    client.post("/lists/inspect/", {})
    assert [one.name for one in Source.objects.all()] == ["Test embassy"]
    assert len(events_of(EventKind.SOURCE_REGISTERED)) == 1


def test_a_list_is_taken_in_with_its_terms(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client)
    response = client.post("/lists/inspect/", {"save-0": "Embassy form"}, follow=True)
    batch = Batch.objects.get()
    assert batch.listings_made == 3
    assert batch.source.retention_days == 90
    assert batch.source.sharing == "operation"
    assert "families.csv" in response.text
    assert ColumnTemplate.objects.get().name == "Embassy form"
    assert "Test embassy" in client.get("/lists/").text


def test_a_corrected_column_is_read_as_the_person_says(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client)
    client.post("/lists/inspect/", {"field-0-5": "ignore"})
    assert all(not one.content["phones"] for one in ListingRecord.objects.all())


def test_a_column_is_given_to_a_further_member_with_a_relation_and_the_map_keeps_it(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    content = "Full name,Phone,First young one,When\nKarim Testani,0700000001,Omid Testani,2012-03-04\n"
    upload(client, content)
    assert 'name="relation-0-2"' in client.get("/lists/inspect/").text
    child = {"member": "1", "relation": "child"}
    said = {f"{what}-0-{place}": value for place in (2, 3) for what, value in child.items()}
    client.post("/lists/inspect/", {**said, "field-0-2": "name", "field-0-3": "birth", "save-0": "With a child"})
    karim, omid = ListingRecord.objects.order_by("content__name")
    assert (karim.content["name"], omid.content["name"]) == ("Karim Testani", "Omid Testani")
    assert (karim.content["birth"], omid.content["relation"]) == (None, "child")
    assert omid.content["birth"]["text"] == "2012-03-04"
    assert karim.group == omid.group
    upload(client, content.replace("Omid", "Farid"), name="Another source")
    page = client.get("/lists/inspect/").text
    assert page.count('value="child" selected') == 2


def test_a_member_or_relation_that_cannot_be_is_left_as_it_was(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client)
    client.post("/lists/inspect/", {"member-0-1": "100000", "relation-0-1": "robot"})
    assert Batch.objects.get().listings_made == 3


def test_the_same_list_again_changes_nothing(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    for _ in range(2):
        upload(client)
        response = client.post("/lists/inspect/", follow=True)
    assert Batch.objects.count() == 1
    assert "taken in before" in response.text


def test_a_file_that_is_no_list_says_what_to_do(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    file = SimpleUploadedFile("photo.xlsx", b"PK\x03\x04 not a workbook at all")
    response = client.post("/lists/upload/", {"file": file, **TERMS})
    assert response.status_code == 422
    assert 'class="errorlist"' in response.text


def test_a_new_source_needs_a_name_and_a_basis(signed_in) -> None:
    response = upload(signed_in(Role.INTAKE_CLERK), name="", basis="")
    assert response.status_code == 422
    assert "Name the source" in response.text
    assert "legal basis" in response.text


def test_rejects_can_be_sent_back_to_the_source(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client)
    client.post("/lists/inspect/")
    batch = Batch.objects.get()
    response = client.get(f"/lists/batches/{batch.id}/rejects.csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "file,sheet,row,column,what,reason,advice"
    assert len(lines) == 1 + batch.rejects.count()
    assert "Testani" not in response.text


def test_rejects_hold_no_formula_however_it_begins(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client)
    client.post("/lists/inspect/")
    batch = Batch.objects.get()
    batch.rejects.create(number=9, code="unreadable", reason="No date.", is_whole_row=False)
    for column in ("=cmd|'/c calc'!A0", " =1+1", "\uff1d1+1", "@SUM(1)", "\t=1"):
        batch.rejects.update(column=column)
        answer = client.get(f"/lists/batches/{batch.id}/rejects.csv")
        rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
        assert len(rows) > 1
        assert all(row[3] == f"'{column}" for row in rows[1:])


def test_the_matcher_runs_from_the_page(signed_in) -> None:
    client = signed_in(Role.SUPERVISOR)
    upload(client)
    client.post("/lists/inspect/")
    assert "New listings have come in" in client.get("/lists/").text
    response = client.post("/lists/resolve/", follow=True)
    assert "3 listings, 3 persons, 2 parties" in response.text
    assert "New listings have come in" not in response.text


def test_looking_at_a_batch_is_noted(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client)
    client.post("/lists/inspect/")
    batch = Batch.objects.get()
    client.get(f"/lists/batches/{batch.id}/")
    assert AccessEntry.objects.filter(subject=batch.id, act="see batch").count() == 1


def test_a_correction_counts_for_a_list_that_was_taken_in_before(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client)
    client.post("/lists/inspect/")
    upload(client)
    response = client.post("/lists/inspect/", {"field-0-5": "ignore"}, follow=True)
    assert "3 listings are taken in." in response.text
    assert all(not one.content["phones"] for one in ListingRecord.objects.all())
    assert Batch.objects.count() == 1


STAFF = (
    "Family No,Full name,Relation,Age,Position\n"
    "1,Karim Testani,head,41,driver\n"
    "1,Laila Testani,wife,36,\n"
    "2,Yusuf Beispiel,head,50,\n"
    "3,Omid Muster,head,30,cook\n"
)
WORDS = {"field-0-4": "claim", "word-0-4": ["cook", "driver"], "meaning-0-4": ["", "staff"]}


def claims() -> dict[str, list[str]]:
    return {one.content["name"]: one.content["claims"] for one in ListingRecord.objects.all()}


def test_the_look_at_a_list_says_what_would_come_out(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client)
    page = client.get("/lists/inspect/").text
    assert "What would come out" in page
    assert '<td class="number"><strong>3</strong></td>' in page
    assert not Batch.objects.exists()


def test_what_is_said_of_everyone_is_an_event_shown_on_the_batch_and_taken_back_by_leaving_it_blank(
    signed_in,
) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client, STAFF)
    page = client.post("/lists/inspect/", {"all-claim": "siv", "all-place": "Old school"}, follow=True).text
    assert "Everyone on this list" in page
    assert "SIV applicant" in page
    assert claims()["Yusuf Beispiel"] == ["siv"]
    assert claims()["Laila Testani"] == []
    upload(client, STAFF)
    page = client.get("/lists/inspect/").text
    assert "This list was taken in before" in page
    assert '<option value="siv" selected>' in page
    page = client.post("/lists/inspect/", {"all-claim": "", "all-place": "Old school"}, follow=True).text
    assert "SIV applicant" not in page
    assert claims()["Yusuf Beispiel"] == []
    told = [one.body.get("everyone") for one in events_of(EventKind.BATCH_RECEIVED)]
    assert told == [("claim-siv", "place"), ("place",)]


def test_a_category_that_is_none_is_refused_and_the_list_still_waits(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client, STAFF)
    response = client.post("/lists/inspect/", {"all-claim": "emperor"})
    assert response.status_code == 422
    assert client.post("/lists/inspect/", follow=True).status_code == 200
    assert Batch.objects.count() == 1


def test_words_that_nobody_knows_are_told_on_the_batch_and_mean_what_a_person_says(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client, STAFF)
    page = client.post("/lists/inspect/", {"field-0-4": "claim"}, follow=True).text
    assert "2 values in “Position” are no claimed category that we know:" in page
    assert "<bdi>driver</bdi> (1)" in page
    assert claims()["Karim Testani"] == ["other"]
    upload(client, STAFF)
    assert 'name="meaning-0-4"' in client.get("/lists/inspect/").text
    page = client.post("/lists/inspect/", WORDS, follow=True).text
    assert claims()["Karim Testani"] == ["staff"]
    assert "1 value in “Position” is no claimed category that we know:" in page
    assert SourceRow.objects.get(number=2).cells[4] == "driver"


def test_taking_a_list_in_again_keeps_the_corrections_of_the_first_time(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client, STAFF)
    client.post("/lists/inspect/", {"field-0-4": "ignore"})
    upload(client, STAFF)
    assert 'value="ignore" selected' in client.get("/lists/inspect/").text


def test_a_corrected_map_is_looked_at_again_before_anything_is_taken_in(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    upload(client)
    said = {"field-0-1": "ignore", "save-0": "Embassy form", "all-place": "Old school", "look": "1"}
    response = client.post("/lists/inspect/", said)
    assert response.status_code == 200
    assert "Nothing is taken in yet" in response.text
    assert 'value="ignore" selected' in response.text
    assert 'value="Embassy form"' in response.text, "what was typed stays"
    assert 'value="Old school"' in response.text
    assert "<strong>3</strong>" not in response.text, "without names fewer people come out"
    assert not Batch.objects.exists()
    assert not ColumnTemplate.objects.exists()
    client.post("/lists/inspect/", {"field-0-1": "name"})
    assert Batch.objects.get().listings_made == 3


def test_a_source_of_which_nobody_says_how_far_it_is_believed_is_unknown_by_console_and_command(
    signed_in, tmp_path, monkeypatch
) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    assert 'value="0" selected' in client.get("/lists/upload/").text
    upload(client, trust="")
    client.post("/lists/inspect/", {})
    monkeypatch.setattr("safepassage.cli.lists.open_store", lambda _home: None)
    (tmp_path / "theirs.csv").write_text(LIST, encoding="utf-8")
    done = CliRunner().invoke(app, ["intake", str(tmp_path / "theirs.csv"), "--source", "Volunteers"])
    assert done.exit_code == 0, done.output
    assert dict(Source.objects.values_list("name", "trust")) == {"Test embassy": 0, "Volunteers": 0}
