"""What is read from real lock files is what the tools that wrote them install (data/locked/README.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parity.declared.dependencies import reading
from parity.declared.dependencies.choose import packages
from parity.declared.dependencies.markers import applies, of_python, version_in
from parity.declared.dependencies.requirement import normalised
from tests.declared.tree import Tree

LOCKED = Path(__file__).parent / "data" / "locked"
LINUX = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"}
ENVIRONMENT = {**LINUX, **of_python("3.12.1")}
WITHOUT_VERSION = {"gitlib", "shoplib"}
"""What comes from a directory and a repository: a lock need not state its version, and freezing does not."""
COMMIT = "52cda1661f2f042c3118b7aa01716c49c1541127"


def installed(path: Path) -> dict[str, str]:
    """{normalised name: version} of what `pip freeze` printed; "" for what is from elsewhere."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        pinned = re.match(r"([A-Za-z0-9._-]+)==(\S+)\Z", line)
        if pinned:
            found[normalised(pinned[1])] = pinned[2]
        else:
            found[re.split(r" @ |/src/", line)[0 if " @ " in line else 1]] = ""
    found.pop("pip", None)
    return found


def declared(directory: str, *names: str, groups: frozenset[str] | None = None) -> dict[str, str]:
    """{name: version} that the files promise for the environment, of the groups asked for."""
    tree = Tree({name: (LOCKED / directory / name).read_bytes() for name in names})
    facts = reading.read(tree)
    assert [fault.sentence for fault in facts.faults] == []
    return {
        name: str(item.get("version", "")) if name not in WITHOUT_VERSION else ""
        for name, item in packages(facts, ENVIRONMENT).items.items()
        if isinstance(item, dict)
        and applies(item, ENVIRONMENT)
        and (groups is None or groups.intersection(item["groups"]))
    }


@pytest.mark.parametrize(
    ("directory", "names", "groups", "frozen"),
    [
        pytest.param("uv", ("pyproject.toml", "uv.lock"), None, "installed.txt", id="uv"),
        pytest.param("uv", ("pyproject.toml", "uv.lock"), {"main"}, "installed-main.txt", id="uv_main_alone"),
        pytest.param("uv", ("uv.lock",), {"main"}, "installed-main.txt", id="uv_lock_alone"),
        pytest.param("poetry", ("pyproject.toml", "poetry.lock"), None, "installed.txt", id="poetry"),
        pytest.param("poetry", ("poetry.lock",), None, "installed.txt", id="poetry_lock_alone"),
        pytest.param("poetry-1", ("pyproject.toml", "poetry.lock"), None, "installed.txt", id="poetry_1"),
        pytest.param("pipenv", ("Pipfile", "Pipfile.lock"), None, "installed.txt", id="pipenv"),
        pytest.param("pip", ("pylock.toml",), None, "installed.txt", id="pip"),
    ],
)
def test_what_is_read_is_what_is_installed(
    directory: str, names: tuple[str, ...], groups: set[str] | None, frozen: str
) -> None:
    found = declared(directory, *names, groups=None if groups is None else frozenset(groups))
    expected = installed(LOCKED / directory / frozen)
    if directory == "pipenv":
        # pipenv locked this one as "*": it did not resolve what its own platform does not want, and installed it.
        assert expected.pop("colorama")
        assert found.pop("colorama") == ""
    assert found == expected
    assert len(found) >= 16


def test_what_uv_exports_is_read_as_the_lock_that_it_is() -> None:
    tree = Tree(
        {
            "requirements.txt": (LOCKED / "uv" / "exported.txt").read_bytes(),
            "libs/shoplib/pyproject.toml": '[project]\nname = "ShopLib"\n',
        }
    )
    found = packages(reading.read(tree), ENVIRONMENT)
    assert found.complete
    applying = {name: item for name, item in found.items.items() if applies(item, ENVIRONMENT)}
    expected = installed(LOCKED / "uv" / "installed.txt")
    # An export holds the default groups: what is behind the extra, and the group that dev alone includes, differ.
    assert {name for name in expected if name not in applying} == {"pg8000", "asn1crypto", "scramp"}
    assert applying.keys() <= expected.keys()


@pytest.mark.parametrize("directory", ["uv", "poetry", "pipenv", "pip"])
def test_a_repository_is_pinned_to_its_commit_and_a_directory_to_the_project(directory: str) -> None:
    items = packages(reading.read(Tree.of(LOCKED / directory)), ENVIRONMENT).items
    git, local = items["gitlib"], items["shoplib"]
    assert isinstance(git, dict)
    assert isinstance(local, dict)
    assert (git["pinned"], git["revision"], git["source"]) == (True, COMMIT, "git https://git.example/.../gitlib")
    assert (local["pinned"], local["source"]) == (True, "local")


def test_a_lock_without_groups_gets_them_from_the_project() -> None:
    items = packages(reading.read(Tree.of(LOCKED / "poetry-1")), ENVIRONMENT).items
    told = {name: item["groups"] for name, item in items.items() if isinstance(item, dict)}
    assert told["httpx"] == told["socksio"] == ("main",), "what an extra of another distribution asks for"
    assert told["scramp"] == ("extra:postgres",)
    assert told["iniconfig"] == ("dev",)
    assert applies(items["exceptiongroup"], of_python("3.10.1")) is True
    assert applies(items["exceptiongroup"], of_python("3.11.1")) is False


def test_one_lock_answers_for_every_environment() -> None:
    items = packages(reading.read(Tree.of(LOCKED / "uv")), ENVIRONMENT).items
    old, windows = {**LINUX, **of_python("3.10.13")}, {**ENVIRONMENT, "sys_platform": "win32", "os_name": "nt"}
    assert version_in(items["asgiref"], old) == "3.12.1"
    assert version_in(items["asgiref"], ENVIRONMENT) == "3.13.0"
    assert version_in(items["asgiref"], {"sys_platform": "linux"}) is None, "the version of Python is not known"
    assert [applies(items["importlib-metadata"], one) for one in (old, ENVIRONMENT)] == [True, False]
    assert [applies(items["zipp"], one) for one in (old, ENVIRONMENT)] == [True, False], (
        "only behind importlib-metadata"
    )
    assert [applies(items["colorama"], one) for one in (windows, ENVIRONMENT)] == [True, False]
    assert applies(items["colorama"], of_python("3.12.1")) is None, "the platform is not known"


def test_groups_and_extras_are_told_apart() -> None:
    items = packages(reading.read(Tree.of(LOCKED / "uv")), ENVIRONMENT).items
    told = {name: item["groups"] for name, item in items.items() if isinstance(item, dict)}
    assert told["httpx"] == told["socksio"] == ("main",)
    assert told["scramp"] == ("extra:postgres",)
    assert told["pluggy"] == ("dev",)
    assert told["pycodestyle"] == ("dev", "group:lint")
    assert told["six"] == ("extra:postgres", "main") or told["six"] == ("main",)
    assert {name for name, item in items.items() if isinstance(item, dict) and item["direct"]} == {
        *("httpx", "celery", "asgiref", "click", "rich", "python-dateutil", "importlib-metadata", "colorama"),
        *("shoplib", "gitlib", "pg8000", "pycodestyle", "pytest"),
    }
