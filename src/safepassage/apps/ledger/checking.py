"""The whole record verified: every row, every link of the site's chain, every device's chain and signature."""

from __future__ import annotations

from safepassage.apps.ledger.models import EventRecord, SiteChain
from safepassage.apps.ledger.reading import events_read, keys_found, names_admitted, stored_rows
from safepassage.core import ledger
from safepassage.core.errors import Problem
from safepassage.core.ledger import Event, EventKind
from safepassage.core.ledger.rows import RowFault, judge_row

SET_ASIDE: dict[RowFault, tuple[str, str]] = {
    RowFault.ROW_UNREADABLE: (
        "the store gives nothing that could be an event",
        "Restore the last good backup into a new folder, and take in there what came since (`gate receive`).",
    ),
    RowFault.EVENT_UNREADABLE: (
        "its bytes are no event: the store is damaged or was edited",
        "Restore the last good backup into a new folder, and take in there what came since (`gate receive`).",
    ),
    RowFault.EVENT_UNKNOWN: (
        "it is of a kind or schema that this version does not know",
        "Update this site: a newer version wrote it, and reads it.",
    ),
    RowFault.BODY_REFUSED: (
        "it holds a value that no event of its kind may have",
        "Ask the device's officer what happened there and record it again; update the site if a newer one wrote it.",
    ),
    RowFault.CONTENT_CHANGED: (
        "its bytes are not those that were stored, and no signature holds for them",
        "Somebody edited the store, or the disk fails: restore the last good backup into a new folder.",
    ),
    RowFault.BAD_SIGNATURE: (
        "its device did not sign it",
        "Somebody wrote into the store: find out who can reach it; restore the last good backup into a new folder.",
    ),
    RowFault.LINK_BROKEN: (
        "it does not follow the row before it, and no key is known that could vouch for it",
        "Somebody wrote into the store: find out who can reach it; restore the last good backup into a new folder.",
    ),
}
"""What each fault of a row means, and what to do next. The row counts for nothing and is kept; the others count."""


def record_check() -> tuple[Problem, ...]:
    """Everything that is wrong with the record: rows set aside, changed or taken out, chains of devices, signatures.

    Cost: reads and verifies all of it.
    """
    problems: list[Problem] = []
    events: list[Event] = []
    keys = {device: key for device, (key, _) in keys_found().items()}
    end = ""
    records = EventRecord.objects.all()
    admitted = names_admitted(events_read(records.filter(kind=EventKind.EVENTS_ADMITTED)))
    for row in stored_rows(records, link=""):
        where = f"position {row.position} ({row.event}, device {row.device})"
        judged = judge_row(row, keys, admitted)
        end = row.link
        if isinstance(judged, RowFault):
            told, advice = SET_ASIDE[judged]
            problems.append(Problem(judged.value, f"set aside: {told}", where, advice))
        else:
            events.append(judged)
            if (judged.id, judged.digest) != (row.event, row.digest):
                problems.append(Problem("row-changed", "the row is not what its event says", where))
        if not row.is_linked:
            problems.append(Problem("site-chain-broken", "a row before this one was changed or taken out", where))
    chain = SiteChain.objects.values_list("site_digest", flat=True).first()
    if chain is not None and chain != end:
        newest = EventRecord.objects.order_by("-position").values_list("position", flat=True).first() or 0
        problems.append(Problem("site-chain-short", "rows at the end were taken out", f"position {newest}"))
    return (*problems, *ledger.check_chain(events, keys))
