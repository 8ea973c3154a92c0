"""Who is in the store is made ready while nothing waits, and a list is in whatever becomes of comparing it."""

from __future__ import annotations

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.work import kinds, worker
from safepassage.apps.work.kinds import job_start
from safepassage.apps.work.models import Job
from safepassage.apps.work.uploads import reading_keep, upload_keep
from tests.make import EVERYONE, a_source, csv_text

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
KARIM = "Karim Testani, born 1980-05-14"


def mistaken(*_args, **_more):
    raise ZeroDivisionError(KARIM)


def taking_in() -> Job:
    account_create(username="desk", password=None, roles=frozenset({Role.INTAKE_CLERK}))
    key = upload_keep(SimpleUploadedFile("list.csv", csv_text(EVERYONE).encode()))
    arguments = {"upload": key, "reading": reading_keep("list.csv", {}), "source": a_source().pk}
    return job_start(kind=Job.Kind.INTAKE, arguments=arguments, account="desk")


def test_a_list_is_in_though_comparing_it_failed_and_the_log_names_nobody(monkeypatch, caplog) -> None:
    monkeypatch.setattr(kinds, "arrivals_look", mistaken)
    job = taking_in()
    assert (job.state, job.result["count"]) == (Job.State.DONE, len(EVERYONE))
    assert "ZeroDivisionError" in caplog.text
    assert KARIM not in caplog.text


def test_a_list_that_was_there_is_not_compared_again(monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(kinds, "arrivals_look", lambda *, batch: asked.append(batch))
    first = taking_in()
    key = upload_keep(SimpleUploadedFile("list.csv", csv_text(EVERYONE).encode()))
    arguments = {"upload": key, "reading": reading_keep("list.csv", {}), "source": a_source().pk}
    job_start(kind=Job.Kind.INTAKE, arguments=arguments, account="desk")
    assert asked == [first.result["batch"]]


@pytest.mark.parametrize("fails", [False, True])
def test_an_idle_worker_makes_ready_once_and_goes_on_whatever_comes_of_it(monkeypatch, fails) -> None:
    ends, made, waits = threading.Event(), [], []

    def prepare() -> None:
        made.append(1)
        if fails:
            mistaken()

    def wait(_seconds) -> bool:
        waits.append(1)
        if len(waits) == 3:
            ends.set()
        return True

    monkeypatch.setattr(worker, "arrivals_prepare", prepare)
    monkeypatch.setattr(ends, "wait", wait)
    worker.work_on(ends)
    assert (len(made), len(waits)) == (1, 3)
