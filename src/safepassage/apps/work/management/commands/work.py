"""`manage.py work`: the worker on a server; `safepassage work` is the same."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from safepassage import vault
from safepassage.apps.work.locked import obey_lock, work_obedient


class Command(BaseCommand):
    """Does the long work that pages ask for."""

    help = "Does the long work that pages ask for, one job after the other, until it is ended."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--once", action="store_true", help="End when nothing waits.")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Works until SIGTERM, Ctrl-C or a lock: what it is at then is marked as interrupted."""
        vault.heed_signals()
        ends = threading.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: ends.set())
        obey_lock(Path(settings.HOME), ends, goes_on=True)
        work_obedient(ends, is_once=options["once"])
