"""The third corner: which side of a difference is not what the repository declares."""

from __future__ import annotations

from typing import Any

import pytest

from parity.declared.facts import Facts, Mount, PythonVersion, ServerVersion, SystemPackage, User
from parity.policy.corner import pinned_at
from parity.policy.use import view
from parity.profile.model import Profile
from tests.policy.findings import version
from tests.policy.repository import asked, at, imported, judged, locked, promised, read, repository, side

LOCKED = (asked("jinja2", "pyproject.toml:12", specifier=">=3"), locked("jinja2", "uv.lock:40", "3.1.4"))


def departs(section: str, key: str, sides: tuple[dict[str, Any], dict[str, Any]], declared: Profile) -> str | None:
    """What the finding about one key says."""
    local, production = (side(**{section: items}) for items in sides)
    (one,) = {one.departs for one in judged(local, production, declared) if one.key == key and one.kind is not None}
    return one


def of_version(name: str, local: str | None, production: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    there = [{name: version(one)} if one else {} for one in (local, production)]
    return there[0], there[1]


@pytest.mark.parametrize(
    ("local", "production", "expected"),
    [
        ("3.1.4", "3.1.2", "production"),
        ("3.1.2", "3.1.4", "local"),
        ("3.1.2", "3.0.0", "both"),
        ("3.1.4", None, "production"),
        (None, "3.1.4", "local"),
        ("3.1.2", None, "both"),
        # The same version with what a build adds to it.
        ("3.1.4+cu121", "3.0.0", "production"),
    ],
)
def test_a_lock_says_which_side_departs(local: str | None, production: str | None, expected: str) -> None:
    assert departs("packages", "jinja2", of_version("jinja2", local, production), repository(*LOCKED)) == expected


@pytest.mark.parametrize(
    ("specifier", "local", "production", "expected"),
    [
        (">=3,<4", "3.1", "4.0", "production"),
        (">=3,<4", "3.1", "3.2", None),
        ("^3.1", "4.0", "3.2", "local"),
        ("", "3.1", None, "production"),
        ("", "3.1", "3.2", None),
        ("no specifier", "3.1", "3.2", None),
    ],
)
def test_a_range_says_it_where_one_side_leaves_it(
    specifier: str, local: str, production: str | None, expected: str | None
) -> None:
    declared = repository(asked("jinja2", "pyproject.toml:12", specifier=specifier))
    assert departs("packages", "jinja2", of_version("jinja2", local, production), declared) == expected


def test_each_side_is_held_against_what_is_declared_for_it() -> None:
    declared = repository(
        asked("numpy", "pyproject.toml:9"),
        locked("numpy", "uv.lock:1", "2.1.0", marker='python_version >= "3.12"'),
        locked("numpy", "uv.lock:9", "1.26.4", marker='python_version < "3.12"'),
    )
    sides = of_version("numpy", "2.1.0", "1.26.4")
    local, production = (
        side(packages=items, python={"version": number})
        for items, number in zip(sides, ("3.12.4", "3.11.9"), strict=True)
    )
    (one,) = [one for one in judged(local, production, declared) if one.key == "numpy"]
    assert one.departs is None


@pytest.mark.parametrize("group", ["dev", "group:test", "extra:postgres"])
def test_what_need_not_be_there_departs_nowhere_by_not_being_there(group: str) -> None:
    declared = repository(asked("pytest", "pyproject.toml:20", "8.0", group=group))
    assert departs("packages", "pytest", of_version("pytest", "8.0", None), declared) is None
    assert departs("packages", "pytest", of_version("pytest", "8.0", "7.0"), declared) == "production"


def test_what_is_imported_and_declared_nowhere_is_never_declared() -> None:
    declared = repository(asked("flask", "pyproject.toml:9"), imported("jinja2", "shop/mail.py:12"))
    assert departs("packages", "jinja2", of_version("jinja2", "3.1.4", None), declared) == "undeclared"
    assert departs("packages", "ipython", of_version("ipython", "8.0", None), declared) is None


SET, EMPTY = {"state": "set"}, {"state": "empty"}
NAMES = (
    promised("SECRET_KEY", ".env.example:1"),
    promised("OPTIONAL", ".env.example:2", empty=True),
    read("SENTRY_DSN", "settings.py:50"),
)


@pytest.mark.parametrize(
    ("name", "local", "production", "expected"),
    [
        ("SECRET_KEY", SET, None, "production"),
        ("SECRET_KEY", None, SET, "local"),
        ("SECRET_KEY", SET, EMPTY, "production"),
        ("OPTIONAL", SET, EMPTY, None),
        ("SENTRY_DSN", SET, None, "undeclared"),
        ("MY_TOKEN", SET, None, None),
    ],
)
def test_variables(name: str, local: object, production: object, expected: str | None) -> None:
    sides = [{name: item} if item else {} for item in (local, production)]
    assert departs("environment", name, (sides[0], sides[1]), repository(*NAMES)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([PythonVersion("3.12.4", at(".python-version:1"), "3.12.4", "==3.12.4")], "production"),
        ([PythonVersion("python:3.12-slim", at("Dockerfile:1"), None, "==3.12.*")], "production"),
        ([PythonVersion(">=3.10", at("pyproject.toml:8"), None, ">=3.10")], None),
        ([PythonVersion("<3.12", at("pyproject.toml:8"), None, "<3.12")], "local"),
        ([], None),
    ],
)
def test_python(said: list[PythonVersion], expected: str | None) -> None:
    assert departs("python", "version", ({"version": "3.12.4"}, {"version": "3.11.9"}), repository(*said)) == expected


CONTAINER = Facts(
    system_packages=(SystemPackage("libpq5", at("Dockerfile:4"), "debian"),),
    users=(User("10001:10001", at("Dockerfile:9")),),
    mounts=(Mount("/data", at("compose.yaml:12")),),
    server_versions=(ServerVersion("15", at("compose.yaml:3")),),
)


@pytest.mark.parametrize(
    ("section", "key", "local", "production", "expected"),
    [
        ("system_packages", "libpq5", {"version": "15.6", "manager": "debian"}, None, "production"),
        ("system_packages", "curl", {"version": "8.0", "manager": "debian"}, None, None),
        ("process", "uid", 10001, 0, "production"),
        ("process", "umask", "0022", "0077", None),
        ("volumes", "/data", {"exists": True, "mounted": True}, {"exists": True, "mounted": False}, "production"),
        ("database", "server_version", "15.4", "17.2", "production"),
        ("database", "server_version", "14.1", "15.4", "local"),
        ("database", "jit", True, False, None),
    ],
)
def test_what_containers_declare(section: str, key: str, local: Any, production: Any, expected: str | None) -> None:
    sides = [{key: item} if item is not None else {} for item in (local, production)]
    assert departs(section, key, (sides[0], sides[1]), repository(CONTAINER)) == expected


def test_a_user_declared_by_name_is_the_one_that_each_side_calls_so() -> None:
    declared = repository(Facts(users=(User("app", at("Dockerfile:9")),)))
    sides = {"uid": 1000, "user": "app"}, {"uid": 0, "user": "root"}
    assert departs("process", "uid", sides, declared) == "production"


def test_the_declared_place_is_evidence() -> None:
    local, production = (side(packages={"jinja2": version(number)}) for number in ("3.1.4", "2.0"))
    (one,) = [one for one in judged(local, production, repository(*LOCKED)) if one.key == "jinja2"]
    assert one.evidence == ("declared at pyproject.toml:12", "3.1.4 is declared at uv.lock:40")


def test_without_a_repository_nothing_departs() -> None:
    local, production = (side(packages={"jinja2": version(number)}) for number in ("3.1.4", "2.0"))
    assert {one.departs for one in judged(local, production, None)} == {None}


def test_a_version_is_declared_where_it_was_compiled_to() -> None:
    compiled = (asked("jinja2", "requirements.in:4"), locked("jinja2", "requirements.txt:24", "3.1.4"))
    use = view(repository(*compiled), *(side(packages={"jinja2": version(one)}) for one in ("3.1.4", "3.1.3")))
    assert pinned_at("jinja2", use) == ("requirements.txt:24",)
