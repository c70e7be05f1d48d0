"""An unpacked root file system: what is told of it is what its container tells, and nothing hostile in it is met."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from parity import bundle
from parity.errors import TargetError, Unreachable
from parity.profile import Profile, Status
from parity.snapshot.request import Request
from parity.targets import open_target
from tests.canary import Canary
from tests.cli.program import parity
from tests.images.fixtures import Exported
from tests.probe.projects import metadata
from tests.probe.running import run
from tests.services import missing
from tests.targets.looking import take

OF_FILES = ("libraries", "packages", "platform", "python", "system_packages")
OF_PROCESSES = ("container", "cpu", "environment", "limits", "network", "process", "source", "volumes")
OF_VARIABLES = ("executables", "locale", "time", "tls")
"""Of these a process's variables decide a part."""
SYSTEM_PYTHON = "/usr/bin/python3"


def whole(word: str) -> Profile:
    return take(word, sections=None, skip=frozenset({"database"}))


@pytest.mark.docker
def test_it_tells_what_its_container_tells(serving: str, app_image: str, exported: Exported) -> None:
    files = whole(f"rootfs://{exported(app_image)}?python=/app/.venv/bin/python")
    container = whole(f"docker://{serving}")
    assert (files.target.kind, files.target.reference) == ("rootfs", exported(app_image).name)
    only_live = {"python": "flags.", "platform": "kernel"}
    for name in OF_FILES:
        begins = only_live.get(name, "-")
        told = {key: item for key, item in container.sections[name].items.items() if not key.startswith(begins)}
        assert told
        assert files.sections[name].items == told, name
    statuses = {name: section.status for name, section in files.sections.items()}
    assert {statuses.pop(name) for name in ("python", "platform", *OF_VARIABLES)} == {Status.PARTIAL}
    assert files.sections["python"].hidden == ("flags.*",)
    assert files.sections["platform"].hidden == ("kernel",)
    assert {statuses.pop(name) for name in OF_PROCESSES} == {Status.UNAVAILABLE}
    assert statuses.pop("database") is Status.SKIPPED
    assert set(statuses.values()) == {Status.OK}
    assert any("PYTHONPATH" in note for note in files.sections["packages"].notes)


@pytest.mark.docker
def test_the_programs_environment_is_found_and_said_to_be_a_guess(app_image: str, exported: Exported) -> None:
    section = take(f"rootfs://{exported(app_image)}").sections["python"]
    assert section.items["executable"] == "/app/.venv/bin/python"
    assert any("?python=" in note for note in section.notes)


@pytest.mark.docker
def test_a_diff_with_its_container_finds_nothing(serving: str, app_image: str, exported: Exported) -> None:
    words = (f"docker://{serving}", f"rootfs://{exported(app_image)}", "--allow-unknown", "environment")
    document = parity("diff", *words, "--format", "json").document
    assert document["findings"] == []
    assert {one["section"] for one in document["unknown"]} == {*OF_PROCESSES, *OF_VARIABLES, "platform", "python"}


@pytest.mark.docker
def test_the_same_files_twice_are_the_same_bytes(app_image: str, exported: Exported, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert parity("snapshot", f"rootfs://{exported(app_image)}", "-o", tmp_path / name).code == 0
    one, two = (json.loads((tmp_path / name).read_text()) for name in ("one", "two"))
    assert one["sections"] == two["sections"]


def test_files_without_a_python_still_tell_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "etc/os-release", 'ID=static\nVERSION_ID="1"\n')
    put(tmp_path, "var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 12\nArchitecture: amd64\n")
    profile = whole(f"rootfs://{tmp_path}")
    assert profile.sections["platform"].items["distribution"] == "static 1"
    assert list(profile.sections["system_packages"].items) == ["base-files"]
    statuses = {name: profile.sections[name].status for name in ("python", "packages", "libraries")}
    assert set(statuses.values()) == {Status.ABSENT}


@pytest.mark.parametrize("word", ["rootfs://", "rootfs://relative", "rootfs://./x", "rootfs:relative", "rootfs://~/x"])
def test_a_path_that_is_not_absolute_is_refused(word: str) -> None:
    with pytest.raises(TargetError):
        take(word)


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(TargetError, match="no option"):
        take("rootfs:///x?command=reboot")


@pytest.mark.parametrize("kind", ["missing", "file", "fifo"])
def test_what_is_no_directory_is_unreachable(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "there"
    if kind == "file":
        path.touch()
    elif kind == "fifo":
        os.mkfifo(path)
    with pytest.raises(Unreachable, match="cannot be opened"):
        take(f"rootfs://{path}")


def test_it_is_named_by_its_last_component_alone(tmp_path: Path) -> None:
    for word, name in (
        (f"rootfs://{tmp_path}//web/", "web"),
        (f"rootfs:{tmp_path}/./x/../web", "web"),
        ("rootfs:///", "/"),
    ):
        assert open_target(word, Request())[0].reference == name


# Hostile files


def put(root: Path, path: str, text: str) -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    return place


@pytest.fixture
def outside(tmp_path: Path) -> tuple[Path, Canary]:
    """A directory of this machine that holds a distribution and a secret."""
    canary = Canary()
    directory = tmp_path / "outside"
    put(directory, "METADATA", metadata(f"stolen-{canary.word}", "1.0"))
    put(directory, "shadow", f"{canary.word}:x:0:0::/{canary.word}:/bin/sh\n")
    put(directory, "os-release", f"ID={canary.word}\n")
    put(directory, "status", f"Package: {canary.word}\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n")
    put(directory, "path.pth", f"/{canary.word}\n")
    return directory, canary


@pytest.fixture
def hostile(tmp_path: Path, outside: tuple[Path, Canary], app_image: str, exported: Exported) -> Path:
    """The application's files, with every way out of them that a link can be."""
    root = tmp_path / "hostile"
    # Hard links: what follows puts names in the place of others, and writes through none.
    shutil.copytree(exported(app_image), root, symlinks=True, copy_function=os.link)
    directory, _ = outside
    site = root / "app/.venv/lib/python3.11/site-packages"
    for number, target in enumerate(
        (
            f"{directory}/METADATA",
            "../" * 40 + f"{directory}/METADATA".lstrip("/"),
            f"/proc/self/root{directory}/METADATA",
            f"/proc/{os.getpid()}/root{directory}/METADATA",
            "METADATA",
            "/dev/zero",
            "/proc/kmsg",
        )
    ):
        (site / f"link{number}-1.0.dist-info").mkdir()
        (site / f"link{number}-1.0.dist-info" / "METADATA").symlink_to(target)
    for number, target in enumerate((str(directory), f"/proc/self/root{directory}", "loop-1.0.dist-info")):
        (site / f"directory{number}-1.0.dist-info").symlink_to(target)
    (site / "loop-1.0.dist-info").symlink_to("loop-1.0.dist-info")
    (site / "evil.pth").symlink_to(directory / "path.pth")
    for name, make in (("fifo", os.mkfifo), ("socket", listening), ("directory", os.mkdir)):
        (site / f"{name}-1.0.dist-info").mkdir()
        make(site / f"{name}-1.0.dist-info" / "METADATA")
    if os.geteuid() == 0:
        (site / "device-1.0.dist-info").mkdir()
        os.mknod(site / "device-1.0.dist-info" / "METADATA", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    return root


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)


def replaced(root: Path, path: str, target: str) -> None:
    (root / path).unlink()
    (root / path).symlink_to(target)


@pytest.mark.docker
def test_no_link_of_a_package_is_followed_out_of_the_files(
    hostile: Path, outside: tuple[Path, Canary], app_image: str, exported: Exported
) -> None:
    began = time.monotonic()
    profile = whole(f"rootfs://{hostile}?python=/app/.venv/bin/python")
    assert time.monotonic() - began < 20
    outside[1].assert_clean(repr(profile))
    packages = profile.sections["packages"]
    assert packages.status is Status.PARTIAL
    planted = {f"link{number}" for number in range(7)} | {"fifo", "socket", "directory"}
    assert planted <= set(packages.hidden)
    honest = whole(f"rootfs://{exported(app_image)}?python=/app/.venv/bin/python").sections["packages"].items
    assert {name: item for name, item in packages.items.items() if name in honest} == honest
    for name in ("libraries", "system_packages"):
        assert profile.sections[name].status is Status.OK, name


@pytest.mark.docker
def test_no_link_of_the_system_is_followed_out_of_the_files(hostile: Path, outside: tuple[Path, Canary]) -> None:
    directory, canary = outside
    replaced(hostile, "usr/lib/os-release", f"{directory}/os-release")
    replaced(hostile, "etc/passwd", f"{directory}/shadow")
    replaced(hostile, "var/lib/dpkg/status", "../../../../../../../.." + f"{directory}/status")
    replaced(hostile, "etc/ld.so.cache", "/proc/self/environ")
    profile = whole(f"rootfs://{hostile}")
    canary.assert_clean(repr(profile))
    assert "distribution" not in profile.sections["platform"].items
    assert profile.sections["system_packages"].status is Status.ABSENT
    assert profile.sections["libraries"].status.looked


@pytest.mark.docker
@pytest.mark.parametrize("kind", ["fifo", "loop", "directory"])
def test_files_that_are_none_are_refused_and_nothing_waits(hostile: Path, kind: str) -> None:
    for path in ("etc/passwd", "etc/ld.so.cache", "usr/lib/os-release", "var/lib/dpkg/status", "app/.venv/pyvenv.cfg"):
        (hostile / path).unlink()
        if kind == "fifo":
            os.mkfifo(hostile / path)
        elif kind == "loop":
            (hostile / path).symlink_to(Path(path).name)
        else:
            (hostile / path).mkdir()
    began = time.monotonic()
    profile = whole(f"rootfs://{hostile}")
    assert time.monotonic() - began < 20
    assert profile.sections["system_packages"].status is Status.PARTIAL
    assert "distribution*" in profile.sections["platform"].hidden


@pytest.mark.docker
def test_an_interpreter_that_leads_out_of_the_files_is_none(hostile: Path) -> None:
    replaced(hostile, "app/.venv/bin/python3", f"/../../../../../..{SYSTEM_PYTHON}-of-nobody")
    profile = whole(f"rootfs://{hostile}?python=/app/.venv/bin/python3")
    assert profile.sections["python"].status is Status.UNAVAILABLE
    assert "asked for" in (profile.sections["python"].reason or "")


@pytest.fixture
def closed() -> Iterator[Path]:
    """Files of which somebody who is not their owner may read a part, where anybody may look."""
    with TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        site = root / "usr/lib/python3.11/site-packages"
        put(root, "usr/bin/python3.11", "#!/bin/sh\n").chmod(0o755)
        put(root, "usr/lib/python3.11/os.py", "")
        put(site, "open-1.0.dist-info/METADATA", metadata("open", "1.0"))
        put(site, "secret-1.0.dist-info/METADATA", metadata("secret", "1.0")).chmod(0)
        put(root, "etc/os-release", "ID=closed\n").chmod(0)
        put(root, "var/lib/dpkg/status", "").parent.chmod(0)
        yield root
        (root / "var/lib/dpkg").chmod(0o755)


def test_what_may_not_be_read_is_unknown_and_said_so(closed: Path) -> None:
    if not os.access(SYSTEM_PYTHON, os.X_OK):
        missing(f"needs {SYSTEM_PYTHON}")
    somebody = 54321 if os.geteuid() == 0 else None
    question = {"root": str(closed), "python": "/usr/bin/python3.11"}
    script = bundle.script().encode()
    answer = run(question, python=SYSTEM_PYTHON, script=script, cwd="/", env={}, user=somebody)
    packages = answer.sections["packages"]
    assert packages["status"] == "partial"
    assert list(packages["items"]) == ["open", "secret"]
    assert packages["hidden"] == ["secret"]
    assert "EACCES" in packages["reason"]
    assert answer.sections["platform"]["hidden"] == ["distribution*", "kernel", "libc*"]
    assert answer.sections["system_packages"]["status"] == "partial"
