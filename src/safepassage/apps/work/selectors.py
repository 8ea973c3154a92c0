"""Reads of jobs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from safepassage.apps.work.channel import is_stop_asked, progress_read
from safepassage.apps.work.models import Job
from safepassage.core.errors import NotFoundError


def job_by_number(number: int) -> Job:
    """One job; a running one as far as it says that it is.

    Raises:
        NotFoundError: if there is none.
    """
    job = Job.objects.filter(pk=number).first()
    if job is None:
        raise NotFoundError("No work has that number.", advice="Go back to the list of long work.")
    if job.state == Job.State.RUNNING:
        job.progress, job.what = progress_read(job.pk) or (job.progress, job.what)
    return job


def jobs_asked(kinds: Iterable[str]) -> QuerySet[Job]:
    """Jobs of these kinds, the newest first."""
    return Job.objects.filter(kind__in=list(kinds)).order_by("-pk")


def job_last(kind: Job.Kind) -> Job | None:
    """The last job of a kind."""
    return Job.objects.filter(kind=kind).order_by("-pk").first()


def job_done_last(kind: Job.Kind) -> Job | None:
    """The last job of a kind that was done to its end."""
    return Job.objects.filter(kind=kind, state=Job.State.DONE).order_by("-pk").first()


def jobs_before(job: Job) -> int:
    """How many jobs come before a waiting one."""
    return Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING), pk__lt=job.pk).count()


def is_stopping(job: Job) -> bool:
    """Whether a running job was asked to stop and has not yet."""
    return job.state == Job.State.RUNNING and is_stop_asked(job.pk)
