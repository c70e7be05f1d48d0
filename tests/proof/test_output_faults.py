"""Results that cannot be written, internal faults, and verdicts that must not be mistaken for parity."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.canary import Canary
from tests.cli.program import COMMAND, Result, environment, parity, start
from tests.proof.profiles import WHOLE, profile, section
from tests.services import missing

WRITERS = (
    ("snapshot", "web.json"),
    ("show", "web.json"),
    ("diff", "web.json", "web.json"),
    ("diff", "web.json", "web.json", "--format", "json"),
    ("probe",),
    ("schema",),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory with a profile in it."""
    (tmp_path / "web.json").write_bytes(profile())
    (tmp_path / "drift.json").write_bytes(profile({**WHOLE, "packages": section(requests={"version": "1.0"})}))
    return tmp_path


def below_a_shell(place: Path, redirection: str, *arguments: str) -> Result:
    """One command line, its streams what the shell makes them."""
    words = ["sh", "-c", f'"$@" {redirection}', "sh", *COMMAND, *arguments]
    done = subprocess.run(words, check=False, capture_output=True, cwd=place, env=environment())
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("arguments", WRITERS, ids=" ".join)
@pytest.mark.parametrize(
    ("redirection", "reason"),
    [("> /dev/full", "No space left on device (ENOSPC)"), (">&-", "it is closed")],
    ids=["full", "closed"],
)
def test_standard_output_that_takes_nothing(
    place: Path, redirection: str, reason: str, arguments: tuple[str, ...]
) -> None:
    result = below_a_shell(place, redirection, *arguments)
    assert result.code == 2
    assert result.line() == f"cannot write to standard output: {reason}"


@pytest.mark.parametrize("redirection", ["2> /dev/full", "2>&-"])
def test_standard_error_that_takes_nothing_changes_no_exit_code(place: Path, redirection: str) -> None:
    assert below_a_shell(place, redirection, "show", "nothing.json").code == 2
    assert below_a_shell(place, redirection, "diff", "web.json", "drift.json").code == 1
    assert below_a_shell(place, redirection, "show", "web.json").code == 0


def test_no_standard_input(place: Path) -> None:
    closed = below_a_shell(place, "<&-", "show", "-")
    assert (closed.code, closed.out) == (2, "")
    assert closed.line() == "cannot read a profile from standard input: it is closed"
    assert below_a_shell(place, "<&-", "show", "web.json").code == 0


def refusals(place: Path) -> Mapping[str, str]:
    (place / "link").symlink_to(place / "web.json")
    (place / "dangling").symlink_to(place / "nothing")
    os.mkfifo(place / "pipe")
    return {
        "link": "it is a symbolic link",
        "dangling": "it is a symbolic link",
        "pipe": "it is a named pipe",
        "/dev/full": "it is a device",
        "nowhere/profile.json": "its directory is not there",
        "web.json/profile.json": "Not a directory (ENOTDIR)",
        "/proc/profile.json": "(E",
        "x" * 256: "File name too long (ENAMETOOLONG)",
    }


def test_a_file_that_cannot_be_written(place: Path) -> None:
    before = (place / "web.json").read_bytes()
    for name, reason in refusals(place).items():
        result = parity("snapshot", "web.json", "-o", name, cwd=place)
        assert (result.code, result.out) == (2, ""), name
        assert result.line().startswith(f"cannot write {name}: "), result.err
        assert reason in result.line()
    assert (place / "web.json").read_bytes() == before
    assert not (place / "nothing").exists()
    assert list(place.glob(".parity-*")) == []


@pytest.mark.parametrize(
    ("before", "reason"),
    [("", "No space left on device (ENOSPC)"), ('mount -o remount,ro "$disk" &&', "Read-only file system (EROFS)")],
    ids=["full", "read-only"],
)
def test_a_disk_that_takes_nothing_leaves_the_old_file(place: Path, before: str, reason: str) -> None:
    disk = place / "disk"
    disk.mkdir()
    many = {f"package-{number}": {"version": f"{number}.0"} for number in range(5000)}
    (place / "large.json").write_bytes(profile({**WHOLE, "packages": section(**many)}))
    script = (
        'mount -t tmpfs -o size=64k parity "$disk" && printf old > "$disk/web.json" && '
        f'{before} "$@"; echo "status $?"; cat "$disk/web.json"; ls -A "$disk"'
    )
    apart = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*apart, 'mount -t tmpfs x "$0"', disk], check=False, capture_output=True).returncode:
        missing("no file system can be mounted here, not even in a namespace of its own")
    words = [*apart, script, "sh", *COMMAND, "snapshot", "large.json", "-o", "disk/web.json"]
    env = {**environment(), "disk": str(disk)}
    done = subprocess.run(words, check=True, capture_output=True, cwd=place, env=env)
    assert done.stdout == b"status 2\noldweb.json\n"
    assert Result(2, b"", done.stderr).line() == f"cannot write disk/web.json: {reason}"


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_the_words_for_standard_output(place: Path, name: str) -> None:
    for command in ("snapshot", "diff"):
        files = ("web.json",) if command == "snapshot" else ("web.json", "web.json")
        assert parity(command, *files, "-o", name, cwd=place).stdout == parity(command, *files, cwd=place).stdout
    assert parity("snapshot", "web.json", "-o", "/dev/null", cwd=place) == Result(0, b"", b"")


def test_of_two_writers_the_last_whole_file_stands(place: Path) -> None:
    contents = [(place / name).read_bytes() for name in ("web.json", "drift.json")]
    running = [start("snapshot", name, "-o", "out.json", cwd=place) for name in ("web.json", "drift.json") * 3]
    while any(process.poll() is None for process in running):
        if (place / "out.json").exists():
            assert json.loads((place / "out.json").read_bytes())["sections"]
    for process in running:
        with process:
            assert (process.returncode, process.communicate()) == (0, (b"", b""))
    written = json.loads((place / "out.json").read_bytes())
    assert written in [json.loads(content) for content in contents]
    assert stat.S_IMODE((place / "out.json").stat().st_mode) == 0o600
    assert {path.name for path in place.iterdir()} == {"web.json", "drift.json", "out.json"}


BROKEN = """
import parity.profile.load
def load(path, **options):
    secret = {secret!r}
    raise RuntimeError(f"the text of it shows {{secret}}")
parity.profile.load.load = load
"""


def test_a_fault_of_its_own_shows_type_and_place_and_nothing_else(place: Path) -> None:
    canary = Canary()
    (place / "patch").mkdir()
    (place / "patch" / "sitecustomize.py").write_text(BROKEN.format(secret=canary.secret))
    env = {"PYTHONPATH": str(place / "patch"), "APP_TOKEN": canary.secret}
    for arguments in (
        ("show", "web.json"),
        ("diff", "web.json", "web.json"),
        ("snapshot", "web.json", "-o", "out.json"),
    ):
        result = parity(*arguments, env=env, cwd=place)
        assert (result.code, result.out) == (4, "")
        assert result.line() == "internal error: RuntimeError at sitecustomize.py:5"
        canary.assert_clean(result.stderr)
    assert not (place / "out.json").exists()


def diff(place: Path, local: Mapping[str, Any], production: Mapping[str, Any], *options: str) -> Result:
    (place / "a.json").write_bytes(profile(local))
    (place / "b.json").write_bytes(profile(production))
    result = parity("diff", "a.json", "b.json", "--format", "json", *options, cwd=place)
    assert result.document["exit_code"] == result.code or "--exit-zero" in options
    return result


UNAVAILABLE = section("unavailable", "timeout")
SKIPPED = section("skipped", "not asked for")

NOTHING: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "no sections": ({}, {}),
    "none in production": (WHOLE, {}),
    "none locally": ({}, WHOLE),
    "empty sections": (dict.fromkeys(WHOLE, section()), dict.fromkeys(WHOLE, section())),
    "all unavailable": (dict.fromkeys(WHOLE, UNAVAILABLE), dict.fromkeys(WHOLE, UNAVAILABLE)),
    "production unavailable": (WHOLE, dict.fromkeys(WHOLE, UNAVAILABLE)),
    "all skipped": (dict.fromkeys(WHOLE, SKIPPED), dict.fromkeys(WHOLE, SKIPPED)),
    "all absent": (dict.fromkeys(WHOLE, section("absent", "none")), dict.fromkeys(WHOLE, section("absent", "none"))),
    "everything hidden": (
        {name: {**section("partial", "EACCES"), "hidden": ["*"]} for name in WHOLE},
        {name: {**section("partial", "EACCES"), "hidden": ["*"]} for name in WHOLE},
    ),
    "packages missing in production": (WHOLE, {name: one for name, one in WHOLE.items() if name != "packages"}),
    "packages missing on both sides": 2 * ({name: one for name, one in WHOLE.items() if name != "packages"},),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_was_not_compared_is_never_parity(place: Path, name: str) -> None:
    for options in ((), ("--fail-on", "never"), ("--exit-zero",)):
        result = diff(place, *NOTHING[name], *options)
        assert result.code == 3, options
        assert result.document["verdict"] == "incomplete"
        assert result.document["reasons"]


def test_exit_zero_masks_drift_alone(place: Path) -> None:
    drift = {**WHOLE, "packages": section(requests={"version": "1.0"})}
    assert diff(place, WHOLE, drift).code == 1
    masked = diff(place, WHOLE, drift, "--exit-zero")
    assert (masked.code, masked.document["verdict"], masked.document["exit_code"]) == (0, "drift", 1)
    assert parity("diff", "a.json", "nothing.json", "--exit-zero", cwd=place).code == 2
    assert parity("diff", "a.json", "b.json", "--exit-zero", "-o", "/dev/full", cwd=place).code == 2


def test_the_threshold_decides_what_is_drift(place: Path) -> None:
    sides = {
        "error": section(requests={"version": "1.0"}, idna={"version": "3.10"}),
        "warning": section(requests={"version": "2.31.0"}, idna={"version": "3.10"}),
        "info": section(requests={"version": "2.32.4"}, idna={"version": "3.10"}),
    }
    levels = ["error", "warning", "info", "never"]
    for severity, packages in sides.items():
        for level in levels:
            expected = int(level != "never" and levels.index(severity) <= levels.index(level))
            result = diff(place, WHOLE, {**WHOLE, "packages": packages}, "--fail-on", level)
            assert result.code == expected, (severity, level)


def test_an_unknown_section_may_be_allowed_and_another_required(place: Path) -> None:
    production = {**WHOLE, "environment": UNAVAILABLE, "volumes": UNAVAILABLE}
    local = {**WHOLE, "volumes": section(**{"/data": {"writable": True}})}
    refused = diff(place, local, production)
    assert refused.code == 3
    assert refused.document["reasons"] == ["environment is required and unavailable (production): timeout"]
    assert diff(place, local, production, "--allow-unknown", "environment").code == 0
    both = diff(place, local, production, "--allow-unknown", "environment", "--require", "volumes")
    assert both.code == 3
    assert both.document["reasons"] == ["volumes is required and unavailable (production): timeout"]
    # What could not be looked at is unknown in the list, and no finding.
    assert {(one["section"], one["side"]) for one in both.document["unknown"]} == {
        ("environment", "production"),
        ("volumes", "production"),
    }
    assert both.document["findings"] == []


def test_drift_is_told_beside_what_is_incomplete(place: Path) -> None:
    production = {**WHOLE, "environment": UNAVAILABLE, "packages": section(requests={"version": "1.0"})}
    result = diff(place, WHOLE, production)
    assert (result.code, result.document["verdict"]) == (3, "incomplete")
    assert result.document["counts"]["error"] == 1
    shown = parity("diff", "a.json", "b.json", cwd=place)
    assert shown.code == 3
    assert "ERRORS (1)" in shown.out
    assert "INCOMPLETE" in shown.out
    assert "environment is required and unavailable (production): timeout" in shown.out


@pytest.mark.parametrize(
    ("given", "recorded"),
    [
        ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"),
        ("2026-03-01T12:00:00+02:00", "2026-03-01T10:00:00Z"),
        ("2026-03-01", "2026-03-01T00:00:00Z"),
        ("2027-12-31T23:59:59.999Z", "2027-12-31T23:59:59Z"),
    ],
)
def test_the_time_can_be_given(given: str, recorded: str) -> None:
    taken = parity("snapshot", "--now", given, "--section", "platform", env={"TZ": "Asia/Tokyo"})
    assert taken.document["captured_at"] == recorded


@pytest.mark.parametrize("given", ["yesterday", "", "2026-13-01", "12:00", "9999-12-31T23:59:59-01:00"])
def test_a_time_that_is_none(given: str) -> None:
    refused = parity("snapshot", "--now", given, "--section", "platform")
    assert (refused.code, refused.out) == (2, "")
    assert refused.line().startswith("--now: ")
