"""Kin of whom notes speak: a doubt and no seat where they have no row ("also his mother"), else their needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safepassage.core.intake.build import Draft
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.facts import Said
from safepassage.core.intake.lexicon.cells import read_sex
from safepassage.core.intake.lexicon.kin_needs import KinNeed, read_kin_needs
from safepassage.core.intake.lexicon.noted_kin import NotedKin, read_noted_kin
from safepassage.core.intake.members import counts_kin
from safepassage.core.names import skeleton
from safepassage.core.people import Need, Relation, Sex


def note_kin(rows: Iterable[Sequence[Draft]]) -> None:
    """Gives each the needs that notes of their kin tell of, and marks rows whose notes speak of kin without a row.

    Such kin make the family larger: how many it is with them is kept.

    Names are held against all of the family; without one, a relative of that relation will do, and wherever it can't
    be told whose relative is meant, nobody is held to be lacking.
    """
    families: dict[str, list[Draft]] = {}
    for row in rows:
        for draft in row:
            families.setdefault(draft.group or f"row {draft.row.row}", []).append(draft)
    for drafts in families.values():
        for draft in drafts:
            _give_needs(draft, drafts)
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


def _give_needs(draft: Draft, family: Sequence[Draft]) -> None:
    """Gives the needs of kin that a row's notes tell of to the one relative who is meant; of several, a doubt.

    Whom no row holds is a doubt of its own.
    """
    if draft.facts.member:
        return
    for note in draft.facts.all(Field.NOTES):
        for told in read_kin_needs(note.text):
            # only where a note tells of kin: a family number that was never closed holds a whole list
            fits = [one for one in family if one is not draft and _is_meant(told, draft, one)]
            if len(fits) == 1:
                facts = fits[0].facts
                facts.said += [Said(Field.NEED, note.header, need.value) for need in told.needs]
            elif fits:
                draft.facts.need_of_kin = note.header


def _is_meant(told: KinNeed, draft: Draft, other: Draft) -> bool:
    """Whether a relative of a row is the one whose need its notes tell of."""
    sex = read_sex(other.facts.first(Field.SEX)) or Sex.UNKNOWN
    if Sex.MALE in {sex, told.sex} and Need.PREGNANCY in told.needs:
        return False
    if len({told.sex, sex} - {Sex.UNKNOWN}) > 1:
        return False
    if draft.relation in (Relation.HEAD, Relation.UNKNOWN):
        return other.relation is told.relation
    if draft.relation is Relation.SPOUSE:
        meant = {Relation.SPOUSE: Relation.HEAD, Relation.CHILD: Relation.CHILD}
        return other.relation is meant.get(told.relation)
    return draft.relation is Relation.CHILD and (
        (told.relation is Relation.PARENT and other.relation in (Relation.HEAD, Relation.SPOUSE))
        or (told.relation is Relation.SIBLING and other.relation is Relation.CHILD)
    )


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
