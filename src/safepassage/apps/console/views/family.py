"""A family at the desk: written in row by row, taken in as a list of its own, and compared at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.console.forms import FamilyForm, MemberForm, SourceForm
from safepassage.apps.console.sayings.intake import DOUBTS
from safepassage.apps.console.views.upload import source_said
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.work.uploads import reading_keep, upload_keep
from safepassage.core.documents import read_phones
from safepassage.core.exchange.cells import csv_text
from safepassage.core.ids import SourceId
from safepassage.core.intake import ColumnMap, DoubtCode, inspect_file, intake_file

_SESSION = "desk-source"
_HEADERS = {
    "relation": "Relation to head",
    "name": "Full name",
    "father": "Father's name",
    "sex": "Sex",
    "birth": "Date of birth",
    "marital": "Marital status",
    "passport": "Passport number",
    "tazkira": "Tazkira number",
    "phone": "Phone",
    "place": "Province",
    "claim": "Category claimed",
    "need": "Special needs",
    "remark": "Remarks",
}
"""The columns of the blank list that partners fill in, which intake reads without a map."""
_FIRST_ROW = 2
"""The row under the headers, as intake counts."""
_NO_SOURCE = SourceId("S-DESK")
"""What is read only to be checked comes from nobody."""
_ASKED_AGAIN = frozenset(
    {
        DoubtCode.DATE_UNREADABLE,
        DoubtCode.DATE_AFTER_RECEIPT,
        DoubtCode.AGE_UNREADABLE,
        DoubtCode.PHONE_UNREADABLE,
        DoubtCode.DOCUMENT_UNREADABLE,
        DoubtCode.NUMBER_DAMAGED,
        DoubtCode.NAME_DAMAGED,
    }
)
"""A value that was written and is lost, where a question puts it right; a name that is not known is none."""


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
    stated = [one for one in members if one.is_stated] if members.is_valid() else []
    is_somebody = any(one.is_told_apart for one in stated)
    name, content = f"desk-{timezone.localtime():%Y%m%d-%H%M%S}.csv", b""
    maps: dict[str, ColumnMap] = {}
    if is_somebody:
        content = _as_list([one.cleaned_data for one in stated])
        maps = {one.column_map.signature: one.column_map for one in inspect_file(content, name=name).tables}
        is_valid = not _note_unread(stated, content, maps) and is_valid
    if not is_valid or not is_somebody:
        wrong = "" if is_somebody or not members.is_valid() else _("Nobody is written down. Write at least one name.")
        context = {"form": form, "members": members, "wrong": wrong}
        return render(request, "console/family.html", context, status=422)
    source = source_said(form.cleaned_data, account_of(request))
    request.session[_SESSION] = source.pk
    key, reading = upload_keep(SimpleUploadedFile(name, content)), reading_keep(name, maps)
    return begin(request, WorkKind.INTAKE, {"upload": key, "reading": reading, "source": source.pk})


def _note_unread(stated: Sequence[MemberForm], content: bytes, maps: Mapping[str, ColumnMap]) -> bool:
    """Says beside each field what intake could not read of it, while they who know stand there. Whether any was."""
    region = operation_now().default_region
    read = intake_file(content, source=_NO_SOURCE, received=timezone.now().date(), region=region, column_maps=maps)
    fields = {header: field for field, header in _HEADERS.items()}
    for doubt in read.doubts:
        if doubt.code in _ASKED_AGAIN and doubt.column in fields:
            reason = f"{DOUBTS[doubt.code][0]} {_('Correct it, or leave it blank.')}"
            stated[doubt.number - _FIRST_ROW].add_error(fields[doubt.column], reason)
    for reject in read.rejects:
        nobody = _("Nobody can be made of this: write a name, a relation, a sex or a birth.")
        stated[reject.number - _FIRST_ROW].add_error("name", nobody)
    for one in stated:
        phones = read_phones(one.cleaned_data.get("phone", ""), region)
        if any(not phone.e164 for phone in phones):
            short = _("This is no whole phone number.")
            one.add_error("phone", f"{short} {_('Correct it, or leave it blank.')}")
    return any(one.errors for one in stated)


def _as_list(members: Iterable[Mapping[str, str]]) -> bytes:
    """One list group; whoever is written first is the head, unless somebody else is said to be."""
    rows = [{field: " ".join(member[field].split()) for field in _HEADERS} for member in members]
    if not any(row["relation"] == "head" for row in rows):
        rows[0]["relation"] = rows[0]["relation"] or "head"
    return csv_text([("Family number", *_HEADERS.values()), *(("1", *row.values()) for row in rows)]).encode()
