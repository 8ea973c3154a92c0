"""A word in a list becomes a need, the need costs a bus: told where it comes from, and corrected by a check."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.intake.services import batch_receive
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.movement.demands import demands_now
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.selectors import network_read, network_record_now, plan_read
from safepassage.apps.movement.services import plan_make
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.checks import fact_check
from safepassage.apps.registry.needs import need_origins, needs_corrected
from safepassage.apps.registry.selectors import persons_now
from safepassage.cli import app
from safepassage.core.ledger import EventKind
from safepassage.core.movement import CARE_NEEDS, BlockCode
from safepassage.core.people import Need
from tests.make import (
    EXEMPLARS,
    HEADER,
    NOW,
    TESTANIS,
    a_bus,
    a_source,
    an_officer,
    csv_file,
    resolved,
    with_standings,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]
MORE = (*HEADER, "Medical needs", "Remarks")


@pytest.fixture
def party(tmp_path) -> str:
    """The Testanis, of whom a second list says that the father has asthma: a party that no ordinary bus takes."""
    rows = [
        (*TESTANIS[0], "asthma", ""),
        (*TESTANIS[1], "", ""),
        (*TESTANIS[2], "not sick", "uses a wheelchair"),
        (*EXEMPLARS[0], "", ""),
    ]
    path = csv_file(tmp_path / "clinic.csv", rows, header=MORE)
    batch_receive(path=path, source=a_source("Clinic list"), account="clerk-1", now=NOW)
    with_standings(tmp_path)
    resolved()
    standings_apply(account="supervisor-1", now=NOW)
    a_bus()
    record = plan_make(account="planner-1", now=NOW)
    (left,) = (one for one in plan_read(record).unplaced if one.code is BlockCode.CARE)
    plan_publish(plan_id=record.pk, account="planner-1", now=NOW)
    return left.party


def named(name: str):
    return next(person for person in persons_now().values() if person.name == name)


def not_so(name: str, code: str) -> None:
    fact_check(person=named(name).id, code=code, is_true=False, evidence="they-say-so", account="desk-1", now=NOW)


def test_each_need_is_told_with_its_list_its_row_and_its_words(party):
    (origin,) = need_origins([named("Karim Testani")])
    assert (origin.need, origin.source, origin.file, origin.row) == (Need.MEDICAL, "Clinic list", "clinic.csv", 2)
    assert (origin.header, origin.text, origin.is_refuted) == ("Medical needs", "asthma", False)
    (origin,) = need_origins([named("Omid Testani")], among=CARE_NEEDS)
    assert (origin.need, origin.header, origin.text) == (Need.WHEELCHAIR, "Remarks", "uses a wheelchair")
    assert need_origins([named("Laila Testani")]) == ()


def test_what_is_found_not_to_be_so_takes_no_place_and_the_party_goes(party):
    assert {one.need for one in cases(party)} == {Need.MEDICAL, Need.WHEELCHAIR}
    not_so("Karim Testani", "need-medical")
    assert {one.need for one in cases(party)} == {Need.WHEELCHAIR}
    assert [one.is_refuted for one in need_origins([named("Karim Testani")])] == [True]
    not_so("Omid Testani", "need-wheelchair")
    assert cases(party) == ()
    again = plan_make(account="planner-1", now=NOW)
    assert party in {one.party for one in plan_read(again).assignments}
    rows = [event.rows for event in events_of_kind(EventKind.FACTS_CHECKED)]
    assert rows[0] == ((named("Karim Testani").id, "need-medical", 0),)


def test_what_is_found_to_be_so_takes_one_though_no_list_says_it(party):
    laila = named("Laila Testani")
    fact_check(person=laila.id, code="need-stretcher", is_true=True, evidence="witness-heard", account="d-1", now=NOW)
    assert needs_corrected({laila.id: laila})[laila.id].needs == (Need.STRETCHER,)
    assert Need.STRETCHER in {one.need for one in cases(party)}
    (origin,) = need_origins([laila])
    assert (origin.need, origin.source, origin.is_refuted) == (Need.STRETCHER, "", False)


def test_a_policy_reads_the_need_that_holds(party):
    from safepassage.core.policy import Knowledge

    karim = named("Karim Testani")
    refuted = Knowledge(checked={karim.id: {"need-medical": False}})
    assert (Knowledge().needs(karim), refuted.needs(karim)) == ((Need.MEDICAL,), ())


def cases(party: str):
    demands = demands_now(network_read(network_record_now()), now=NOW)
    return next(one.cases for one in demands if one.party == party)


def test_the_command_names_the_need_and_corrects_it(party, monkeypatch):
    for module in ("counts", "facts"):
        monkeypatch.setattr(f"safepassage.cli.{module}.open_store", lambda _home: None)
    an_officer("desk-9", Role.ADJUDICATOR)
    an_officer("clerk-9", Role.INTAKE_CLERK)
    told = CliRunner().invoke(app, ["explain", party]).stdout
    plain = " ".join(told.split())
    assert '"asthma" in the column "Medical needs" of Clinic list, clinic.csv, row 2' in plain
    karim = named("Karim Testani").id
    assert f"safepassage check {karim} need-medical --false" in plain
    words = ["check", karim, "need-medical", "--false", "--json", "--as"]
    assert CliRunner().invoke(app, [*words, "clerk-9"]).exit_code != 0
    assert json.loads(CliRunner().invoke(app, [*words, "desk-9"]).stdout)["is_true"] is False
    needs = json.loads(CliRunner().invoke(app, ["explain", party, "--json"]).stdout)["needs"]
    assert [(one["need"], one["is_refuted"]) for one in needs] == [("medical", True), ("wheelchair", False)]
