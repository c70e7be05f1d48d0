"""What can be run by a bare name, by real directories and programs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from parity.probe.collectors import executables as collector
from parity.probe.kit import View
from parity.probe.process.proc import Process
from parity.probe.rooted import RootedView
from tests.canary import Canary
from tests.probe.running import run, run_inside
from tests.services import missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from docker import DockerClient


def program(path: Path, text: str = "#!/bin/sh\n", mode: int = 0o755) -> None:
    """A file that may be a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


def look(path: str, **options: Any) -> dict[str, Any]:
    """The section for a process with that PATH."""
    view = View(options)
    view.process = Process(os.getpid(), {"PATH": path, "HOME": "/nonexistent"}, cwd="/")
    found: dict[str, Any] = collector.collect(view).as_dict()
    return found


def test_the_first_directory_wins_and_only_programs_count(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for path in (one / "git", other / "git", other / "node"):
        program(path)
    program(one / "readme.txt", mode=0o644)
    program(one / "a name with spaces")
    (one / "directory").mkdir()
    (one / "gone").symlink_to("nowhere")
    (one / "linked").symlink_to(other / "node")
    os.mkfifo(one / "pipe", 0o755)
    items = look(f"{one}:{other}:/does/not/exist")["items"]
    assert items == {"git": str(one), "linked": str(one), "node": str(other)}


@pytest.mark.parametrize(
    ("leads", "told"),
    [
        ("dash", "dash"),
        ("../lib/cargo/bin/far/sh", "sh"),
        (None, "sh"),
        ("a name with spaces", None),
    ],
)
def test_of_a_name_that_many_programs_bear_it_is_told_which_one_it_is(
    tmp_path: Path, leads: str | None, told: str | None
) -> None:
    place = tmp_path / "bin"
    program(place / (leads or "sh"))
    if leads:
        (place / "sh").symlink_to(leads)
    program(place / "far")
    items = look(str(place))["items"]
    assert items["sh"] == {"directory": str(place), "is": told}
    assert items["far"] == str(place)


def test_one_of_a_set_that_keeps_its_name_is_told_with_the_set() -> None:
    class Cargo(View):
        def real(self, path: str) -> str:
            assert path == "/usr/bin/sort"
            return "/usr/lib/cargo/bin/coreutils/sort"

    assert collector._behind(Cargo({}), "/usr/bin", "sort") == "coreutils/sort"


@pytest.mark.docker
def test_a_container_tells_what_its_shell_and_awk_are(
    docker_engine: DockerClient, run_container: Callable[..., str], base_image: Callable[[str], str]
) -> None:
    name = run_container(base_image("bookworm"), ["sh", "-c", "ln -sf bash /bin/sh; echo up; sleep 60"], ready="up")
    items = run_inside(docker_engine, name, {"sections": ["executables"]}).items("executables")
    assert {key: items[key]["is"] for key in ("sh", "awk", "grep")} == {"sh": "bash", "awk": "mawk", "grep": "grep"}


def test_a_directory_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    program(tmp_path / "usr/bin/git")
    (tmp_path / "bin").symlink_to("usr/bin")
    assert look(f"{tmp_path}/bin:{tmp_path}/usr/bin")["items"] == {"git": f"{tmp_path}/bin"}


def test_names_of_a_desktop_stay_small(tmp_path: Path) -> None:
    for number in range(2000):
        program(tmp_path / "bin" / f"program-{number}")
    section = look(f"{tmp_path}/bin")
    assert len(section["items"]) == 2000
    # One line each in a profile.
    assert sum(len(f'    "{key}": "/usr/bin",\n') for key in section["items"]) < 80_000


def test_a_version_only_of_what_was_asked_for(tmp_path: Path) -> None:
    witness = tmp_path / "ran"
    program(tmp_path / "bin/tool", f"#!/bin/sh\ntouch {witness}\necho tool version v2.41.0-rc1 of 2020\n")
    assert look(f"{tmp_path}/bin")["items"] == {"tool": f"{tmp_path}/bin"}
    assert not witness.exists()
    items = look(f"{tmp_path}/bin", executables=["tool", "absent"])["items"]
    assert items["tool.version"] == "2.41.0"
    assert witness.exists()


def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "PATIENCE", 0.5)
    program(tmp_path / "bin/slow", f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/child\nwait\n")
    started = time.monotonic()
    section = look(f"{tmp_path}/bin:/usr/bin:/bin", executables=["slow"])
    assert time.monotonic() - started < 5
    assert "slow.version" not in section["items"]
    assert section["notes"] == ["a program that was asked for does not tell its version"]
    stat = Path("/proc", (tmp_path / "child").read_text().strip(), "stat")
    # What was killed ends when it is next scheduled.
    while time.monotonic() - started < 10 and _runs(stat):
        time.sleep(0.02)
    assert not _runs(stat)


def test_programs_that_hang_take_no_more_than_their_share(tmp_path: Path) -> None:
    names = [f"slow-{number}" for number in range(20)]
    for name in names:
        program(tmp_path / "bin" / name, "#!/bin/sh\nexec sleep 60\n")
    started = time.monotonic()
    section = look(f"{tmp_path}/bin:/usr/bin:/bin", executables=names, timeout=5)
    assert time.monotonic() - started < 4
    assert section["status"] == "ok"


def test_a_program_outlives_nobody(tmp_path: Path) -> None:
    program(tmp_path / "slow", f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n")
    code = f"from parity.probe import outside; outside.run(['{tmp_path}/slow'], {{}}, 0.5, 100)"
    with subprocess.Popen([sys.executable, "-c", code]) as waiting:
        started = time.monotonic()
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            time.sleep(0.01)
        waiting.kill()
    stat = Path("/proc", (tmp_path / "pid").read_text().strip(), "stat")
    while time.monotonic() - started < 10 and _runs(stat):
        time.sleep(0.02)
    assert not _runs(stat)


def test_as_root_a_program_is_run_as_whoever_serves(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        missing("only root may become somebody else")
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        program(Path(place) / "bin/tool", "#!/bin/sh\necho 1.$(id -u).$(id -g)\n")
        view = View({"executables": ["tool"]})
        status = {"Uid": "54321\t" * 4, "Gid": "54322\t" * 4, "Groups": ""}
        view.process = Process(os.getpid(), {"PATH": f"{place}/bin"}, cwd="/", status=status)
        assert collector.collect(view).items["tool.version"] == "1.54321.54322"


def _runs(stat: Path) -> bool:
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_a_program_prints_is_not_kept(tmp_path: Path) -> None:
    canary = Canary()
    (tmp_path / "said").write_text(f"{canary.secret}\n{canary.secret} 1.2.3\n")
    program(tmp_path / "bin/loud", f"#!/bin/sh\ncat {tmp_path}/said\n")
    answer = run({"sections": ["executables"], "executables": ["loud"]}, env={"PATH": f"{tmp_path}/bin:/bin"})
    assert answer.items("executables")["loud.version"] == "1.2.3"
    canary.assert_clean(answer.out, answer.err)


def test_the_package_of_its_name_tells_a_version_and_nothing_is_run(tmp_path: Path) -> None:
    program(tmp_path / "usr/bin/git")
    status = tmp_path / "var/lib/dpkg/status"
    status.parent.mkdir(parents=True)
    status.write_text("Package: git\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:2.39.5-0+deb12u2\n")
    view = RootedView(str(tmp_path), {"executables": ["git"]})
    view.process = Process(0, {"PATH": "/usr/bin"})
    assert collector.collect(view).items == {"git": "/usr/bin", "git.version": "2.39.5"}


def test_of_files_without_a_process_what_another_path_would_find_is_unknown(tmp_path: Path) -> None:
    for name in ("git", "python3"):
        program(tmp_path / "usr/bin" / name)
    program(tmp_path / "opt/venv/bin/python3")
    view = RootedView(str(tmp_path), {})
    view.process = Process(0, None)
    section = collector.collect(view).as_dict()
    assert (section["status"], section["hidden"], section["items"]) == ("partial", ["*"], {"git": "/usr/bin"})


@pytest.mark.parametrize("path", ["", ":", "relative/bin"])
def test_an_odd_path_is_no_failure(path: str) -> None:
    assert look(path)["status"] == "ok"
