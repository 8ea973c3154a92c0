"""What can be asked of the worker: for each kind who may ask, and the service that a verb would call too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.intake.selectors import source_by_id
from safepassage.apps.intake.services import batch_receive
from safepassage.apps.movement.bookings import promises_now
from safepassage.apps.movement.levers import levers_now
from safepassage.apps.movement.services import plan_make
from safepassage.apps.outreach.contact import contact_warnings
from safepassage.apps.outreach.erasure import person_forget
from safepassage.apps.outreach.pass_sheets import passes_print
from safepassage.apps.passes.selectors import parties_of_passes
from safepassage.apps.passes.services import passes_issue_kept
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.arrivals import arrivals_forget, arrivals_look
from safepassage.apps.registry.seen import reviews_open_to_all
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.registry.versions import matcher_propose
from safepassage.apps.work.models import Job
from safepassage.apps.work.printed import printed_keep
from safepassage.apps.work.running import Step, note_error, run_job
from safepassage.apps.work.services import job_ask, job_begin
from safepassage.apps.work.uploads import reading_read, upload_drop, upload_read
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.ids import BatchId, PersonId
from safepassage.core.intake import SETTABLE, ColumnMap, Field

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account
    from safepassage.core.passes import IssuedPass

Result = dict[str, Any]
WorkKind = Job.Kind
"""What can be asked for, for those who may not know the rows."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: what it does, and the permissions of which each is enough."""

    permissions: tuple[str, ...]
    act: Callable[[Job, Step], Result]

    def is_open_to(self, account: Account) -> bool:
        """Whether an account may ask for it, and see what came of it."""
        return any(account.may(one) for one in self.permissions)


def _resolve(job: Job, step: Step) -> Result:
    arrivals_forget()
    found = resolve_run(account=job.asked_by, now=timezone.now(), progress=step)
    return {
        "listings": found.listings,
        "persons": found.persons,
        "parties": found.parties,
        "reviews": reviews_open_to_all(),  # whoever may ask for a run sees it
        "held": found.held,
    }


def _apply_policy(job: Job, step: Step) -> Result:
    step(0.0, "reading everyone")
    promises = promises_now()
    step(0.1, "applying the policy")
    given = standings_apply(account=job.asked_by, now=timezone.now(), promises=promises)
    return {"count": len(given.standings), "policy": given.policy, "version": given.version}


def _plan(job: Job, step: Step) -> Result:
    seconds = float(job.arguments.get("seconds", 10.0))
    record = plan_make(account=job.asked_by, now=timezone.now(), time_limit_seconds=seconds, progress=step)
    return {"plan": record.pk}


def _intake(job: Job, step: Step) -> Result:
    key, reading = job.arguments["upload"], job.arguments["reading"]
    name, maps = reading_read(reading)
    batch, is_new = batch_receive(
        path=upload_read(key),
        source=source_by_id(job.arguments["source"]),
        account=job.asked_by,
        now=timezone.now(),
        column_maps=maps,
        everyone=_everyone_in(maps.values()),
        name=name,
        progress=step,
    )
    if is_new or _was_interrupted(job):
        step(1.0, "looking whom they may be")
        _look(BatchId(batch.id))
    return {"batch": batch.id, "count": batch.listings_made, "is_new": is_new}


def _was_interrupted(job: Job) -> bool:
    """Whether the same was asked for before and ended in the middle: the list may be in, and nobody compared."""
    ended = Job.objects.filter(kind=job.kind, state=Job.State.INTERRUPTED)
    return any(one.arguments == job.arguments for one in ended)


def job_clear(job: Job) -> None:
    """Removes what a job that is done leaves nobody to wait for: until then the same can be asked for again."""
    job.refresh_from_db()
    if job.kind == Job.Kind.INTAKE and job.state == Job.State.DONE:
        for one in (job.arguments["upload"], job.arguments["reading"]):
            with suppress(NotFoundError):  # a lock has taken it meanwhile
                upload_drop(one)


def _look(batch: BatchId) -> None:
    """Whom those of a small list may be; the list is in, whatever becomes of this."""
    try:
        arrivals_look(batch=batch)
    except Exception as error:  # noqa: BLE001 - the next run says it in any case
        note_error(f"comparing batch {batch}", error)


def _everyone_in(maps: Iterable[ColumnMap]) -> dict[Field, str]:
    """What the page said of everyone on the list; what it left blank is taken back."""
    said = {field: text for one in maps for field, text in one.everyone}
    return {field: said.get(field, "") for field in SETTABLE}


def _passes(job: Job, step: Step) -> Result:
    """Issues what is due, or for those asked for; the print waits for whoever asked, sealed where the store is."""

    def keep(made: tuple[IssuedPass, ...]) -> None:
        job.file = printed_keep(passes_print(made))
        job.save(update_fields=["file"])

    issued = passes_issue_kept(
        keep=keep,
        parties=job.arguments.get("parties"),
        account=job.asked_by,
        now=timezone.now(),
        progress=step,
    )
    passes = [one.id for one in issued]
    unsafe = contact_warnings(parties_of_passes(passes)).unsafe
    return {"count": len(issued), "unsafe": len(unsafe), "passes": passes}


def _erase(job: Job, step: Step) -> Result:
    count = person_forget(
        person=PersonId(job.arguments["person"]),
        reason="request-of-the-person",
        account=job.asked_by,
        now=timezone.now(),
        progress=step,
    )
    return {"count": count}


def _propose_matcher(job: Job, step: Step) -> Result:
    found = matcher_propose(account=job.asked_by, now=timezone.now(), progress=step)
    return {"version": found.version, "is_new": found.adopted_at is None}


def _levers(_job: Job, step: Step) -> Result:
    return levers_now(now=timezone.now(), progress=step).noted()


KINDS: dict[str, Kind] = {
    Job.Kind.RESOLVE: Kind(("source.intake", "review.judge"), _resolve),
    Job.Kind.APPLY_POLICY: Kind(("policy.publish",), _apply_policy),
    Job.Kind.PLAN: Kind(("plan.make",), _plan),
    Job.Kind.INTAKE: Kind(("source.intake",), _intake),
    Job.Kind.PASSES: Kind(("pass.issue",), _passes),
    Job.Kind.ERASE: Kind(("person.erase",), _erase),
    Job.Kind.PROPOSE_MATCHER: Kind(("matcher.adopt",), _propose_matcher),
    Job.Kind.LEVERS: Kind(("plan.make",), _levers),
}


def job_act(job: Job, step: Step) -> Result:
    """Does the work of a job in the name of whoever asked, if they still may.

    Raises:
        ForbiddenError: the account was closed since, or may no longer.
    """
    kind, account = KINDS[job.kind], account_named(job.asked_by)
    if not kind.is_open_to(account):
        raise ForbiddenError("Whoever asked for this may no longer.", advice="Somebody who may has to ask again.")
    return kind.act(job, step)


def job_start(*, kind: Job.Kind, arguments: Mapping[str, Any], account: str) -> Job:
    """Asks for work. Where WORK_AT_ONCE is set (tests), it is done before this returns, and its errors are raised."""
    job = job_ask(kind=kind, arguments=arguments, account=account, now=timezone.now())
    if settings.WORK_AT_ONCE:
        begun = job_begin(now=timezone.now())
        if begun:
            run_job(begun, job_act, is_loud=True)
            job_clear(begun)
        job.refresh_from_db()
    return job
