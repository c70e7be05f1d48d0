"""One thing looked at twice gives one answer, whoever asks, where, and in what order."""

from __future__ import annotations

import json
import os
import random
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from parity import sections
from tests.cli.program import parity
from tests.images.fixtures import RunContainer

NOW = ("--now", "2026-03-01T12:00:00Z")

CALLERS: tuple[Mapping[str, str | None], ...] = (
    {"LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "TZ": "Pacific/Apia"},
    {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "PYTHONHASHSEED": "3"},
    {"LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "random", "PYTHONOPTIMIZE": "2"},
    {"LC_ALL": None, "LANG": None, "PYTHONHASHSEED": "4294967295", "PYTHONDEVMODE": "1", "PYTHONWARNINGS": "error"},
)
"""Environments of the one who asks, which are no part of what is asked about. A locale that is not there is C's."""


BY_ITSELF = ("captured_at", "integrity", "volatile")
"""What may be another in two snapshots of one thing that did not change."""


def different(first: bytes, second: bytes) -> set[str]:
    """The keys of the lines that are not the same in both, where `volatile` is one line; both have as many lines."""
    lines = [json.dumps(_flat(json.loads(document)), indent=0).splitlines() for document in (first, second)]
    return {one.split('"')[1] for one, other in zip(*lines, strict=True) if one != other}


def _flat(profile: dict[str, Any]) -> dict[str, Any]:
    for section in profile["sections"].values():
        section["volatile"] = json.dumps(section.get("volatile"))
    return profile


@pytest.mark.docker
def test_the_same_image_run_twice_is_parity(run_container: RunContainer, app_image: str) -> None:
    first, second = (run_container(app_image, ready="serving") for _ in range(2))
    result = parity("diff", f"docker://{first}", f"docker://{second}", "--fail-on", "info", "--format", "json")
    document = result.document
    assert (document["findings"], document["unknown"]) == ([], [])
    assert (result.code, document["verdict"]) == (0, "parity")
    assert {one["keys"] > 0 for one in document["compared"]} == {True}
    assert {one["section"] for one in document["compared"]} == {*sections.names()} - {"database"}


@pytest.mark.docker
def test_the_same_container_twice_is_the_same_bytes(serving: str, tmp_path: Path) -> None:
    for name in ("first", "second"):
        assert parity("snapshot", f"docker://{serving}", "-o", tmp_path / name).code == 0
    assert different(*((tmp_path / name).read_bytes() for name in ("first", "second"))) <= {*BY_ITSELF}


@pytest.mark.docker
def test_at_one_time_the_same_container_is_the_same_whoever_asks(serving: str) -> None:
    first, *others = (parity("snapshot", f"docker://{serving}", *NOW, env=caller).stdout for caller in CALLERS)
    assert {key for other in others for key in different(first, other)} <= {"volatile"}
    assert json.loads(first)["captured_at"] == "2026-03-01T12:00:00Z"


def test_this_machine_twice_is_the_same_bytes(tmp_path: Path) -> None:
    first, second = (parity("snapshot", *NOW, cwd=tmp_path).stdout for _ in range(2))
    assert different(first, second) <= {"volatile"}
    assert len(first) > 1000


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two profiles that differ in every way that a file can: this machine, and it without half of its items."""
    directory = tmp_path_factory.mktemp("sides")
    local, production = directory / "local.json", directory / "production.json"
    assert parity("snapshot", *NOW, "-o", local, cwd=directory).code == 0
    profile = json.loads(local.read_bytes())
    for section in profile["sections"].values():
        section["items"] = {key: item for place, (key, item) in enumerate(section["items"].items()) if place % 2}
    profile["sections"]["packages"]["items"]["\u0131-dotless"] = {"version": "1"}
    production.write_text(json.dumps(profile))
    return local, production


REPORTS = (("--format", "json"), ("--format", "terminal"), ("--all",), ("--anonymize", "--format", "json"))


@pytest.mark.parametrize("options", REPORTS, ids=" ".join)
def test_a_report_is_the_same_bytes_whoever_asks(sides: tuple[Path, Path], options: tuple[str, ...]) -> None:
    reports = {parity("diff", *sides, "--no-verify", *options, env=caller).stdout for caller in CALLERS}
    assert len(reports) == 1
    assert len(reports.pop()) > 1000


def test_a_report_does_not_depend_on_the_order_in_the_files(sides: tuple[Path, Path], tmp_path: Path) -> None:
    random.seed(11)

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            names = random.sample(sorted(value), len(value))
            return {name: shuffled(value[name]) for name in names}
        return value

    mixed = []
    for side in sides:
        path = tmp_path / side.name
        path.write_text(json.dumps(shuffled(json.loads(side.read_bytes()))))
        mixed.append(path)
    assert mixed[0].read_bytes() != sides[0].read_bytes()
    for options in REPORTS:
        before, after = (parity("diff", *pair, "--no-verify", *options).stdout for pair in (sides, mixed))
        assert before == after, options
    # What is written again is in order again, and its digest is the one that it had.
    assert parity("snapshot", mixed[0], "-o", tmp_path / "again").code == 0
    assert (tmp_path / "again").read_bytes() == sides[0].read_bytes()


@pytest.mark.parametrize("umask", [0, 0o077, 0o777])
def test_a_written_file_is_the_same_whatever_the_umask(sides: tuple[Path, Path], tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        for command in ("snapshot", "diff"):
            files = sides if command == "diff" else sides[:1]
            assert parity(command, *files, "--no-verify", "-o", tmp_path / command).code < 2
    finally:
        os.umask(before)
    assert (tmp_path / "snapshot").read_bytes() == sides[0].read_bytes()
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_stream_without_the_characters_shows_them_escaped(sides: tuple[Path, Path]) -> None:
    ascii_only = parity("diff", *sides, "--no-verify", "--all", env={"PYTHONIOENCODING": "ascii"})
    assert ascii_only.code == 1
    assert ascii_only.out.isascii()
    assert "\\u0131-dotless" in ascii_only.out


def test_the_umask_of_the_one_who_asks_shows_in_its_own_item_alone(tmp_path: Path) -> None:
    reports = [parity("snapshot", *NOW, cwd=tmp_path, umask=umask).stdout for umask in (0, 0o077)]
    assert different(*reports) - {"volatile"} == {"umask", "integrity"}
