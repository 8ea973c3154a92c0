"""A new list: upload, look at how it would be read, correct the columns, take it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.forms import UploadForm
from safepassage.apps.console.numbers import number_said
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.intake.selectors import batch_of_content, column_maps_saved, everyone_on, maps_of, source_by_id
from safepassage.apps.intake.services import column_map_save
from safepassage.apps.intake.sources import source_register, source_stated
from safepassage.apps.ledger.services import access_note
from safepassage.apps.work.uploads import reading_keep, upload_drop, upload_keep, upload_read
from safepassage.core.errors import NotFoundError, ProblemsError, UnreadableError
from safepassage.core.ids import SourceId
from safepassage.core.intake import (
    MEANINGS,
    SAYS_NOTHING,
    SETTABLE,
    ColumnChoice,
    ColumnMap,
    Field,
    FileReport,
    TableReport,
    UnknownValues,
    count_yield,
    find_unknown_values,
    inspect_file,
    intake_file,
    read_whole_list,
)
from safepassage.core.intake.sniff import check_size
from safepassage.core.people import Relation

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account
    from safepassage.apps.intake.models import Source

_SESSION = "upload"
TERMS = ("source", "name", "owner", "basis", "purposes", "trust", "sharing", "retention_days")
"""What the page asks of whoever sends the list."""
MOST_WORDS = 40
"""Different words of a column that can be explained at once; the most frequent come first."""
MOST_MEMBERS = 99
"""Further members that one row may name."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires("source.intake")
def upload(request: HttpRequest) -> HttpResponse:
    """Takes an upload into the waiting room and goes on to the inspection."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and not request.FILES:
        _tell_size(request, form)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "console/upload.html", {"form": form}, status=status)
    said = {name: form.cleaned_data[name] for name in TERMS}
    source_told(said)  # what is wrong with it is said here, beside its fields
    file = cast("UploadedFile[Any]", request.FILES["file"])
    key = upload_keep(file)
    try:
        inspect_file(upload_read(key), name=file.name or "list")
    except UnreadableError as error:
        upload_drop(key)
        form.add_error("file", f"{error.problem.message} {error.problem.advice}")
        return render(request, "console/upload.html", {"form": form}, status=422)
    request.session[_SESSION] = {"key": key, "said": said, "name": file.name or "list"}
    return redirect("console:inspect")


def source_said(said: Mapping[str, Any], account: Account) -> Source:
    """The source that was chosen on a page, or the new one whose terms it states."""
    if said["source"]:
        return source_by_id(said["source"])
    return source_register(**_terms(said), account=account.username, now=timezone.now())


def source_told(said: Mapping[str, Any]) -> Source:
    """The same, and nobody registers it: a list that is only looked at leaves no source behind."""
    return source_by_id(said["source"]) if said["source"] else source_stated(**_terms(said), now=timezone.now())


def _terms(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": said["name"],
        "owner": said["owner"] or said["name"],
        "basis": said["basis"],
        "purposes": [one.strip() for one in said["purposes"].split(",") if one.strip()] or ["evacuation"],
        "trust": said["trust"] or 0,
        "sharing": said["sharing"] or "nobody",
        "retention_days": said["retention_days"],
    }


def _tell_size(request: HttpRequest, form: UploadForm) -> None:
    """A file beyond the limit is not taken off the line: says so."""
    try:
        check_size(int(request.META.get("CONTENT_LENGTH") or 1), where="")
    except UnreadableError as error:
        form.add_error("file", f"{error.problem.message} {error.problem.advice}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("source.intake")
def inspect(request: HttpRequest) -> HttpResponse:
    """Shows how the waiting list would be read; a POST corrects columns, and looks again or takes it in."""
    waiting = request.session.get(_SESSION)
    if not waiting or "said" not in waiting:
        raise NotFoundError("No list is waiting to be taken in.", advice="Upload one first.")
    content, source = upload_read(waiting["key"]), source_told(waiting["said"])
    report = inspect_file(content, name=waiting["name"])
    saved = _maps_kept(source, report.digest)
    account, now = account_of(request).username, timezone.now()
    if request.method != "POST":
        access_note(account=account, subjects=[source.id], act="inspect list", purpose="intake", now=now)
        return _show(request, report, content, saved, source)
    maps = _maps_said(request.POST, report, saved)
    try:
        everyone = read_whole_list({one.value: request.POST.get(f"all-{one.value}", "") for one in SETTABLE})
    except ProblemsError as error:
        return _show(request, report, content, saved, source, wrong=str(error))
    told = tuple((field, text) for field, text in everyone.items() if text)
    maps = {signature: replace(one, everyone=told) for signature, one in maps.items()}
    if "look" in request.POST:
        access_note(account=account, subjects=[source.id], act="inspect list", purpose="intake", now=now)
        return _show(request, report, content, maps, source)
    for number, table in enumerate(report.tables):
        name = request.POST.get(f"save-{number}", "").strip()
        if name:
            column_map_save(name=name[:80], column_map=maps[table.column_map.signature], account=account, now=now)
    source = source_said(waiting["said"], account_of(request))
    del request.session[_SESSION]
    reading = reading_keep(waiting["name"], maps)
    return begin(request, WorkKind.INTAKE, {"upload": waiting["key"], "reading": reading, "source": source.id})


def _maps_kept(source: Source, digest: str) -> dict[str, ColumnMap]:
    """Saved maps, and how this very list was read before: taking it in again begins with that."""
    known = batch_of_content(source, digest)
    before = maps_of(known) if known else []
    return {**column_maps_saved(), **{one.signature: one for one in before}}


def _show(  # noqa: PLR0917
    request: HttpRequest,
    report: FileReport,
    content: bytes,
    saved: Mapping[str, ColumnMap],
    source: Source,
    wrong: str = "",
) -> HttpResponse:
    """How the list would be read, what would come out, and what its words could mean."""
    result = intake_file(
        content, source=SourceId(source.id), received=timezone.localdate(), column_maps=saved, name=report.file
    )
    known = batch_of_content(source, report.digest)
    before = everyone_on(known) if known else {}
    unknown = find_unknown_values(result.column_maps, result.rows)
    said = request.POST
    tables = [
        _table(number, one, saved, unknown, said.get(f"save-{number}", ""))
        for number, one in enumerate(report.tables)
    ]
    context = {
        "report": report,
        "tables": tables,
        "source": source,
        "fields": [one.value for one in Field],
        "relations": [one.value for one in Relation],
        "yields": count_yield(result),
        "known": known,
        "categories": MEANINGS[Field.CLAIM],
        "languages": MEANINGS[Field.LANGUAGE],
        "everyone": {one.value: request.POST.get(f"all-{one.value}", before.get(one, "")) for one in SETTABLE},
        "wrong": wrong,
        "is_again": "look" in request.POST and not wrong,
        "nothing": SAYS_NOTHING,
    }
    return render(request, "console/inspect.html", context, status=422 if wrong else 200)


def _shown_map(proposed: ColumnMap, saved: Mapping[str, ColumnMap]) -> ColumnMap:
    """The map that would be used: a saved one for the same headers goes before the proposal."""
    known = (
        {column.header: column for column in saved[proposed.signature].columns} if _is_saved(proposed, saved) else {}
    )
    columns = tuple(
        replace(known.get(column.header, column), index=column.index, header=column.header)
        for column in proposed.columns
    )
    return replace(proposed, columns=columns)


def _is_saved(proposed: ColumnMap, saved: Mapping[str, ColumnMap]) -> bool:
    return proposed.signature in saved


def _table(
    number: int, report: TableReport, saved: Mapping[str, ColumnMap], unknown: Sequence[UnknownValues], save: str
) -> dict[str, object]:
    shown = _shown_map(report.column_map, saved)
    samples = dict(zip((column.index for column in report.column_map.columns), report.samples, strict=False))
    columns = [
        {
            "place": place,
            "choice": column,
            "percent": round(100 * column.confidence),
            "sample": " · ".join(samples.get(column.index, ())),
            **_words_of(column, report.sheet, unknown),
        }
        for place, column in enumerate(shown.columns)
    ]
    name = saved[shown.signature].name if _is_saved(shown, saved) else ""
    return {"number": number, "report": report, "columns": columns, "saved_as": name, "save": save}


def _words_of(column: ColumnChoice, sheet: str, unknown: Sequence[UnknownValues]) -> dict[str, object]:
    """The words of a column that we don't know, those that a person explained before, and what each can mean."""
    found = next((one for one in unknown if (one.sheet, one.column) == (sheet, column.header)), None)
    words = [(text, "", count) for text, count in found.values[:MOST_WORDS]] if found else []
    words += [(text, code, 0) for text, code in column.values]
    return {"words": words, "unknown": found, "meanings": MEANINGS.get(column.field, ())}


def _maps_said(post: QueryDict, report: FileReport, saved: Mapping[str, ColumnMap]) -> dict[str, ColumnMap]:
    """The maps as the page had them when it was sent: what a person changed counts as said by them.

    Two tables with the same headers are read alike: a correction in either counts.
    """
    maps: dict[str, ColumnMap] = {}
    for number, table in enumerate(report.tables):
        shown = _shown_map(table.column_map, saved)
        found = maps.get(shown.signature, shown)
        for place, column in enumerate(shown.columns):
            changes = _changes_said(post, f"{number}-{place}", column)
            if changes:
                found = found.correct(column.header, **changes)
        maps[shown.signature] = found
    return maps


def _changes_said(post: QueryDict, place: str, column: ColumnChoice) -> dict[str, Any]:
    """What a person changed of one column: what it holds, of which member of the row, and what that one is."""
    changes: dict[str, Any] = {}
    field = post.get(f"field-{place}", column.field.value)
    if field != column.field.value and field in set(Field):
        changes["field"] = Field(field)
    member = number_said(post.get(f"member-{place}", ""))
    if member is not None and member != column.member and member <= MOST_MEMBERS:
        changes["member"] = member
    relation = post.get(f"relation-{place}", column.relation.value)
    if relation != column.relation.value and relation in set(Relation):
        changes["relation"] = Relation(relation)
    allowed = {SAYS_NOTHING, *MEANINGS.get(changes.get("field", column.field), ())}
    said = zip(post.getlist(f"word-{place}"), post.getlist(f"meaning-{place}"), strict=False)
    values = tuple((text, code) for text, code in said if code in allowed)
    if values != column.values:
        changes["values"] = values
    return changes
