"""What a limit, a user or a proxy weighs beside what other sections tell."""

from __future__ import annotations

import pytest

from parity.diff import compare
from parity.policy import judge
from parity.policy.words import amount
from parity.profile.model import Item
from tests.diff.profiles import profile, section
from tests.policy.findings import INFO, WARNING, findings


def severity(name: str, key: str, local: dict[str, dict[str, Item]], production: dict[str, dict[str, Item]]) -> str:
    """Of the one finding about a key."""
    sides = [profile({one: section(items) for one, items in side.items()}) for side in (local, production)]
    (found,) = [one for one in judge(compare(*sides), *sides) if (one.section, one.key) == (name, key)]
    return found.severity.value


@pytest.mark.parametrize(
    ("local", "production", "expected"),
    [
        # (CPUs that it may run on, CPUs that there are)
        ((8, 8), (2, 2), INFO),
        ((8, 8), (2, 16), WARNING),
        ((2, 8), (1, 8), WARNING),
        ((2, 8), (16, 16), INFO),
    ],
)
def test_fewer_cpus_weigh_where_they_are_withheld(
    local: tuple[int, int], production: tuple[int, int], expected: str
) -> None:
    sides = [{"limits": {"affinity": one}, "cpu": {"count": count}} for one, count in (local, production)]
    assert severity("limits", "affinity", *sides) == expected  # type: ignore[arg-type]


def test_a_user_that_is_written_in_another_way_is_the_same() -> None:
    local: dict[str, dict[str, Item]] = {"container": {"user": "app"}, "process": {"uid": 1000}}
    assert severity("container", "user", local, {**local, "container": {"user": "1000"}}) == INFO
    other: dict[str, dict[str, Item]] = {"container": {"user": "1001"}, "process": {"uid": 1001}}
    # What the other user can no longer do are findings of the process and of paths.
    assert severity("container", "user", local, other) == INFO
    unknown: dict[str, dict[str, Item]] = {"container": {"user": "1001"}}
    assert severity("container", "user", {"container": {"user": "app"}}, unknown) == WARNING


def test_proxies_that_the_environment_tells_of_are_no_second_warning() -> None:
    local: dict[str, dict[str, Item]] = {
        "network": {"proxies": {"names": ("HTTP_PROXY",)}},
        "environment": {"HTTP_PROXY": {"state": "set"}},
    }
    none: dict[str, dict[str, Item]] = {"network": {"proxies": {"names": ()}}, "environment": {}}
    assert severity("network", "proxies", local, none) == INFO
    assert severity("environment", "HTTP_PROXY", local, none) != INFO


@pytest.mark.parametrize(("mode", "expected"), [("bridge", WARNING), ("user-defined", INFO), (None, INFO)])
def test_a_name_server_on_loopback_answers_on_a_machine_and_where_the_engine_has_one(
    mode: str | None, expected: str
) -> None:
    container: dict[str, Item] = {} if mode is None else {"network_mode": mode}
    local: dict[str, dict[str, Item]] = {"network": {"resolvers": {"count": 1, "kinds": ("other",)}}}
    production: dict[str, dict[str, Item]] = {"network": {"resolvers": {"count": 1, "kinds": ("loopback stub",)}}}
    local["container"] = production["container"] = container
    assert severity("network", "resolvers", local, production) == expected
    assert severity("network", "resolvers", production, local) == INFO


def test_what_follows_from_a_limit_is_said_in_units_of_a_person() -> None:
    (found,) = findings("limits", section({"memory": "unlimited"}), section({"memory": 512 << 20}))
    assert found.why.startswith("production allows 512 MiB, and local any amount: the kernel kills")
    (found,) = findings("limits", section({"cpu": 2}), section({"cpu": 0.25}))
    assert found.why.startswith("production allows 0.25, and local 2: ")


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (1536 << 20, "1.5 GiB"), (1 << 62, "4.194e+06 TiB")],
)
def test_amounts(count: int, words: str) -> None:
    assert amount(count) == words
