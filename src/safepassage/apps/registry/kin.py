"""What one of us learnt of how two people of a party are related: said, read, and taken back.

Lists leave it out, or two families were found to be one household; a policy asks, and the answer is written here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.registry.models import RelationStated
from safepassage.apps.registry.selectors import end_of, leads_now, person_by_id
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.identity.plausible import has_fitting_ages
from safepassage.core.ids import PersonId
from safepassage.core.ledger import FACT_EVIDENCE, EventKind
from safepassage.core.people import Relation

STATABLE = tuple(one for one in Relation if one not in {Relation.HEAD, Relation.UNKNOWN})
"""What one person can be to another."""


@transaction.atomic
def relation_state(
    *,
    person: PersonId,
    of: PersonId,
    relation: str,
    evidence: str,
    account: str,
    now: datetime,
    is_sure: bool = False,
) -> RelationStated:
    """Says what a person is to another; it outranks the lists from the next run of the matcher on.

    What was said of the two before, either way round, is withdrawn by it.

    Args:
        person: Who is the … of the other; a merged id leads to whom holds it now.
        of: The other.
        relation: One of `STATABLE`.
        evidence: One of `FACT_EVIDENCE`.
        account: Who says so.
        now: When.
        is_sure: They know that the ages on record do not fit, and that it is so all the same.

    Raises:
        NotFoundError: nobody has that id.
        ConflictError: by their ages they can't be that to each other, and nobody said that it is so all the same.
        ForbiddenError: no such relation or evidence, or both are one person.
    """
    if relation not in STATABLE:
        raise ForbiddenError("There is no such relation.", advice=f"Take one of: {', '.join(STATABLE)}.")
    if evidence not in FACT_EVIDENCE:
        raise ForbiddenError("There is no such kind of evidence.", advice=f"Take one of: {', '.join(FACT_EVIDENCE)}.")
    acts_in_turn()
    first, second = person_by_id(person), person_by_id(of)
    one, other = first.id, second.id
    if one == other:
        raise ForbiddenError("Nobody is related to themselves.", advice="Choose another member.")
    if not is_sure and not has_fitting_ages(Relation(relation), first.birth, second.birth, on=now.date()):
        raise ConflictError(
            "By their ages on record these two can't be that to each other.",
            code="ages-do-not-fit",
            advice="Look which of the two is which, and at the years of birth; if it is so all the same, say so.",
        )
    _standing([one, other]).filter(person__in=[one, other], of__in=[one, other]).update(
        withdrawn_at=now, withdrawn_by=account
    )
    made = RelationStated.objects.create(
        person=one, of=other, relation=relation, evidence=evidence, by=account, at=now
    )
    body = {"evidence": evidence, "rows": ((one, relation, other),)}
    event_append(kind=EventKind.RELATIONS_STATED, body=body, account=account, now=now)
    return made


@transaction.atomic
def relation_withdraw(*, key: int, account: str, now: datetime) -> None:
    """Takes back what was said of two people; it stays on record, and the lists count again from the next run on.

    Raises:
        ConflictError: there is nothing, or it was taken back already.
    """
    acts_in_turn()
    standing = RelationStated.objects.filter(pk=key, withdrawn_at=None)
    record = standing.first()
    if record is None:
        raise ConflictError("There is nothing to take back.", advice="Load the page again.")
    standing.update(withdrawn_at=now, withdrawn_by=account)
    body = {"rows": ((record.person, record.relation, record.of),)}
    event_append(kind=EventKind.RELATIONS_WITHDRAWN, body=body, account=account, now=now)


def relations_forget(person: PersonId) -> None:
    """Deletes what was said of somebody who is erased; events stay, with ids that lead to nobody."""
    RelationStated.objects.filter(Q(person=person) | Q(of=person)).delete()


def relations_stated(people: Iterable[PersonId]) -> list[RelationStated]:
    """What stands of these people among each other, the newest first."""
    ids = list(people)
    return list(_standing(ids).filter(of__in=ids, person__in=ids).order_by("-at", "-pk"))


def relations_now() -> dict[tuple[PersonId, PersonId], Relation]:
    """What each is said to be to another, by who holds their ids now; the newest word counts."""
    rows = RelationStated.objects.filter(withdrawn_at=None).order_by("at", "pk")
    found = list(rows.values_list("person", "of", "relation"))
    if not found:
        return {}
    leads = leads_now()
    return {
        (end_of(PersonId(one), leads), end_of(PersonId(other), leads)): Relation(relation)
        for one, other, relation in found
    }


def _standing(people: Iterable[str]) -> QuerySet[RelationStated]:
    return RelationStated.objects.filter(withdrawn_at=None, person__in=list(people))
