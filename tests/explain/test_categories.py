"""The first commands: of every category, for every place, as a shell takes them."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import get_args

import pytest

from parity.explain.categories import TITLES, first_commands
from parity.explain.model import Category, Cause, Explanation, Fact
from parity.profile.model import Profile, Source
from tests.diff.profiles import section

PLACES = {
    ("docker", "web"): "docker exec web ",
    ("compose", "web?project=shop"): "docker compose --project-name shop exec -T web ",
    ("kubernetes", "stage/shop/deployment/web?container=app"): (
        "kubectl --context=stage --namespace=shop exec deployment/web --container=app -- "
    ),
    ("ssh", "deploy@web-1"): "ssh deploy@web-1 ",
    ("systemd", "web.service"): "",
    ("local", ""): "",
    ("docker", "--privileged web"): "",
    ("docker", "$(reboot)"): "",
}
HOSTILE = "'; rm -rf /; echo '"


def commands(category: Category, kind: str, reference: str, value: str = "db-1") -> list[str]:
    kinds = ("host", "path", "variable", "soname", "executable", "port")
    facts = tuple(Fact(each, value, 1) for each in kinds)  # type: ignore[arg-type]
    labels = ("environment", "packages", "libraries", "volumes", "executables")
    causes = tuple(Cause(f"{name}.{value}", "variable", 0.5, (), "", "") for name in labels)
    production = Profile(
        "web",
        "2026-03-01T12:00:00Z",
        Source(kind, reference),
        {"python": section({"executable": "/opt/venv/bin/python"})},
    )
    found = first_commands(Explanation("undetermined", category, None, facts, causes, ()), production)
    assert all(one.tells for one in found)
    return [one.command for one in found]


@pytest.mark.parametrize("category", get_args(Category))
@pytest.mark.parametrize("place", PLACES)
def test_three_of_each_that_a_shell_takes(category: Category, place: tuple[str, str]) -> None:
    found = commands(category, *place)
    assert len(found) == 3
    assert category in TITLES
    for one in found:
        assert "\n" not in one
        assert "reboot" not in one
        assert "--privileged" not in one
        subprocess.run(["sh", "-n", "-c", one], check=True)
    before = PLACES[place]
    assert not before or any(one.startswith((before, before.split("exec ")[0].rstrip())) for one in found)


@pytest.mark.parametrize("category", get_args(Category))
@pytest.mark.parametrize("place", PLACES)
def test_what_a_log_names_is_never_a_command(category: Category, place: tuple[str, str]) -> None:
    for value in (HOSTILE, "-rf", "$(id)", "a b", "`id`"):
        assert not [one for one in commands(category, *place, value) if value in one]


def test_ssh_hands_one_word_to_the_login_shell() -> None:
    found = commands("permission", "ssh", "deploy@web-1", "/data")
    assert [shlex.split(one) for one in found][1] == ["ssh", "deploy@web-1", "ls -ldn /data"]


def test_no_command_prints_a_value() -> None:
    for place in PLACES:
        for one in commands("variable", *place, "KEY"):
            assert not re.search(r"/environ\b|\benv \|", one) or "cut -d= -f1" in one
            assert ".Config.Env" not in one or 'index (split . "=") 0' in one
