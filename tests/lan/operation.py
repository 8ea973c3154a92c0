"""An invented operation on a disk of its own, for tests in which the site is another process.

python -m tests.lan.operation make HOME         the Testani family with a pass valid now; prints what was issued
python -m tests.lan.operation invite HOME       an invitation of the north gate
python -m tests.lan.operation withdraw HOME ID  withdraws a device
python -m tests.lan.operation ledger HOME       where everybody is, and what the devices told
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safepassage.cli.store import open_store

ACCOUNT, PASSWORD = "desk", "four invented words here"


def ask(*words: str) -> dict[str, Any]:
    """Runs one of the verbs in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.lan.operation", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def make(home: str) -> dict[str, Any]:
    open_store(Path(home), create=True)
    from safepassage.apps.accounts.roles import Role
    from safepassage.apps.accounts.services import account_create, operation_found
    from safepassage.apps.ledger.services import site_found
    from safepassage.apps.passes.keyring import keys_make
    from tests.apps.gate.scene import family_with_pass

    now = datetime.now(UTC)
    found = operation_found(
        code="test-lan",
        name="Test operation (invented)",
        controller="Example Task Force",
        retention_days=30,
        time_zone="Asia/Kabul",
        default_region="AF",
        began_at=now,
    )
    site_found(operation=found.code)
    keys_make()
    account_create(username=ACCOUNT, password=PASSWORD, roles=frozenset(Role))
    made = family_with_pass(found.code, now)
    return {"text": made.text, "short_code": made.short_code, "recognition": made.recognition_code, "id": made.id}


def invite(home: str) -> dict[str, Any]:
    open_store(Path(home))
    from safepassage.apps.gate.selectors import join_address
    from safepassage.apps.gate.services import device_invite
    from tests.apps.gate.scene import GATE

    code = device_invite(role="access-point", point=GATE, account=ACCOUNT, now=datetime.now(UTC))
    return {"code": code, "address": join_address(code)}


def withdraw(home: str, device: str) -> dict[str, Any]:
    open_store(Path(home))
    from safepassage.apps.gate.selectors import devices_known
    from safepassage.apps.gate.services import device_revoke

    device_revoke(device=devices_known().get(pk=device), reason="lost", account=ACCOUNT, now=datetime.now(UTC))
    return {}


def ledger(home: str) -> dict[str, Any]:
    open_store(Path(home))
    from safepassage.apps.gate.selectors import devices_known
    from safepassage.apps.ledger.selectors import events_after, parked_open, record_check, state_now

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
    verb, *words = sys.argv[1:]
    print(json.dumps({"make": make, "invite": invite, "withdraw": withdraw, "ledger": ledger}[verb](*words)))
