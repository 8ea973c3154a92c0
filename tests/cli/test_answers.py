"""`init` checks each answer at once, says what to do, and asks again."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from safepassage.cli import answers, app

GOOD = {
    "name": "North",
    "code": "north-2026",
    "controller": "Example Task Force",
    "contact": "desk@example.org",
    "time-zone": "Asia/Kabul",
}


@pytest.mark.parametrize(
    ("check", "wrong", "advice"),
    [
        (answers.name_answer, "  ", "few words"),
        (answers.code_answer, "North 2026!", "For instance: north-2026"),
        (answers.code_answer, "شمال", "For instance: north-2026"),
        (answers.contact_answer, "the desk", "e-mail address or a phone"),
        (answers.zone_answer, "Kabul", "Asia/Kabul"),
        (answers.zone_answer, "Mars", "Asia/Kabul"),
        (answers.region_answer, "Afghanistan", "AF"),
        (answers.policy_answer, "mine", "neo"),
        (answers.password_answer, "short", "four random words"),
        (answers.password_answer, "123456789012345", "four random words"),
        (answers.passphrase_answer, "short", "four random words"),
    ],
)
def test_a_wrong_answer_is_told_with_what_to_do(check, wrong, advice):
    with pytest.raises(typer.BadParameter) as told:
        check(wrong)
    assert advice in str(told.value)


def test_small_slips_are_put_right():
    assert answers.zone_answer("asia/kabul") == "Asia/Kabul"
    assert answers.region_answer(" af ") == "AF"
    assert answers.name_answer("  North   2026 ") == "North 2026"


@pytest.mark.parametrize("days", [0, -1, 100_000])
def test_days_out_of_reason_are_refused(days):
    with pytest.raises(typer.BadParameter):
        answers.days_answer(days)


def test_a_wrong_code_is_asked_for_again_before_the_next_question():
    answered = CliRunner().invoke(app, ["init"], input="North\nNorth 2026\nnorth-2026\n")
    told = answered.output
    assert told.count("Short code") == 2
    assert told.index("For instance: north-2026") < told.index("Who answers for people's data")


def test_a_wrong_option_stops_before_anything_is_asked():
    answered = CliRunner().invoke(app, ["init", "--code", "North 2026"], input="")
    assert answered.exit_code == 2
    assert "For instance: north-2026" in " ".join(answered.output.replace("│", " ").split())
    assert "Name of the operation" not in answered.output


def test_each_question_says_what_for_with_an_example_or_a_default_and_never_an_empty_one(tmp_path):
    typed = ["North 2026", "north-2026", "Example Task Force", "desk@example.org", "", "", "", "", "short", "short"]
    told = CliRunner().invoke(app, ["init", "--home", str(tmp_path)], input="\n".join(typed)).output
    assert "[]" not in told
    for taught in ("e.g. North 2026", "ids and file names", "e.g. Harbour Aid", "e.g. desk@example.org"):
        assert taught in told
    for default in ("[180]", "[Asia/Kabul]", "[AF]", "[neo]"):
        assert default in told
    assert told.index("Take four random words.") < told.rindex("to sign in to the console"), "why, and asked again"
