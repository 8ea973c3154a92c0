"""One job from begin to end: steps are told, a wish to stop is heard, and whatever ends it is said."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.utils import timezone

from safepassage.apps.work.channel import is_stop_asked, progress_tell
from safepassage.apps.work.models import Job
from safepassage.apps.work.services import job_end
from safepassage.core.errors import ProblemsError, SafePassageError

Step = Callable[[float, str], None]
Act = Callable[[Job, Step], dict[str, Any]]
TELL_SECONDS = 0.25
"""At most so often a job says how far it is, and looks whether it is to stop."""
log = logging.getLogger("safepassage.work")


class StoppedError(Exception):
    """Somebody asked the job to stop: unwinds it, and with it the transaction that it is in."""


class WorkerEndsError(Exception):
    """The worker itself is told to end."""


def run_job(job: Job, act: Act, *, ends: threading.Event | None = None, is_loud: bool = False) -> None:
    """Runs a job that has begun and says what became of it. `is_loud`: an error is raised again after that."""
    try:
        result = act(job, _stepper(job, ends))
    except StoppedError:
        job_end(job, state=Job.State.STOPPED, now=timezone.now())
    except WorkerEndsError:
        job_end(job, state=Job.State.INTERRUPTED, now=timezone.now())
    except Exception as error:
        told, advice = _in_words(error)
        job_end(job, state=Job.State.FAILED, now=timezone.now(), error=told, advice=advice)
        if is_loud:
            raise
        if not isinstance(error, SafePassageError):
            note_error(f"job {job.pk} ({job.kind})", error)
    else:
        job_end(job, state=Job.State.DONE, now=timezone.now(), result=result)


def note_error(what: str, error: Exception) -> None:
    """Logs where an error came from, never what it says: the message of a foreign error may quote a person's data."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s failed: %s\n%s", what, type(error).__name__, where)


def _in_words(error: Exception) -> tuple[str, str]:
    if isinstance(error, SafePassageError):
        problems = error.problems if isinstance(error, ProblemsError) else (error.problem,)
        first = problems[0]
        where = f" ({first.where})" if first.where else ""
        more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
        return f"{first.message}{where}{more}", first.advice
    if isinstance(error, OperationalError):
        return "The store was busy for too long, or can't be reached.", "Nothing was stored. Ask again."
    return "This is a mistake of the program's own.", "Nothing was stored. Ask again; if it fails again, report it."


def _stepper(job: Job, ends: threading.Event | None) -> Step:
    last = 0.0

    def step(share: float, what: str) -> None:
        nonlocal last
        if ends is not None and ends.is_set():
            raise WorkerEndsError
        moment = time.monotonic()
        if moment - last < TELL_SECONDS:
            return
        last = moment
        if is_stop_asked(job.pk):
            raise StoppedError
        progress_tell(job.pk, share, what)

    return step
