"""Lists of what is withdrawn."""

from __future__ import annotations

import cbor2
import pytest

from safepassage.core.errors import UnreadableError
from safepassage.core.passes import Revocation, RevocationList, SigningKey, read_revocations, sign_revocations
from safepassage.core.passes.keys import refer
from safepassage.core.passes.revocation import PURPOSE
from safepassage.core.passes.sign import sign
from tests.core.passes.orders import HOUR, ISSUER, NOON, OPERATION, issued

ONE, TWO = issued(1), issued(2)
ENTRIES = tuple(Revocation(pass_.id, pass_.content.window_end) for pass_ in (ONE, TWO))
EMPTY = RevocationList(OPERATION, NOON - HOUR, 1)


def read(data: bytes, **changes) -> RevocationList:
    return read_revocations(data, **{"operation": OPERATION, "issuing_keys": (ISSUER.public,), **changes})


def test_a_list_comes_back_as_it_was_signed():
    listed = EMPTY.renewed(now=NOON, passes=ENTRIES, keys=(ISSUER.id,))
    assert read(sign_revocations(listed, key=ISSUER)) == listed


def test_every_single_bit_change_of_a_list_is_refused():
    data = sign_revocations(EMPTY.renewed(now=NOON, passes=ENTRIES[:1]), key=ISSUER)
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(UnreadableError):
            read(bytes(changed))


def test_a_list_of_another_operation_or_issuer_is_refused():
    data = sign_revocations(EMPTY, key=ISSUER)
    with pytest.raises(UnreadableError):
        read(data, operation="op-other")
    with pytest.raises(UnreadableError):
        read(data, issuing_keys=(SigningKey(bytes(32)).public,))


def test_an_entry_lapses_a_day_after_its_pass_and_the_serial_goes_on():
    listed = EMPTY.renewed(now=NOON, passes=ENTRIES)
    still = listed.renewed(now=NOON + 24 * HOUR)
    gone = listed.renewed(now=NOON + 26 * HOUR)
    assert still.holds(ONE.id)
    assert still.holds(TWO.id)
    assert gone.passes == ()
    assert (listed.serial, still.serial) == (2, 3)


def test_the_order_of_revoking_does_not_matter():
    one_way = EMPTY.renewed(now=NOON, passes=ENTRIES)
    assert one_way == EMPTY.renewed(now=NOON, passes=(*reversed(ENTRIES), ENTRIES[0]))


@pytest.mark.parametrize("passes", [[[b"short", 1]], [[1, 1]], [7], [[bytes(8), -1e300]]])
def test_signed_nonsense_is_refused(passes):
    payload = cbor2.dumps([1, refer("operation", OPERATION), 0, 1, passes, []], canonical=True)
    with pytest.raises(UnreadableError):
        read(sign(payload, key=ISSUER, purpose=PURPOSE))
