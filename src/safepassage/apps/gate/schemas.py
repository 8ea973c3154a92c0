"""What the device endpoint takes and gives, as JSON: keys in hex, messages in base64."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, WithJsonSchema

MOST_ITEMS = 500
_ITEM = {
    "type": "object",
    "properties": {
        "content": {"type": "string", "description": "Base64 of the event's canonical bytes."},
        "signature": {"type": "string", "description": "Base64 of the device's signature."},
        "sealed": {"type": "string", "description": "Base64 of both, sealed to the site; then the two are left out."},
    },
}
Slug = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")]


class Refusal(Schema):
    """Every answer that is not a success: a closed code, what happened, what to do next."""

    code: str
    message: str
    advice: str = ""


class JoinIn(Schema):
    """The code of an invitation, and the key that this device made for itself."""

    code: str = Field(max_length=64, description="As in the QR, or as typed: case, blanks and dashes don't matter.")
    public_key: str = Field(pattern=r"^[0-9a-f]{64}$", description="Ed25519, hex.")
    proof: str = Field(
        pattern=r"^[0-9a-f]{128}$",
        description="That key's signature, hex, over `safepassage/join/v1` 0x00, the code as sent, 0x1f, the key.",
    )


class JoinOut(Schema):
    """Who this device is from now on. The token is told once; the site keeps its hash."""

    device: str
    token: str
    operation: str
    role: str
    site_key: str = Field(description="Ed25519, hex: signs receipts.")
    outbox_key: str = Field(description="X25519, hex: what is not handed in yet is sealed to it.")


class StandingIn(Schema):
    """Asked by a locked phone, which has no token: which device it is, and a ticket that its token's hash gives."""

    device: str = Field(max_length=20)
    ticket: str = Field(
        pattern=r"^[0-9a-f]{64}$", description="SHA-256 of `safepassage/standing/v1` 0x00 and SHA-256 of the token."
    )


class StandingOut(Schema):
    """Whether the site has withdrawn the device: a locked phone then wipes itself."""

    is_withdrawn: bool


class PointDayKeyOut(Schema):
    """The key of one access point and one day (UTC)."""

    point: str
    day: str
    secret: str


class BundlePassOut(Schema):
    """One living pass of this device's points; of people it says ids alone, in the order of its members."""

    id: str
    party: str
    persons: list[str]
    point: str
    recognition: str
    watched: str
    policy: str
    begins: int = Field(description="UTC seconds since 1970.")
    ends: int = Field(description="UTC seconds since 1970.")
    is_used: bool = Field(description="Somebody was admitted with it.")
    admitted: list[int] = Field(description="Places of the members who are inside, by whatever pass or document.")
    tags: list[list[str]] = Field(description="Of each member's documents, hex, as under the seal: spec/pass-v1.md.")


class BundlePolicyOut(Schema):
    """A policy version that passes may name."""

    version: str
    is_honoured: bool


class BundleDelayOut(Schema):
    """A route that a checkpoint holds up: who comes late by it is held and rebooked."""

    route: str
    until: int = Field(description="UTC seconds since 1970.")


class HeldTextOut(Schema):
    """A text to hold up before a crowd, in every language, and when it was released (UTC seconds)."""

    code: str
    texts: dict[str, str]
    released_at: int


class PeerOut(Schema):
    """A device that may stand at one of these points: believed by this key where it relays what it admitted."""

    device: str
    public_key: str


class BundleOut(Schema):
    """What a device needs with no network, for its points and days, and no more."""

    operation: str
    name: str
    device: str
    role: str
    points: list[str]
    made_at: datetime
    issuing_keys: list[str]
    point_day_keys: list[PointDayKeyOut]
    revocations: str = Field(description="Base64 of the signed list, spec/pass-v1.md.")
    passes: list[BundlePassOut]
    policies: list[BundlePolicyOut]
    places: dict[str, str]
    delays: list[BundleDelayOut]
    routes: list[str] = Field(description="The first legs of these passes: convoys of which this device may report.")
    peers: list[PeerOut]
    held_texts: list[HeldTextOut]


class LookupPartyOut(Schema):
    """What a look-up tells of a party: its tier, and where and when its pass holds (UTC seconds; 0: none)."""

    id: str
    tier: int | None
    point: str
    begins: int
    ends: int


class LookupOut(Schema):
    """An index of keyed hashes, columns in base64, docs/gate-protocol.md: no name, number or date is in it."""

    key: str
    made_at: datetime
    parties: list[LookupPartyOut]
    persons: list[str]
    party_of: list[int] = Field(description="For each person the place of their party.")
    names: str
    name_marks: str
    name_counts: str
    facts: str
    fact_counts: str


class ManifestLegOut(Schema):
    """One leg: a vehicle, a departure, an arrival (UTC seconds since 1970)."""

    id: str
    mode: str
    origin: str
    destination: str
    departs: int
    arrives: int
    vehicle: str
    seats: int
    version: int = Field(description="Of its closed manifest; 0: none is closed, the bookings of now are told.")
    is_before_gate: bool = Field(description="Its people set out; after the gate they board and depart.")
    departed: int = Field(description="When it left; 0: not yet, as far as the site knows.")
    counted: int | None = Field(description="Heads counted as it left.")
    others: list[list[str]] = Field(
        description="People seen aboard who are on no line of its manifest, and their party."
    )


class ManifestPartyOut(Schema):
    """A party on a leg (empty: a walk-in with a slip and no booking); of people ids alone."""

    id: str
    leg: str
    number: int = Field(description="Its line on the closed manifest; 0: none.")
    persons: list[str]
    aboard: list[int] = Field(description="Places of those who were seen aboard this leg.")
    where: list[str] = Field(description="Of each person the leg or point where they were seen last; empty: nowhere.")
    onward: str = Field(description="The leg that it is booked on after this one; empty: none.")
    is_stand_by: bool = Field(description="It has no seat and waits for one of this leg, in this order.")


class BedsOut(Schema):
    """A staging base tonight."""

    beds: int | None = Field(description="Null: no number is known.")
    here: list[str] = Field(description="Everybody who is there.")


class ManifestsOut(Schema):
    """Whom to expect on legs, or at a staging base, with no network: ids, heads, and hashes of what they hold out."""

    operation: str
    name: str
    device: str
    role: str
    point: str
    made_at: datetime
    key: str = Field(description="Of the tags, hex, new with each answer: core/passes/presented.py.")
    legs: list[ManifestLegOut]
    parties: list[ManifestPartyOut]
    tags: dict[str, str] = Field(description="Of the text and the id of each party's pass, and of slips: its party.")
    places: dict[str, str]
    beds: BedsOut | None


class EncountersIn(Schema):
    """Signed ledger events. An item that is anything else is parked by itself and blocks no other."""

    items: Annotated[
        list[Any],
        Field(max_length=MOST_ITEMS),
        WithJsonSchema({"type": "array", "maxItems": MOST_ITEMS, "items": _ITEM}),
    ]


class ReceiptOut(Schema):
    """The answer to one item, in the order of the items."""

    nonce: str
    outcome: Literal["stored", "known", "parked"]
    event: str
    reason: str = Field(description="Of a parked item: a closed code, docs/gate-protocol.md.")


class ReceiptsOut(Schema):
    """All answers of one upload, signed together by the site."""

    receipts: list[ReceiptOut]
    signature: str = Field(description="Base64, Ed25519 over the receipts, docs/gate-protocol.md.")


class RevocationsOut(Schema):
    """The list of withdrawn passes and keys, signed; it verifies with the issuing keys of the bundle."""

    issued_at: datetime
    data: str = Field(description="Base64 of the signed list, spec/pass-v1.md.")


class TallyIn(Schema):
    """An officer's estimate of the crowd; a later one of the same quarter of an hour replaces it."""

    level: Literal["calm", "dense", "dangerous"]
    heads: int | None = Field(default=None, ge=0, le=1_000_000)
    point: Slug | None = Field(default=None, description="Only for a device that belongs to no one point.")


class TallyOut(Schema):
    """The estimate as it stands."""

    point: str
    quarter: datetime
    level: str
    heads: int | None


class TimeOut(Schema):
    """The site's clock, to compare one's own with."""

    now: datetime
    milliseconds: int = Field(description="UTC since 1970.")
