"""At the command two people are two passwords: a name after `--as` or `--second` is nobody's consent."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

import pytest

from tests.story.conftest import PASSWORD, Laptop, Laptops
from tests.story.test_first_hour import messy_workbooks

pytestmark = [pytest.mark.storage]
FIRST, THEIRS, NEW = "four words to begin with", "four words of their own", "another four of them"
OFFICER = ("--role", "supervisor")


@pytest.fixture(scope="session")
def two_officers(clerk: subprocess.Popen[str], new_operation: Laptop, tmp_path_factory) -> Iterator[Laptop]:
    """An operation with two officers, `desk` and `desk-2`: copied, never changed."""
    made = Laptops(clerk, tmp_path_factory.mktemp("laptops"))
    one = made("officers", like=new_operation)
    one("accounts", "add", "desk-2", *OFFICER, "--password", FIRST, "--own-password", PASSWORD)
    one("accounts", "password", "desk-2", "--as", "desk-2", "--password", THEIRS, "--own-password", FIRST)
    yield one
    made.close()


@pytest.fixture
def laptop(laptops: Laptops, two_officers: Laptop) -> Laptop:
    return laptops("one", like=two_officers)


def test_a_policy_is_proposed_with_one_password_and_signed_with_another(laptop) -> None:
    text = laptop("policy", "template", "neo", "--to", str(laptop.folder / "template.yaml"))
    draft = laptop.folder / text["file"]
    told = draft.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"')
    draft.write_text(told.replace("NOT SIGNED: a template", "Head of mission, invented"), encoding="utf-8")
    propose = ("policy", "propose", str(draft))
    assert laptop(*propose, code=1)["error"] == "not-proven", "nobody is there to be asked"
    assert laptop(*propose, "--own-password", THEIRS, code=1)["error"] == "not-proven"
    assert laptop(*propose, "--own-password", PASSWORD)["state"] == "proposed"
    sign = ("policy", "sign", "neo", "2", "--as")
    assert laptop(*sign, "desk", "--own-password", PASSWORD, code=1)["error"] == "one-person"
    assert laptop(*sign, "desk-2", "--own-password", PASSWORD, code=1)["error"] == "not-proven"
    states = {one["version"]: (one["state"], one["is_in_force"]) for one in laptop("policy", "list")["policies"]}
    assert states == {"1": ("provisional", True), "2": ("proposed", False)}
    assert laptop(*sign, "desk-2", "--own-password", THEIRS)["state"] == "published"
    assert {one["version"] for one in laptop("policy", "list")["policies"] if one["is_in_force"]} == {"2"}


def test_an_account_made_by_the_first_is_no_second_before_another_vouches(laptop) -> None:
    made = laptop("accounts", "add", "desk-3", *OFFICER, "--password", THEIRS, "--own-password", PASSWORD)
    assert made["needs_vouching"]
    sign = ("policy", "sign", "neo", "1", "--as", "desk-3", "--own-password")
    assert laptop(*sign, THEIRS, code=1)["error"] == "not-two-people"
    vouch = ("accounts", "vouch", "desk-3", "--password", NEW, "--as")
    assert laptop(*vouch, "desk", "--own-password", PASSWORD, code=1)["error"] == "not-two-people"
    assert laptop(*vouch, "desk-2", "--own-password", THEIRS)["vouched_by"] == "desk-2"
    own = ("accounts", "password", "desk-3", "--as", "desk-3", "--password", NEW + " again", "--own-password", NEW)
    assert laptop(*own)["is_own"]
    assert laptop(*sign, NEW + " again")["state"] == "published"


def test_nobody_acts_on_accounts_under_a_name_without_its_password(laptop) -> None:
    acts = (
        ("add", "desk-9", *OFFICER, "--password", FIRST),
        ("password", "desk-2", "--password", FIRST),
        ("roles", "desk-2", "--role", "reporter"),
        ("close", "desk-2"),
        ("open", "desk-2"),
        ("found-anew", "desk-2"),
        ("second-look", "desk-2", "--agree"),
    )
    for act in acts:
        assert laptop("accounts", *act, code=1)["error"] == "not-proven", "nobody is there to be asked"
        for name in ("nobody-here", "desk"):
            told = laptop("accounts", *act, "--as", name, "--own-password", THEIRS, code=1)
            assert told["error"] == "not-proven", (act, name)
    told = laptop("accounts", "roles", "desk", *OFFICER, "--as", "desk-2", "--own-password", THEIRS, code=1)
    assert told["error"] == "no-manager", "a supervisor proves who they are and may not"
    assert [(one["account"], one["is_active"]) for one in laptop("accounts", "list")["accounts"]] == [
        ("desk", True), ("desk-2", True),
    ]  # fmt: skip


def test_whoever_closes_the_other_officer_s_account_is_not_alone_and_founds_anew_on_record(laptop) -> None:
    mine = ("--own-password", PASSWORD)
    laptop("accounts", "close", "desk-2", *mine)
    assert laptop("accounts", "second-look")["waiting"] == [{"account": "desk-2", "by": "desk", "is_closed": True}]
    text = laptop("policy", "template", "neo", "--to", str(laptop.folder / "template.yaml"))
    draft = laptop.folder / text["file"]
    draft.write_text(draft.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"'), encoding="utf-8")
    assert laptop("policy", "propose", str(draft), "--unsigned", *mine)["state"] == "proposed"
    laptop("accounts", "add", "desk-3", *OFFICER, "--password", FIRST, *mine)
    assert laptop("accounts", "found-anew", "desk-3", *mine)["founded_by"] == "desk"
    sign = ("policy", "sign", "neo", "2", "--as", "desk-3", "--own-password")
    assert laptop(*sign, FIRST, code=1)["error"] == "not-two-people"
    laptop("accounts", "password", "desk-3", "--as", "desk-3", "--password", NEW, "--own-password", FIRST)
    assert laptop(*sign, NEW)["state"] == "published"
    look = ("accounts", "second-look", "desk-2", "--object", "--as", "desk-3", "--own-password", NEW)
    assert laptop(*look) == {"account": "desk-2", "is_agreed": False}
    assert all(one["is_active"] for one in laptop("accounts", "list")["accounts"])


def test_a_lost_password_is_recovered_by_whoever_has_the_store_s_passphrase(laptop) -> None:
    assert laptop("accounts", "recover", "desk", "--password", NEW) == {"account": "desk"}
    laptop("accounts", "close", "desk-2", "--own-password", NEW)
    laptop.environment["SAFEPASSAGE_PASSPHRASE"] = "not the passphrase of it"
    assert laptop("accounts", "recover", "desk", "--password", THEIRS, code=1)["error"]


def test_people_leave_the_house_by_two_passwords(laptop) -> None:
    out = laptop.folder / "people.xlsx.age"
    both = ("--second", "desk-2", "--own-password", PASSWORD, "--second-password")
    key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    assert laptop("recipient", "add", "haven-1", key, *both, PASSWORD, code=1)["error"] == "not-proven"
    assert laptop("recipient", "add", "haven-1", key, *both, THEIRS)["recipient"] == "haven-1"
    export = ("export-people", str(out), "--stated", "0", "--recipient", "haven-1")
    assert laptop(*export, *both, PASSWORD, code=1)["error"] == "not-proven"
    assert not out.exists()
    assert laptop(*export, *both, THEIRS)["people"] == 0


def test_an_answer_about_people_who_are_booked_waits_for_the_second_password(laptop) -> None:
    for source, path in messy_workbooks(laptop.folder / "lists").items():
        laptop("intake", str(path), "--source", source)
    laptop("resolve")
    laptop("policy", "apply")
    laptop("plan", "bus", "--seats", "50", "--departs", "tomorrow 14:00")
    laptop("plan", "publish")
    for question in laptop("review")["questions"]:
        answer = ("review", question["id"], "--verdict", "different")
        told = laptop.run(*answer, "--json")
        if told["code"]:
            break
    assert json.loads(told["out"])["error"] == "not-proven", "a question about somebody who is booked"
    asked = laptop(*answer, "--own-password", PASSWORD)
    assert asked["judgements"] == 0
    agree = ("review", "--agree", str(asked["request"]), "--as")
    assert laptop(*agree, "desk", "--own-password", PASSWORD, code=1)["error"] == "one-person"
    assert [one["asked_by"] for one in laptop("review")["waiting"]] == ["desk"]
    assert laptop(*agree, "desk-2", "--own-password", THEIRS)["judgements"] > 0
    undo = laptop("review", answer[1], "--undo", "--own-password", PASSWORD)
    assert (undo["judgements"], bool(undo["request"])) == (0, True)
    laptop("review", "--refuse", str(undo["request"]), "--as", "desk-2", "--own-password", THEIRS)
    assert laptop("review")["waiting"] == []
