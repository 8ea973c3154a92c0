"""How long each page of the console takes at demo size, as a share of what a page may take (300 ms).

    python -m benchmarks.console [--home FOLDER] [--runs 9] [--lists FOLDER] [--json]

Without --home a demo is walked into a folder that is thrown away (a minute). Of each page: `first` in a server that
has just started (a process of its own, warmed up as servers are; each page once, in the order of the corridor), then
the median and the most of `runs`. All in milliseconds: `cpu` is processor time of this process, and what a busy
machine changes less; `wall` is what the reader waits for. Pages are asked for through Django's test client with the
middleware that a server has: without sockets, and without the browser. A page of one party, person, batch, leg or
question is that of the largest.

It ends with 1 if a page takes more than the bound: on the wall, or with --cpu in processor time.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

BOUND_MS = 300.0
LANGUAGE = "fa-af"
"""Core's sentences are made anew in it: the dearer case."""


def addresses() -> dict[str, str]:
    """Every page that only shows, by name: the places, and the largest of each kind of thing."""
    from django.db.models import Count
    from django.urls import reverse

    from safepassage.apps.console.navigation import PLACES
    from safepassage.apps.intake.models import Batch
    from safepassage.apps.movement.loads import legs_load
    from safepassage.apps.policy.models import PolicyRecord
    from safepassage.apps.registry.models import Membership, PersonListing
    from safepassage.apps.registry.questions import reviews_open
    from safepassage.apps.work.models import Job

    found = {place.url.partition(":")[2]: reverse(place.url) for place in PLACES}
    found |= {name: reverse(f"console:{name}") for name in ("board-live", "search", "overrides", "texts", "jobs")}
    found |= {name: reverse(f"console:{name}") for name in ("upload", "counterpart", "draft", "verify", "burn")}
    party = Membership.objects.values("party").annotate(size=Count("person")).order_by("-size", "party").first()
    person = (
        PersonListing.objects.values("person").annotate(size=Count("listing")).order_by("-size", "person").first()
    )
    batch = Batch.objects.order_by("-rows_read", "id").first()
    legs = sorted(legs_load(), key=lambda load: -load.booked)
    review = max(reviews_open(), key=lambda one: len(one.content.get("listings", ())), default=None)
    policy, job = PolicyRecord.objects.first(), Job.objects.first()
    if party:
        found["party"] = reverse("console:party", args=[party["party"]])
        found["party-reasons"] = reverse("console:party-reasons", args=[party["party"]])
    if person:
        found["person"] = reverse("console:person", args=[person["person"]])
    if batch:
        found["batch"] = reverse("console:batch", args=[batch.pk])
        found["source"] = reverse("console:source", args=[batch.source_id])
    if legs:
        found["leg"] = reverse("console:leg", args=[legs[0].leg])
    if review:
        found["review"] = reverse("console:review", args=[review.pk])
    if policy:
        found["policy-text"] = reverse("console:policy-text", args=[policy.pk])
    if job:
        found["job"] = reverse("console:job", args=[job.pk])
    return found


def client_signed_in() -> Client:
    """A client of an account with every role, in Dari."""
    from django.conf import settings
    from django.test import Client

    from safepassage.apps.accounts.models import Account
    from safepassage.apps.accounts.roles import Role
    from safepassage.apps.accounts.services import account_create

    settings.ALLOWED_HOSTS = ["testserver"]
    name = "benchmark-reader"
    account = Account.objects.filter(username=name).first()
    client = Client(headers={"accept-language": LANGUAGE})
    client.force_login(account or account_create(username=name, password=None, roles=frozenset(Role)))
    return client


def timed(act: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds on the wall and of processor time."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def measure(runs: int) -> list[dict[str, object]]:
    """Each page's times, in a process that has asked for none of them yet."""
    from safepassage.web.warm import warm_up

    warm_up()
    client, pages = client_signed_in(), addresses()
    client.get("/access-log/", {"page": "9999"})  # the session's own first request: signing in is no page

    def ask(address: str) -> None:
        status = client.get(address).status_code
        if status != 200:
            raise SystemExit(f"{address} answered {status}")

    first = {name: timed(lambda address=address: ask(address)) for name, address in pages.items()}  # type: ignore[misc]
    lines: list[dict[str, object]] = []
    for name, address in pages.items():
        times = [timed(lambda address=address: ask(address)) for _ in range(runs)]  # type: ignore[misc]
        walls, cpus = [one[0] for one in times], [one[1] for one in times]
        most = max(first[name][0], *walls)
        lines.append(
            {
                "page": name,
                "first_wall": round(first[name][0]),
                "first_cpu": round(first[name][1]),
                "median_wall": round(statistics.median(walls)),
                "median_cpu": round(statistics.median(cpus)),
                "most_wall": round(max(walls)),
                "most_over_bound": round(most / BOUND_MS, 2),
                "cpu_over_bound": round(max(first[name][1], *cpus) / BOUND_MS, 2),
            }
        )
    return sorted(lines, key=lambda line: -float(str(line["cpu_over_bound"])))


def walk_demo(home: Path, lists: Path | None) -> None:
    """A demo in a folder, by the command that everyone uses."""
    more = ["--lists", str(lists)] if lists else []
    command = [sys.executable, "-m", "safepassage", "demo", "--no-serve", "--json", "--home", str(home), *more]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a demo that is there already")
    parser.add_argument("--lists", type=Path, help="a folder of lists for the demo that is walked")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--cpu", action="store_true", help="hold the bound against processor time")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = told.home or Path(folder) / "demo"
        if told.home is None:
            walk_demo(home, told.lists)
        os.environ |= {"SAFEPASSAGE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "safepassage.web.settings"}
        import django

        django.setup()
        lines = measure(told.runs)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    slow = [line for line in lines if float(str(line["cpu_over_bound" if told.cpu else "most_over_bound"])) > 1]
    if told.json:
        print(json.dumps({"bound_ms": BOUND_MS, "load": load, "pages": lines}))
    else:
        print(f"{len(lines)} pages, bound {BOUND_MS:.0f} ms, load {load}")
        print("  ".join(lines[0]))
        for line in lines:
            print("  ".join(f"{value!s:>{len(name)}}" for name, value in line.items()))
        print("no page over the bound" if not slow else f"{len(slow)} over the bound")
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
