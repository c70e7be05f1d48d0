"""Flags computed from a process's arguments and variables against those that it really runs under."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from parity.probe.process import arguments
from parity.probe.process.proc import Process
from tests.probe.pythons import REPORT, Python, supported, watch

SAME = ("isolated", "ignore_environment", "no_site", "no_user_site", "optimize", "dev_mode", "utf8_mode", "safe_path")

CASES: dict[str, tuple[list[str], dict[str, str]]] = {
    "nothing": ([], {}),
    "many-at-once": (["-OOBus"], {"LANG": "C.UTF-8"}),
    "values-apart-and-together": (["-X", "utf8=0", "-Xdev", "-W", "ignore", "-Wdefault"], {}),
    "isolated": (["-I"], {"PYTHONOPTIMIZE": "2", "PYTHONDEVMODE": "1", "PYTHONUTF8": "0"}),
    "without-environment": (["-E"], {"PYTHONOPTIMIZE": "2", "PYTHONNOUSERSITE": "1", "LC_ALL": "C.UTF-8"}),
    "no-site": (["-S"], {}),
    "levels": ([], {"PYTHONOPTIMIZE": "0", "PYTHONNOUSERSITE": "0", "PYTHONDONTWRITEBYTECODE": "0"}),
    "words-for-levels": ([], {"PYTHONOPTIMIZE": "x", "PYTHONNOUSERSITE": "-3", "PYTHONDONTWRITEBYTECODE": "yes"}),
    "zero-is-not-off-for-these": ([], {"PYTHONDEVMODE": "0", "PYTHONSAFEPATH": "0"}),
    "the-larger-level": (["-O"], {"PYTHONOPTIMIZE": "2"}),
    "a-fixed-seed": ([], {"PYTHONHASHSEED": "0"}),
    "a-fixed-seed-undone": (["-R"], {"PYTHONHASHSEED": "0"}),
    "a-random-seed": ([], {"PYTHONHASHSEED": "random"}),
    "utf8-asked-for": ([], {"PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}),
    "a-locale-that-is-not-installed": ([], {"LANG": "xx_XX.UTF-8"}),
    "an-empty-name-is-passed-over": ([], {"LC_ALL": "", "LC_CTYPE": "", "LANG": "C.UTF-8"}),
    "posix": ([], {"LC_CTYPE": "POSIX", "LANG": "C.UTF-8"}),
    "after-a-long-option": (["--check-hash-based-pycs", "never", "-O"], {}),
}


@pytest.mark.parametrize("python", [supported()[0], supported()[-1]], ids=str)
@pytest.mark.parametrize("case", CASES)
def test_flags_are_those_of_the_process(case: str, python: Python, tmp_path: Path) -> None:
    switches, variables = CASES[case]
    # Words after the script are the program's own, whatever they look like.
    script = tmp_path / "main.py"
    script.write_text(REPORT)
    argv = [python.path, *switches, str(script), "-O", "-I", "-X", "utf8"]
    seen = watch(argv, {"PATH": os.defpath, **variables}, tmp_path)
    told, computed = seen.told["flags"], seen.computed["flags"]
    assert {name: computed[name] for name in SAME} == {name: told.get(name, computed["isolated"]) for name in SAME}
    assert computed["dont_write_bytecode"] == bool(told["dont_write_bytecode"])
    if variables.get("PYTHONHASHSEED") == "0":
        assert computed["hash_seed_fixed"] == (not told["hash_randomization"])
    else:
        assert computed["hash_seed_fixed"] is False


def process(argv: list[str], environ: Mapping[str, str] | None = None) -> Process:
    return Process(7, {} if environ is None else dict(environ), argv)


@pytest.mark.parametrize(
    ("argv", "runs", "script"),
    [
        (["python3", "-Bm", "http.server", "-O"], "m", None),
        (["python3", "-c", "pass", "-O"], "c", None),
        (["python3", "-X", "dev", "app.py", "-O"], "script", "app.py"),
        (["python3", "--", "-odd.py", "-O"], "script", "-odd.py"),
        (["python3", "-", "-O"], "stdin", None),
        (["python3"], "stdin", None),
        (["/venv/bin/pypy3.10", "-c", "pass"], "c", None),
    ],
)
def test_where_the_interpreters_own_part_ends(argv: list[str], runs: str, script: str | None) -> None:
    found = arguments.command(process(argv))
    assert (found.runs, found.script) == (runs, script)
    assert "O" not in found.letters


def test_arguments_that_a_server_wrote_over_tell_nothing() -> None:
    renamed = process(["gunicorn: worker -I -OO [app]"])
    assert not arguments.runs_program(renamed)
    assert arguments.flags(renamed)["optimize"] == 0


@pytest.mark.parametrize(
    ("switches", "variable", "expected"),
    [
        (["-W", "error"], "", True),
        (["-Wer"], "", True),
        ([], "default,error", True),
        (["-W", "error", "-W", "default"], "", False),
        (["-W", "error::DeprecationWarning"], "", False),
        (["-W", "ignore"], "error", False),
        ([], "", False),
    ],
)
def test_warnings_that_are_errors(switches: list[str], variable: str, expected: bool) -> None:
    found = arguments.flags(process(["python3", *switches, "app.py"], {"PYTHONWARNINGS": variable}))
    assert found["warnings_are_errors"] is expected


def test_no_value_of_a_variable_or_an_argument_is_among_the_flags() -> None:
    variables = dict.fromkeys(
        ["PYTHONOPTIMIZE", "PYTHONHASHSEED", "PYTHONWARNINGS", "PYTHONUTF8", "PYTHON_GIL", "LANG"], "hunter2"
    )
    found = arguments.flags(process(["python3", "-X", "hunter2=hunter2", "-W", "hunter2", "-m", "hunter2"], variables))
    assert "hunter2" not in repr(found)


def test_an_unreadable_environment_leaves_the_mode_open() -> None:
    assert arguments.flags(Process(7, None, ["python3", "app.py"]))["utf8_mode"] is None
    assert arguments.flags(Process(7, None, ["python3", "-Xutf8", "app.py"]))["utf8_mode"] is True


def test_the_lock_of_a_free_threaded_build() -> None:
    assert arguments.flags(process(["python3.13t", "-X", "gil=0", "app.py"]))["gil"] is False
    assert arguments.flags(process(["python3.13t", "app.py"], {"PYTHON_GIL": "1"}))["gil"] is True
    assert arguments.flags(process(["python3.13t", "app.py"]))["gil"] is None
