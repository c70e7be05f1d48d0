"""Programs that work in one container and fail in another of the same image, each for one reason.

A side is how a container is started; a pair is two sides, a program, and what must be found. What is mounted into
them stands in a directory that `furnish` fills.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.services import program

_SERVE = "exec /app/.venv/bin/python /app/server.py"
_NO_ZONES = "rm -rf /usr/share/zoneinfo"
_TRUST = "update-ca-certificates >/dev/null 2>&1"

_INIT = "openssl_conf = init\n[init]\n"
_TLS_CONF = _INIT + "ssl_conf = ssl\n[ssl]\nsystem_default = tls\n[tls]\n"
CONFIGURATIONS = {
    "weak": _TLS_CONF + "CipherString = DEFAULT:@SECLEVEL=0\n",
    "old": _TLS_CONF + "MaxProtocol = TLSv1.2\n",
    "new": _TLS_CONF + "MinProtocol = TLSv1.3\n",
    "narrow": _TLS_CONF + "CipherString = ECDHE-RSA-AES256-GCM-SHA384\n",
    "legacy": _INIT + "providers = providers\n[providers]\ndefault = on\nlegacy = on\n[on]\nactivate = 1\n",
}
"""{name: an openssl.cnf}."""


@dataclass(frozen=True)
class Side:
    """environment; mounts ({path in the container: path in the directory}); a command of root before it serves."""

    environment: dict[str, str] = field(default_factory=dict)
    mounts: dict[str, str] = field(default_factory=dict)
    before: str | None = None

    def options(self, directory: Path) -> dict[str, Any]:
        """How to start it."""
        volumes = [f"{directory / source}:{path}:ro" for path, source in self.mounts.items()]
        options: dict[str, Any] = {"environment": self.environment, "volumes": volumes}
        if self.before is not None:
            options |= {"command": ["sh", "-c", f"{self.before}; {_SERVE}"], "user": "root"}
        return options


def configured(name: str) -> Side:
    """With one of the CONFIGURATIONS."""
    return Side({}, {"/usr/lib/ssl/openssl.cnf": f"{name}.cnf", "/certificates": "certificates"})


GERMAN = {"/usr/lib/locale/de_DE.utf8": "de_DE.utf8"}
PLAIN = Side({}, {"/certificates": "certificates"})
TRUSTING = Side({}, {"/usr/local/share/ca-certificates/shop.crt": "certificates/ca.pem", **PLAIN.mounts}, _TRUST)

_CERTIFI = "/app/.venv/lib/python3.11/site-packages/certifi/cacert.pem"
ADDED = Side({}, PLAIN.mounts, f"cat /certificates/ca.pem >> {_CERTIFI}")

_TLS = """
import hashlib, ssl
def shake(client, server, name="localhost"):
    one, other = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [client.wrap_bio(one, other, server_hostname=name), server.wrap_bio(other, one, server_side=True)]
    for _ in range(6):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
def server(name="server"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"/certificates/{name}.pem", f"/certificates/{name}.key")
    return context
client = ssl.create_default_context()
anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
"""

Found = dict[str, str]
"""{section.key: severity}, all that are no info."""


@dataclass(frozen=True)
class Pair:
    """local works, production fails with `says` among its last words, because of what is found."""

    local: Side
    production: Side
    program: str
    says: str
    found: Found


PAIRS = {
    "encoding": Pair(
        PLAIN,
        Side({"LC_ALL": "C", "PYTHONUTF8": "0"}),
        "open('/tmp/price', 'wb').write(b'5 \\xe2\\x82\\xac'); open('/tmp/price').read()",
        "UnicodeDecodeError",
        {"locale.encoding": "error"},
    ),
    "stdio_encoding": Pair(
        PLAIN,
        Side({"PYTHONIOENCODING": "ascii"}),
        "print('5 \\u20ac')",
        "UnicodeEncodeError",
        {"locale.stdio_encoding": "error"},
    ),
    "available": Pair(
        Side({}, GERMAN),
        PLAIN,
        "import locale; locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')",
        "unsupported locale setting",
        {"locale.available.de_DE.UTF-8": "warning"},
    ),
    "lc_ctype_exists": Pair(
        Side({"LC_ALL": "de_DE.UTF-8"}, GERMAN),
        Side({"LC_ALL": "de_DE.UTF-8"}),
        "import locale; locale.setlocale(locale.LC_ALL, '')",
        "unsupported locale setting",
        {"locale.lc_collate_exists": "warning", "locale.available.de_DE.UTF-8": "warning"},
    ),
    "lc_numeric": Pair(
        Side({}, GERMAN),
        Side({"LC_NUMERIC": "de_DE.UTF-8"}, GERMAN),
        "import locale; locale.setlocale(locale.LC_ALL, ''); float(format(1.5, 'n'))",
        "could not convert string to float: '1,5'",
        {"locale.lc_numeric": "warning"},
    ),
    "zone": Pair(
        PLAIN,
        Side({"TZ": "Asia/Tokyo"}),
        "import datetime as d; assert d.datetime.utcfromtimestamp(86400 * 365).timestamp() == 86400 * 365",
        "AssertionError",
        {"time.zone": "warning"},
    ),
    "zone_found": Pair(
        Side({"TZ": "Europe/Berlin"}),
        Side({"TZ": "Europe/Berlin"}, {}, _NO_ZONES),
        "import time; assert time.localtime(0).tm_hour == 1",
        "AssertionError",
        {"time.zone_found": "error", "time.tzdata": "warning"},
    ),
    "tzdata": Pair(
        PLAIN,
        Side({}, {}, _NO_ZONES),
        "import zoneinfo; zoneinfo.ZoneInfo('Europe/Berlin')",
        "No time zone found with key Europe/Berlin",
        {"time.tzdata": "warning"},
    ),
    "own_roots": Pair(
        TRUSTING,
        PLAIN,
        _TLS + "shake(client, server())",
        "CERTIFICATE_VERIFY_FAILED",
        {"tls.own_roots": "warning"},
    ),
    "roots": Pair(
        TRUSTING,
        Side({"SSL_CERT_FILE": "/nowhere", "SSL_CERT_DIR": "/nowhere"}, PLAIN.mounts),
        _TLS + "shake(client, server())",
        "CERTIFICATE_VERIFY_FAILED",
        {"tls.roots": "error"},
    ),
    "certifi_roots": Pair(
        ADDED,
        PLAIN,
        _TLS + "import requests; shake(ssl.create_default_context(cafile=requests.certs.where()), server())",
        "CERTIFICATE_VERIFY_FAILED",
        {"tls.certifi_roots": "warning"},
    ),
    "security_level": Pair(
        configured("weak"), PLAIN, _TLS + "server('weak')", "EE_KEY_TOO_SMALL", {"tls.security_level": "warning"}
    ),
    "max_protocol": Pair(
        PLAIN,
        configured("old"),
        _TLS + "host = server(); host.minimum_version = ssl.TLSVersion.TLSv1_3; shake(anyone, host)",
        "PROTOCOL",
        {"tls.max_protocol": "warning"},
    ),
    "min_protocol": Pair(
        PLAIN,
        configured("new"),
        _TLS + "host = server(); host.maximum_version = ssl.TLSVersion.TLSv1_2; shake(anyone, host)",
        "PROTOCOL",
        {"tls.min_protocol": "warning"},
    ),
    "cipher_string": Pair(
        PLAIN,
        configured("narrow"),
        _TLS
        + "host = server(); host.maximum_version = ssl.TLSVersion.TLSv1_2\n"
        + "host.set_ciphers('ECDHE-RSA-AES128-GCM-SHA256'); shake(anyone, host)",
        "NO_SHARED_CIPHER",
        {"tls.cipher_string": "warning"},
    ),
    "providers": Pair(
        configured("legacy"), PLAIN, "import hashlib; hashlib.new('md4')", "unsupported", {"tls.providers": "warning"}
    ),
}
"""{fact: the pair that differs in it}; Debian's own Python, whose ciphers are OpenSSL's."""


def furnish(directory: Path) -> None:
    """Make a locale, configurations of OpenSSL, an authority and the certificates that it signs."""
    made = subprocess.run(
        [program("localedef"), "--no-archive", "-i", "de_DE", "-f", "UTF-8", directory / "de_DE.utf8"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (directory / "de_DE.utf8" / "LC_CTYPE").exists(), made.stderr
    for name, words in CONFIGURATIONS.items():
        (directory / f"{name}.cnf").write_text(words)
    certificates = directory / "certificates"
    certificates.mkdir()
    make(certificates, "ca", 2048, "/CN=Shop internal CA", "-addext", "basicConstraints=critical,CA:TRUE")
    authority = ("-CA", str(certificates / "ca.pem"), "-CAkey", str(certificates / "ca.key"))
    names = ("-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE")
    make(certificates, "server", 2048, "/CN=localhost", *names, *authority)
    make(certificates, "weak", 1024, "/CN=localhost", *names)
    for path in directory.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def make(directory: Path, name: str, bits: int, subject: str, *more: str) -> None:
    """A key and a certificate, NAME.key and NAME.pem."""
    words = [program("openssl"), "req", "-x509", "-newkey", f"rsa:{bits}", "-nodes", "-days", "3650", "-subj", subject]
    output = ["-keyout", str(directory / f"{name}.key"), "-out", str(directory / f"{name}.pem")]
    subprocess.run([*words, *more, *output], capture_output=True, check=True)
