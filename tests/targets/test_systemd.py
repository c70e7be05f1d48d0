"""Units in control groups as systemd makes them, and the process of each that serves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from parity.errors import TargetError, Unreachable
from parity.snapshot.request import Request
from parity.targets import open_target
from tests.targets.conftest import SERVE
from tests.targets.looking import states, take
from tests.units import Units

SERVER = [sys.executable, "-c", SERVE]


def test_the_main_process_of_a_unit_is_seen(units: Units) -> None:
    units.start("parity-test-web.service", SERVER, {"WEB": "1"})
    profile = take("systemd://parity-test-web")
    assert (profile.target.kind, profile.target.reference) == ("systemd", "parity-test-web.service")
    assert states(profile) == {"WEB": "set"}


def test_the_python_of_a_unit_is_found_below_its_starter(units: Units) -> None:
    script = ["/bin/sh", "-c", 'MAIN=1 "$0" -c "$1"; true', sys.executable, SERVE]
    units.start("parity-test-web.service", script, {"UNIT": "1"})
    assert {"UNIT", "MAIN"} <= states(take("systemd://parity-test-web.service")).keys()


def test_of_several_processes_the_oldest_is_the_main_one(units: Units) -> None:
    units.start("parity-test-web.service", SERVER, {"FIRST": "1"})
    units.start("parity-test-web.service", SERVER, {"SECOND": "1"})
    assert states(take("systemd://parity-test-web")) == {"FIRST": "set"}


def test_a_delegated_group_below_the_unit_belongs_to_it(units: Units) -> None:
    units.start("workers", SERVER, {"WORKER": "1"}, within="system.slice/parity-test-web.service")
    assert states(take("systemd://parity-test-web")) == {"WORKER": "set"}


def test_the_systems_unit_comes_before_a_users_of_the_same_name(units: Units) -> None:
    of_user = "user.slice/user-54321.slice/user@54321.service/app.slice"
    units.start("parity-test-web.service", SERVER, {"OF_USER": "1"}, within=of_user)
    assert states(take("systemd://parity-test-web")) == {"OF_USER": "set"}
    units.start("parity-test-web.service", SERVER, {"OF_SYSTEM": "1"})
    assert states(take("systemd://parity-test-web")) == {"OF_SYSTEM": "set"}


def test_units_of_several_users_are_not_guessed_between(units: Units) -> None:
    for uid in (54321, 54322):
        units.start("parity-test-web.service", SERVER, {}, within=f"user.slice/user-{uid}.slice/app.slice")
    with pytest.raises(Unreachable, match="a unit of that name runs for several users"):
        take("systemd://parity-test-web")


def test_a_longer_name_is_another_unit(units: Units) -> None:
    units.start("parity-test-web.service", SERVER, {})
    with pytest.raises(Unreachable, match="no process of that unit runs"):
        take("systemd://web.service")


def test_a_unit_that_does_not_run() -> None:
    with pytest.raises(
        Unreachable, match=r"systemd://parity-test-none\.service: no process of that unit runs"
    ) as caught:
        take("systemd://parity-test-none")
    assert "systemctl status parity-test-none.service" in (caught.value.hint or "")


@pytest.mark.parametrize(
    "word",
    [
        "systemd://",
        "systemd://-H tcp://x",
        "systemd://--user",
        "systemd://a;b",
        "systemd://a b",
        "systemd://../web.service",
        "systemd://a/b.service",
        "systemd://*.service",
        "systemd://web.service?user=root",
        "systemd://" + "a" * 300,
        "systemd://" + "a" * 4096,
    ],
)
def test_hostile_names_are_refused_before_anything_starts(word: str, traced: Path) -> None:
    with pytest.raises(TargetError):
        open_target(word, Request())
    assert not traced.exists()


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("systemd://web", "web.service"),
        ("systemd://web.service", "web.service"),
        ("systemd://worker@1", "worker@1.service"),
        ("systemd://api.v2", "api.v2.service"),
        (r"systemd://dev-disk\x2dby.service", r"dev-disk\x2dby.service"),
        ("systemd://session-3.scope", "session-3.scope"),
    ],
)
def test_honest_names_are_taken(word: str, unit: str) -> None:
    target, _ = open_target(word, Request())
    assert target.reference == unit
