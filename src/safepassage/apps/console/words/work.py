"""Long work and its states."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORK: dict[str, dict[str, str | Promise]] = {
    "work": {
        "resolve": _("Run of the matcher"),
        "apply-policy": _("Applying the policy"),
        "plan": _("Making a plan"),
        "intake": _("Taking a list in"),
        "passes": _("Issuing passes"),
        "erase": _("Erasing a person's data"),
        "propose-matcher": _("Proposing a version of the matcher"),
        "levers": _("Looking for what binds the plan"),
    },
    "work-state": {
        "waiting": _("waiting"),
        "running": _("running"),
        "done": _("done"),
        "failed": _("failed"),
        "stopped": _("stopped"),
        "interrupted": _("interrupted"),
    },
}
