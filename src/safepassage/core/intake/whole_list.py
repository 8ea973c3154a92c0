"""What a person says of everyone on a list: a category, a place, a nationality, a language.

It stands where a row says nothing of it, and never over what a row says.
A category goes to the head of each family, or to the first named of a family without one: the others are eligible
through that person, and a list of staff does not make staff of their children.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from safepassage.core.errors import Problems
from safepassage.core.intake.build import Draft
from safepassage.core.intake.coded import MEANINGS
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.facts import Said
from safepassage.core.intake.lexicon.cells import read_claims, read_language
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.people import Relation

SETTABLE = (Field.CLAIM, Field.PLACE, Field.NATIONALITY, Field.LANGUAGE)
"""What can be said of everyone on a list."""
WHOLE_LIST = "whole list"
"""The header under which it is kept."""
_LONGEST = 120


def read_whole_list(said: Mapping[str, str]) -> dict[Field, str]:
    """What was said of everyone, by field: a category by its code, the rest as it is written. Empty takes it back.

    Args:
        said: By the name of the field; "category" stands for the claimed category.

    Raises:
        ProblemsError: `unknown-field`, `unknown-value` or `too-long`, each with what to write instead.
    """
    problems = Problems()
    found: dict[Field, str] = {}
    for name, text in said.items():
        field = Field.CLAIM if name == "category" else next((one for one in SETTABLE if one.value == name), None)
        value = " ".join(text.split())
        if field is None:
            known = ", ".join(["category", *(one.value for one in SETTABLE if one is not Field.CLAIM)])
            problems.add("unknown-field", f"“{name}” can't be said of a whole list.", advice=f"Say one of: {known}.")
            continue
        if len(value) > _LONGEST:
            problems.add(
                "too-long", f"What is said of {field.value} is too long.", advice="Use 120 characters at most."
            )
            continue
        code = _coded(field, value)
        if value and not code:
            codes = ", ".join(MEANINGS[field])
            problems.add("unknown-value", f"“{value}” is no {name} that we know.", advice=f"Say one of: {codes}.")
            continue
        found[field] = code
    problems.raise_if_any("what is said of the whole list")
    return found


def _coded(field: Field, value: str) -> str:
    if not value or field not in MEANINGS:
        return value
    if field is Field.LANGUAGE:
        return read_language(value)
    codes = read_claims(value)
    return codes[0] if len(codes) == 1 and codes[0] in MEANINGS[field] else ""


def say_of_everyone(rows: Iterable[Sequence[Draft]], said: Mapping[Field, str]) -> None:
    """Adds to each draft what is said of the whole list and its row does not say."""
    drafts = [draft for row in rows for draft in row]
    speakers = _first_of_families(drafts)
    for field, value in said.items():
        for draft in drafts if value else ():
            if draft.facts.has(field) and any(fold_phrase(one.text) for one in draft.facts.all(field)):
                continue
            if any(one.field is field for one in draft.facts.inherited):
                continue
            if field is Field.CLAIM and id(draft) not in speakers:
                continue
            draft.facts.said.append(Said(field, WHOLE_LIST, value))


def _first_of_families(drafts: Sequence[Draft]) -> set[int]:
    """Heads, the first named of each family without one, and everyone who stands alone."""
    families: dict[str, list[Draft]] = {}
    alone = set()
    for draft in drafts:
        if draft.facts.is_counted:
            continue
        if draft.group:
            families.setdefault(draft.group, []).append(draft)
        else:
            alone.add(id(draft))
    for members in families.values():
        heads = [draft for draft in members if draft.relation is Relation.HEAD]
        alone.update(id(draft) for draft in heads or members[:1])
    return alone
