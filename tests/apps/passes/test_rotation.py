"""New issuing keys and withdrawn ones, as phones see them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage import vault
from safepassage.apps.gate.selectors import verifier_now
from safepassage.apps.ledger.checking import record_check
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.passes.keyring import issuing_key_prepare, key_folder, keyring_open
from safepassage.apps.passes.orders import orders_due
from safepassage.apps.passes.rotation import issuing_key_revoke, issuing_key_rotate, issuing_keys_listed
from safepassage.apps.passes.selectors import issuing_keys, pass_by_id, revocations_now, revocations_signed
from safepassage.apps.passes.services import issuing_key_register, passes_issue_due
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.ids import OperationId
from safepassage.core.ledger import EventKind
from safepassage.core.passes import verify_pass
from safepassage.core.passes.revocation import read_revocations
from tests.make import NOW, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def issue():
    return passes_issue_due(account="planner-1", now=NOW)


def rotate():
    return issuing_key_rotate(account="desk", now=NOW + timedelta(minutes=1))


def revoke(key: str, **other):
    return issuing_key_revoke(key_id=key, reason="taken", account="desk", now=NOW + timedelta(minutes=2), **other)


def codes(issued) -> list[str]:
    record = pass_by_id(issued.id)
    verifier = verifier_now([record.access_point], now=record.window_start)
    verdict = verify_pass(issued.text, verifier=verifier, now=record.window_start, point=record.access_point)
    return [code.value for code in verdict.codes]


def test_after_a_rotation_old_passes_hold_and_new_ones_are_signed_by_the_new_key(tmp_path):
    with_bookings(tmp_path)
    old_key = issuing_key_register(now=NOW)
    first, *_ = issue()
    new_key = rotate()
    assert new_key.key_id != old_key.key_id
    assert keyring_open().issuing.id.hex() == new_key.key_id
    assert [key.hex() for key in issuing_keys()] == [old_key.public_key, new_key.public_key]
    assert codes(first) == ["valid"]
    (again,) = passes_issue_due(account="planner-1", now=NOW, parties=[pass_by_id(first.id).party])
    assert pass_by_id(again.id).key_id == new_key.key_id
    assert codes(again) == ["valid"]
    (event,) = [one for one in events_after() if one.kind is EventKind.KEY_ROTATED]
    assert (event.body["key"], event.body["public_key"]) == (new_key.key_id, new_key.public_key)
    assert not record_check()


def test_a_withdrawn_key_refuses_its_passes_and_its_parties_are_due_anew(tmp_path):
    with_bookings(tmp_path)
    old_key = issuing_key_register(now=NOW)
    issued = issue()
    before = revocations_now(NOW).serial
    rotate()
    held = revoke(old_key.key_id)
    assert held == tuple(sorted(pass_by_id(one.id).party for one in issued))
    assert [codes(one) for one in issued] == [["revoked"]] * len(issued)
    assert revocations_now(NOW).serial > before
    assert {one.order.party for one in orders_due(now=NOW)} == set(held)
    renewed = issue()
    assert [codes(one) for one in renewed] == [["valid"]] * len(issued)
    assert orders_due(now=NOW) == []
    (event,) = [one for one in events_after() if one.kind is EventKind.KEY_REVOKED]
    assert (event.body["key"], event.body["reason"]) == (old_key.key_id, "taken")
    old, new = issuing_keys_listed(NOW)
    assert (old.passes, old.is_current, new.passes, new.is_current) == (0, False, len(issued), True)


def test_the_list_that_withdraws_a_key_is_signed_by_the_new_one(tmp_path):
    old_key = issuing_key_register(now=NOW)
    new_key = rotate()
    revoke(old_key.key_id)
    signed = revocations_signed(NOW)
    read = read_revocations(
        signed, operation=OperationId("test-2026"), issuing_keys=[bytes.fromhex(new_key.public_key)]
    )
    assert [key.hex() for key in read.keys] == [old_key.key_id]


def test_keys_of_points_and_days_stay(tmp_path):
    with_bookings(tmp_path)
    before = keyring_open().pass_secret
    rotate()
    assert keyring_open().pass_secret == before


def test_the_key_that_signs_is_not_withdrawn_nor_an_unknown_one_nor_one_twice():
    key = issuing_key_register(now=NOW)
    with pytest.raises(ForbiddenError, match="rotate"):
        revoke(key.key_id)
    with pytest.raises(NotFoundError):
        revoke("00000000")
    rotate()
    revoke(key.key_id)
    with pytest.raises(ConflictError):
        revoke(key.key_id)


def test_a_kill_before_the_store_knows_leaves_the_old_key_in_force():
    key = issuing_key_register(now=NOW)
    issuing_key_prepare(bytes(range(32)))
    assert keyring_open().issuing.id.hex() == key.key_id
    rotate()
    assert keyring_open().issuing.id.hex() != key.key_id
    assert not (key_folder() / "issuing.coming").exists()


def test_a_rotated_key_is_sealed_like_the_others():
    if vault.held() is None:
        vault.hold(bytes(range(32)))
    rotate()
    assert keyring_open().issuing.secret not in (key_folder() / "issuing.key").read_bytes()
