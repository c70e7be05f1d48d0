"""Processes that are asked for by number: as whom they are looked at, and which are out of reach."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parity import bundle
from parity.probe import rerun
from parity.probe.process import proc
from tests.probe.running import run
from tests.services import missing, program
from tests.targets.conftest import SERVE
from tests.targets.looking import states, take

SYSTEM_PYTHON = "/usr/bin/python3"
SOMEBODY = 54321
PACKAGE = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def root() -> None:
    if os.geteuid() != 0:
        missing("only root may become somebody else, or have a root file system of its own")


@pytest.fixture
def somebody() -> Iterator[int]:
    """The pid of a process of a user that has groups of its own."""
    argv = [SYSTEM_PYTHON, "-c", SERVE]
    with subprocess.Popen(
        argv, user=SOMEBODY, group=SOMEBODY, extra_groups=[54322, 54323], env={}, cwd="/", stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid
        process.kill()


def finding(pid: int, then: str) -> str:
    """What `then` prints after the probe, in a process of its own, has found `pid`."""
    script = (
        "import os, sys\n"
        f"sys.path.insert(0, {str(PACKAGE)!r})\n"
        "from parity.probe import kit\n"
        "from parity.probe.process import named\n"
        "try:\n"
        f"    process = named.find({{'pid': {pid}}})\n"
        "except named.NotHere as reason:\n"
        "    sys.exit('NotHere: %s' % reason)\n"
        f"{then}\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return (ran.stdout + ran.stderr).strip()


def test_root_goes_on_with_the_rights_of_the_process(somebody: int) -> None:
    rights = "print(os.getresuid(), os.getresgid(), sorted(os.getgroups()))"
    one = (SOMEBODY,) * 3
    assert finding(somebody, rights) == f"{one} {one} [54322, 54323]"


def test_what_was_root_cannot_come_back(somebody: int) -> None:
    assert "PermissionError" in finding(somebody, "os.setuid(0)")


def test_the_process_is_read_again_as_its_user(somebody: int) -> None:
    assert finding(somebody, "print(process.environ, process.refused, process.cwd)") == "{} {} /"


def test_a_process_of_root_is_looked_at_as_root() -> None:
    assert finding(os.getpid(), "print(os.getresuid())") == "(0, 0, 0)"


def test_a_process_in_a_changed_root_has_its_paths_below_it(tmp_path: Path) -> None:
    script = f"import os; os.chroot({str(tmp_path)!r}); os.chdir('/'); {SERVE}"
    with subprocess.Popen([SYSTEM_PYTHON, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            said = finding(process.pid, "print(process.root, process.cwd, os.getuid())")
        finally:
            process.kill()
    assert said == f"/proc/{process.pid}/root / 0"


def test_somebody_else_may_not_look_into_a_changed_root(tmp_path: Path) -> None:
    script = f"import os; os.chroot({str(tmp_path)!r}); os.chdir('/'); {SERVE}"
    with subprocess.Popen([SYSTEM_PYTHON, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        question = {"pid": process.pid}
        whole = bundle.script().encode()
        try:
            answer = run(question, python=SYSTEM_PYTHON, script=whole, user=SOMEBODY, env={}, cwd="/")
        finally:
            process.kill()
    assert answer.document is not None
    assert answer.document["problem"].endswith("only root or its user may look into it")
    assert "docker://NAME" in answer.document["hint"]


def test_a_service_with_mounts_of_its_own_on_the_same_root_is_in_reach() -> None:
    enter = 'mount -t tmpfs none /tmp && exec "$0" -c "$1"'
    argv = [program("unshare"), "--mount", "/bin/sh", "-c", enter, SYSTEM_PYTHON, SERVE]
    with subprocess.Popen(argv, env={"PRIVATE": "1", "PATH": os.environ["PATH"]}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            assert "PRIVATE" in states(take(f"pid:{process.pid}"))
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("owner", "runs_as", "says"),
    [
        (SOMEBODY, SOMEBODY, "belongs to another user"),
        (SOMEBODY, 0, None),
        (0, SOMEBODY, None),
        (SOMEBODY, None, None),
    ],
)
def test_what_another_user_owns_is_not_run(tmp_path: Path, owner: int, runs_as: int | None, says: str | None) -> None:
    python = tmp_path / "python3"
    python.write_bytes(b"")
    os.chown(python, owner, owner)
    status = {} if runs_as is None else {"Uid": f"{runs_as}\t" * 4}
    assert rerun.foreign(str(python), proc.Process(1, status=status)) == says


def test_a_link_is_judged_by_what_it_leads_to(tmp_path: Path) -> None:
    link = tmp_path / "python3"
    link.symlink_to(SYSTEM_PYTHON)
    os.chown(link, SOMEBODY, SOMEBODY, follow_symlinks=False)
    assert rerun.foreign(str(link), proc.Process(1, status={"Uid": f"{SOMEBODY}\t" * 4})) is None
