"""People on rows of their own who are told to be abroad or out already: "brother in Germany" under the relation.

They are no persons to be moved: no listing and no seat. The row is kept with its reason, and the head of their family
is told to have one more elsewhere, as for kin whom a cell names.
"""

from __future__ import annotations

from collections.abc import Iterable

from safepassage.core.intake.build import Draft
from safepassage.core.intake.codes import RowReason
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.lexicon.elsewhere import without_elsewhere
from safepassage.core.intake.people_rows import RowDrafts


def leave_out_those_away(rows: Iterable[RowDrafts]) -> None:
    """Takes them out of their rows; a row that names nobody else says why. Groups must be known."""
    rows = [row for row in rows if row.drafts]
    heads: dict[str, Draft] = {}
    for draft in (draft for row in rows for draft in row.drafts if not _is_away(draft)):
        if draft.group:
            heads.setdefault(draft.group, draft)
    for row in rows:
        away = [draft for draft in row.drafts if _is_away(draft)]
        for draft in away:
            if draft.group in heads:
                heads[draft.group].facts.elsewhere += 1
        row.drafts = [draft for draft in row.drafts if draft not in away]
        if away and not row.drafts:
            row.reason = RowReason.ELSEWHERE


def _is_away(draft: Draft) -> bool:
    return without_elsewhere(draft.facts.first(Field.RELATION)) is not None
