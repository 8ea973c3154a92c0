"""A family at the desk: written in row by row, taken in as a list of its own, and compared at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.forms import FamilyForm, SourceForm
from safepassage.apps.console.views.upload import source_said
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.work.uploads import reading_keep, upload_keep
from safepassage.core.intake import inspect_file

_SESSION = "desk-source"
_HEADERS = {
    "relation": "Relation to head",
    "name": "Full name",
    "father": "Father's name",
    "sex": "Sex",
    "birth": "Date of birth",
    "passport": "Passport number",
    "tazkira": "Tazkira number",
    "phone": "Phone",
    "place": "Province",
    "claim": "Category claimed",
}
"""The columns of the blank list that partners fill in, which intake reads without a map."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires("source.intake")
def family(request: HttpRequest) -> HttpResponse:
    """Takes a family in as it is written on the page; its list's page then says whom they may be."""
    said = request.POST if request.method == "POST" else None
    form = SourceForm(said, initial={"source": request.session.get(_SESSION, "")})
    members = FamilyForm(said, prefix="member")
    if said is None:
        return render(request, "console/family.html", {"form": form, "members": members})
    is_valid = all([form.is_valid(), members.is_valid()])
    stated = [one.cleaned_data for one in members if one.is_stated] if members.is_valid() else []
    if not is_valid or not stated:
        wrong = "" if stated else _("Nobody is written down. Write at least one name.")
        context = {"form": form, "members": members, "wrong": wrong}
        return render(request, "console/family.html", context, status=422)
    source = source_said(form.cleaned_data, account_of(request))
    request.session[_SESSION] = source.pk
    name, content = f"desk-{timezone.localtime():%Y%m%d-%H%M%S}.csv", _as_list(stated)
    maps = {one.column_map.signature: one.column_map for one in inspect_file(content, name=name).tables}
    key, reading = upload_keep(SimpleUploadedFile(name, content)), reading_keep(name, maps)
    return begin(request, WorkKind.INTAKE, {"upload": key, "reading": reading, "source": source.pk})


def _as_list(members: Iterable[Mapping[str, str]]) -> bytes:
    """One list group; whoever is written first is the head, unless somebody else is said to be."""
    rows = [{field: member[field].strip() for field in _HEADERS} for member in members]
    if not any(row["relation"] == "head" for row in rows):
        rows[0]["relation"] = rows[0]["relation"] or "head"
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("Family number", *_HEADERS.values()), *(("1", *row.values()) for row in rows)])
    return buffer.getvalue().encode()
