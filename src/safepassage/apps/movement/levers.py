"""What binds the plan, and what a little more of it would bring by tier: for whoever can ask for a bus more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from safepassage.apps.movement.demands import demands_now
from safepassage.apps.movement.reserves import seats_keep
from safepassage.apps.movement.selectors import network_read, network_record_now, plan_read, plan_record_now
from safepassage.core.errors import UnreadableError
from safepassage.core.movement import BlockCode, find_levers

Progress = Callable[[float, str], None]
SECONDS = 300.0
"""So long it is tried: at the size of Kabul a trial is ten seconds of the solver and more on a busy machine."""


@dataclass(frozen=True, slots=True)
class LeverLine:
    """`extra` more of one thing lets so many more people out: `gains` by tier, only of tiers that gain or lose.

    `at` is when the hour or the day of the night begins, or the leg departs (aware UTC); None where there is no such.
    """

    code: BlockCode
    where: str
    unit: str
    at: datetime | None
    extra: int
    gains: tuple[tuple[int, int], ...]

    @property
    def people(self) -> int:
        """All whom it would bring."""
        return sum(people for _, people in self.gains)


@dataclass(frozen=True, slots=True)
class LeversFound:
    """What binds, the best first, on the network with this digest.

    Empty: nobody is short of anything that binds, if it `is_whole`; else time was too short to try everything.
    """

    network: str
    lines: tuple[LeverLine, ...]
    is_whole: bool = True

    def noted(self) -> dict[str, Any]:
        """As a job keeps it: codes, ids and figures alone."""
        return {
            "network": self.network,
            "is_whole": self.is_whole,
            "levers": [
                {
                    "code": one.code.value,
                    "where": one.where,
                    "unit": one.unit,
                    "at": one.at.isoformat() if one.at else "",
                    "extra": one.extra,
                    "gains": [list(gain) for gain in one.gains],
                }
                for one in self.lines
            ],
        }


def levers_now(*, now: datetime, progress: Progress | None = None, seconds: float = SECONDS) -> LeversFound:
    """Works out what binds on the network recorded last, beside the promises of the published plan. Writes nothing.

    Each is found by its price and tried with as many more as one vehicle carries; people are counted as flows, a
    bound on what whole parties make of it. Cost: the flows, once more for each thing tried; within `seconds` or so.

    Raises:
        NotFoundError: no network is known.
    """
    step = progress or (lambda _share, _what: None)
    step(0.05, "reading everyone")
    record = network_record_now()
    network, _ = seats_keep(network_read(record), now=now)
    demands = demands_now(network, now=now)
    standing = plan_record_now()
    previous = plan_read(standing) if standing else None
    step(0.2, "working out flows and bounds")
    found = find_levers(
        network,
        demands,
        now=now,
        previous=previous,
        time_limit_seconds=seconds,
        progress=lambda share, what: step(0.2 + 0.8 * share, what),
    )
    departs = {str(leg.id): leg.departs for leg in network.legs}
    lines = tuple(
        LeverLine(
            code=one.code,
            where=one.where,
            unit=one.unit,
            at=one.begins or departs.get(one.where),
            extra=one.extra,
            gains=tuple((tier, gain) for tier, gain in zip(found.tiers, one.gains, strict=True) if gain),
        )
        for one in found.levers
    )
    return LeversFound(record.digest, lines, found.is_whole)


def levers_read(noted: Mapping[str, Any]) -> LeversFound:
    """What a job kept.

    Raises:
        UnreadableError: it is damaged.
    """
    try:
        lines = tuple(
            LeverLine(
                code=BlockCode(one["code"]),
                where=str(one["where"]),
                unit=str(one["unit"]),
                at=datetime.fromisoformat(one["at"]) if one["at"] else None,
                extra=int(one["extra"]),
                gains=tuple((int(tier), int(people)) for tier, people in one["gains"]),
            )
            for one in noted["levers"]
        )
        return LeversFound(str(noted["network"]), lines, bool(noted["is_whole"]))
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableError("What binds can't be read.", advice="Ask for it again.") from error
