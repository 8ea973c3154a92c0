"""Kin of whom notes speak ("also his mother Nasrin") and who have no row: a doubt on their family, and no seat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safepassage.core.intake.build import Draft
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.lexicon.cells import read_sex
from safepassage.core.intake.lexicon.noted_kin import NotedKin, read_noted_kin
from safepassage.core.intake.members import counts_kin
from safepassage.core.names import skeleton
from safepassage.core.people import Relation, Sex


def note_kin(rows: Iterable[Sequence[Draft]]) -> None:
    """Marks rows whose notes speak of kin whom neither row nor family holds, and how many the family is with them.

    Names are held against all of the family; without one, a relative of that relation will do, and wherever it can't
    be told whose relative is meant, nobody is held to be lacking.
    """
    families: dict[str, list[Draft]] = {}
    for row in rows:
        for draft in row:
            families.setdefault(draft.group or f"row {draft.row.row}", []).append(draft)
    for drafts in families.values():
        lacking: dict[tuple[object, ...], int] = {}
        for draft in drafts if any(one.facts.has(Field.NOTES) for one in drafts) else ():
            for header, kin in _told(draft):
                if not _has_row(kin, draft, [one for one in drafts if one is not draft]):
                    draft.facts.kin_in_notes = header
                    key = (kin.relation, kin.sex, skeleton(kin.name)[:1])
                    lacking[key] = max(lacking.get(key, 0), kin.count)
        if lacking:
            elsewhere = max(draft.facts.elsewhere for draft in drafts)
            size = len(drafts) + sum(lacking.values()) + elsewhere
            for draft in drafts:
                draft.facts.noted_size = size if draft.facts.kin_in_notes else 0


def _told(draft: Draft) -> Iterable[tuple[str, NotedKin]]:
    if draft.facts.member:
        return
    for note in draft.facts.all(Field.NOTES):
        if not counts_kin(note.text):  # those are members already
            yield from ((note.header, kin) for kin in read_noted_kin(note.text))


def _has_row(kin: NotedKin, draft: Draft, others: Sequence[Draft]) -> bool:
    name = skeleton(kin.name)[:1]
    if name and any(name[0] in skeleton(one.name) for one in (draft, *others)):
        return True
    fits = [one for one in others if _fits(kin, draft, one)]
    if name:  # somebody else of that relation is somebody else, unless nobody knows their name
        return any(not one.name for one in fits)
    if draft.relation in (Relation.HEAD, Relation.UNKNOWN):
        return len(fits) >= kin.count or any(one.relation is Relation.UNKNOWN for one in others)
    return bool(others)


def _fits(kin: NotedKin, draft: Draft, other: Draft) -> bool:
    sexes = {
        sex for sex in (kin.sex, read_sex(other.facts.first(Field.SEX)) or Sex.UNKNOWN) if sex is not Sex.UNKNOWN
    }
    is_own = draft.relation in (Relation.HEAD, Relation.UNKNOWN)
    return len(sexes) < 2 and (other.relation is kin.relation if is_own else True)
