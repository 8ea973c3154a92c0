"""Whether the site can do its work: asked by monitors and by devices before they send."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from safepassage import __version__


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """`{"status": "ok"}` while the store answers, else 503. Says nothing about the operation."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "store-silent", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})
