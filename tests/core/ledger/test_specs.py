"""The files that the twin in TypeScript reads are those that the code makes."""

from __future__ import annotations

import json

import jsonschema
import pytest

from safepassage.core.ledger import EventKind, decode_event, verify_event
from safepassage.core.ledger.kinds import BODIES
from tests.core.ledger.specs import FILES, SPEC, as_text, schema
from tests.core.ledger.test_body import NAMES, good_body


@pytest.mark.parametrize("path", list(FILES), ids=lambda path: path.name)
def test_the_file_in_spec_is_the_one_that_the_code_makes(path):
    assert path.read_text(encoding="utf-8") == as_text(FILES[path]()), "run: python -m tests.core.ledger.specs"


def test_the_vectors_verify_and_come_back():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    found = json.loads((SPEC / "vectors" / "event-v1.json").read_text(encoding="utf-8"))
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(found["public_key"]))
    assert {vector["kind"] for vector in found["events"]} == set(EventKind)
    for vector in found["events"]:
        event = decode_event(bytes.fromhex(vector["content"]), signature=bytes.fromhex(vector["signature"]))
        assert (event.id, event.digest) == (vector["id"], vector["digest"])
        assert verify_event(event, key)


@pytest.mark.parametrize("kind", list(EventKind))
def test_the_schema_takes_what_the_code_takes_and_no_names(kind):
    validator = jsonschema.Draft202012Validator(schema())
    body = json.loads(json.dumps(good_body(kind)))
    validator.validate({str(kind): body})
    for name in NAMES:
        for field in BODIES[kind].required:
            assert not validator.is_valid({str(kind): {**body, field: name}})
