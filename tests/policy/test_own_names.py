"""The shipped list of variables that are not the program's."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from parity.policy.own_names import groups, parsed, setter
from parity.policy.rules.environment import BEHAVIOUR

ENVIRONMENTS = sorted((Path(__file__).parent / "data" / "environments").glob("*.txt"))
"""Names of whole environments, of which a program's author wrote none."""


def names(environment: str) -> frozenset[str]:
    """The names in one of those files."""
    return frozenset(next(path for path in ENVIRONMENTS if path.stem == environment).read_text("utf-8").split())


@pytest.mark.parametrize("environment", [path.stem for path in ENVIRONMENTS])
def test_whole_environments_that_nobody_wrote(environment: str) -> None:
    there = names(environment)
    assert [name for name in sorted(there) if setter(name, there) is None] == []


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        # What a program of its own is called like an orchestrator's or a CI's is the program's.
        ("AUTH_SERVICE_HOST", "laptop"),
        ("REDIS_PORT", "kubernetes_pod"),
        ("JOB_NAME", "laptop"),
        ("GITHUB_TOKEN", "github_runner"),
        ("GITHUB_CLIENT_SECRET", "github_runner"),
        ("CIRCLE_API_KEY", "laptop"),
        ("AGENT_NAME", "laptop"),
        ("HOME", "laptop"),
        ("PATH", "laptop"),
        ("LANG", "laptop"),
        ("LC_ALL", "laptop"),
        ("LC_TIME", "laptop"),
        ("TZ", "laptop"),
        ("EDITOR_API_KEY", "laptop"),
        ("SHELLY", "laptop"),
        ("WEBSITE_URL", "kubernetes_pod"),
        ("RENDER_TIMEOUT", "laptop"),
        ("CREDENTIALS_DIRECTORY", "laptop"),
        ("NAME", "laptop"),
    ],
)
def test_names_that_a_program_may_read(name: str, environment: str) -> None:
    assert setter(name, names(environment) | {name}) is None


def test_no_glob_swallows_more_than_its_group() -> None:
    for group in groups():
        if group.pattern is not None:
            assert not group.pattern.fullmatch("DATABASE_URL")
            assert not group.pattern.fullmatch("APP_TOKEN")


def test_what_changes_behaviour_is_on_the_list_only_by_name() -> None:
    own = {name for group in groups() for name in group.names}
    behaves = {name for name in own if any(fnmatchcase(name, pattern) for pattern in BEHAVIOUR)}
    assert behaves == {
        *(f"LC_{name}" for name in ("ADDRESS", "IDENTIFICATION", "MEASUREMENT", "NAME", "PAPER", "TELEPHONE")),
        *("LC_TERMINAL", "LC_TERMINAL_VERSION"),
        *("PYTHONBREAKPOINT", "PYTHONSTARTUP", "PYTHON_BASIC_REPL", "PYTHON_COLORS", "PYTHON_HISTORY"),
        *("PYTHON_PIP_VERSION", "PYTHON_SETUPTOOLS_VERSION", "PYTHON_SHA256", "PYTHON_VERSION"),
    }


def test_every_group_ends_the_sentence_and_is_in_order() -> None:
    for group in groups():
        assert group.names or group.pattern
        assert not group.reason.endswith(".")
        assert sorted(group.names) == [name for name in sorted(group.names) if " " not in name]
    assert len({group.name for group in groups()}) == len(groups())


def test_a_name_outside_a_group_is_refused() -> None:
    with pytest.raises(ValueError, match="outside a group"):
        list(parsed("# a comment\nNAME\n"))
