"""The site's own certificate authority: phones have cameras and service workers over HTTPS only.

HOME/tls/ca.key     0600, sealed, never leaves; it can sign for the site's name and private addresses alone
HOME/tls/ca.crt     what a phone is asked to trust, once
HOME/tls/site.key   0600, sealed; with site.crt the certificate of today's name and addresses, renewed as they change

Sealed: PKCS 8 under a password derived from the store key; a site whose store is not encrypted keeps them in plain.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from safepassage import vault
from safepassage.core.errors import ConflictError

Address = IPv4Address | IPv6Address
AUTHORITY_HOLDS = timedelta(days=730)
SITE_HOLDS = timedelta(days=90)
RENEW_BEFORE = timedelta(days=14)
SKEW = timedelta(days=2)
"""Phones without a network have clocks that are wrong."""
PRIVATE: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)
"""Nobody's on the internet (RFC 1918, 3927, 4193, 4291). The hotspot's may change; the authority stays."""


@dataclass(frozen=True, slots=True)
class SiteTls:
    """Where the certificate and key of the site are, and what people compare before they trust its authority."""

    certificate: Path
    key: Path
    authority: Path
    fingerprint: str
    """SHA-256 of the authority's certificate, in pairs of hex digits."""
    password: str | None = None
    """Opens the key; none where the store is not encrypted."""


def tls_prepare(home: Path, *, name: str, addresses: tuple[Address, ...], now: datetime) -> SiteTls:
    """Makes the authority at first use, and a certificate for this name and these addresses if the last doesn't fit.

    Raises:
        ConflictError: the authority was made for another name.
    """
    folder = home / "tls"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, key = _authority(folder, name, now)
    usable = tuple(one for one in addresses if is_private(one))
    _site_certificate(folder, authority, key, name=name, addresses=usable, now=now)
    digest = authority.fingerprint(hashes.SHA256()).hex(":").upper()
    return SiteTls(folder / "site.crt", folder / "site.key", folder / "ca.crt", digest, _password())


def is_private(address: Address) -> bool:
    """Whether the authority may sign for this address."""
    return any(address in network for network in PRIVATE if network.version == address.version)


def _authority(folder: Path, name: str, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    paths = folder / "ca.crt", folder / "ca.key"
    if not all(path.exists() for path in paths):
        key = ec.generate_private_key(ec.SECP256R1())
        _write(paths[1], _key_pem(key), 0o600)
        _write(paths[0], _make_authority(key, name, now).public_bytes(serialization.Encoding.PEM), 0o644)
    certificate = x509.load_pem_x509_certificate(paths[0].read_bytes())
    allowed = certificate.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    if x509.DNSName(name) not in allowed:
        raise ConflictError(
            "The site's certificate authority was made for another name.",
            where="tls/ca.crt",
            advice="Serve under that name, or remove the folder tls and let every phone trust the new authority.",
        )
    loaded = _key_read(paths[1])
    if loaded.public_key() != certificate.public_key():
        raise ConflictError(
            "Key and certificate of the site's authority don't belong together.",
            where="tls/ca.key",
            advice="Restore the folder tls from one backup, or remove it.",
        )
    return certificate, loaded


def _make_authority(key: ec.EllipticCurvePrivateKey, name: str, now: datetime) -> x509.Certificate:
    """May sign no further authorities, and nothing outside the site's name and private addresses."""
    public = key.public_key()
    subject = _subject(f"Safe Passage site authority ({name})")
    allowed: list[x509.GeneralName] = [x509.DNSName(name), *(x509.IPAddress(network) for network in PRIVATE)]
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(now + AUTHORITY_HOLDS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=allowed, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    return builder.sign(key, hashes.SHA256())


def _site_certificate(
    folder: Path,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    *,
    name: str,
    addresses: tuple[Address, ...],
    now: datetime,
) -> None:
    names: list[x509.GeneralName] = [x509.DNSName(name), *(x509.IPAddress(one) for one in addresses)]
    if _fits(folder / "site.crt", folder / "site.key", authority, names, now):
        return
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject(name))
        .issuer_name(authority.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(min(now + SITE_HOLDS, authority.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
    )
    made = builder.sign(authority_key, hashes.SHA256())
    _write(folder / "site.key", _key_pem(key), 0o600)
    _write(folder / "site.crt", made.public_bytes(serialization.Encoding.PEM), 0o644)


def _fits(path: Path, key: Path, authority: x509.Certificate, names: list[x509.GeneralName], now: datetime) -> bool:
    """Whether the last certificate is of this authority, holds long enough, and names all that it should."""
    if not path.exists() or not key.exists():
        return False
    last = x509.load_pem_x509_certificate(path.read_bytes())
    named = last.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    is_ours = last.issuer == authority.subject and last.not_valid_before_utc <= now
    is_kept = _is_sealed(key) == (_password() is not None)
    return is_kept and is_ours and last.not_valid_after_utc - now > RENEW_BEFORE and list(named) == names


def _subject(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _password() -> str | None:
    return vault.subkey("tls").hex() if vault.held() is not None else None


def _is_sealed(path: Path) -> bool:
    return b"ENCRYPTED PRIVATE KEY" in path.read_bytes()


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    password = _password()
    sealing: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password:
        sealing = serialization.BestAvailableEncryption(password.encode())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealing)


def _key_read(path: Path) -> ec.EllipticCurvePrivateKey:
    """A key of ours; one that lies unsealed beside an encrypted store is sealed now."""
    password = _password()
    loaded = serialization.load_pem_private_key(
        path.read_bytes(), password=password.encode() if password and _is_sealed(path) else None
    )
    if not isinstance(loaded, ec.EllipticCurvePrivateKey):
        raise ConflictError("That is no key of this site's authority.", where=f"tls/{path.name}")
    if password and not _is_sealed(path):
        _write(path, _key_pem(loaded), 0o600)
    return loaded


def _write(path: Path, data: bytes, mode: int) -> None:
    """Whole or not at all, and never readable by others in between."""
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    half.replace(path)


def address_read(text: str) -> Address:
    """An address as typed.

    Raises:
        ConflictError: it is none, or not a private one.
    """
    try:
        address = ip_address(text)
    except ValueError as error:
        raise ConflictError("That is no address.", where=text, advice="E.g. --address 192.168.50.1.") from error
    if not is_private(address):
        raise ConflictError(
            "The site's authority signs for private addresses only.", where=text, advice="Use the hotspot's address."
        )
    return address
