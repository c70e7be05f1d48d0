"""The probe runs on the interpreter that serves, wherever it was started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from parity import bundle
from tests.probe import pythons
from tests.probe.running import collector, run, script_with

WHO = """
section.items['executable'] = sys.executable
section.items['version'] = '%d.%d' % sys.version_info[:2]
section.items['flags'] = '%d%d%d' % (sys.flags.isolated, sys.flags.no_site, sys.flags.dont_write_bytecode)
section.items['preloaded'] = 'LD_PRELOAD' in os.environ
section.items['left'] = view.deadline - time.monotonic()
"""


@contextmanager
def serving(python: str, environment: dict[str, str] | None = None) -> Iterator[int]:
    """The pid of a process that runs on `python` and has come up."""
    ready = "import sys, time; sys.stdout.write('up\\n'); sys.stdout.flush(); time.sleep(60)"
    with subprocess.Popen([python, "-c", ready], stdout=subprocess.PIPE, env=environment) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"up\n"
            yield process.pid
        finally:
            process.kill()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(home, symlinks=True)
    return home


def test_becomes_the_python_of_the_virtual_environment_that_serves(environment: Path) -> None:
    python = str(environment / "bin" / "python")
    script = script_with(platform=collector(WHO))
    with serving(python) as pid:
        answer = run(
            {"pid": pid, "sections": ["platform", "process"]},
            script=script,
            env={**os.environ, "LD_PRELOAD": "libm.so.6"},
        )
    items = answer.items("platform")
    assert items["executable"] == answer.serving["interpreter"] == python
    assert items["flags"] == "111"
    assert items["preloaded"] is False
    assert answer.serving["pid"] == pid
    assert answer.serving["note"] is None
    assert answer.items("process")["command"] == "program python"


def test_does_so_from_its_own_files_too(environment: Path) -> None:
    python = str(environment / "bin" / "python")
    with serving(python) as pid:
        answer = run({"pid": pid, "sections": ["environment"]})
    assert answer.serving["interpreter"] == python
    assert answer.sections["environment"]["status"] == "ok"


def test_another_version_reads_with_its_own_standard_library() -> None:
    script = script_with(platform=collector(WHO))
    for python in pythons.supported():
        if python.version != sys.version_info[:2]:
            with serving(python.path) as pid:
                answer = run({"pid": pid, "sections": ["platform"], "timeout": 10}, script=script)
            assert answer.items("platform")["version"] == str(python)
            assert answer.items("platform")["left"] < 10


def test_a_version_that_is_too_old_is_read_by_another() -> None:
    for python in pythons.unsupported():
        with serving(python.path) as pid:
            answer = run({"pid": pid, "sections": ["environment"]}, script=bundle.script().encode("ascii"))
        assert answer.sections["environment"]["status"] == "ok"
        assert "is not supported by the probe; its files were read by another" in answer.serving["note"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("#!/bin/sh\nexit 1\n", "is not supported by the probe"),
        ("#!/bin/sh\nkill -9 $$\n", "could not be started"),
        ("#!/nonexistent\n", "could not be started"),
        ("not a program", "could not be started"),
    ],
)
def test_an_interpreter_that_cannot_be_started(tmp_path: Path, body: str, expected: str) -> None:
    broken = tmp_path / "python3"
    broken.write_text(body)
    broken.chmod(0o755)
    answer = run({"python": str(broken), "sections": ["environment"]}, script=bundle.script().encode("ascii"))
    assert answer.sections["environment"]["status"] == "ok"
    assert answer.serving["note"] == f"the interpreter of the process {expected}; its files were read by another"


def test_an_interpreter_that_never_answers_is_given_up(tmp_path: Path) -> None:
    hanging = tmp_path / "python3"
    hanging.write_text("#!/bin/sh\nexec sleep 30\n")
    hanging.chmod(0o755)
    impatient = dict(bundle.modules())["parity.probe.rerun"].replace("PATIENCE = 5.0", "PATIENCE = 0.3")
    began = time.monotonic()
    answer = run({"python": str(hanging), "sections": ["environment"]}, script=script_with(_rerun=impatient))
    assert time.monotonic() - began < 3
    assert "could not be started" in answer.serving["note"]


def test_without_memory_for_the_script_it_goes_on_as_it_is(environment: Path) -> None:
    refused = dict(bundle.modules())["parity.probe.rerun"].replace("os.memfd_create", "os.no_such_call")
    with serving(str(environment / "bin" / "python")) as pid:
        answer = run({"pid": pid, "sections": ["environment"]}, script=script_with(_rerun=refused))
    assert answer.sections["environment"]["status"] == "ok"
    assert "could not be started" in answer.serving["note"]
