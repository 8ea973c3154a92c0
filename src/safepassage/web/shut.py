"""The site while its store is locked: every page says so, and nothing else is in this process.

    python -m safepassage.web.shut ORDER      begun by `vault.anew`; never by hand

It holds no key, opens no store and loads none of the apps. As soon as a keeper has the key (`safepassage unlock`) it
becomes the command that it was before; it ends with the key that is burned.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from safepassage import vault
from safepassage.vault import keeper
from safepassage.vault.anew import DOORS_VARIABLE, begin_again

PACKAGE = Path(__file__).resolve().parent.parent
BURNED = 70
Answer = Callable[[HttpRequest], HttpResponseBase]
urlpatterns: list[object] = []


class Shut:
    """Middleware, the innermost: the answer to everything."""

    sync_capable, async_capable = True, False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page that says that the store is locked; JSON for a program."""
        return locked_answer(request)


def locked_answer(request: HttpRequest) -> HttpResponse:
    """That the store is locked, and what opens it."""
    if request.path.startswith("/api/"):
        told = {"code": "store-unread", "message": "The store is locked.", "advice": "Run `safepassage unlock`."}
        return JsonResponse(told, status=503)
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("locked.html"), status=503)


def configure() -> None:
    """The few settings that a page without a store needs."""
    languages = [("en", "English"), ("fa-af", "Dari"), ("ps", "Pashto")]
    settings.configure(
        ALLOWED_HOSTS=["*"],  # it tells everybody the same
        ROOT_URLCONF=__name__,
        SECRET_KEY="nothing is signed here",  # noqa: S106
        USE_I18N=True,
        LANGUAGE_CODE="en",
        LANGUAGES=languages,
        LANGUAGES_BIDI=["fa", "ps"],
        LOCALE_PATHS=[PACKAGE / "web" / "locale"],
        INSTALLED_APPS=["django.contrib.staticfiles"],
        STATIC_URL="static/",
        STATICFILES_DIRS=[PACKAGE / "web" / "static"],
        WHITENOISE_USE_FINDERS=True,
        MIDDLEWARE=[
            "safepassage.web.headers.ContentPolicy",
            "safepassage.web.assets.Assets",
            "django.middleware.locale.LocaleMiddleware",
            f"{__name__}.Shut",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [PACKAGE / "web" / "templates"],
            }
        ],
    )


def main() -> None:
    """Answers on the ports that it was left until the store is open again."""
    vault.heed_signals()
    order = json.loads(sys.argv[1])
    home, doors = Path(order["home"]), json.loads(os.environ.pop(DOORS_VARIABLE, "{}"))
    plain = [socket.socket(fileno=fd) for port, fd in doors.items() if port not in order["sealed"]]
    behind_tls = [socket.socket(fileno=fd) for fd in order["sealed"].values()]

    def look() -> None:
        _reap()
        if not vault.is_sealed(home):
            sys.stderr.write("The store key is gone: burned. This process ends.\n")
            os._exit(BURNED)
        if keeper.ask(home) is not None:
            begin_again(order["again"], doors)

    sys.stdout.write("Locked. `safepassage unlock` goes on here, Ctrl-C ends it.\n")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        if doors:
            asyncio.run(_answer(plain, behind_tls, look))
        while not doors:
            look()
            time.sleep(keeper.LOOK_SECONDS)


async def _answer(plain: list[socket.socket], behind_tls: list[socket.socket], look: Callable[[], None]) -> None:
    configure()
    import uvicorn
    from django.core.asgi import get_asgi_application

    server = uvicorn.Server(uvicorn.Config(get_asgi_application(), log_level="warning", lifespan="off"))

    async def watch() -> None:
        while not server.should_exit:
            look()
            for door in behind_tls:
                _turn_away(door)
            await asyncio.sleep(keeper.LOOK_SECONDS)

    watching = asyncio.create_task(watch())
    await server.serve(sockets=plain)
    await watching


def _turn_away(door: socket.socket) -> None:
    """The TLS key went with the store's: a phone is not left waiting, it works on without the site."""
    door.settimeout(0)
    with contextlib.suppress(OSError):
        while True:
            door.accept()[0].close()


def _reap() -> None:
    """The worker was begun by what this process was before, and ends by itself."""
    with contextlib.suppress(OSError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    main()
