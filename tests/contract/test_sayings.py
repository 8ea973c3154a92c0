"""Every code that core can give is said in the console, and in each language: a new code fails here until it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from safepassage.apps.console.sayings import facts, gate, intake, movement, policy, steps
from safepassage.apps.console.words import WORDS
from safepassage.apps.ledger import receiving
from safepassage.apps.policy.unknown import UnknownCause
from safepassage.apps.work.models import Job
from safepassage.core.identity import AlarmCode, JudgementVerdict, PartyFlag, ReviewKind
from safepassage.core.intake import ColumnReason, DoubtCode, Field, RejectCode, WarningCode
from safepassage.core.ledger import Stage
from safepassage.core.ledger.state import Alarm as LedgerAlarm
from safepassage.core.movement import BlockCode, FaultCode, Mode, PlaceCode, PlanStatus, PointKind
from safepassage.core.passes import GateReason, VerdictCode, VerdictLevel
from safepassage.core.people import DocumentKind, Need, Relation, Sex
from safepassage.core.policy import MemberStatus, Outcome, ReasonCode, Shift
from safepassage.core.policy.variables import DEPENDENT_VARIABLES, PARTY_VARIABLES
from safepassage.web.catalogues import LOCALE, read_catalogue

Told = Mapping[StrEnum, Promise | tuple[Promise, ...]]
SENTENCES: dict[type[StrEnum], Told] = {
    BlockCode: movement.BLOCKS,
    PlaceCode: movement.PLACES,
    FaultCode: movement.FAULTS,
    RejectCode: intake.REJECTS,
    DoubtCode: intake.DOUBTS,
    WarningCode: intake.WARNINGS,
    ColumnReason: intake.COLUMNS,
    VerdictCode: gate.ADVICE,
    ReasonCode: policy.SENTENCES,
}
VOCABULARIES: list[tuple[type[StrEnum], str]] = [
    (Stage, "stage"),
    (BlockCode, "block"),
    (VerdictCode, "gate-reason"),
    (GateReason, "gate-reason"),
    (VerdictLevel, "pass-verdict"),
    (AlarmCode, "alarm"),
    (AlarmCode, "alarm-advice"),
    (PartyFlag, "flag"),
    (ReviewKind, "question"),
    (JudgementVerdict, "verdict"),
    (Outcome, "outcome"),
    (UnknownCause, "unknown-cause"),
    (MemberStatus, "status"),
    (Shift, "shift"),
    (PlanStatus, "plan-status"),
    (Mode, "mode"),
    (PointKind, "point-kind"),
    (Relation, "relation"),
    (Sex, "sex"),
    (Need, "need"),
    (DocumentKind, "document"),
    (Field, "field"),
]
CATALOGUES = ["fa_AF", "ps"]
TELLS = {"tell", "step", "progress"}
"""What long work calls to say what it is at."""
SOURCE = Path("src/safepassage")


@pytest.mark.parametrize("codes", SENTENCES, ids=lambda codes: codes.__name__)
def test_every_code_has_its_sentence(codes: type[StrEnum]) -> None:
    assert set(SENTENCES[codes]) == set(codes)


@pytest.mark.parametrize(("codes", "vocabulary"), VOCABULARIES, ids=lambda one: getattr(one, "__name__", one))
def test_every_code_has_its_word(codes: type[StrEnum], vocabulary: str) -> None:
    assert {code.value for code in codes} <= WORDS[vocabulary].keys()


def test_every_fact_that_a_rule_may_name_has_its_word() -> None:
    assert {*DEPENDENT_VARIABLES, *PARTY_VARIABLES} <= facts.FACTS.keys()


def test_every_alarm_of_the_ledger_is_documented_and_has_its_word() -> None:
    documented = set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", LedgerAlarm.__doc__ or ""))
    source = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "core/ledger").glob("*.py"))
    raised = set(re.findall(r'Alarm\(\s*"([a-z-]+)"', source))
    assert raised
    assert raised <= documented
    assert documented - {"subject"} <= WORDS["alarm"].keys()


def test_every_reason_for_which_an_event_is_parked_has_its_word() -> None:
    listed = (receiving.__doc__ or "").partition("(closed list):")[2].partition(".")[0]
    reasons = set(re.findall(r"[a-z]+(?:-[a-z]+)+|unreadable", listed))
    assert len(reasons) >= 8
    assert reasons <= WORDS["parked"].keys()


def test_every_kind_and_state_of_work_has_its_word() -> None:
    assert set(Job.Kind.values) == WORDS["work"].keys()
    assert set(Job.State.values) == WORDS["work-state"].keys()


@pytest.mark.parametrize("folder", CATALOGUES)
def test_every_sentence_and_word_stands_in_both_catalogues(folder: str) -> None:
    text = (LOCALE / folder / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    known = {key.rpartition("\x04")[2] for key in read_catalogue(text)}
    with override("en"):
        said = [str(one) for told in SENTENCES.values() for each in told.values() for one in _each(each)]
        said += [str(one) for one in (*steps.STEPS.values(), *facts.FACTS.values())]
        said += [str(one) for words in WORDS.values() for one in words.values() if isinstance(one, Promise)]
    assert sorted(set(said) - known) == []


def _each(said: Promise | tuple[Promise, ...]) -> tuple[Promise, ...]:
    return said if isinstance(said, tuple) else (said,)


def told_steps() -> Iterator[tuple[str, str]]:
    """What every call of core and apps that tells a step says; figures in it are 7."""
    for path in (*sorted((SOURCE / "core").rglob("*.py")), *sorted((SOURCE / "apps").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) != 2:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            what = node.args[1]
            if name not in TELLS:
                continue
            if isinstance(what, ast.JoinedStr):
                parts = (str(one.value) if isinstance(one, ast.Constant) else "7" for one in what.values)
                yield str(path), "".join(parts)
            elif isinstance(what, ast.Constant) and isinstance(what.value, str):
                yield str(path), what.value


def test_every_step_that_long_work_tells_is_said_in_dari() -> None:
    found = list(told_steps())
    assert len(found) > 20
    with override("fa-af"):
        untold = [(path, what) for path, what in found if steps.said_step(what) == what]
    assert untold == []
