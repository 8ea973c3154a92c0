"""Jobs: what was asked of the worker, and what became of it. Rows are the queue."""

from __future__ import annotations

from django.db import models

from safepassage.apps.ledger.columns import StoredCode, StoredJSON


class Job(models.Model):
    """One piece of long work. `arguments` and `result` hold ids, codes and figures only: nothing personal."""

    class Kind(models.TextChoices):
        """What can be asked for; `kinds.KINDS` says which service does it and who may ask."""

        RESOLVE = "resolve"
        APPLY_POLICY = "apply-policy"
        PLAN = "plan"
        INTAKE = "intake"
        PASSES = "passes"
        ERASE = "erase"
        PROPOSE_MATCHER = "propose-matcher"
        LEVERS = "levers"

    class State(models.TextChoices):
        """Interrupted: the worker ended in the midst of it; what was not stored whole is not stored at all."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"
        INTERRUPTED = "interrupted"

    kind = StoredCode(max_length=20, choices=Kind.choices)
    asked_by = models.CharField(max_length=60)
    arguments = StoredJSON(default=dict, damaged="nothing")
    state = StoredCode(max_length=12, choices=State.choices, default=State.WAITING, db_index=True)
    progress = models.FloatField(default=0.0, help_text="Share done, 0 to 1, when it ended; until then in a file.")
    what = models.CharField(max_length=120, blank=True, help_text="What it was at.")
    error = models.CharField(max_length=500, blank=True)
    advice = models.CharField(max_length=500, blank=True)
    result = StoredJSON(default=dict, damaged="nothing")
    file = models.CharField(max_length=40, blank=True, help_text="A file to be collected once, by whoever asked.")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in {self.State.WAITING, self.State.RUNNING}
