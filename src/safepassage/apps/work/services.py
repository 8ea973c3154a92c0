"""Acts on the queue: ask, begin, end, stop. Each is one short write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from safepassage.apps.work.channel import channel_clear, progress_read, stop_ask
from safepassage.apps.work.models import Job


@transaction.atomic
def job_ask(*, kind: Job.Kind, arguments: Mapping[str, Any], account: str, now: datetime) -> Job:
    """Puts work into the queue; who asks twice for the same before it began has asked once."""
    waiting = Job.objects.filter(kind=kind, asked_by=account, state=Job.State.WAITING)
    same = next((job for job in waiting if job.arguments == dict(arguments)), None)
    return same or Job.objects.create(kind=kind, arguments=dict(arguments), asked_by=account, asked_at=now)


def job_begin(*, now: datetime) -> Job | None:
    """Takes the oldest waiting job; nothing if none waits, or if it was stopped this very moment."""
    job = Job.objects.filter(state=Job.State.WAITING).order_by("pk").first()
    if job is None:
        return None
    taken = Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(state=Job.State.RUNNING, began_at=now)
    job.refresh_from_db()
    return job if taken else None


def job_end(
    job: Job,
    *,
    state: Job.State,
    now: datetime,
    result: Mapping[str, Any] | None = None,
    error: str = "",
    advice: str = "",
) -> None:
    """Says what became of a job."""
    said = progress_read(job.pk)
    if said:
        job.progress, job.what = said
    if state == Job.State.DONE:
        job.progress, job.what = 1.0, ""
    job.state, job.ended_at, job.result = state, now, dict(result or {})
    job.error, job.advice = error[:500], advice[:500]
    job.save(update_fields=["state", "ended_at", "result", "error", "advice", "progress", "what"])
    channel_clear(job.pk)


def job_stop(job: Job, *, now: datetime) -> None:
    """A waiting job is taken out; a running one stops at its next step, and stores nothing that is not whole."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    if not waiting.update(state=Job.State.STOPPED, ended_at=now):
        stop_ask(job.pk)


def jobs_interrupt(*, now: datetime) -> int:
    """Marks what a worker that is no more was at. Only for who holds the worker's lock."""
    left = list(Job.objects.filter(state=Job.State.RUNNING))
    for job in left:
        job_end(job, state=Job.State.INTERRUPTED, now=now)
    return len(left)
