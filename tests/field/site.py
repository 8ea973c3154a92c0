"""A site as a phone sees it: the built files and a device endpoint, in memory, on a port of its own."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import cbor2

from safepassage.core.ledger import Event, decode_event
from safepassage.core.ledger.outbox import open_outbox, outbox_public_key
from safepassage.core.passes import (
    IssuedPass,
    PointDayKey,
    RevocationList,
    SigningKey,
    VerifierState,
    sign_revocations,
)
from safepassage.core.passes.lookup import LookupPerson, build_lookup
from safepassage.core.passes.verify import open_pass
from tests.core.passes.orders import GATE, HOUR, ISSUER, OPERATION, issued, point_day_key

STATIC = Path(__file__).parents[2] / "src" / "safepassage" / "web" / "static"
OUTBOX_SECRET = bytes(range(32, 64))
SITE_KEY = SigningKey(bytes(range(64, 96)))
PAGE = "static/built/field/index.html"
PERSONS = ["P-7ZK3M0Q2R9TA", "P-7ZK3M0Q2R9TB", "P-7ZK3M0Q2R9TC"]
PARTY = "F-7ZK3M0Q2R9TX"


@cache
def pass_for_now() -> IssuedPass:
    """The family's pass, valid for an hour from when it was first asked for: one pass, however long a test takes."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    return issued(1, now=now - HOUR, window_start=now - HOUR, window_end=now + HOUR)


class Site:
    """The device endpoint: one invitation, one bundle, and whatever was sent."""

    def __init__(self) -> None:
        self.public_key = ""
        self.joined: dict[str, str] = {}
        self.held_texts: list[dict[str, Any]] = []
        self.is_withdrawing = False
        self.role = "access-point"
        self.manifests: Callable[[], dict[str, Any]] = dict
        self.age = timedelta()
        self.events: list[Event] = []
        self.known: set[str] = set()
        self.signatures: list[bytes] = []
        handler = partial(_Handler, self)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def bundle_for(self, token: str) -> dict[str, Any]:
        """The bundle of one of the devices that joined, which knows the others."""
        peers = [{"device": device, "public_key": key} for device, key in sorted(self.joined.items())]
        return self.bundle(self.age) | {"device": token, "peers": peers, "held_texts": self.held_texts}

    @staticmethod
    def bundle(age: timedelta = timedelta()) -> dict[str, Any]:
        """What `apps.gate` gives an access point's device, in the same form; made that long ago."""
        now = datetime.now(UTC)
        one = pass_for_now()
        days = [(now + timedelta(days=ahead)).date() for ahead in (-1, 0, 1)]
        keys = [(day, point_day_key(day=day)) for day in days]
        return {
            "operation": OPERATION,
            "name": "Test",
            "device": "D-7ZK3M0Q2R9TX",
            "role": "access-point",
            "points": [GATE],
            "made_at": (now - age).isoformat(),
            "issuing_keys": [ISSUER.public.hex()],
            "point_day_keys": [_key(day, key.secret) for day, key in keys],
            "revocations": base64.b64encode(
                sign_revocations(RevocationList(OPERATION, now - age, 1), key=ISSUER)
            ).decode(),
            "passes": [
                {
                    "id": one.id,
                    "party": PARTY,
                    "persons": PERSONS,
                    "point": GATE,
                    "recognition": one.recognition_tag.hex(),
                    "watched": one.watched_tag.hex(),
                    "policy": "2021-08-26.1",
                    "begins": int((now - HOUR).timestamp()),
                    "ends": int((now + HOUR).timestamp()),
                    "is_used": False,
                    "admitted": [],
                    "tags": tags_of(one.text, tuple(key for _, key in keys)),
                }
            ],
            "policies": [{"version": "2021-08-26.1", "is_honoured": True}],
            "places": {GATE: "North Gate"},
            "delays": [],
            "routes": ["blue-bus"],
        }

    def lookup(self) -> dict[str, Any]:
        """The family and a stranger of the same name, as the site tells them: hashes alone."""
        key = bytes(range(32))
        people = (
            LookupPerson(("Karim Testani", "کریم تستانی"), ("Mohammad",), None, ("+93701234567",), ("P0000001",)),
            LookupPerson(("Karim Testani",), ("Ghulam",), None, (), ()),
        )
        columns = build_lookup(people, key=key)
        window = {"begins": int(datetime.now(UTC).timestamp()), "ends": int((datetime.now(UTC) + HOUR).timestamp())}
        return {
            "key": base64.b64encode(key).decode(),
            "made_at": (datetime.now(UTC) - self.age).isoformat(),
            "parties": [
                {"id": PARTY, "tier": 2, "point": GATE, **window},
                {"id": "F-000000000000", "tier": None, "point": "", "begins": 0, "ends": 0},
            ],
            "persons": [PERSONS[0], "P-000000000000"],
            "party_of": [0, 1],
        } | {
            name: base64.b64encode(getattr(columns, name)).decode()
            for name in ("names", "name_marks", "name_counts", "facts", "fact_counts")
        }

    def receive(self, items: list[dict[str, str]]) -> list[dict[str, str]]:
        """Takes every event once, and says so; a phone that heard no answer sends it again."""
        receipts = []
        for item in items:
            content, signature = open_outbox(base64.b64decode(item["sealed"]), secret=OUTBOX_SECRET)
            event = decode_event(content, signature=signature)
            is_known = event.id in self.known
            if not is_known:
                self.known.add(event.id)
                self.events.append(event)
            outcome = "known" if is_known else "stored"
            receipts.append({"nonce": event.nonce, "outcome": outcome, "event": event.id, "reason": ""})
        return receipts


def tags_of(text: str, keys: tuple[PointDayKey, ...]) -> list[list[str]]:
    """As the site tells them: the tags under the seal."""
    content, _ = open_pass(text, verifier=VerifierState(OPERATION, (), (ISSUER.public,), keys))
    return [[tag.hex() for tag in member.tags] for member in content.members]


def _key(day: date, secret: bytes) -> dict[str, str]:
    return {"point": GATE, "day": day.isoformat(), "secret": secret.hex()}


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, site: Site, *args: Any) -> None:
        self.site = site
        super().__init__(*args, directory=str(STATIC.parent))

    def do_GET(self) -> None:
        if self.path == "/api/gate/v1/bundle" and self.site.role == "staging-base":
            refusal = {"code": "call-not-allowed", "message": "A staging base checks no passes.", "advice": ""}
            self._answer(refusal, status=403)
        elif self.path == "/api/gate/v1/bundle":
            bundle = self.site.bundle_for(self.headers["Authorization"].removeprefix("Bearer "))
            self._answer(bundle | {"role": self.site.role})
        elif self.path == "/api/gate/v1/manifests":
            self._answer(self.site.manifests())
        elif self.path == "/api/gate/v1/lookup":
            self._answer(self.site.lookup())
        else:
            super().do_GET()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/api/gate/v1/join":
            self.site.public_key = body["public_key"]
            device = "D-7ZK3M0Q2R9TY" if body["code"] == "SECOND" else "D-7ZK3M0Q2R9TX"
            self.site.joined[device] = body["public_key"]
            self._answer(
                {
                    "device": device,
                    "token": device,
                    "operation": OPERATION,
                    "site_key": SITE_KEY.public.hex(),
                    "outbox_key": outbox_public_key(OUTBOX_SECRET).hex(),
                }
            )
        elif self.path == "/api/gate/v1/standing":
            self._answer({"is_withdrawn": self.site.is_withdrawing})
        else:
            receipts = self.site.receive(body["items"])
            told = [[one[name] for name in ("nonce", "outcome", "event", "reason")] for one in receipts]
            signature = SITE_KEY.sign(b"safepassage/receipt/v1\x00" + cbor2.dumps(told, canonical=True))
            self._answer({"receipts": receipts, "signature": base64.b64encode(signature).decode()})

    def _answer(self, body: dict[str, Any], status: int = 200) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Quiet."""
