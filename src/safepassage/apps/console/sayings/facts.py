"""The values in a policy's reasons, in the reader's language: facts, what they would be, what gave a place."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safepassage.apps.console.sayings.language import apart, said_day
from safepassage.apps.console.words import word

FACTS: dict[str, Promise] = {
    "age": _("age"),
    "sex": _("sex"),
    "birth": _("birth date"),
    "nationality": _("nationality"),
    "is_married": _("marital state"),
    "marriage": _("marital state"),
    "documents": _("documents"),
    "expired": _("expired documents"),
    "claims": _("claimed categories"),
    "categories": _("categories of the members"),
    "checked": _("a checked fact"),
    "refuted": _("a refuted fact"),
    "needs": _("specific needs"),
    "relation": _("relation"),
    "age of the principal": _("age of the principal"),
    "its condition": _("the rule's condition"),
    "trust": _("trust of the source"),
    "sources": _("sources"),
    "doubts": _("doubts of the lists"),
    "known": _("what is known"),
    "heads": _("number of members"),
    "minors": _("number of minors"),
    "infants": _("number of infants"),
    "older": _("number of people of 60 and more"),
    "women": _("number of women"),
    "men": _("number of men"),
    "has_minor_without_adult": _("whether a minor has no adult"),
}
"""Every variable that a rule may name, and what a dependent's line looks at."""
_ANSWERS: dict[str, Promise] = {"yes": _("yes"), "no": _("no"), "unknown": _("not known")}
_MISSING = re.compile(r"(.+) of (the party|[^ ]+)")
_NEEDS = re.compile(r"people with specific needs: (\d+)")
_KNOWN = re.compile(r"first known: (.+)")
_DRAW = re.compile(r"draw ([0-9a-f]+) of round (\d+)")
_RULE = re.compile(r"(.+): (yes|no|unknown)")
_NEEDED = re.compile(r"[\"']([\w-]+)[\"'] in needs")
_SPAN = re.compile(r"(\d+) to (\d+)")


def said_facts(names: str) -> str:
    """Names of facts, comma-separated as core gives them: "age, relation"."""
    return ", ".join(str(FACTS[one]) if one in FACTS else apart(one) for one in names.split(", "))


def said_missing(missing: str) -> str:
    """What a tier hangs on: "age, documents of P-1; heads of the party"."""
    said = []
    for part in missing.split("; "):
        found = _MISSING.fullmatch(part)
        if found is None:
            said.append(said_facts(part))
        elif found[2] == "the party":
            said.append(gettext("%(facts)s of the party") % {"facts": said_facts(found[1])})
        else:
            said.append(
                gettext("%(facts)s of %(person)s") % {"facts": said_facts(found[1]), "person": apart(found[2])}
            )
    return "; ".join(said)


def said_criteria(criteria: str) -> str:
    """What gave a place inside a tier; a rule is quoted as it is written."""
    return "; ".join(map(_said_criterion, criteria.split("; ")))


def _said_rule(rule: str) -> str:
    """A rule of the simple kinds in words, any other as it is written."""
    if rule in FACTS:
        return str(FACTS[rule])
    if needs := _NEEDED.findall(rule):
        rest = _NEEDED.sub("", rule).replace("||", "").strip()
        if not rest:
            return f"{FACTS['needs']} ({', '.join(word('need', one) for one in needs)})"
    return apart(rule)


def _said_criterion(text: str) -> str:
    if found := _NEEDS.fullmatch(text):
        return gettext("people with specific needs: %(count)s") % {"count": found[1]}
    if found := _KNOWN.fullmatch(text):
        day = str(_ANSWERS["unknown"]) if found[1] == "not known" else said_day(found[1])
        return gettext("first known: %(day)s") % {"day": day}
    if found := _DRAW.fullmatch(text):
        return gettext("draw %(number)s of round %(round)s") % {"number": apart(found[1]), "round": found[2]}
    if found := _RULE.fullmatch(text):
        return f"{_said_rule(found[1])}: {_ANSWERS[found[2]]}"
    return apart(text)


def said_value(fact: str, value: str) -> str:
    """What a fact would be: ages as spans, documents by their kind and issuer, a code as it is."""
    if fact == "age":
        return apart(_SPAN.sub(r"\1–\2", value))
    return " / ".join(_said_one(fact, one) for one in value.split(" or "))


def _said_one(fact: str, value: str) -> str:
    if fact == "sex":
        return word("sex", value)
    if fact == "is_married":
        return str(_ANSWERS.get(value, value))
    if fact == "documents":
        kind, _colon, country = value.partition(":")
        return f"{word('document', kind)} {apart(country)}" if country else word("document", kind)
    if fact == "checked":
        return apart(word("claim", value))
    return apart(value)
