"""The field app under `/field/`: built files and nothing else.

A scope of its own, so that its service worker and its policy never mix with the console's.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

from safepassage.web.settings import PACKAGE

BUILT = PACKAGE / "web" / "static" / "built" / "field"
KINDS = {".wasm": "application/wasm", ".webmanifest": "application/manifest+json", ".js": "text/javascript"}


@require_safe
def field(request: HttpRequest, path: str = "index.html") -> HttpResponse:
    """One file of the app. Files under `assets/` carry their digest in their name and never change."""
    try:
        file = Path(safe_join(BUILT, path))
    except ValueError as error:
        raise Http404 from error
    if not file.is_file():
        raise Http404
    stamp = f'"{file.stat().st_mtime_ns:x}-{file.stat().st_size:x}"'
    if request.headers.get("If-None-Match") == stamp:
        return HttpResponseNotModified()
    kind = KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    answer = HttpResponse(file.read_bytes(), content_type=kind)
    answer["ETag"] = stamp
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
    return answer
