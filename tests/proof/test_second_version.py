"""Control groups of version 2, of a kernel that has no other: what they allow, and a program that ends for want of
swap."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from parity.diff import compare
from parity.policy import judge
from parity.profile import Profile
from tests.images.guest import MIB, Guest, guest
from tests.targets.looking import take

ALLOWED = {"shop/memory.max": "40M", "shop/web/pids.max": "40", "shop/cpu.max": "150000 100000", "shop/pids.max": "max"}
SIDES = ("max", "0")
NEEDS_MORE = "bytearray(56 << 20)"

KILLED = 137


Side = tuple[Guest, Profile]


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> list[Side]:
    """(local, production): alike but for what may be swapped out."""

    def boot(bound: str) -> Side:
        limits = {**ALLOWED, "shop/web/memory.swap.max": bound}
        one = guest(tmp_path_factory.mktemp("guest"), limits, NEEDS_MORE)
        return one, take(f"exec:{one.command}", sections=frozenset({"limits", "python"}), timeout=120.0)

    with ThreadPoolExecutor(2) as both:
        return list(both.map(boot, SIDES))


def test_the_tightest_of_a_group_and_those_above_it_is_told(sides: list[Side]) -> None:
    for (_, profile), swap in zip(sides, ("unlimited", 0), strict=True):
        limits = profile.sections["limits"]
        groups = {key: limits.items[key] for key in ("memory", "swap", "cpu", "pids")}
        assert groups == {"memory": 40 * MIB, "swap": swap, "cpu": 1.5, "pids": 40}
        used = limits.volatile
        assert 0 < int(str(used["memory_used"])) <= 40 * MIB
        assert used["oom_kills"] == 0


def test_what_makes_a_program_fail_is_found_and_nothing_else(sides: list[Side]) -> None:
    (works, local), (fails, production) = sides
    found = judge(compare(local, production), local, production)
    # How many processes a kernel allows by itself follows from its memory, to the page.
    assert [(one.key, one.severity.value) for one in found if one.key != "processes"] == [("swap", "warning")]
    assert (works.code(), fails.code()) == (0, KILLED)
