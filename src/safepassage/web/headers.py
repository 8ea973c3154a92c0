"""What a browser may do with our pages: load from this site alone, run no inline script, frame none and keep none.

On a shared laptop *Back* shows nobody the names that were there before somebody signed out.
Whoever gets a line of script or an address into a list must not get it to run, or to carry anything outside.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def _policy(**rules: str) -> str:
    return "; ".join(f"{name.replace('_', '-')} {value}" for name, value in rules.items())


_SHARED = {
    "default_src": "'none'",
    "img_src": "'self' data: blob:",
    "font_src": "'self'",
    "connect_src": "'self'",
    "manifest_src": "'self'",
    "base_uri": "'none'",
    "frame_ancestors": "'none'",
}
CONSOLE = _policy(
    **_SHARED,
    script_src="'self'",
    style_src="'self'",
    style_src_attr="'unsafe-inline'",  # widths of bars, and the charts' tooltips; an attribute loads and runs nothing
    form_action="'self'",
)
FIELD = _policy(
    **_SHARED,
    script_src="'self' 'wasm-unsafe-eval'",  # the reader of QR codes is WebAssembly
    style_src="'self'",
    worker_src="'self'",
    media_src="'self' blob:",
    form_action="'none'",
)
CAMERA, NO_CAMERA = "camera=(self), microphone=(), geolocation=()", "camera=(), microphone=(), geolocation=()"


class ContentPolicy:
    """Middleware, the first of all: each answer carries the policy of the app that it belongs to."""

    sync_capable, async_capable = True, False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Adds the headers; a view that set its own keeps it, and so do files that never change."""
        answer = self.answer(request)
        is_field = request.path.startswith("/field/")
        answer.headers.setdefault("Content-Security-Policy", FIELD if is_field else CONSOLE)
        answer.headers.setdefault("Permissions-Policy", CAMERA if is_field else NO_CAMERA)
        if not is_field:  # the phone app keeps its own shell, in which nobody's data stands
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer
