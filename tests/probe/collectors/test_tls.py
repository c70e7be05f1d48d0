"""What is trusted and allowed, against what the ssl module of this Python says; and configurations of every kind."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from parity.probe.collectors import tls
from parity.probe.kit import Absent, Section, View
from parity.probe.process.proc import Process
from parity.probe.python import live, onfile
from parity.probe.python.build import Build
from parity.probe.rooted import RootedView
from parity.probe.tls import certificates, ciphers, openssl, opensslconf
from tests.probe import elves
from tests.probe.rooted import Rooted
from tests.proof.surroundings import make
from tests.services import program

CERTIFI = Path(__import__("certifi").where())


def here(environ: Mapping[str, str] | None = None) -> View:
    view = View()
    view.process = Process(7, dict(environ or {}), cwd="/")
    view.executable, view.describe = sys.executable, live.describe
    return view


def collected(view: View) -> Section:
    section: Section = tls.collect(view)
    return section


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the certificate and key of one authority."""
    directory = tmp_path_factory.mktemp("authority")
    make(directory, "ca", 2048, "/CN=Shop internal CA", "-addext", "basicConstraints=critical,CA:TRUE")
    return directory


def test_this_machine_trusts_what_its_ssl_module_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "OPENSSL_CONF"):
        monkeypatch.delenv(name, raising=False)
    items = collected(here()).items
    context = ssl.create_default_context()
    assert items["roots"] == len({der for der in context.get_ca_certs(binary_form=True) if isinstance(der, bytes)})
    assert items["security_level"] == context.security_level
    assert items["min_protocol"] == "TLSv1.2"
    assert ("default" in items["providers"]["active"]) == (ssl.OPENSSL_VERSION_INFO >= (3, 0))


def test_certifi_is_counted_by_itself() -> None:
    found = certificates.digests(lambda offset, size: CERTIFI.read_bytes()[offset : offset + size])
    view = here()
    assert view.interpreter is not None
    items = collected(view).items
    assert items["certifi_roots"] == len(found) == CERTIFI.read_bytes().count(b"BEGIN CERTIFICATE")
    assert items["certifi_roots_digest"] == certificates.digest(found)


def test_variables_lead_to_another_bundle(authority: Path) -> None:
    items = collected(here({"SSL_CERT_FILE": str(authority / "ca.pem"), "SSL_CERT_DIR": "/nowhere"})).items
    assert (items["roots"], items["ca_bundle"]) == (1, "custom")
    assert collected(here({"SSL_CERT_FILE": str(CERTIFI)})).items["ca_bundle"] == "certifi"
    gone = collected(here({"SSL_CERT_FILE": "/nowhere", "SSL_CERT_DIR": ""})).items
    assert (gone["roots"], gone["ca_bundle"]) == (0, "none")


def test_a_directory_of_hashed_names_is_trusted(authority: Path, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes((authority / "ca.pem").read_bytes())
    subprocess.run([program("openssl"), "rehash", tmp_path], check=True, capture_output=True)
    items = collected(here({"SSL_CERT_FILE": "/nowhere", "SSL_CERT_DIR": f"/nowhere:{tmp_path}"})).items
    assert (items["roots"], items["ca_bundle"]) == (1, "custom")


def test_a_bundle_that_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bundle.pem")
    section = collected(here({"SSL_CERT_FILE": str(tmp_path / "bundle.pem"), "SSL_CERT_DIR": "/nowhere"}))
    assert {"ca_bundle", "roots", "roots_digest", "own_roots"} <= set(section.hidden)
    assert not {"ca_bundle", "roots"} & section.items.keys()


def test_of_a_file_only_certificates_count(authority: Path, tmp_path: Path) -> None:
    own = (authority / "ca.pem").read_bytes()
    trusted = subprocess.run(
        [program("openssl"), "x509", "-in", authority / "ca.pem", "-trustout", "-addtrust", "serverAuth"],
        capture_output=True,
        check=True,
    ).stdout
    assert b"TRUSTED" in trusted
    data = own + (authority / "ca.key").read_bytes() + trusted + own.replace(b"-----END", b"-----E")

    def at(offset: int, size: int) -> bytes:
        return data[offset : offset + size]

    assert len(certificates.digests(at)) == 1
    assert certificates.digests(lambda offset, size: b"") == frozenset()
    assert len(certificates.digest(frozenset())) == 64


def test_roots_that_were_added_and_not_taken_in_are_said_so(authority: Path, tmp_path: Path) -> None:
    view = rooted(tmp_path, {})
    ca = (authority / "ca.pem").read_bytes()
    view.put("/usr/lib/ssl/cert.pem", CERTIFI.read_bytes())
    view.put("/usr/local/share/ca-certificates/shop/ca.crt", ca)
    section = collected(view)
    assert section.items["own_roots"] == 0
    assert section.notes == ["1 certificates were added to the system's and are not trusted"]
    view.put("/usr/lib/ssl/cert.pem", CERTIFI.read_bytes() + ca)
    after = collected(view)
    assert (after.items["own_roots"], after.notes) == (1, [])
    assert after.items["roots"] == section.items["roots"] + 1
    assert after.items["ca_bundle"] == "/usr/lib/ssl/cert.pem"


VERSIONS = {(1, 1): "OpenSSL 1.1.1w  11 Sep 2023", (3, 0): "OpenSSL 3.0.15 3 Sep 2024"}
VERSIONS |= {(3, minor): f"OpenSSL 3.{minor}.1 8 Apr 2025" for minor in (1, 2, 5)}
OWN = "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20"


def rooted(
    root: Path,
    environ: Mapping[str, str] | None,
    directory: str | None = "/usr/lib/ssl",
    release: tuple[int, int] | None = (3, 0),
    ciphers: str = "",
) -> Rooted:
    """Files with a Python whose ssl module has an OpenSSL in it that says these things of itself."""
    view = Rooted(root)
    view.live = False
    words = [f'OPENSSLDIR: "{directory}"' if directory else "", VERSIONS[release] if release else "", ciphers]
    view.put("/usr/bin/python3", elves.write())
    view.put("/usr/lib/python3.11/lib-dynload/_ssl.so", elves.write() + "\0".join(["", *words, ""]).encode())
    view.serve("/usr/bin/python3", [], environ)
    assert view.interpreter is not None
    view.interpreter.build = Build()
    view.interpreter.build.dynload = ["/usr/lib/python3.11/lib-dynload"]
    return view


INIT = "openssl_conf = init\n[init]\nssl_conf = ssl\nproviders = prov\n[ssl]\nsystem_default = tls\n"
LATER = "ssl_conf = ssl\n[ssl]\nsystem_default = tls\n[tls]\nCipherString = @SECLEVEL=0\n"
FULL = INIT + "[prov]\ndefault = on\nlegacy = on\nfips = off\n[on]\nactivate = 1\n[off]\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"security_level": 2, "security_level_source": "default", "cipher_string": "default"}),
        (FULL + "[tls]\nCipherString = DEFAULT:@SECLEVEL=1\n", {"security_level": 1}),
        (FULL + "[tls]\nMinProtocol = TLSv1\n", {"providers": ["default", "legacy"], "min_protocol": "TLSv1"}),
        (FULL + "[ tls ]\n1.MinProtocol = TLSv1.1 # old\n", {"min_protocol": "TLSv1.1", "max_protocol": "default"}),
        (FULL + "[tls]\nMAXPROTOCOL=TLSv1.2\n", {"max_protocol": "TLSv1.2"}),
        (FULL + "[tls]\nlevel = 3\nCipherString = ALL:@SECLEVEL=$level\n", {"security_level": 3}),
        (FULL + "[tls]\nCipherString = ALL:\\\n@SECLEVEL=4\n", {"security_level": 4}),
        (FULL + "[tls]\nCipherString = $ENV::SECRET\n", {"cipher_string": "other", "security_level": 2}),
        (FULL + "[tls]\nCipherString = SECRETw0rd\n", {"cipher_string": "other", "security_level": 2}),
        (FULL + "[tls]\nCipherString = ALL:SECRET:@SECLEVEL=1\n", {"cipher_string": "other", "security_level": 1}),
        (
            FULL + "[mine]\nactivate = 1\n[prov]\nSECRETprovider = mine\n[tls]\nMinProtocol = TLSv1\n",
            {"providers": ["default", "legacy", "other"]},
        ),
        (FULL + "[tls]\nMinProtocol = a secret\n", {"min_protocol": "other"}),
        # A section for programs that is not there ends the reading, as it does for OpenSSL.
        ("openssl_conf = init\n[init]\nproviders = gone\n" + LATER, {"security_level": 2}),
        (INIT.replace("ssl_conf = ssl\n", "") + "[tls]\nCipherString = @SECLEVEL=0\n", {"security_level": 2}),
        (".include /etc/ssl/more.cnf\n" + INIT, {"security_level": 0, "min_protocol": "TLSv1.3"}),
        (INIT + "[tls]\n.include = /etc/ssl/openssl.d\n", {"min_protocol": "TLSv1"}),
    ],
)
def test_a_configuration(text: str, expected: Mapping[str, Any], tmp_path: Path) -> None:
    view = rooted(tmp_path, {})
    view.put("/usr/lib/ssl/openssl.cnf", text)
    view.put("/etc/ssl/more.cnf", "[tls]\nCipherString = DEFAULT@SECLEVEL=0\nMinProtocol = TLSv1.3\n[default]\n")
    view.put("/etc/ssl/openssl.d/10.conf", "MinProtocol = TLSv1\n")
    view.put("/etc/ssl/openssl.d/README", "MinProtocol = TLSv1.3\n")
    section = collected(view)
    found = {**section.items, "providers": section.items["providers"]["active"]}
    assert {key: found[key] for key in expected} == expected
    assert "SECRET" not in str(section.items)


def test_files_that_include_each_other_come_to_an_end(tmp_path: Path) -> None:
    view = rooted(tmp_path, {})
    view.put("/usr/lib/ssl/openssl.cnf", ".include openssl.cnf\n" * 50)
    assert collected(view).items["openssl_conf"] is True
    assert opensslconf.read(view, "/usr/lib/ssl/openssl.cnf").protocols() == {}


def test_values_that_are_made_of_others_do_not_fill_the_memory(tmp_path: Path) -> None:
    view = rooted(tmp_path, {})
    doubling = "".join(f"v{number + 1} = $v{number}$v{number}\n" for number in range(64))
    many = "".join(f"w{number} = $v13\n" for number in range(50_000))
    joined = "long = a\\\n" + "a\\\n" * 100_000 + "\n"
    view.put("/usr/lib/ssl/openssl.cnf", "v0 = sixteen letters.\n" + doubling + many[:400_000] + joined)
    settings = opensslconf.read(view, "/usr/lib/ssl/openssl.cnf")
    assert sum(map(len, settings.section("default").values())) < opensslconf.MOST_FILLED + (1 << 20)
    assert settings.section("default")["v64"] == ""
    assert settings.section("default")["long"] == "a" * 100_001


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("DEFAULT@SECLEVEL=0", True),
        ("@SECLEVEL=2:kEECDH:kRSA:kEDH:kPSK:kDHEPSK:kECDHEPSK:kRSAPSK:-aDSS:-3DES:!DES:!RC4:!RC2:!IDEA:-SEED", True),
        ("ECDHE-ECDSA-AES256-GCM-SHA384 TLS_AES_128_GCM_SHA256,ECDH+AESGCM:+HIGH:!aNULL", True),
        ("PROFILE=SYSTEM", True),
        ("@SECLEVEL=9", False),
        ("@SECLEVEL=12345", False),
        ("HIGH:s3cret", False),
        ("HIGH=s3cret", False),
        ("", False),
    ],
)
def test_a_list_of_ciphers_has_openssls_words(text: str, known: bool) -> None:
    assert ciphers.known(text) is known


def test_every_cipher_of_this_openssl_is_known() -> None:
    context = ssl.create_default_context()
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    assert [one["name"] for one in context.get_ciphers() if not ciphers.known(one["name"])] == []


def test_what_an_include_hides_is_unknown(tmp_path: Path) -> None:
    view = rooted(tmp_path, {})
    view.put("/usr/lib/ssl/openssl.cnf", ".include /nowhere.cnf\n")
    assert "security_level*" in collected(view).hidden


def test_pythons_own_ciphers_outrank_the_configuration(tmp_path: Path) -> None:
    view = rooted(tmp_path, {"OPENSSL_CONF": "/app/openssl.cnf"}, ciphers=OWN)
    view.put("/app/openssl.cnf", INIT.replace("providers = prov\n", "") + "[tls]\nCipherString = ALL:@SECLEVEL=0\n")
    items = collected(view).items
    assert (items["security_level"], items["security_level_source"], items["cipher_string"]) == (2, "python", "python")
    assert items["openssl_conf"] is True


@pytest.mark.parametrize(
    ("directory", "release", "level"),
    [
        ("/usr/lib/ssl", (1, 1), 2),
        ("/etc/ssl", (3, 1), 1),
        ("/usr/local/ssl", (3, 5), 2),
        ("/etc/pki/tls", (3, 2), None),
        ("/etc/ssl", None, None),
    ],
)
def test_the_default_level_is_told_where_it_is_known(
    directory: str, release: tuple[int, int] | None, level: int | None, tmp_path: Path
) -> None:
    section = collected(rooted(tmp_path, {}, directory, release))
    assert section.items.get("security_level") == level
    assert ("security_level*" in section.hidden) is (level is None)
    assert ("providers" in section.items) is (release is not None and release >= (3, 0))


def test_what_is_not_known_is_hidden(tmp_path: Path) -> None:
    unread = collected(rooted(tmp_path, None))
    assert {"ca_bundle", "roots", "providers", "security_level*"} <= set(unread.hidden)
    assert unread.items == {}
    lost = collected(rooted(tmp_path, {}, None, None))
    assert {"ca_bundle", "roots", "providers", "security_level*"} <= set(lost.hidden)


def test_the_files_of_this_python_tell_what_it_says_itself() -> None:
    running = openssl.of(here())
    view = RootedView("/")
    view.process = Process(0, {}, [sys.executable], cwd="/")
    view.executable, view.describe = sys.executable, onfile.describe
    told = openssl.of(view)
    assert running is not None
    assert told is not None
    assert (told.directory, told.release, told.level) == (running.directory, running.release, running.level)


def test_without_an_ssl_module_there_is_no_section(tmp_path: Path) -> None:
    view = rooted(tmp_path, {})
    assert view.interpreter is not None
    view.interpreter.build.dynload, view.interpreter.build.builtin = [], frozenset({"zlib"})
    with pytest.raises(Absent):
        collected(view)
