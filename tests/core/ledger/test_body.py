"""The ledger holds ids, codes and numbers; a name has no place to stand."""

from __future__ import annotations

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.errors import ProblemsError, UnreadableError
from safepassage.core.ids import DeviceId, OperationId, derived_id
from safepassage.core.ledger import ClockReading, EventKind, decode_event
from safepassage.core.ledger.body import read_body
from safepassage.core.ledger.codes import CLOSED_CODES
from safepassage.core.ledger.events import draft_event
from safepassage.core.ledger.kinds import BODIES, FieldKind
from tests import cast
from tests.core.ledger.scribe import KARIM, START, TESTANIS

K = EventKind
NAMES = (
    *(one.name for one in cast.TESTANI_FAMILY),
    *(part for one in cast.TESTANI_FAMILY for part in one.name.split()),
    cast.NOBODY_KNOWN.name,
    "KARIM",
    "KARIM TESTANI",
    "Karim-Testani",
    "کریم",
    "کریم تستانی",
    "O'Beispiel",
    "+93700123456",
    "karim@example.org",
)
GOOD = {
    FieldKind.ID: KARIM,
    FieldKind.REF: "abbey-gate",
    FieldKind.CODE: "a-code",
    FieldKind.INT: 7,
    FieldKind.FLAG: 1,
    FieldKind.TIME: 1_629_439_200_000,
    FieldKind.DIGEST: "ab" * 32,
    FieldKind.CODES: ("one", "two"),
}


def good_body(kind: EventKind) -> dict[str, object]:
    """Every field of a kind, filled."""
    spec = BODIES[kind]
    fields = {**spec.required, **spec.optional}
    body: dict[str, object] = {
        name: CLOSED_CODES.get((kind, name), (GOOD[field],))[0] for name, field in fields.items()
    }
    if spec.columns:
        row = tuple(CLOSED_CODES.get((kind, name), (GOOD[field],))[0] for name, field in spec.columns.items())
        body["rows"] = (row,)
    return body


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_takes_a_full_body_and_returns_it(kind):
    assert read_body(kind, good_body(kind)) == good_body(kind)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_number_or_address_as_written_fits_any_field_of_any_kind(name):
    for kind in EventKind:
        body = good_body(kind)
        for field in body:
            if field == "rows":
                continue
            with pytest.raises(ProblemsError):
                read_body(kind, {**body, field: name})
        for column in range(len(BODIES[kind].columns)):
            row = list(body["rows"][0])
            row[column] = name
            with pytest.raises(ProblemsError):
                read_body(kind, {**body, "rows": [row]})


@given(st.text(min_size=1).filter(lambda text: not text.isascii() or " " in text))
def test_no_text_with_blanks_or_of_another_script_fits_anywhere(text):
    for field in ("requester", "reason", "override"):
        with pytest.raises(ProblemsError):
            read_body(K.OVERRIDE_MADE, {**good_body(K.OVERRIDE_MADE), field: text})


@pytest.mark.parametrize("name", NAMES)
def test_a_field_that_the_kind_does_not_have_is_refused_and_its_value_not_told(name):
    with pytest.raises(ProblemsError) as refusal:
        read_body(K.PHASE_CLOSED, {"phase": "one", name: name})
    assert name not in str(refusal.value)


def test_everything_wrong_is_told_at_once_with_its_row():
    with pytest.raises(ProblemsError) as refusal:
        read_body(K.PERSONS_BOOKED, {"leg": "x y", "rows": [[KARIM, TESTANIS], [KARIM, "party", "bus-1"]]})
    assert [problem.where for problem in refusal.value.problems] == [
        "persons-booked",
        "persons-booked",
        "persons-booked, row 1",
        "persons-booked, row 2",
    ]


@pytest.mark.parametrize("value", [1.5, 2**53, -(2**53), True, None, "1", b"1"])
def test_whole_numbers_stay_within_what_a_phone_holds_exactly(value):
    body = {"count": value, "owner": "desk"}
    if value is True:
        assert read_body(K.HEADS_COUNTED, body)["count"] == 1
    else:
        with pytest.raises(ProblemsError):
            read_body(K.HEADS_COUNTED, body)


@pytest.mark.parametrize("code", ["reached", "no-answer", "moved", "refused", "unsafe-to-call", "wrong-number"])
def test_call_outcomes_are_a_closed_list(code):
    body = {"outcome": code, "rows": [[KARIM, TESTANIS]]}
    assert read_body(K.CALL_OUTCOMES, body)["outcome"] == code
    with pytest.raises(ProblemsError, match="unsafe-to-call"):
        read_body(K.CALL_OUTCOMES, {**body, "outcome": f"{code}-maybe"})


@pytest.mark.parametrize("ref", ["abbey-gate", "bus-0817.2", "2021-08-20:c17", "C17-0820-01", derived_id("G", "leg")])
def test_configured_ids_come_in_the_forms_that_scenarios_use(ref):
    assert read_body(K.PERSONS_BOARDED, {"leg": ref, "rows": []})["leg"] == ref


@pytest.mark.parametrize("field", ["operation", "device", "node", "nonce", "previous"])
def test_names_can_not_enter_beside_the_body_either(field):
    parts = {"operation": "kabul", "device": "phone-1", "node": "phone-1", "nonce": "n1", "previous": ""}
    parts[field] = "Karim Testani"
    with pytest.raises(ProblemsError) as refusal:
        draft_event(
            K.PHASE_CLOSED,
            {"phase": "one"},
            operation=OperationId(parts["operation"]),
            device=DeviceId(parts["device"]),
            sequence=1,
            device_time=START,
            clock=ClockReading(0, 0, parts["node"]),
            nonce=parts["nonce"],
            previous=parts["previous"],
        )
    assert "Karim" not in str(refusal.value)


def test_a_body_that_holds_itself_is_unreadable_and_nothing_worse():
    head = [1, "encounter", "op", "phone-1", 1, 1, [1, 0, "phone-1"], "n", ""]
    inner = cbor2.dumps(head)
    circle = b"\x8a" + inner[1:] + b"\xa1\x64rows" + bytes.fromhex("d81c81d81d00")
    with pytest.raises((UnreadableError, ProblemsError)):
        decode_event(circle)
