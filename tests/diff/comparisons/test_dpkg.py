"""The Debian order against dpkg itself."""

from __future__ import annotations

import random
import shutil
import subprocess
from itertools import product

import pytest

from parity.diff.comparisons import debian

KNOWN = ["1", "1.0", "1-0", "1-~", "0:1", "1~", "1+b1", "2:1.0-1", "1.0-1~bpo12+1"]
PIECES = ["0", "1", "09", "10", "a", "z", "~", "~~", "+", ".", "rc1", "A", ""]
SIGNS = {"older": "gt", "newer": "lt", None: "eq"}
"""How dpkg says where the first version stands to the second."""


def _versions() -> list[str]:
    chance = random.Random(20260301)
    versions: list[str] = []
    while len(versions) < 60:
        upstream = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 4)))
        revision = "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 3)))
        epoch = chance.choice(["", "", "", "0:", "1:"])
        versions.append(f"{epoch}1{upstream}" + (f"-{revision}" if revision else ""))
    return versions


@pytest.fixture(scope="module")
def dpkg() -> str:
    found = shutil.which("dpkg")
    if found is None:
        pytest.skip("no dpkg on this machine")
    return found


def test_order_is_the_one_of_dpkg(dpkg: str) -> None:
    chance = random.Random(1)
    pairs = [*product(KNOWN, repeat=2), *chance.sample(list(product(_versions(), repeat=2)), 200)]
    # One shell asks all the questions: a process of its own for each would take most of the test's time.
    lines = []
    for left, right in pairs:
        change = debian.change(left, right)
        sign = SIGNS[change.direction if change else None]
        lines.append(f'{dpkg} --compare-versions "{left}" {sign} "{right}" || echo "{left} {right}"')
    done = subprocess.run(["sh", "-c", "\n".join(lines)], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == ""
    assert done.stderr == ""
