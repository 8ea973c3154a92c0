"""How lists in English, Dari and Pashto, and forms, say relation, sex, claim, need and language."""

from __future__ import annotations

from collections.abc import Mapping

from safepassage.core.people import Need, Relation, Sex
from safepassage.core.sim.lists.entries import Entry

_MALE_RELATIONS: Mapping[str, Mapping[Relation, str]] = {
    "en": {
        Relation.HEAD: "Head",
        Relation.SPOUSE: "Husband",
        Relation.CHILD: "Son",
        Relation.CHILD_IN_LAW: "Son in law",
        Relation.GRANDCHILD: "Grandson",
        Relation.SIBLING: "Brother",
        Relation.NIECE_NEPHEW: "Nephew",
        Relation.OTHER_RELATIVE: "Relative",
        Relation.COLLEAGUE: "Colleague",
    },
    "fa": {
        Relation.HEAD: "سرپرست",
        Relation.SPOUSE: "شوهر",
        Relation.CHILD: "پسر",
        Relation.CHILD_IN_LAW: "داماد",
        Relation.GRANDCHILD: "نواسه",
        Relation.SIBLING: "برادر",
        Relation.NIECE_NEPHEW: "برادرزاده",
        Relation.OTHER_RELATIVE: "خویشاوند",
        Relation.COLLEAGUE: "همکار",
    },
    "ps": {
        Relation.HEAD: "د کورنۍ مشر",
        Relation.SPOUSE: "مېړه",
        Relation.CHILD: "زوی",
        Relation.CHILD_IN_LAW: "زوم",
        Relation.GRANDCHILD: "لمسی",
        Relation.SIBLING: "ورور",
        Relation.NIECE_NEPHEW: "وراره",
        Relation.OTHER_RELATIVE: "خپلوان",
        Relation.COLLEAGUE: "همکار",
    },
}
_FEMALE_RELATIONS: Mapping[str, Mapping[Relation, str]] = {
    "en": {
        Relation.SPOUSE: "Wife",
        Relation.CHILD: "Daughter",
        Relation.CHILD_IN_LAW: "Daughter in law",
        Relation.GRANDCHILD: "Granddaughter",
        Relation.SIBLING: "Sister",
        Relation.NIECE_NEPHEW: "Niece",
    },
    "fa": {
        Relation.SPOUSE: "خانم",
        Relation.CHILD: "دختر",
        Relation.CHILD_IN_LAW: "عروس",
        Relation.SIBLING: "خواهر",
        Relation.NIECE_NEPHEW: "خواهرزاده",
    },
    "ps": {
        Relation.HEAD: "د کورنۍ مشره",
        Relation.SPOUSE: "مېرمن",
        Relation.CHILD: "لور",
        Relation.CHILD_IN_LAW: "نږور",
        Relation.GRANDCHILD: "لمسۍ",
        Relation.SIBLING: "خور",
        Relation.NIECE_NEPHEW: "خورزه",
    },
}
_SEXES: Mapping[str, Mapping[Sex, str]] = {
    "en": {Sex.FEMALE: "F", Sex.MALE: "M"},
    "long": {Sex.FEMALE: "female", Sex.MALE: "male"},
    "fa": {Sex.FEMALE: "زن", Sex.MALE: "مرد"},
    "ps": {Sex.FEMALE: "ښځینه", Sex.MALE: "نارینه"},
}
_CLAIMS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "siv": "SIV",
        "p1": "P-1",
        "p2": "P-2",
        "at-risk": "At risk",
        "staff": "Embassy staff",
        "citizen": "US citizen",
        "resident": "LPR (green card)",
    },
    "fa": {
        "siv": "SIV",
        "p1": "P1",
        "p2": "P2",
        "at-risk": "در معرض خطر",
        "staff": "کارمند سفارت",
        "citizen": "شهروند امریکا",
        "resident": "گرین کارت",
    },
    "ps": {
        "siv": "SIV",
        "p1": "P1",
        "p2": "P2",
        "at-risk": "له ګواښ سره مخ",
        "staff": "د سفارت کارکوونکی",
        "citizen": "امریکايي تبعه",
        "resident": "ګرین کارت",
    },
    "form": {
        "siv": "siv",
        "p1": "p1",
        "p2": "p2",
        "at-risk": "at_risk",
        "staff": "staff",
        "citizen": "citizen",
        "resident": "resident",
    },
}
_NEEDS: Mapping[str, Mapping[Need, str]] = {
    "en": {
        Need.WHEELCHAIR: "wheelchair",
        Need.MEDICAL: "medical",
        Need.PREGNANCY: "pregnant",
        Need.INFANT_CARE: "infant",
        Need.ACCOMPANYING_ADULT: "unaccompanied minor",
    },
    "fa": {
        Need.WHEELCHAIR: "ویلچر",
        Need.MEDICAL: "مریض",
        Need.PREGNANCY: "حامله",
        Need.INFANT_CARE: "نوزاد",
        Need.ACCOMPANYING_ADULT: "طفل بی‌سرپرست",
    },
}
LANGUAGES: Mapping[str, str] = {"fa": "Dari", "ps": "Pashto", "en": "English"}


def relation_word(entry: Entry, language: str) -> str:
    """The relation as the list's language says it for this sex."""
    female = _FEMALE_RELATIONS[language].get(entry.relation) if entry.place.person.sex is Sex.FEMALE else None
    return female or _MALE_RELATIONS[language][entry.relation]


def sex_word(entry: Entry, language: str) -> str:
    """The sex as said, empty if the writer left it out."""
    return _SEXES[language].get(entry.sex, "")


def claim_word(entry: Entry, language: str) -> str:
    """The claim as said, empty if there is none."""
    return _CLAIMS[language].get(entry.claim, "")


def need_words(entry: Entry, language: str = "en", joiner: str = ", ") -> str:
    """The needs as said."""
    return joiner.join(_NEEDS[language][need] for need in entry.needs)
