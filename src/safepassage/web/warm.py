"""What the first reader would wait for, done when the server starts: imports, templates, events, the policy."""

from __future__ import annotations

import contextlib
import gc
from datetime import UTC, datetime

from django.db import DatabaseError, connection
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation

from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.policy.selectors import policy_applied, policy_in_force, policy_read
from safepassage.core.errors import SafePassageError
from safepassage.web.settings import LANGUAGES, PACKAGE


def warm_up() -> None:
    """Reads what every page needs once. A store that is not there yet, or locked, is no mistake here."""
    get_resolver().url_patterns  # noqa: B018 - reading it imports every page
    for path in sorted((PACKAGE / "web" / "templates").rglob("*.html")):
        get_template(str(path.relative_to(PACKAGE / "web" / "templates")))
    for code, _name in LANGUAGES:
        with translation.override(code):
            translation.gettext("Board")
    with contextlib.suppress(DatabaseError, SafePassageError):
        state_now()
        for policy in (policy_in_force(datetime.now(UTC)), policy_applied()):
            if policy is not None:
                policy_read(policy)
    connection.close()
    gc.collect()
    gc.freeze()  # what was read stays: looking through it again in the middle of a page takes longer than the page
