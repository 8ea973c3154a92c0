"""Long work: asked for, done one after the other, stopped, failed in words, interrupted, and asked again."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safepassage.apps.accounts.models import Account
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.intake.models import Batch
from safepassage.apps.movement.bookings import bookings_lines
from safepassage.apps.passes.models import PassRecord
from safepassage.apps.passes.selectors import passes_living
from safepassage.apps.passes.services import passes_issue_due
from safepassage.apps.registry.models import PartyRecord
from safepassage.apps.work import kinds
from safepassage.apps.work.channel import progress_tell
from safepassage.apps.work.models import Job
from safepassage.apps.work.printed import printed_is_there
from safepassage.apps.work.running import run_job
from safepassage.apps.work.selectors import job_by_number
from safepassage.apps.work.services import job_ask, job_begin, job_stop
from safepassage.apps.work.worker import work_alone, work_on, worker_is_here
from safepassage.core.errors import ForbiddenError
from tests.make import EVERYONE, NOW, csv_text, taken_in, with_bookings

KARIM = "Karim Testani, born 1980-05-14"
pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


@pytest.fixture
def beside(settings) -> None:
    """Work is done by the worker, as outside of tests."""
    settings.WORK_AT_ONCE = False


def an_account(name: str, *roles: Role) -> Account:
    return account_create(username=name, password=None, roles=frozenset(roles))


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def asked(kind: Job.Kind = Job.Kind.RESOLVE, account: str = "desk", **arguments) -> Job:
    return job_ask(kind=kind, arguments=arguments, account=account, now=timezone.now())


def worked() -> None:
    work_on(threading.Event(), is_once=True)


def acting(monkeypatch, act) -> None:
    """Every job does this instead."""
    monkeypatch.setattr(kinds, "KINDS", {kind: kinds.Kind(("board.see",), act) for kind in Job.Kind})
    an_account("desk", Role.SUPERVISOR)


def test_the_worker_does_what_a_page_asked_for_and_says_what_came_of_it(tmp_path, beside) -> None:
    taken_in(tmp_path, EVERYONE)
    client = signed_in(an_account("desk", Role.SUPERVISOR))
    response = client.post("/lists/resolve/")
    job = Job.objects.get()
    assert response["Location"] == reverse("console:job", args=[job.pk])
    assert "No worker runs" in client.get(response["Location"]).text
    assert not PartyRecord.objects.exists()
    worked()
    page = client.get(response["Location"]).text
    assert f"{len(EVERYONE)} persons" in page
    assert 'href="/lists/"' in page
    assert PartyRecord.objects.exists()


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(monkeypatch) -> None:
    done: list[int] = []
    acting(monkeypatch, lambda job, _step: done.append(job.pk) or {})
    jobs = [asked(Job.Kind.RESOLVE), asked(Job.Kind.PLAN), asked(Job.Kind.APPLY_POLICY)]
    worked()
    assert done == [job.pk for job in jobs]


def test_who_asks_twice_before_it_began_has_asked_once() -> None:
    first = asked(Job.Kind.PLAN, seconds=10)
    assert asked(Job.Kind.PLAN, seconds=10) == first
    assert asked(Job.Kind.PLAN, seconds=2) != first
    assert asked(Job.Kind.PLAN, account="other", seconds=10) != first


def test_one_worker_is_enough(beside) -> None:
    assert not worker_is_here()
    with work_alone() as is_alone, work_alone() as is_too:
        assert (is_alone, is_too) == (True, False)
        assert worker_is_here()


def test_work_that_waits_is_taken_out_by_stopping_it() -> None:
    job = asked()
    job_stop(job, now=timezone.now())
    worked()
    job.refresh_from_db()
    assert (job.state, job.began_at) == (Job.State.STOPPED, None)


def test_work_that_runs_stops_at_its_next_step_and_stores_nothing_half(monkeypatch) -> None:
    def act(job: Job, step) -> dict[str, int]:
        from django.db import transaction

        with transaction.atomic():
            an_account("half-done", Role.PLANNER)
            job_stop(job, now=timezone.now())
            step(0.5, "at it")
        raise AssertionError

    acting(monkeypatch, act)
    job = asked()
    worked()
    job.refresh_from_db()
    assert job.state == Job.State.STOPPED
    assert not Account.objects.filter(username="half-done").exists()


def test_a_refusal_of_ours_is_shown_in_its_words(monkeypatch) -> None:
    def act(_job: Job, _step) -> dict[str, int]:
        raise ForbiddenError("There is nothing to plan.", advice="Take a list in.")

    acting(monkeypatch, act)
    job = asked()
    worked()
    page = signed_in(Account.objects.get()).get(reverse("console:job", args=[job.pk])).text
    assert "There is nothing to plan." in page
    assert "Take a list in." in page
    assert "Ask again" in page


def test_a_mistake_of_the_programs_own_says_nothing_of_anybody(monkeypatch, caplog) -> None:
    def act(_job: Job, _step) -> dict[str, int]:
        raise ValueError(KARIM)

    acting(monkeypatch, act)
    job = asked()
    worked()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    said = job.error + job.advice + caplog.text
    assert "mistake of the program" in said
    assert "ValueError" in caplog.text
    assert "Testani" not in said


def test_what_a_worker_was_at_when_it_died_is_interrupted_and_can_be_asked_again(tmp_path, beside) -> None:
    taken_in(tmp_path, EVERYONE)
    client = signed_in(an_account("desk", Role.SUPERVISOR))
    asked()
    left = job_begin(now=timezone.now())
    assert left is not None
    progress_tell(left.pk, 0.4, "comparing")
    assert "interrupted" in client.get(reverse("console:job", args=[left.pk])).text
    left.refresh_from_db()
    assert (left.state, left.progress) == (Job.State.INTERRUPTED, 0.4)
    again = client.post(reverse("console:job-again", args=[left.pk]))["Location"]
    assert again != reverse("console:job", args=[left.pk])
    worked()
    assert PartyRecord.objects.exists()


class Killed(BaseException):
    """What ends a process in the middle, as far as a test can."""


def test_a_list_whose_worker_died_while_it_was_compared_can_be_asked_for_again(monkeypatch, beside, settings) -> None:
    client = signed_in(an_account("desk", Role.SUPERVISOR, Role.INTAKE_CLERK))
    terms = {"name": "Desk", "basis": "vital interests", "trust": "2", "sharing": "operation", "retention_days": "90"}
    file = SimpleUploadedFile("list.csv", csv_text(EVERYONE).encode())
    client.post("/lists/upload/", {"file": file, **terms})
    page = client.post("/lists/inspect/")["Location"]

    def dies(**_said) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(kinds, "arrivals_look", dies)
        with pytest.raises(Killed):
            worked()
    assert "Ask again" in client.get(page).text
    again = client.post(f"{page}again/")["Location"]
    looked = []
    monkeypatch.setattr(kinds, "arrivals_look", lambda **said: looked.append(said))
    worked()
    assert Job.objects.get(pk=int(again.split("/")[-2])).state == Job.State.DONE
    assert Batch.objects.get().listings_made == len(EVERYONE)
    assert looked, "whom they may be is told after all"
    assert not list((Path(settings.HOME) / "uploads").iterdir())


def test_a_worker_that_is_told_to_end_leaves_its_job_as_interrupted(monkeypatch) -> None:
    ends = threading.Event()

    def act(_job: Job, step) -> dict[str, int]:
        ends.set()
        step(0.5, "at it")
        raise AssertionError

    acting(monkeypatch, act)
    asked()
    job = job_begin(now=timezone.now())
    assert job is not None
    run_job(job, act, ends=ends)
    job.refresh_from_db()
    assert job.state == Job.State.INTERRUPTED


def test_whoever_lost_the_right_meanwhile_gets_nothing_done(tmp_path) -> None:
    account = an_account("desk", Role.SUPERVISOR)
    job = asked()
    account.is_active = False
    account.save()
    worked()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "may no longer" in job.error


def test_progress_is_seen_while_it_runs(monkeypatch) -> None:
    seen: list[tuple[float, str]] = []

    def act(job: Job, step) -> dict[str, int]:
        step(0.25, "storing persons and parties")
        found = job_by_number(job.pk)
        seen.append((found.progress, found.what))
        return {}

    acting(monkeypatch, act)
    job = asked()
    worked()
    assert seen == [(0.25, "storing persons and parties")]
    job.refresh_from_db()
    assert (job.state, job.progress, job.what) == (Job.State.DONE, 1.0, "")


def test_the_print_of_passes_is_collected_once_by_whoever_asked(tmp_path, beside, monkeypatch) -> None:
    monkeypatch.setattr(kinds, "passes_print", lambda issued: b"%PDF " + str(len(issued)).encode())
    with_bookings(tmp_path)
    monkeypatch.setattr(timezone, "now", five_minutes_later)
    mine, other = (signed_in(an_account(name, Role.PLANNER)) for name in ("planner-1", "planner-2"))
    address = mine.post("/passes/issue/")["Location"]
    worked()
    job = Job.objects.get()
    assert job.state == Job.State.DONE
    assert printed_is_there(job.file)
    assert sorted(job.result["passes"]) == sorted(passes_living().values_list("pk", flat=True))
    passes_issue_due(parties=[bookings_lines()[0].party], account="planner-1", now=five_minutes_later())
    assert other.get(f"{address}print.pdf").status_code == 403
    assert "print.pdf" not in other.get(address).text
    assert "print.pdf" in mine.get(address).text
    assert mine.get(f"{address}print.pdf").content.startswith(b"%PDF ")
    assert mine.get(f"{address}print.pdf").status_code == 404
    given = PassRecord.objects.exclude(printed_at=None).values_list("pk", flat=True)
    assert sorted(given) == sorted(job.result["passes"]), "and no pass that was issued beside them"


def five_minutes_later():
    return NOW + timedelta(minutes=5)


def test_the_page_of_work_is_for_those_who_may_ask_for_it() -> None:
    job = asked(Job.Kind.ERASE, person="P-1")
    page = reverse("console:job", args=[job.pk])
    assert signed_in(an_account("gate", Role.GATE_OFFICER)).get(page).status_code == 403
    assert signed_in(an_account("dpo", Role.DATA_PROTECTION)).get(page).status_code == 200


def test_the_part_that_is_fetched_again_loads_the_page_anew_when_it_is_over() -> None:
    client = signed_in(an_account("desk", Role.SUPERVISOR))
    job = asked()
    assert "HX-Refresh" not in client.get(reverse("console:job-live", args=[job.pk]))
    job_stop(job, now=timezone.now())
    assert client.get(reverse("console:job-live", args=[job.pk]))["HX-Refresh"] == "true"
