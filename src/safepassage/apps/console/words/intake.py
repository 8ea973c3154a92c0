"""What a column of a list is read as."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INTAKE: dict[str, dict[str, str | Promise]] = {
    "field": {
        "name": _("full name"),
        "given": _("given name"),
        "middle": _("middle name"),
        "family": _("family name"),
        "father": _("father's name"),
        "grandfather": _("grandfather's name"),
        "mother": _("mother's name"),
        "spouse": _("spouse's name"),
        "sex": _("sex"),
        "birth": _("birth date"),
        "birth-day": _("day of birth"),
        "birth-month": _("month of birth"),
        "birth-year": _("year of birth"),
        "age": _("age"),
        "birth-place": _("place of birth"),
        "nationality": _("nationality"),
        "document": _("document number"),
        "document-kind": _("kind of document"),
        "document-expiry": _("document valid until"),
        "document-country": _("country of the document"),
        "phone": _("phone"),
        "email": _("e-mail"),
        "place": _("place of stay"),
        "language": _("language"),
        "claim": _("claimed category"),
        "need": _("specific need"),
        "marital": _("marital state"),
        "notes": _("notes"),
        "group": _("household or family number"),
        "row-key": _("key of the row"),
        "parent-key": _("key of a row in another table"),
        "relation": _("relation to the head"),
        "head-flag": _("is the head"),
        "group-size": _("size of the household"),
        "stated-on": _("day on which it was stated"),
        "members": _("several people in one cell"),
        "text": _("free line about a person"),
        "extra": _("keep beside the listing"),
        "ignore": _("leave with the row"),
    },
}
