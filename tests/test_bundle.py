"""The bundle: one script, for every Python from the floor up, of nothing but the probe and the standard library."""

from __future__ import annotations

import ast
import os
import sys

import pytest

from parity import bundle
from tests.probe import pythons, running

MODULES = dict(bundle.modules())


def test_is_ascii_and_the_same_each_time() -> None:
    first = bundle.script()
    bundle.script.cache_clear()
    assert first.isascii()
    assert bundle.script() == first


def test_holds_every_file_of_the_probe_as_it_is() -> None:
    namespace: dict[str, object] = {}
    text = bundle.script()
    exec(text[: text.index("\nexec(compile")], namespace)
    assert namespace["MODULES"] == MODULES
    assert {"parity.probe.bootstrap", "parity.probe.collectors.environment"} <= MODULES.keys()


@pytest.mark.parametrize("name", MODULES)
def test_a_file_keeps_to_the_floor_and_the_bans(name: str) -> None:
    source = MODULES[name]
    assert source.isascii()
    assert "'''" not in source
    tree = ast.parse(source, name, feature_version=(3, 8))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imported = [node.module or ""]
        else:
            continue
        for one in imported:
            assert one.partition(".")[0] in sys.stdlib_module_names or one.startswith("parity.probe"), one


def test_the_head_can_be_read_by_any_python_and_refuses_before_anything_else() -> None:
    head = bundle.script().partition("MODULES = {}")[0]
    tree = ast.parse(head, feature_version=(3, 4))
    assert [type(node) for node in tree.body] == [ast.Import, ast.If]


def test_runs_on_every_python_of_this_machine() -> None:
    script = bundle.script().encode("ascii")
    for python in pythons.supported():
        answer = running.run({"sections": ["environment", "process", "volumes"]}, python=python.path, script=script)
        assert answer.code == 0, (python, answer.err)
        assert {name: section["status"] for name, section in answer.sections.items()} == {
            "environment": "ok",
            "process": "ok",
            "volumes": "ok",
        }, python
        assert answer.err == b"", python


def test_says_so_on_a_python_that_is_too_old() -> None:
    script = bundle.script().encode("ascii")
    for python in pythons.unsupported():
        if python.version >= (3, 4):
            answer = running.run(python=python.path, script=script)
            assert answer.code == bundle.UNSUPPORTED_PYTHON
            assert answer.out == b""
            assert answer.err == f"parity-probe: unsupported Python {python}, the probe needs 3.8 or later\n".encode()


def test_answers_the_same_from_files_and_as_a_script() -> None:
    request = {"sections": ["environment", "process"], "launcher": os.getpid()}
    files = running.run(request)
    script = running.run(request, script=bundle.script().encode("ascii"))
    assert files.sections == script.sections
