"""The built assets, served by WhiteNoise in one piece.

WhiteNoise answers with a file that is read bit by bit, which an asynchronous server can't do without a thread for
each, and warns about. Ours are small, and kept by browsers: they are read whole.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class Assets(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Middleware: an asset, or on to the page."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:  # noqa: ANN401 - files of two kinds
        """The whole file, with the headers that WhiteNoise gives it."""
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file as file:
                content = file.read()
        answer = HttpResponse(content, status=int(found.status))
        del answer["Content-Type"]
        for name, value in found.headers:
            answer[name] = value
        return answer
