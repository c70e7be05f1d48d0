from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

PEM = serialization.Encoding.PEM


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(subject: str, key, extension: x509.ExtensionType, signer) -> bytes:
    now = datetime.now(timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(subject))
        .issuer_name(_named("Shop Internal CA"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(extension, critical=True)
    )
    return made.sign(signer, hashes.SHA256()).public_bytes(PEM)


def issued(directory: Path) -> tuple[Path, Path]:
    """The authority's certificate, and a server's key and certificate in one file."""
    root, server = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    authority, chain = directory / "ca.pem", directory / "server.pem"
    authority.write_bytes(_certificate("Shop Internal CA", root, x509.BasicConstraints(True, None), root))
    names = x509.SubjectAlternativeName([x509.DNSName("stock.internal")])
    key = server.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain.write_bytes(key + _certificate("stock.internal", server, names, root))
    return authority, chain
