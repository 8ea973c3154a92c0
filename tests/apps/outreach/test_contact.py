"""Who is unsafe to call or has refused: no sheet shows a number, no pass is given in vain, and everybody is told."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.bookings import bookings_lines
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.manifests import manifest_read
from safepassage.apps.movement.selectors import plan_read
from safepassage.apps.movement.services import plan_make
from safepassage.apps.outreach.alarms import alarms_now
from safepassage.apps.outreach.contact import ContactWarnings, contact_warnings, contact_warnings_booked
from safepassage.apps.outreach.selectors import call_lines, call_lines_of
from safepassage.apps.outreach.services import call_record
from safepassage.apps.outreach.sheets import call_sheet_make, manifest_sheet
from safepassage.apps.passes.orders import orders_due
from safepassage.apps.passes.services import passes_issue_due
from safepassage.apps.policy.services import standing_explain
from safepassage.apps.registry.models import PartyFlagged, PartyRecord, PersonRecord, ReviewRecord
from safepassage.apps.registry.selectors import parties_by_id
from safepassage.apps.registry.values import PARTY, REVIEW
from safepassage.core.identity import Link, PartyFlag, Review, ReviewKind
from safepassage.core.policy import MemberStatus
from tests.make import EVERYONE, NOW, with_bookings, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
KARIMS_NUMBER = "+93700000101"


def party_of(name: str) -> str:
    """The party whose principal bears this name."""
    return next(line.party for line in call_lines() if name in line.principal.name)


def called(name: str, *outcomes: str) -> str:
    party = party_of(name)
    for minutes, outcome in enumerate(outcomes):
        call_record(party=party, outcome=outcome, account="planner-1", now=NOW + timedelta(minutes=minutes))
    return party


def sheet_rows(*, is_protected_in: bool = True) -> dict[str, dict[str, object]]:
    """The printed call sheet by party."""
    content = call_sheet_make(account="planner-1", now=NOW, is_protected_in=is_protected_in)
    _, _, header, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return {str(row[0]): dict(zip(header, row, strict=True)) for row in rows if row[0]}


def test_no_call_sheet_holds_a_number_of_whoever_is_unsafe_to_call(tmp_path):
    sister = ("4", "Huma Muster", "Omar", "head", "F", "1992-02-02", "P0000401", "0700000101", "SIV", "Kabul")
    with_bookings(tmp_path, [*EVERYONE, sister])
    other = party_of("Huma")
    assert KARIMS_NUMBER in str(sheet_rows())
    party = called("Karim", "unsafe-to-call")
    rows = sheet_rows()
    assert not rows[party]["Phones"]
    assert "UNSAFE TO CALL" in str(rows[party]["Mind"])
    assert KARIMS_NUMBER not in str(rows), "the number that the sister gave rings with him"
    assert rows[other]["Mind"] == "a number is held back: a party that is unsafe to call has given the same"
    assert sheet_rows(is_protected_in=False)[other]["Mind"] == "a number is held back: nobody may call it"
    assert "unsafe" not in str(rows[party_of("Nadia")]["Mind"]).lower()
    assert call_lines_of([party])[0].phones == call_lines_of([other])[0].phones == ()


def test_a_party_without_any_number_says_so(tmp_path):
    silent = ("4", "Huma Muster", "Omar", "head", "F", "1992-02-02", "P0000401", "", "SIV", "Kabul")
    with_bookings(tmp_path, [*EVERYONE[:3], silent])
    assert sheet_rows()[party_of("Huma")]["Mind"] == "no phone is known"


BROTHER = ("1", "Samad Testani", "Ghafar", "brother", "M", "1988-04-04", "P0000104", "", "", "Kabul")
OMID = "Omid Testani (child) keeps a seat while a fact is missing (ask)"


def test_the_call_sheet_says_who_of_a_party_may_not_come(tmp_path):
    with_bookings(tmp_path, [*EVERYONE, BROTHER])
    rows, karim, nadia = sheet_rows(), party_of("Karim"), party_of("Nadia")
    assert (rows[karim]["People"], rows[karim]["May come"]) == (3, "2 of 4")
    said = f"2 of 4 may come: Samad Testani (sibling) may not come, {OMID}"
    assert rows[karim]["Mind"] == said
    assert (rows[nadia]["May come"] or "", rows[nadia]["Mind"] or "") == ("", "")
    (line,) = call_lines_of([karim])
    (party,) = parties_by_id([karim]).values()
    headline = standing_explain(party=party, now=NOW).headline
    assert f"{line.may_come} of {line.members} members may come" in headline
    assert [(one.name, one.status) for one in line.not_coming] == [
        ("Samad Testani", MemberStatus.EXCLUDED),
        ("Omid Testani", MemberStatus.UNSETTLED),
    ]
    hidden = line.without({line.not_coming[0].person})
    assert [one.name for one in hidden.not_coming] == ["", "Omid Testani"]
    assert hidden.may_come == 2


def asked(*people: str, kind: ReviewKind = ReviewKind.SAME_PERSON) -> None:
    """An open question about the first listings of these people, whatever the matcher makes of them."""
    listings = [PersonRecord.objects.get(content__name=name).content["listings"][0] for name in people]
    links = (Link(min(listings), max(listings), 0.5),) if kind is ReviewKind.SAME_PERSON else ()
    review = Review("Q-TEST", kind, tuple(sorted(listings)), links, 3.0, "Who is whom?")
    ReviewRecord.objects.create(id=review.id, kind=kind, harm=3.0, content=REVIEW.dump_python(review, mode="json"))


def test_the_call_sheet_marks_rows_that_may_be_one_family(tmp_path):
    with_bookings(tmp_path)
    asked("Karim Testani", "Nadia Exemplar")
    karim, nadia, other = party_of("Karim"), party_of("Nadia"), party_of("Yusuf")
    rows = sheet_rows()
    assert rows[karim]["Mind"] == f"2 of 3 may come: {OMID}; MAY BE THE SAME FAMILY as {nadia}"
    assert rows[nadia]["Mind"] == f"MAY BE THE SAME FAMILY as {karim}"
    assert not rows[other]["Mind"]


def test_the_call_sheet_marks_a_row_that_may_be_two_families(tmp_path):
    with_bookings(tmp_path)
    record = PartyRecord.objects.get(pk=party_of("Karim"))
    party = PARTY.validate_python(record.content)
    record.content = PARTY.dump_python(replace(party, flags=(PartyFlag.TWO_HEADS,)), mode="json")
    record.save()
    PartyFlagged.objects.create(party=record, flag=PartyFlag.TWO_HEADS.value)
    assert sheet_rows()[party.id]["Mind"] == f"2 of 3 may come: {OMID}; MAY BE TWO FAMILIES: two heads"


def test_a_question_names_no_party_that_is_hidden_from_the_reader(tmp_path):
    with_bookings(tmp_path)
    asked("Karim Testani", "Nadia Exemplar")
    karim, nadia = party_of("Karim"), party_of("Nadia")
    record = PartyRecord.objects.get(pk=nadia)
    hidden = replace(PARTY.validate_python(record.content), hidden_from=("P-0000000000AA",))
    record.content = PARTY.dump_python(hidden, mode="json")
    record.save()
    content = call_sheet_make(account="planner-1", now=NOW, is_protected_in=False)
    assert f"as {nadia}" not in str(list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)))
    assert f"as {nadia}" in str(sheet_rows()[karim]["Mind"])


@pytest.mark.parametrize(
    ("outcomes", "warnings"),
    [
        (("unsafe-to-call",), (1, 0)),
        (("unsafe-to-call", "no-answer", "wrong-number"), (1, 0)),
        (("unsafe-to-call", "reached"), (0, 0)),
        (("refused",), (0, 1)),
        (("refused", "no-answer"), (0, 1)),
        (("refused", "reached"), (0, 0)),
        (("reached", "no-answer"), (0, 0)),
    ],
)
def test_a_warning_holds_until_somebody_has_spoken_with_them(tmp_path, outcomes, warnings):
    with_bookings(tmp_path, EVERYONE[:3])
    party = called("Karim", *outcomes)
    found = contact_warnings()
    assert (len(found.unsafe), len(found.refused)) == warnings
    assert contact_warnings([party]) == contact_warnings_booked() == found
    assert contact_warnings(["PT-OTHER"]) == ContactWarnings()
    assert found.without(frozenset({party})) == ContactWarnings()


def test_whoever_is_unsafe_to_call_keeps_seat_and_pass_and_the_board_says_so(tmp_path):
    with_bookings(tmp_path)
    party = called("Karim", "unsafe-to-call")
    assert party in {line.party for line in bookings_lines()}
    assert len(passes_issue_due(account="planner-1", now=NOW)) == 3
    assert party in {one.party for one in plan_read(plan_make(account="planner-1", now=NOW)).assignments}
    assert "booked party is unsafe to call: tell them another way" in {
        one.text for one in alarms_now(state_now(), now=NOW)
    }


def test_whoever_refused_gets_no_pass_and_no_seat_in_the_next_plan_and_the_board_says_so(tmp_path):
    with_bookings(tmp_path)
    party = called("Karim", "refused")
    assert party not in {one.order.party for one in orders_due(now=NOW)}
    assert orders_due(now=NOW, parties=[party]) == []
    assert "booked party has refused: plan again, and its seats go to others" in {
        one.text for one in alarms_now(state_now(), now=NOW)
    }
    assert party not in {one.party for one in plan_read(plan_make(account="planner-1", now=NOW)).assignments}
    called("Karim", "reached")
    assert [one.order.party for one in orders_due(now=NOW, parties=[party])] == [party]


def test_a_manifest_names_a_family_in_both_scripts_whatever_its_lists_wrote(tmp_path):
    family = (
        ("1", "Karim Testani", "Ghafar", "head", "M", "1980-05-14", "P0000101", "0700000101", "SIV", "Kabul"),
        ("1", "مریم تستانی", "Nabi", "wife", "F", "1984-02-03", "", "", "", "Kabul"),
    )
    with_bookings(tmp_path, family)
    (line,) = bookings_lines()
    manifest = manifest_close(leg=line.legs[0], account="planner-1", now=NOW)
    sheet, _ = manifest_sheet(manifest_read(manifest.leg, manifest.version))
    assert [(row.name, row.name_arabic) for row in sheet.rows] == [
        ("Karim Testani", ""),
        ("~Maryam Tastani", "مریم تستانی"),
    ]


def test_the_manifest_and_the_call_sheet_say_how_many_more_there_may_be(tmp_path):
    with_bookings(tmp_path, EVERYONE[:3])
    record = PartyRecord.objects.get()
    party = replace(PARTY.validate_python(record.content), stated_size=6, perhaps_more=3)
    record.content = PARTY.dump_python(party, mode="json")
    record.save()
    doubt = "perhaps 3 more (6 stated, 3 named)"
    assert sheet_rows()[party.id]["Mind"] == f"{doubt}; 2 of 3 may come: {OMID}"
    (line,) = bookings_lines()
    manifest = manifest_close(leg=line.legs[0], account="planner-1", now=NOW)
    sheet, _ = manifest_sheet(manifest_read(manifest.leg, manifest.version))
    assert [row.remark for row in sheet.rows] == [doubt, "", ""]


def test_the_manifest_says_who_refused_since_they_were_booked(tmp_path):
    with_bookings(tmp_path, EVERYONE[:3])
    (line,) = bookings_lines()
    called("Karim", "refused")
    manifest = manifest_close(leg=line.legs[0], account="planner-1", now=NOW)
    sheet, _ = manifest_sheet(manifest_read(manifest.leg, manifest.version))
    assert [row.remark for row in sheet.rows] == ["refused to come", "", ""]
    called("Karim", "reached")
    sheet, _ = manifest_sheet(manifest_read(manifest.leg, manifest.version))
    assert not any(row.remark for row in sheet.rows)


def test_two_principals_of_one_name_are_told_apart_on_the_call_list(tmp_path, now):
    rows = (
        ("1", "Mohammad Ahmadi", "Rahim", "head", "M", "1975-02-02", "P0000601", "0700000601", "SIV", "Kabul"),
        ("2", "Mohamad Ahmady", "Yaqub", "head", "M", "1988-08-08", "P0000602", "0700000602", "SIV", "Kabul"),
        ("3", "Karim Testani", "Ghafar", "head", "M", "1980-05-14", "P0000603", "0700000603", "SIV", "Kabul"),
    )
    with_standings(tmp_path, rows)
    told = {line.principal.name: line.told_apart for line in call_lines()}
    assert told == {
        "Mohammad Ahmadi": "father Rahim, born 1975",
        "Mohamad Ahmady": "father Yaqub, born 1988",
        "Karim Testani": "",
    }
    assert {line.told_apart for line in call_lines_of([line.party for line in call_lines()])} == set(told.values())


def test_a_number_that_several_families_give_is_marked_on_sheet_and_screen(tmp_path):
    hotel = "0700000990"
    guests = [
        (
            str(50 + at),
            f"{name} Gast{at}",
            "Omar",
            "head",
            "F",
            f"19{60 + at}-02-02",
            f"P00005{at}1",
            hotel,
            "SIV",
            "Kabul",
        )
        for at, name in enumerate(("Huma", "Zarghuna", "Palwasha"))
    ]
    with_bookings(tmp_path, [*EVERYONE, *guests])
    party = party_of("Huma")
    (number,) = call_lines_of([party])[0].phones
    assert call_lines_of([party])[0].shared == ((number, 3),)
    assert next(line for line in call_lines() if line.party == party).shared == ((number, 3),)
    assert f"{number} is given by 3 families: ask who answers" in str(sheet_rows()[party]["Mind"])
    assert "given by" not in str(sheet_rows()[party_of("Karim")]["Mind"])


def test_a_number_of_two_families_is_no_hotel_s(tmp_path):
    sister = ("4", "Huma Muster", "Omar", "head", "F", "1992-02-02", "P0000401", "0700000101", "SIV", "Kabul")
    with_bookings(tmp_path, [*EVERYONE, sister])
    assert not any(line.shared for line in call_lines())
