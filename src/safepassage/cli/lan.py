"""`serve --lan`: the site for phones on the laptop's hotspot, over HTTPS under the site's own authority.

Phones reach the field app and the device endpoint, and nothing else; the console stays on this laptop unless asked.
A page over plain HTTP gives out the authority's certificate: whoever trusts it compares it with the laptop's screen.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import uvicorn

from safepassage.cli.doors import Telling
from safepassage.cli.lan_page import join_page
from safepassage.cli.tls import Address, SiteTls, is_private

OPEN_TO_PHONES = ("/field/", "/api/gate/", "/health/")
Scope = dict[str, Any]
Asgi = Callable[[Scope, Any, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Lan:
    """Where phones find the site."""

    host: str
    """The name or address that phones are told."""
    port: int
    help_port: int
    names: tuple[str, ...]
    """Every name and address that the site answers to."""

    @property
    def origin(self) -> str:
        """The address of the site, e.g. https://192.168.50.1:8443."""
        return f"https://{_in_url(self.host)}:{self.port}"

    @property
    def help_address(self) -> str:
        """The address of the page that gives out the certificate."""
        return f"http://{_in_url(self.host)}:{self.help_port}/"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def addresses_now() -> tuple[Address, ...]:
    """The private addresses of this machine, loopback last. Asks the system, sends nothing."""
    found = {ip_address(text) for text in (*_of_interfaces(), *_of_routes())}
    private = (one for one in found if is_private(one) and not one.is_link_local)
    return tuple(sorted(private, key=lambda one: (one.is_loopback, one.version, int(one))))


def _of_interfaces() -> Iterator[str]:
    with contextlib.suppress(OSError):
        for *_, address in socket.getaddrinfo(socket.gethostname(), None):
            yield str(address[0]).split("%")[0]
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        asks_address = 0x8915  # SIOCGIFADDR of Linux
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            for _, name in socket.if_nameindex():
                with contextlib.suppress(OSError):
                    told = fcntl.ioctl(one.fileno(), asks_address, struct.pack("256s", name.encode()[:15]))
                    yield socket.inet_ntoa(told[20:24])


def _of_routes() -> Iterator[str]:
    """The address from which a packet to a private network would leave; connecting a datagram socket sends none."""
    for target in ("10.255.255.255", "192.168.255.255"):
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.connect((target, 9))
            yield one.getsockname()[0]


def for_phones_only(application: Asgi) -> Asgi:
    """The application with everything closed that a phone doesn't need."""

    async def answer(scope: Scope, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        if scope["type"] == "http" and not scope["path"].startswith(OPEN_TO_PHONES):
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"Phones use /field/.\n"})
            return
        await application(scope, receive, send)

    return answer


class _Helper(BaseHTTPRequestHandler):
    """The page, and the certificate; nothing else, whatever is asked."""

    def __init__(self, page: bytes, certificate: bytes, *args: Any) -> None:  # noqa: ANN401 - socketserver
        self.files = {
            "/": (page, "text/html; charset=utf-8"),
            "/ca.crt": (certificate, "application/x-x509-ca-cert"),
        }
        super().__init__(*args)

    def do_GET(self) -> None:
        """One of the two files."""
        data, kind = self.files.get(self.path.split("?")[0], (b"", ""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Quiet: who asked is nobody's business."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The three ports, taken: for phones, for the certificate, and for the console on this laptop alone."""

    phones: socket.socket
    help: socket.socket
    console: socket.socket


@contextlib.contextmanager
def help_page(lan: Lan, tls: SiteTls, door: socket.socket) -> Iterator[None]:
    """Serves the page and the certificate over plain HTTP while the site runs."""
    page = join_page(origin=lan.origin).encode()
    answer = partial(_Helper, page, tls.authority.read_bytes())
    server = ThreadingHTTPServer(door.getsockname(), answer, bind_and_activate=False)
    server.socket.close()
    server.socket = door
    server.server_activate()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def run_lan(lan: Lan, tls: SiteTls, doors: Doors, *, with_console: bool, tell: Callable[[], None]) -> None:
    """Runs both: the site for phones on every interface, the whole console on this laptop. Ends with Ctrl-C.

    `tell` says where, once all of it answers.
    """
    from django.utils.module_loading import import_string

    application: Asgi = import_string("safepassage.web.asgi.application")
    outside: Any = application if with_console else for_phones_only(application)
    shared: dict[str, Any] = {"log_level": "warning", "lifespan": "off"}
    waiting = [doors.phones, doors.console]

    def answers() -> None:
        waiting.pop()
        if not waiting:
            tell()

    phones = Telling(
        uvicorn.Config(
            outside,
            ssl_certfile=str(tls.certificate),
            ssl_keyfile=str(tls.key),
            ssl_keyfile_password=tls.password,
            **shared,
        ),
        answers,
    )
    console = Telling(uvicorn.Config(application, **shared), answers)

    async def both() -> None:
        await asyncio.gather(phones.serve(sockets=[doors.phones]), console.serve(sockets=[doors.console]))

    with help_page(lan, tls, doors.help):
        asyncio.run(both())
