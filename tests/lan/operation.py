"""An invented operation on a disk of its own, for tests in which the site is another process.

`python -m tests.lan.operation HOME` answers lines of JSON, `[verb, words ...]`, with a line of JSON each:
make (the Testani family with a pass valid now), travel (a plan with passes), invite [ROLE POINT], withdraw DEVICE,
loads, ledger (where everybody is, what was told).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safepassage.cli.store import open_store

ACCOUNT, PASSWORD = "desk", "four invented words here"


class Desk:
    """Somebody at the laptop: a process beside the site's, on the same store."""

    def __init__(self, home: Path) -> None:
        words = [sys.executable, "-m", "tests.lan.operation", str(home)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words: str) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(words), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=20)


def make() -> dict[str, Any]:
    from safepassage.apps.accounts.roles import Role
    from safepassage.apps.accounts.services import account_create
    from safepassage.apps.passes.keyring import keys_make
    from tests.apps.gate.scene import family_with_pass
    from tests.make import operation_of

    now = datetime.now(UTC)
    found = operation_of("test-lan", now)
    keys_make()
    account_create(username=ACCOUNT, password=PASSWORD, roles=frozenset(Role))
    made = family_with_pass(found.code, now)
    return {"text": made.text, "short_code": made.short_code, "recognition": made.recognition_code, "id": made.id}


def travel() -> dict[str, Any]:
    """Everybody of the cast on the journey of `tests/apps/gate/journey.py`, with passes; who goes on which leg."""
    from safepassage.apps.gate.loading import legs_loading, network_planned
    from safepassage.apps.ledger.selectors import state_now
    from safepassage.apps.passes.selectors import passes_of
    from safepassage.apps.passes.services import passes_issue_due
    from tests.apps.gate.journey import planned

    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        planned(Path(folder), now)
    passes_issue_due(account=ACCOUNT, now=now)
    network = network_planned()
    assert network is not None
    return {
        one.leg.id: [
            {"party": party.party, "text": passes_of([party.party])[party.party].text, "people": len(party.persons)}
            for party in one.parties
        ]
        for one in legs_loading(state_now(), legs=network.legs)
    }


def loads() -> dict[str, Any]:
    """How many are aboard each leg, and how many are at each base, as the site sees it."""
    from safepassage.apps.gate.loading import bases_loading, legs_loading, network_planned
    from safepassage.apps.ledger.selectors import discrepancies_now, state_now

    network = network_planned()
    assert network is not None
    legs = {one.leg.id: [len(one.aboard), one.counted] for one in legs_loading(state_now(), legs=network.legs)}
    bases = {one.point.id: [len(one.here), one.free] for one in bases_loading(state_now(), now=datetime.now(UTC))}
    return {"legs": legs, "bases": bases, "differing": [one.place for one in discrepancies_now()]}


def invite(role: str = "access-point", point: str = "north-gate") -> dict[str, Any]:
    from safepassage.apps.gate.selectors import join_address
    from safepassage.apps.gate.services import device_invite

    code = device_invite(role=role, point=point, account=ACCOUNT, now=datetime.now(UTC))
    return {"code": code, "address": join_address(code)}


def withdraw(device: str) -> dict[str, Any]:
    from safepassage.apps.gate.selectors import devices_known
    from safepassage.apps.gate.services import device_revoke

    device_revoke(device=devices_known().get(pk=device), reason="lost", account=ACCOUNT, now=datetime.now(UTC))
    return {}


def ledger() -> dict[str, Any]:
    from safepassage.apps.gate.selectors import devices_known
    from safepassage.apps.ledger.checking import record_check
    from safepassage.apps.ledger.selectors import events_after, parked_open, state_now

    devices = [one.pk for one in devices_known()]
    told = [event for event in events_after() if event.device in devices]
    return {
        "stages": Counter(str(person.stage) for person in state_now().people.values()),
        "kinds": [str(event.kind) for event in told],
        "devices": devices,
        "parked": [reason for reason, _, _ in parked_open()],
        "problems": [str(one) for one in record_check()],
        "alarms": [one.code for one in state_now().alarms],
    }


if __name__ == "__main__":
    open_store(Path(sys.argv[1]), create=True)
    verbs = {
        "make": make, "travel": travel, "invite": invite, "withdraw": withdraw, "ledger": ledger, "loads": loads
    }  # fmt: skip
    for line in sys.stdin:
        verb, *words = json.loads(line)
        print(json.dumps(verbs[verb](*words)), flush=True)
