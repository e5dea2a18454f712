"""Certificates for a provider on loopback, good ones and all kinds of bad ones."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = dt.timedelta(days=1)


class Authority:
    """Signs certificates. `folder` takes the files that the ssl module reads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority")])
        now = dt.datetime.now(dt.UTC)
        made = _builder(self._name, self._name, self._key, now + DAY)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.file = folder / "authority.pem"
        signed = made.sign(self._key, hashes.SHA256())
        self.file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))

    @property
    def trusted(self) -> ssl.SSLContext:
        """A client that trusts it and nobody else."""
        return ssl.create_default_context(cafile=str(self.file))

    def server(self, host: str = "127.0.0.1", *, expired: bool = False, own: bool = False):
        """A server's side with a certificate for `host`; `own` signs it with its own key."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        until = dt.datetime.now(dt.UTC) + (-DAY if expired else DAY)
        made = _builder(subject, subject if own else self._name, key, until)
        made = made.add_extension(x509.SubjectAlternativeName([_general(host)]), critical=False)
        signed = made.sign(key if own else self._key, hashes.SHA256())
        file = self._folder / f"{host}-{expired}-{own}.pem"
        file.write_bytes(
            signed.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _builder(subject, issuer, key, until: dt.datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - 30 * DAY)
        .not_valid_after(until)
    )


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
