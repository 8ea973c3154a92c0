"""What the worker asks of itself while nothing waits: whoever came is compared, and becomes a person.

Under an adopted version a pair of listings weighs the same whatever came later, so a run changes nothing that a new
list or answer did not bring; it needs nobody who presses a button. Where nothing is adopted a run learns anew and may
change old links: then a person asks for it, and only small lists are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.intake.selectors import batches_count, listings_count
from safepassage.apps.outreach.calls_again import calls_again_close
from safepassage.apps.registry.answers import answer_last_at
from safepassage.apps.registry.arrivals import arrivals_look
from safepassage.apps.registry.matcher import matcher_adopted, matcher_runs_by_itself
from safepassage.apps.registry.selectors import RunMark, batches_unmatched, run_mark
from safepassage.apps.work.kinds import KINDS
from safepassage.apps.work.models import Job
from safepassage.apps.work.running import note_error
from safepassage.apps.work.selectors import job_last
from safepassage.apps.work.services import job_ask
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import BatchId

QUIET = timedelta(seconds=60)
"""So long after the last answer a run begins: whoever answers one question after the other is not overtaken."""
LOOK = timedelta(seconds=5)
"""So often it is looked whether something came, by two short queries."""
SEARCH = timedelta(seconds=60)
"""So often all listings are gone through for one that no run has matched; at once if a list came."""
BREATH = 2
"""A run begins so many times later than the last one took: a large operation's worker has time for others."""


@dataclass(slots=True)
class Due:
    """What one worker has looked at already: nothing is asked for twice, whatever became of it."""

    looked_at: datetime | None = None
    searched_at: datetime | None = None
    known: tuple[int, int] = (0, 0)
    """How many batches there were, and which run was the last, when the unmatched were searched for."""
    unmatched: Sequence[tuple[BatchId, str]] = ()
    """Batches with somebody whom no run has matched, and who took them in; the newest first."""
    is_behind: bool = False
    """Whether the last run knew of more listings, or of fewer: a list was withdrawn, or somebody erased."""
    compared: frozenset[BatchId] = frozenset()
    asked: tuple[object, ...] = ()

    def ask(self, *, now: datetime) -> bool:
        """Compares small lists that nobody compared, or asks for a run if one is due; whether it asked."""
        if self.looked_at is not None and now - self.looked_at < LOOK:
            return False
        self.looked_at = now
        _close_calls(now)
        run = run_mark()
        if run is None:
            return False  # the first run is a person's, who sees what the lists became
        self._search(run, now)
        answered = self._answered(run, now)
        state = (run.key, run.ended_at, *self.unmatched, self.is_behind, answered)
        if not (self.unmatched or self.is_behind or answered) or state == self.asked:
            return False  # so it is nearly always: the weights, a large text, are read only where something came
        if not matcher_runs_by_itself():
            self._compare()
            return False
        return self._ask(state, now)

    def _search(self, run: RunMark, now: datetime) -> None:
        known = (batches_count(), run.key)
        if known != self.known or self.searched_at is None or now - self.searched_at >= SEARCH:
            self.unmatched, self.known, self.searched_at = batches_unmatched(), known, now
            self.is_behind = listings_count() != run.listings

    def _compare(self) -> None:
        for batch, _ in self.unmatched:
            if batch not in self.compared:
                self.compared |= {batch}
                arrivals_look(batch=batch)

    def _answered(self, run: RunMark, now: datetime) -> datetime | None:
        """When somebody answered last, if no run has applied it yet and nobody has answered for a while."""
        answered = answer_last_at()
        return answered if answered and answered > run.ended_at and now - answered >= QUIET else None

    def _ask(self, state: tuple[object, ...], now: datetime) -> bool:
        asker = self._asker()
        if asker is None or not _is_rested(now):
            return False
        self.asked = state
        job_ask(kind=Job.Kind.RESOLVE, arguments={}, account=asker, now=now)
        return True

    def _asker(self) -> str | None:
        """Whoever took the newest list in, else whoever put the version in force; if they still may."""
        adopted = matcher_adopted()
        names = [name for _, name in self.unmatched[:1]] + [adopted.adopted_by if adopted else ""]
        return next((name for name in names if _may_run(name)), None)


def _close_calls(now: datetime) -> None:
    """Whoever was to be called again and has turned up is called no more."""
    try:
        calls_again_close(account="", now=now)
    except Exception as error:  # noqa: BLE001 - the matcher's work goes on
        note_error("closing the steps of who has turned up", error)


def _may_run(name: str) -> bool:
    try:
        return KINDS[Job.Kind.RESOLVE].is_open_to(account_named(name))
    except NotFoundError:
        return False


def _is_rested(now: datetime) -> bool:
    last = job_last(Job.Kind.RESOLVE)
    if last is None or last.ended_at is None or last.began_at is None:
        return True
    return now - last.ended_at >= BREATH * (last.ended_at - last.began_at)
