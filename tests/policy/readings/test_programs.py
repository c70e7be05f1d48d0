"""Programs that production lacks, by who is known to start them."""

from __future__ import annotations

from typing import Any

import pytest

from parity.declared.facts import Facts, Program
from parity.declared.sections import executables
from parity.policy import Finding
from parity.profile.model import Profile
from tests.diff.profiles import profile
from tests.policy.repository import at, found, side

GIT = {"git": "/usr/bin"}
GITPYTHON = {"gitpython": {"version": "3.1.43"}}


def repository(*programs: Program) -> Profile:
    """The profile of a repository that starts these."""
    return profile(executables.read(Facts(programs=programs)), ".", "repo")


def missing(
    packages: dict[str, Any], *, there: dict[str, str] | None = None, declared: Profile | None = None, name: str = "git"
) -> Finding | None:
    """The finding about one program that local has."""
    local = side(packages=packages, executables={name: "/usr/bin"})
    production = side(packages=packages, executables=there or {})
    rows = found(local, production, declared)
    return next((one for (_, key), one in rows.items() if key == name), None)


def test_what_the_source_starts_is_an_error_with_its_place() -> None:
    one = missing({}, declared=repository(Program("git", at("shop/release.py:7"))))
    assert one is not None
    assert (one.id, one.severity.value) == ("executables.missing-used", "error")
    assert one.evidence == ("started at shop/release.py:7",)


def test_what_only_a_test_starts_is_not() -> None:
    one = missing({}, declared=repository(Program("git", at("tests/test_release.py:7"), dev=True)))
    assert one is not None
    assert one.severity.value == "info"


def test_what_an_installed_package_starts_is_an_error() -> None:
    one = missing(GITPYTHON)
    assert one is not None
    assert (one.id, one.severity.value) == ("executables.missing-used", "error")
    assert one.why == "gitpython starts it, and no directory of production's PATH has it"


def test_of_a_package_that_another_one_brought_it_is_a_warning() -> None:
    one = missing({**GITPYTHON, "mlflow": {"version": "2.9.2", "requires": ["gitpython<4,>=2.1.0"]}})
    assert one is not None
    assert one.severity.value == "warning"


@pytest.mark.parametrize(("there", "severity"), [({}, "error"), ({"nodejs": "/usr/bin"}, "info")])
def test_one_of_several_programs_is_enough(there: dict[str, str], severity: str) -> None:
    one = missing({"pyexecjs": {"version": "1.5.1"}}, there=there, name="node")
    assert one is not None
    assert one.severity.value == severity


def test_both_sides_without_it_are_alike() -> None:
    both = side(packages=GITPYTHON, executables={})
    assert found(both, both, None) == {}
