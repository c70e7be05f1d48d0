"""Two processes of this machine under different limits: what one of them can do no more is among the findings.

These are limits that an engine does not set, or that hold for a user's processes together.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from parity.diff import compare
from parity.policy import judge
from parity.profile import Profile
from tests.targets.looking import take

NOBODY_ELSES = 54_321
"""A user that runs nothing else."""

_CHILD = """
import json, os, resource, sys
bounds, uid = json.loads(sys.argv[1])
for name, bound in bounds.items():
    resource.setrlimit(getattr(resource, name), bound)
if uid:
    os.setuid(uid)
print("ready", flush=True)
exec(sys.stdin.read())
"""

UNLIMITED = -1

Bound = tuple[int, int]
"""Soft and hard."""


class Pair(NamedTuple):
    """The limit, its two values, and a program that fails under the second."""

    limit: str
    local: Bound
    production: Bound
    program: str
    says: str
    severity: str = "warning"
    uid: int = 0


_DUMPED = """
child = os.fork()
if not child:
    os.abort()
assert os.WCOREDUMP(os.waitpid(child, 0)[1]), "nothing to look into"
"""

PAIRS = {
    "address_space": Pair(
        "RLIMIT_AS",
        (UNLIMITED, UNLIMITED),
        (300 << 20, 300 << 20),
        "import mmap; mmap.mmap(-1, 400 << 20)",
        "Cannot allocate memory",
    ),
    "processes": Pair(
        "RLIMIT_NPROC",
        (64, 64),
        (1, 1),
        "if not os.fork(): os._exit(0)",
        "Resource temporarily unavailable",
        uid=NOBODY_ELSES,
    ),
    "nofile_hard": Pair(
        "RLIMIT_NOFILE",
        (256, 4_096),
        (256, 256),
        "resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 4096))",
        "ValueError",
        uid=NOBODY_ELSES,
    ),
    # Shells and engines set it as they like, and no program does another thing for it.
    "core": Pair("RLIMIT_CORE", (UNLIMITED, UNLIMITED), (0, 0), _DUMPED, "nothing to look into", severity="info"),
}


@pytest.mark.parametrize("fact", PAIRS)
def test_what_makes_a_program_fail_is_found_and_nothing_else(fact: str, tmp_path: Path) -> None:
    pair = PAIRS[fact]
    (local, said), (production, failed) = (
        lived({pair.limit: bound}, pair, tmp_path) for bound in (pair.local, pair.production)
    )
    assert said == ""
    assert pair.says in failed
    found = {one.key: one.severity.value for one in judge(compare(local, production), local, production)}
    assert found == {fact: pair.severity}


def lived(bounds: Mapping[str, Bound], pair: Pair, directory: Path) -> tuple[Profile, str]:
    """(profile of a process under limits, what it says when it then runs the program)."""
    argv = [sys.executable, "-c", _CHILD, json.dumps([bounds, pair.uid])]
    with subprocess.Popen(
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=directory,
        bufsize=1,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        profile = take(f"pid:{child.pid}", sections=frozenset({"limits", "python"}))
        return profile, child.communicate(pair.program, timeout=60)[0]
