"""The site's own authority and the site for phones: what it may sign, who may read it, what is open."""

from __future__ import annotations

import asyncio
import ssl
import stat
import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from safepassage.cli.doors import HERE as HERE_ALONE
from safepassage.cli.doors import open_door
from safepassage.cli.lan import Lan, addresses_now, for_phones_only, help_page
from safepassage.cli.tls import PRIVATE, SITE_HOLDS, address_read, tls_prepare
from safepassage.core.errors import ConflictError

NAME = "safepassage.test"
HERE = (ip_address("127.0.0.1"),)


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


def prepared(home, now, *, name=NAME, addresses=HERE):
    return tls_prepare(home, name=name, addresses=addresses, now=now)


class _Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def served(tls) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Hello)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls.certificate, tls.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def test_whoever_trusts_the_authority_reaches_the_site_and_nobody_else_does(home, now) -> None:
    tls = prepared(home, now)
    server = served(tls)
    address = f"https://127.0.0.1:{server.server_port}/"
    trusting = ssl.create_default_context(cafile=str(tls.authority))
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    assert urllib.request.urlopen(address, context=trusting, timeout=5).status == 200
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, context=ssl.create_default_context(), timeout=5)
    server.shutdown()
    server.server_close()


def test_keys_are_readable_by_their_owner_only(home, now) -> None:
    prepared(home, now)
    for name in ("ca.key", "site.key"):
        assert stat.S_IMODE((home / "tls" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "tls").stat().st_mode) == 0o700
    assert not list((home / "tls").glob("*.new"))


def test_the_authority_signs_for_its_name_and_private_addresses_and_makes_no_further_one(home, now) -> None:
    authority = x509.load_pem_x509_certificate(prepared(home, now).authority.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert set(limits.value.permitted_subtrees) == {x509.DNSName(NAME), *map(x509.IPAddress, PRIVATE)}
    basic = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (basic.ca, basic.path_length) == (True, 0)


def test_an_address_of_the_internet_is_never_signed_for(home, now) -> None:
    tls = prepared(home, now, addresses=(*HERE, ip_address("203.0.113.7")))
    named = x509.load_pem_x509_certificate(tls.certificate.read_bytes()).extensions
    names = named.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.IPAddress) == [HERE[0]]
    with pytest.raises(ConflictError, match="private"):
        address_read("203.0.113.7")
    with pytest.raises(ConflictError, match="no address"):
        address_read("router")


def test_the_second_start_changes_nothing_and_a_new_address_only_the_sites_certificate(home, now) -> None:
    first = prepared(home, now)
    authority, site = first.authority.read_bytes(), first.certificate.read_bytes()
    assert prepared(home, now + timedelta(days=1)) == first
    assert first.certificate.read_bytes() == site
    prepared(home, now, addresses=(*HERE, ip_address("192.168.50.1")))
    assert first.authority.read_bytes() == authority
    assert first.certificate.read_bytes() != site


def test_a_certificate_is_renewed_before_it_ends(home, now) -> None:
    site = prepared(home, now).certificate.read_bytes()
    tls = prepared(home, now + SITE_HOLDS - timedelta(days=1))
    assert tls.certificate.read_bytes() != site


def test_another_name_needs_another_authority_and_says_so(home, now) -> None:
    prepared(home, now)
    with pytest.raises(ConflictError, match="another name"):
        prepared(home, now, name="elsewhere.test")


def test_this_machine_has_a_loopback_address_and_no_public_one() -> None:
    found = addresses_now()
    assert all(any(one in network for network in PRIVATE if network.version == one.version) for one in found)


def test_addresses_are_written_as_browsers_want_them() -> None:
    assert Lan("fd00::1", 8443, 8080, ()).origin == "https://[fd00::1]:8443"
    assert Lan(NAME, 8443, 8080, ()).help_address == "http://safepassage.test:8080/"


def test_the_help_page_gives_the_certificate_and_nothing_else(home, now) -> None:
    tls = prepared(home, now)
    door = open_door(HERE_ALONE, 0, option="--help-port")
    lan = Lan("127.0.0.1", 8443, door.getsockname()[1], ())
    with help_page(lan, tls, door):
        page = urllib.request.urlopen(lan.help_address, timeout=5).read().decode()
        given = urllib.request.urlopen(f"{lan.help_address}ca.crt", timeout=5).read()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{lan.help_address}ca.key", timeout=5)
    certificate = x509.load_pem_x509_certificate(given)
    assert certificate.fingerprint(hashes.SHA256()).hex(":").upper() == tls.fingerprint
    assert tls.fingerprint not in page, "whoever stands between could write it there"
    assert "https://127.0.0.1:8443/field/" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/field/", 200),
        ("/api/gate/v1/time", 200),
        ("/health/", 200),
        ("/", 404),
        ("/login/", 404),
        ("/api/v1/counts", 404),
        ("/static/built/console.js", 404),
    ],
)
def test_phones_reach_the_field_app_and_their_endpoint_and_nothing_else(path: str, status: int) -> None:
    sent: list[dict] = []

    async def site(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(for_phones_only(site)({"type": "http", "path": path}, partial(asyncio.sleep, 0), send))
    assert sent[0]["status"] == status
