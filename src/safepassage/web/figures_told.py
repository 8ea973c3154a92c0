"""What the figures of `/api/v1/` look like as JSON: the schemas that the OpenAPI document is made of."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field


class OperationOut(Schema):
    """The operation of this store."""

    code: str
    name: str
    time_zone: str
    began_at: datetime
    closed_at: datetime | None
    now: datetime


class CountOut(Schema):
    """People of one category at one stage; `seen` are those of them whom somebody has seen."""

    category: str
    stage: str
    people: int
    seen: int


class CountsOut(Schema):
    """Everybody once: the rows add up to `people`."""

    as_of: datetime
    people: int
    unknown: int = Field(description="People of whom no policy has said what they are; a figure of its own.")
    rows: list[CountOut]


class SourceOut(Schema):
    """Who sent lists, and on which terms."""

    id: str
    name: str
    trust: int
    basis: str
    purposes: list[str]
    sharing: str
    retention_days: int
    batches: int
    listings: int


class SourcesOut(Schema):
    """All sources, and rows over all batches."""

    sources: list[SourceOut]
    rows: dict[str, int]


class BatchOut(Schema):
    """One delivery in figures: the three kinds of rows add up to those read."""

    id: str
    source: str
    digest: str
    received_at: datetime
    rows_read: int
    rows_with_listings: int
    rows_rejected: int
    rows_without_people: int
    listings: int


class BatchesOut(Schema):
    """A page of batches, the newest first."""

    total: int
    batches: list[BatchOut]


class TierOut(Schema):
    """Parties of one tier under one policy version; no tier: see `outcome`."""

    policy: str
    outcome: str
    tier: int | None
    parties: int


class StandingsOut(Schema):
    """All standings in figures."""

    parties: int
    tiers: list[TierOut]


class TierHeads(Schema):
    """Heads of one tier on a leg."""

    tier: int
    heads: int


class LegOut(Schema):
    """One leg of the published plan and how full it is."""

    leg: str
    mode: str
    origin: str
    destination: str
    departs: datetime
    arrives: datetime
    seats: int
    booked: int
    by_tier: list[TierHeads]


class PlanOut(Schema):
    """The published plan in figures, with its legs by departure."""

    plan: str
    published_at: datetime | None
    is_provisional: bool
    parties_placed: int
    parties_unplaced: int
    legs: list[LegOut]


class ManifestOut(Schema):
    """A closed manifest; its list is on paper and in the console, for whoever may see it there."""

    leg: str
    version: int
    heads: int
    digest: str
    made_at: datetime


class AlarmOut(Schema):
    """A contradiction between events."""

    code: str
    subject: str
    events: list[str]
    devices: list[str]


class AlarmsOut(Schema):
    """All alarms, and how many of each code."""

    as_of: datetime
    by_code: dict[str, int]
    alarms: list[AlarmOut]
