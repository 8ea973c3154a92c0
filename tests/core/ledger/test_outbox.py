"""Sealing to a site, held to the vectors of the phone. To renew them: `python -m tests.core.ledger.test_outbox`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from safepassage.core.errors import UnreadableError
from safepassage.core.ledger.outbox import derive_outbox_key, open_outbox, outbox_public_key, seal_outbox

FILE = Path(__file__).parents[3] / "spec" / "vectors" / "outbox-v1.json"
SITE_SECRET = bytes(range(1, 33))
MESSAGES = ((b"", b""), (b"\x01", bytes(64)), (bytes(range(256)), bytes(range(64))))


def make() -> dict[str, object]:
    secret = derive_outbox_key(SITE_SECRET)
    site = outbox_public_key(secret)
    seals = []
    for number, (content, signature) in enumerate(MESSAGES, 1):
        ephemeral = bytes([number] * 32)
        sealed = seal_outbox(content, signature, site=site, ephemeral=ephemeral)
        seals.append(
            {
                "content": content.hex(),
                "signature": signature.hex(),
                "ephemeral": ephemeral.hex(),
                "sealed": sealed.hex(),
            }
        )
    return {"spec": "outbox-v1", "site_secret": SITE_SECRET.hex(), "site": site.hex(), "seals": seals}


def text() -> str:
    return json.dumps(make(), indent=1) + "\n"


def test_the_vectors_are_what_we_seal_and_open_again():
    assert FILE.read_text(encoding="utf-8") == text()
    secret = derive_outbox_key(SITE_SECRET)
    for seal in json.loads(text())["seals"]:
        assert [part.hex() for part in open_outbox(bytes.fromhex(seal["sealed"]), secret=secret)] == [
            seal["content"],
            seal["signature"],
        ]


@pytest.mark.parametrize("place", [0, 31, 32, 60, -1])
def test_a_changed_seal_opens_nothing(place: int):
    secret = derive_outbox_key(SITE_SECRET)
    sealed = bytearray(seal_outbox(b"event", bytes(64), site=outbox_public_key(secret), ephemeral=bytes([9] * 32)))
    sealed[place] ^= 1
    with pytest.raises(UnreadableError, match="not sealed to this site"):
        open_outbox(bytes(sealed), secret=secret)


@pytest.mark.parametrize("data", [b"", b"short", bytes(32), bytes(200)])
def test_what_is_no_seal_is_refused(data: bytes):
    with pytest.raises(UnreadableError):
        open_outbox(data, secret=derive_outbox_key(SITE_SECRET))


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
