"""Core's sentences in the reader's language, for templates: `{% load sayings %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import template

from safepassage.apps.console.sayings import gate, intake, levers, movement, policy, problems, steps
from safepassage.core.intake import FileWarning

if TYPE_CHECKING:
    from safepassage.apps.intake.models import Reject

register = template.Library()
register.filter("said_advice", gate.said_advice)
register.filter("said_column", intake.said_column)
register.filter("said_fault", movement.said_fault)
register.filter("said_lever", levers.said_lever)
register.filter("said_problem", problems.said_problem)
register.filter("said_shift", policy.said_shift)
register.filter("said_step", steps.said_step)


@register.filter
def said_warning(warning: FileWarning) -> str:
    """What to know of a file that is looked at."""
    return intake.said_warning(warning.code, warning.message, dict(warning.values))


@register.filter
def said_kept_warning(warning: Mapping[str, Any]) -> str:
    """What to know of a file that was taken in, as its batch keeps it."""
    return intake.said_warning(warning["code"], warning["message"], warning.get("values", {}))


@register.filter
def said_unread(one: Reject) -> tuple[str, str]:
    """Why a row or a cell could not be read, and what to do."""
    return intake.said_reject(one.code, is_whole_row=one.is_whole_row) or (one.reason, one.advice)
