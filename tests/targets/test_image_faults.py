"""Archives that a stranger made, and an engine that fails midway: one line, the right exit code, nothing written."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.archive.tars import (
    configuration,
    directory,
    docker_archive,
    extended,
    file,
    header,
    layer,
    link,
    other_name,
)
from tests.canary import Canary
from tests.cli.program import COMMAND, Result, parity
from tests.probe import elves

if TYPE_CHECKING:
    from docker import DockerClient

SITE = "usr/lib/python3/dist-packages/six-1.dist-info"
HOST = "canary-of-the-host"

DEBIAN = [
    file("etc/os-release", 'ID=debian\nVERSION_ID="12"\n'),
    file("etc/passwd", "root:x:0:0::/root:/bin/sh\n"),
    file("usr/bin/python3", elves.write(), mode=0o755),
    file("usr/lib/python3.11/os.py", ""),
    directory("usr/lib/python3/dist-packages"),
    file(f"{SITE}/METADATA", "Name: six\nVersion: 1\n\n"),
]


def read(data: bytes, tmp_path: Path, *options: str, name: str = "image.tar") -> Result:
    """A snapshot of an archive, and a look at whether anything was written beside it, or anywhere it may."""
    places = [tmp_path / place for place in ("work", "home", "tmp")]
    for place in places:
        place.mkdir(exist_ok=True)
    archive = tmp_path / name
    archive.write_bytes(data)
    env = {"HOME": str(places[1]), "TMPDIR": str(places[2])}
    result = parity("snapshot", f"image://{archive}", *options, cwd=places[0], env=env)
    assert [path for place in places for path in place.rglob("*")] == []
    return result


def section(result: Result, name: str) -> dict[str, Any]:
    assert result.code == 0, result.err
    found: dict[str, Any] = result.document["sections"][name]
    return found


def test_an_honest_archive_is_read(tmp_path: Path) -> None:
    packages = section(read(docker_archive([layer(*DEBIAN)]), tmp_path), "packages")
    assert packages["items"] == {"six": {"version": "1", "provides": []}}


@pytest.mark.parametrize("path", [".env", "/app/.env", "conf/[x]/env"])
def test_a_dotenv_file_in_the_image_adds_its_names(path: str, tmp_path: Path) -> None:
    config = configuration(config={"Env": ["SET=1", "EMPTY="], "WorkingDir": "/app"})
    there = [file("app/.env", "EXTRA=1\nSET=2\n"), file("app/conf/[x]/env", "EXTRA=1\n"), file(".env", "NOT_THIS=1\n")]
    data = docker_archive([layer(*DEBIAN, *there)], config)
    for archive in (data, gzip.compress(data)):
        environment = section(read(archive, tmp_path, "--env-file", path), "environment")
        assert environment["items"] == {
            "EMPTY": {"from": "image", "state": "empty"},
            "EXTRA": {"from": "dotenv", "state": "set"},
            "SET": {"from": "image", "state": "set"},
        }


def test_a_python_that_is_named_is_the_one_that_is_told_of(tmp_path: Path) -> None:
    other = [file("opt/py/bin/python3", elves.write(), mode=0o755), file("opt/py/lib/python3.12/os.py")]
    result = read(docker_archive([layer(*DEBIAN, *other)]), tmp_path, "--python", "/opt/py/bin/python3")
    assert section(result, "python")["items"]["base_prefix"] == "/opt/py"
    missing = read(docker_archive([layer(*DEBIAN)]), tmp_path, "--python", "/none/python3")
    assert section(missing, "python")["status"] == "unavailable"


def hostile(tmp_path: Path) -> dict[str, list[bytes]]:
    """Members of every kind that leads out, or nowhere."""
    outside = tmp_path / "outside"
    outside.write_text(HOST)
    away = str(outside)
    return {
        "up": [file("../../../../tmp/up", "x"), file("etc/../../up", "x"), file(f"../..{away}", "x")],
        "absolute": [file("/etc/absolute", "x"), file(away, "x")],
        "links out": [link("etc/out", away), link("out", f"../../../../../../..{away}"), file("out/below", "x")],
        "hard links out": [other_name("etc/out", away), other_name("etc/up", f"../../..{away}")],
        "loops": [
            link("a", "b"),
            link("b", "a"),
            link("self", "self"),
            file("a/below", "x"),
            link("usr/x", "../usr/x"),
        ],
        "dangling": [link("usr/lib/libc.so.6", "none"), link(f"{SITE}/RECORD", "/none/at/all")],
        "devices": [header("dev/sda", 0, b"4"), header(f"{SITE}/RECORD", 0, b"6"), header("etc/null", 0, b"3")],
    }


KINDS = ("up", "absolute", "links out", "hard links out", "loops", "dangling", "devices")


@pytest.mark.parametrize("kind", KINDS)
def test_members_that_lead_out_lead_nowhere(kind: str, tmp_path: Path) -> None:
    parts = hostile(tmp_path)[kind]
    result = read(docker_archive([layer(*DEBIAN), layer(*parts)]), tmp_path)
    packages = section(result, "packages")
    assert packages["items"]["six"]["version"] == "1"
    assert HOST not in result.out
    assert (tmp_path / "outside").read_text() == HOST
    left_out = kind in {"up", "hard links out", "loops"}
    assert ("*" in packages["hidden"], "no file can have" in str(packages["reason"])) == (left_out, left_out)


def test_metadata_that_is_a_link_to_the_host_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"Name: {HOST}\nVersion: 1\n\n")
    site = "usr/lib/python3/dist-packages/evil-1.dist-info"
    data = docker_archive(
        [layer(*DEBIAN, link(f"{site}/METADATA", str(secret)), link("etc/os-release2", "/etc/shadow"))]
    )
    result = read(data, tmp_path)
    assert HOST not in result.out
    assert "evil" in section(result, "packages")["hidden"]


WHOLE = docker_archive([layer(*DEBIAN)])
BOMB = gzip.compress(gzip.compress(bytes(200 << 20), 9), 9)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no image"),
        (b"x", "it ends in the middle"),
        (os.urandom(9000), "no header of a tar"),
        (b"\x1b[2J##[error]" * 900, "no header of a tar"),
        (WHOLE[: len(WHOLE) // 2], "it is cut off"),
        (WHOLE[:-2000], ""),
        (gzip.compress(WHOLE)[:-30], "gzip data ends in the middle"),
        (b"\x1f\x8b\x08" + b"garbage" * 90, "gzip data is damaged"),
        (BOMB, ""),
        (gzip.compress(bytes(64 << 20)), "no image"),
        (layer(file("manifest.json", "[]"), file("manifest.json", "[]")), "one name"),
        (layer(*DEBIAN), "no image"),
        (docker_archive([layer(header("huge", b"\x80" + (1 << 40).to_bytes(11, "big")))]), "claims more than it has"),
        (header("huge", b"\x80" + (1 << 40).to_bytes(11, "big")), "claims more than it has"),
        (docker_archive([layer(extended({"size": str(1 << 62)}), header("huge"))]), "claims more than it has"),
        (layer(file("manifest.json", "[" * 100_000)), "nested deeper"),
        (layer(file("manifest.json", '[{"Config": "' + "\x1b[2J" + '"}]')), ""),
    ],
)
def test_what_is_no_image_is_refused_in_one_line(data: bytes, says: str, tmp_path: Path) -> None:
    began = time.monotonic()
    result = read(data, tmp_path, name="image.tar.gz")
    assert (result.code, result.out) == (2, "")
    line = result.line()
    assert line.startswith("image image.tar.gz cannot be read: ")
    assert says in line
    assert line.isprintable()
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("kind", ["nothing", "a directory", "a pipe", "a device"])
def test_what_is_no_file_is_refused_at_once(kind: str, tmp_path: Path) -> None:
    path = {"a device": Path("/dev/zero")}.get(kind, tmp_path / "image.tar")
    if kind == "a directory":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    result = parity("snapshot", f"image://{path}")
    assert result.code == 2
    assert ("no such file" if kind == "nothing" else "no regular file") in result.line()


def test_more_members_than_are_kept_are_bounded_in_time_and_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.tar.gz"
    block = b"".join(header(f"usr/share/{place % 7}/{place:07}", magic=b"ustar  \0") for place in range(1000))
    manifest = json.dumps([{"Config": "c.json", "Layers": ["0/layer.tar"]}])
    with gzip.open(path, "wb", 1) as out:
        out.write(header("0/layer.tar", 600 * len(block) + 1024))
        for number in range(600):
            out.write(block.replace(b"/0000", b"/%04d" % number))
        out.write(layer(bytes(1024), file("c.json", configuration()), file("manifest.json", manifest)))
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:])\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)"
    )
    words = [*COMMAND, "snapshot", f"image://{path}", "-o", str(tmp_path / "out.json")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 150 << 10, "kilobytes"
    platform = json.loads((tmp_path / "out.json").read_bytes())["sections"]["platform"]
    assert platform["status"] == "partial"
    assert "more than 400,000 files" in platform["reason"]


def test_an_archive_that_takes_too_long_is_incomplete(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(300 << 20), 1)
    path = tmp_path / "slow.tar.gz"
    with path.open("wb") as out:
        out.write(gzip.compress(header("big", b"\x80" + (1 << 50).to_bytes(11, "big"))))
        for _ in range(200):
            out.write(bomb)
    began = time.monotonic()
    result = parity("snapshot", f"image://{path}", "--timeout", "1")
    assert result.code == 3
    assert "within the deadline" in result.line()
    assert time.monotonic() - began < 8


def test_no_secret_of_an_image_comes_out(tmp_path: Path) -> None:
    canary = Canary()
    word, secret = canary.word, canary.secret
    settings = {
        "Env": [
            f"APP_TOKEN={secret}",
            f"PYTHONPATH=/srv/{word}",
            f"KEY={canary.multiline}",
            "PATH=/usr/bin",
            f"a {word}=1",
        ],
        "Cmd": ["python3", "-c", f"connect('{secret}')", f"--dsn=postgresql://u:{word}@host/"],
        "Labels": {"deploy": secret},
        "Healthcheck": {"Test": ["CMD", "curl", f"https://u:{word}@host/"]},
        "OnBuild": [f"RUN echo {word}"],
    }
    config = configuration(config=settings, author=word, history=[{"created_by": f"|1 TOKEN={word} /bin/sh"}])
    url = json.dumps({"url": f"https://u:{word}@host/six.tar.gz?token={word}"})
    parts = [*DEBIAN, file(f"{SITE}/direct_url.json", url), file("root/.netrc", f"machine host password {word}\n")]
    data = docker_archive([layer(*parts)], config, extra=file("repositories", json.dumps({"x": {word: "1"}})))
    result = read(data, tmp_path)
    assert section(result, "environment")["items"].keys() == {"APP_TOKEN", "KEY", "PATH", "PYTHONPATH"}
    canary.assert_clean(result.stdout, result.stderr)


class Engine(BaseHTTPRequestHandler):
    """An engine that knows one image, and fails at sending it."""

    protocol_version = "HTTP/1.1"
    fault = ""

    def do_GET(self) -> None:
        if self.path.endswith("/version"):
            return self._json({"ApiVersion": "1.41", "MinAPIVersion": "1.12"})
        if self.path.endswith("/json"):
            return self._json({"Id": "sha256:" + "0" * 64, "RepoDigests": []})
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        half = WHOLE[: len(WHOLE) // 2] if self.fault != "garbage" else os.urandom(4096)
        self.wfile.write(b"%x\r\n%s\r\n" % (len(half), half))
        if self.fault == "silent":
            time.sleep(5)
        elif self.fault != "cut off":
            # As an engine does that fails midway: an end as if nothing were wrong.
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True
        return None

    def _json(self, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name is the library's
        pass


@pytest.fixture
def engine() -> Iterator[Callable[[str], str]]:
    """engine(fault) -> the value of DOCKER_HOST."""
    servers = []

    def start(fault: str) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("One", (Engine,), {"fault": fault}))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"tcp://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("cut off", "the answer of the Docker Engine was cut off"),
        ("ended", "cannot be read: it ends in the middle"),
        ("garbage", "no header of a tar"),
        ("silent", "did not answer in time"),
    ],
)
def test_an_engine_that_fails_midway_is_incomplete(fault: str, says: str, engine: Callable[[str], str]) -> None:
    result = parity("snapshot", "image://web", "--timeout", "1", env={"DOCKER_HOST": engine(fault)})
    assert (result.code, result.out) == (3, "")
    assert says in result.line()


@pytest.mark.docker
def test_an_image_that_is_not_there_is_not_pulled(docker_engine: DockerClient) -> None:
    result = parity("snapshot", "image://parity-test-never-was:1")
    assert result.code == 3
    assert result.line() == "there is no image parity-test-never-was:1"
    assert "parity pulls none" in result.err
