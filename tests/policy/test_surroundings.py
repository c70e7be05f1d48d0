"""What a machine has and production lacks weighs by whether the program asks for it."""

from __future__ import annotations

from typing import Any

import pytest

from parity.policy import Finding
from parity.profile.model import Profile
from tests.policy.findings import version
from tests.policy.repository import asked, found, imported, read, repository, side

MIB = 1 << 20
PLAIN = repository(imported("decimal", "main.py:1"), imported("sqlite3", "main.py:2"))
SHM: tuple[dict[str, Any], dict[str, Any]] = {"limits": {"shm": 8192 * MIB}}, {"limits": {"shm": 64 * MIB}}
IPV6: tuple[dict[str, Any], dict[str, Any]] = {"network": {"ipv6": True}}, {"network": {"ipv6": False}}
HOSTS: tuple[dict[str, Any], dict[str, Any]] = {"network": {"hosts.catalog": "private"}}, {"network": {}}
PLACE: dict[str, Any] = {"path": "/app", "exists": True, "readable": True, "writable": True}
ROOT: dict[str, Any] = {"uid": 0, "working_directory": PLACE}
TORCH: dict[str, Any] = {"packages": {"torch": version("2.9.0")}}


def about(rule: str, key: str, sides: tuple[dict[str, Any], dict[str, Any]], declared: Profile | None) -> Finding:
    return found(side(**sides[0]), side(**sides[1]), declared)[rule, key]


@pytest.mark.parametrize(
    ("declared", "severity", "evidence"),
    [
        (PLAIN, "info", ()),
        (None, "warning", ()),
        (
            repository(imported("multiprocessing", "pool.py:3")),
            "warning",
            ("what shares memory between processes is imported at pool.py:3",),
        ),
        # What only tests import, the program does not ask for.
        (repository(imported("multiprocessing", "tests/a.py:1", dev=True), imported("decimal", "a.py:1")), "info", ()),
        (repository(asked("torch", "requirements.txt:1")), "warning", ()),
    ],
    ids=["nothing", "no-source", "imported", "tests", "no-python"],
)
def test_little_shared_memory(declared: Profile | None, severity: str, evidence: tuple[str, ...]) -> None:
    one = about("limits.lower", "shm", SHM, declared)
    assert (one.severity.value, one.evidence) == (severity, evidence)
    gone = about("limits.no-shared-memory", "shm", (SHM[0], {"limits": {}}), declared)
    assert gone.severity.value == severity


def test_a_package_that_shares_memory_asks_for_it() -> None:
    sides = {**SHM[0], **TORCH}, {**SHM[1], **TORCH}
    program = repository(imported("torch", "a.py:1"), asked("torch", "requirements.txt:1"))
    one = about("limits.lower", "shm", sides, program)
    assert (one.severity.value, one.evidence) == ("warning", ("torch shares memory between processes",))
    without = repository(imported("decimal", "a.py:1"), asked("requests", "requirements.txt:1"))
    assert about("limits.lower", "shm", sides, without).severity.value == "info"


def test_another_limit_weighs_as_it_did() -> None:
    sides: tuple[dict[str, Any], dict[str, Any]] = {"limits": {"pids": 4_096}}, {"limits": {"pids": 100}}
    assert about("limits.lower", "pids", sides, PLAIN).severity.value == "warning"


@pytest.mark.parametrize(
    ("declared", "severity"),
    [
        (PLAIN, "info"),
        (None, "warning"),
        (repository(imported("asyncio", "serve.py:1")), "warning"),
        (repository(imported("socket", "serve.py:1")), "warning"),
        (repository(imported("requests", "serve.py:1"), asked("requests", "requirements.txt:1")), "info"),
    ],
    ids=["nothing", "no-source", "asyncio", "socket", "by-name"],
)
def test_no_ipv6(declared: Profile | None, severity: str) -> None:
    assert about("network.protocol", "ipv6", IPV6, declared).severity.value == severity


@pytest.mark.parametrize(
    ("declared", "severity", "evidence"),
    [
        (PLAIN, "info", ()),
        (None, "warning", ()),
        (
            repository(imported("urllib", "a.py:1")),
            "warning",
            ("what may ask for names is imported at a.py:1",),
        ),
        (
            repository(imported("decimal", "a.py:1"), read("CATALOG_URL", "a.py:2")),
            "warning",
            ("CATALOG_URL is called like it",),
        ),
        (repository(imported("requests", "a.py:1"), asked("requests", "requirements.txt:1")), "warning", ()),
    ],
    ids=["nothing", "no-source", "connects", "called-like-it", "a-package-may"],
)
def test_a_name_of_the_hosts_file(declared: Profile | None, severity: str, evidence: tuple[str, ...]) -> None:
    one = about("network.host-missing", "hosts.catalog", HOSTS, declared)
    assert (one.severity.value, one.evidence) == (severity, evidence)


@pytest.mark.parametrize(
    ("local", "production", "severity"),
    [
        (ROOT, {"uid": 10}, "info"),
        ({**ROOT, "uid": 10}, {"uid": 10}, "warning"),
        (ROOT, {"uid": 0}, "warning"),
        ({**ROOT, "working_directory": {**PLACE, "path": "/srv"}}, {"uid": 10}, "warning"),
    ],
    ids=["not-root", "another-mount", "both-root", "elsewhere"],
)
def test_what_root_alone_may_write_is_told_by_the_user(
    local: dict[str, Any], production: dict[str, Any], severity: str
) -> None:
    there = {**production, "working_directory": {**PLACE, "writable": False}}
    one = about("process.working-directory", "working_directory", ({"process": local}, {"process": there}), None)
    assert one.severity.value == severity
    if severity == "info":
        uid = about("process.identity", "uid", ({"process": local}, {"process": there}), None)
        assert uid.severity.value == "warning"


@pytest.mark.parametrize(
    ("declared", "severity"),
    [(PLAIN, "info"), (None, "info"), (repository(imported("setuptools", "a.py:1")), "warning")],
    ids=["not-imported", "no-source", "imported"],
)
def test_what_a_virtual_environment_begins_with(declared: Profile | None, severity: str) -> None:
    sides = tuple({"packages": {"setuptools": version(number)}} for number in ("65.5.0", "68.1.2"))
    assert about("packages.major", "setuptools", (sides[0], sides[1]), declared).severity.value == severity
