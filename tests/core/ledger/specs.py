"""Writes spec/event-v1.schema.json and spec/vectors/event-v1.json: `python -m tests.core.ledger.specs`.

A test holds both files to the code; whoever changes the contract runs this and explains the difference.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from safepassage.core.ledger import EventKind, encode_event
from safepassage.core.ledger.body import _PATTERNS
from safepassage.core.ledger.codes import CLOSED_CODES
from safepassage.core.ledger.kinds import BODIES, FieldKind
from tests.core.ledger.scribe import Scribe
from tests.core.ledger.test_body import good_body

SPEC = Path(__file__).parents[3] / "spec"
TYPES: dict[FieldKind, dict[str, Any]] = {
    FieldKind.INT: {"type": "integer", "minimum": -(2**53) + 1, "maximum": 2**53 - 1},
    FieldKind.FLAG: {"enum": [0, 1]},
    FieldKind.TIME: {"type": "integer", "minimum": 0, "maximum": 2**53 - 1, "description": "UTC ms since 1970"},
    FieldKind.CODES: {"type": "array", "items": {"$ref": "#/$defs/code"}},
    **{
        field: {"type": "string", "pattern": f"^(?:{pattern.pattern.replace(chr(92) + 'Z', '$')})$"}
        for field, pattern in _PATTERNS.items()
    },
}


def _field(kind: EventKind, name: str, field: FieldKind) -> dict[str, Any]:
    closed = CLOSED_CODES.get((kind, name))
    return {"enum": list(closed)} if closed else {"$ref": f"#/$defs/{field}"}


def _body(kind: EventKind) -> dict[str, Any]:
    spec = BODIES[kind]
    fields = {**spec.required, **spec.optional}
    properties: dict[str, Any] = {name: _field(kind, name, field) for name, field in fields.items()}
    required = list(spec.required)
    if spec.columns:
        columns = [{"title": name, **_field(kind, name, field)} for name, field in spec.columns.items()]
        row = {"type": "array", "prefixItems": columns, "items": False, "minItems": len(columns)}
        properties["rows"] = {"type": "array", "items": row}
        required.append("rows")
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def schema() -> dict[str, Any]:
    """The bodies of events as JSON Schema (2020-12); the envelope is in docs/ledger.md."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Safe Passage event body, version 1, by kind",
        "$defs": {str(field): TYPES[field] for field in FieldKind},
        "properties": {str(kind): _body(kind) for kind in EventKind},
        "additionalProperties": False,
    }


def vectors() -> dict[str, Any]:
    """One event of each kind, all of one chain, with bytes, digest, id and signature."""
    scribe = Scribe("phone-1")
    for kind in EventKind:
        body = good_body(kind)
        rows = body.pop("rows", ())
        scribe.write(kind, *rows, **body)
    return {
        "about": "Device `phone-1`; its Ed25519 private key is SHA-256 of its name. See docs/ledger.md.",
        "private_key": hashlib.sha256(b"phone-1").hexdigest(),
        "public_key": scribe.key.public_key().public_bytes_raw().hex(),
        "events": [
            {
                "id": event.id,
                "kind": event.kind,
                "operation": event.operation,
                "device": event.device,
                "sequence": event.sequence,
                "device_time": event.clock.wall,
                "clock": [event.clock.wall, event.clock.counter, event.clock.node],
                "nonce": event.nonce,
                "previous": event.previous,
                "body": event.body,
                "content": encode_event(event).hex(),
                "digest": event.digest,
                "signature": event.signature.hex(),
            }
            for event in scribe.events
        ],
    }


def as_text(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


FILES = {SPEC / "event-v1.schema.json": schema, SPEC / "vectors" / "event-v1.json": vectors}

if __name__ == "__main__":
    for path, make in FILES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_text(make()), encoding="utf-8")
