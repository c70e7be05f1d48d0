"""Which files of a repository belong to the project that is read, and what of them wins."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from parity.declared.dependencies import reading
from parity.declared.dependencies.choose import packages
from parity.declared.dependencies.markers import of_python
from parity.profile.model import Item
from tests.declared.tree import Tree

ENVIRONMENT = {"sys_platform": "linux", **of_python("3.12.1")}
PROJECT = '[project]\nname = "shop"\ndependencies = ["flask>=2"]\n'


def items(texts: Mapping[str, str | bytes]) -> Mapping[str, Item]:
    return packages(reading.read(Tree(texts)), ENVIRONMENT).items


def item(texts: Mapping[str, str | bytes], name: str) -> Mapping[str, object]:
    found = items(texts)[name]
    assert isinstance(found, Mapping)
    return found


def test_a_lock_wins_over_a_constraint_and_that_over_a_requirement() -> None:
    requirement = {"requirements.txt": "-c constraints.txt\nflask>=2\nclick==8.0", "constraints.txt": "flask==2.3\n"}
    assert item(requirement, "flask")["version"] == "2.3"
    assert item(requirement, "click")["version"] == "8.0"
    lock = 'version = 1\n[[package]]\nname = "shop"\nsource = { virtual = "." }\ndependencies = [{ name = "flask" }]\n'
    locked = {
        **requirement,
        "pyproject.toml": PROJECT,
        "uv.lock": f'{lock}[[package]]\nname = "flask"\nversion = "3.0"',
    }
    flask = item(locked, "flask")
    assert flask["version"] == "3.0"
    assert flask["specifier"] == ">=2"
    assert flask["at"] == ("constraints.txt:1", "pyproject.toml:3", "requirements.txt:2", "uv.lock:6")
    assert flask["direct"] is flask["pinned"] is True


def test_files_that_disagree_are_named() -> None:
    found = packages(
        reading.read(
            Tree(
                {
                    "requirements.txt": "flask==3.0.2",
                    "pyproject.toml": PROJECT,
                    "poetry.lock": '[[package]]\nname = "flask"\nversion = "3.0.3"\ngroups = ["main"]\n',
                }
            )
        ),
        ENVIRONMENT,
    )
    assert found.notes == ["files that lock or pin disagree about flask"]
    flask = found.items["flask"]
    assert isinstance(flask, Mapping)
    assert flask["version"] == "3.0.3"


def test_a_constraint_alone_declares_nothing() -> None:
    assert items(
        {"requirements.txt": "-c constraints.txt\nflask", "constraints.txt": "flask==1\nwerkzeug==2"}
    ).keys() == {"flask"}


@pytest.mark.parametrize(
    ("path", "groups"),
    [
        ("requirements.txt", ("main",)),
        ("requirements/base.txt", ("main",)),
        ("requirements/prod.txt", ("main",)),
        ("requirements/dev.txt", ("dev",)),
        ("requirements-dev.txt", ("dev",)),
        ("dev-requirements.txt", ("dev",)),
        ("requirements-test.in", ("group:test",)),
        ("requirements_docs.txt", ("group:docs",)),
        ("requirements-3.12.txt", ("main",)),
    ],
)
def test_a_file_of_requirements_tells_its_group_by_its_name(path: str, groups: tuple[str, ...]) -> None:
    assert item({path: "a==1"}, "a")["groups"] == groups


@pytest.mark.parametrize("path", ["notes.txt", "docs/requirements.txt", "tests/requirements.txt", "requirements.md"])
def test_other_files_are_no_requirements(path: str) -> None:
    assert items({path: "a==1"}) == {}


def test_what_a_file_includes_is_of_its_group_too() -> None:
    texts = {
        "requirements/dev.txt": "-r base.txt\nb",
        "requirements/base.txt": "a",
        "requirements.txt": "-r other/x.txt",
    }
    texts["other/x.txt"] = "c"
    assert item(texts, "a")["groups"] == ("dev", "main")
    assert item(texts, "b")["groups"] == ("dev",)
    assert item(texts, "c")["groups"] == ("main",)


def test_the_root_is_read_and_others_are_named() -> None:
    facts = reading.read(
        Tree(
            {
                "pyproject.toml": '[project]\ndependencies = ["lib"]\n[tool.uv.sources]\nlib = { workspace = true }\n',
                "libs/lib/pyproject.toml": '[project]\nname = "Lib"\ndependencies = ["in-lib"]\n',
                "services/api/requirements.txt": "in-api",
                "tools/pyproject.toml": "[tool.ruff]\n",
                "docs/requirements.txt": "sphinx",
            }
        )
    )
    assert [one.name for one in facts.dependencies] == ["lib"]
    assert [fault.sentence for fault in facts.faults] == ["projects of their own, not read here: services/api"]
    assert not facts.faults[0].hides, "the root hides nothing by it"


def test_the_only_project_of_a_repository_is_read_wherever_it_is() -> None:
    assert items({"backend/requirements.txt": "flask==1", "frontend/package.json": "{}"}).keys() == {"flask"}
    assert items({"backend/pyproject.toml": PROJECT, "backend/requirements/dev.txt": "pytest"}).keys() == {
        "flask",
        "pytest",
    }


def test_of_several_projects_none_is_guessed() -> None:
    facts = reading.read(Tree({"a/requirements.txt": "x", "b/setup.py": "setup(install_requires=['y'])"}))
    assert facts.dependencies == ()
    (fault,) = facts.faults
    assert fault.sentence == "several projects and none in the root: a, b; look at one, like repo:a"
    assert fault.hides == (("packages", "*"),)


def test_a_member_is_read_from_the_lock_of_its_workspace() -> None:
    lock = (
        'version = 1\n[[package]]\nname = "api"\nsource = { editable = "services/api" }\n'
        'dependencies = [{ name = "flask" }]\n[[package]]\nname = "flask"\nversion = "3.0"\n'
        '[[package]]\nname = "other"\nsource = { virtual = "." }\ndependencies = [{ name = "celery" }]\n'
        '[[package]]\nname = "celery"\nversion = "5.0"\n'
    )
    facts = reading.read(Tree({"pyproject.toml": PROJECT}), (lock, "../../uv.lock", "services/api"))
    found = packages(facts, ENVIRONMENT)
    assert found.items.keys() == {"flask"}
    flask = found.items["flask"]
    assert isinstance(flask, Mapping)
    assert (flask["version"], flask["at"]) == ("3.0", ("../../uv.lock:6", "pyproject.toml:3"))
    own = {"pyproject.toml": PROJECT, "uv.lock": "version = 1\npackage = []\n"}
    assert reading.read(Tree(own), (lock, "../../uv.lock", "services/api")).dependencies[0].version is None


@pytest.mark.parametrize("name", [".python-version", ".tool-versions", "runtime.txt"])
def test_small_files_tell_the_version_of_python(name: str) -> None:
    (stated,) = reading.read(Tree({name: "python 3.12.4" if name == ".tool-versions" else "3.12.4"})).pythons
    assert (stated.exact, str(stated.at)) == ("3.12.4", f"{name}:1")
