"""Which files are code, and which are never told of."""

from __future__ import annotations

import pytest

from parity.probe.source import manifest
from parity.profile.document import render
from tests.diff.profiles import ok, profile

CODE = """
    main.py Invoice.HTML base.jinja2 0001.sql pyproject.toml logging.yml Dockerfile run.sh
    tokens.py secrets.py tokenizer.json Dockerfile.web
"""
UNTOLD = """
    .env .env.production app.env .envrc server.pem TLS.KEY id_rsa id_ed25519.pub .netrc
    secrets.yml client_secret.json credentials aws-credentials.ini passwords.txt token.json
    service-account.json cert.p12 ca.crt debug.log db.sqlite3 app.pid .DS_Store notes.txt~
"""


@pytest.mark.parametrize("name", CODE.split())
def test_code(name: str) -> None:
    assert manifest.kind(name) == "code"


@pytest.mark.parametrize("name", ["logo.png", "messages.mo", "README.md", "model.pkl", "_fast.so", "poetry.lock"])
def test_other_files(name: str) -> None:
    assert manifest.kind(name) == "other"


@pytest.mark.parametrize("name", UNTOLD.split())
def test_secrets_and_what_a_program_writes_are_in_no_manifest(name: str) -> None:
    assert manifest.kind(name) is None


def test_line_ends_are_told_apart() -> None:
    def seen(data: bytes) -> tuple[str, str | None]:
        found: tuple[str, str | None] = manifest.imprint(lambda offset, size: data[offset : offset + size])
        return found

    unix, dos = seen(b"a\nb\n"), seen(b"a\r\nb\r\n")
    assert unix[1] is None
    assert dos[0] != unix[0]
    assert dos[1] == unix[0]


def test_a_profile_that_a_repository_keeps_is_told_apart() -> None:
    kept = render(profile({"packages": ok(flask={"version": "3.1.0"})}))
    for text, is_profile in ((kept, True), ('{"captured_at": "noon"}', False)):
        data = text.encode()
        seen = manifest.imprint(lambda offset, size, data=data: data[offset : offset + size])
        assert (seen == manifest.KEPT) is is_profile


def test_a_directory_has_one_digest_of_its_own_files() -> None:
    items = {"main.py": manifest.item(3, False, ("aa", None)), "shop/a.py": manifest.item(4, True, ("bb", None))}
    one = manifest.directories(items)
    assert {key: found["files"] for key, found in one.items()} == {"./": 1, "shop/": 1}
    for path, other in (("shop/b.py", "bb"), ("shop/a.py", "cc")):
        changed = manifest.directories({"main.py": items["main.py"], path: manifest.item(4, True, (other, None))})
        assert changed["./"] == one["./"]
        assert changed["shop/"]["digest"] != one["shop/"]["digest"]
    plain = manifest.directories({**items, "shop/a.py": manifest.item(4, False, ("bb", None))})
    assert plain["shop/"]["digest"] != one["shop/"]["digest"]
