"""The first commands: of every category, for every place, as a shell takes them."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import get_args

import pytest

from parity.explain.categories import TITLES, first_commands
from parity.explain.model import Category, Cause, Explanation, Fact, Failure, FailureKind, Moment, Raised
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


def first(category: Category, failure: Failure | None, *facts: Fact, cause: str = "") -> list[str]:
    causes = (Cause(cause, "variable", 0.5, (), "", ""),) if cause else ()
    production = Profile("web", "2026-03-01T12:00:00Z", Source("docker", "web"), {})
    found = first_commands(Explanation("undetermined", category, failure, facts, causes, ()), production)
    return [one.command for one in found]


def failed(kind: FailureKind, *chain: Raised) -> Failure:
    return Failure(kind, chain, "", 1, Moment(1), Moment(1))


@pytest.mark.parametrize("category", get_args(Category))
def test_what_is_not_known_stands_in_no_command(category: Category) -> None:
    for one in first(category, None):
        assert not re.search(r"\b(?:HOST|PORT|NAME|PATH)\b", one), one


def test_a_path_is_looked_up_among_the_mounts() -> None:
    assert "grep '\"'\"' /srv/media '\"'\"' /proc/mounts" in first("permission", None, Fact("path", "/srv/media", 1))[2]


def test_sqlite_is_no_server() -> None:
    found = first("database", failed("exception", Raised("sqlite3.OperationalError", "", (), 1)))
    assert found[0] == "docker exec web python3 -c 'import sqlite3; print(sqlite3.sqlite_version)'"
    assert not any("5432" in one or "psql" in one for one in found)
    assert "sqlite_version" in first("database", None, cause="python.sqlite")[0]


def test_the_address_is_the_logs() -> None:
    host = Fact("host", "api", 1, words="GET http://api:8080/v1")
    found = first("upstream", None, host, Fact("port", "8080", 1))
    assert "http://api:8080/" in found[1]
    assert "https://api/" in first("upstream", None, Fact("host", "api", 1))[1]
    mysql = failed("exception", Raised("pymysql.err.OperationalError", "", (), 1))
    assert '("api", 3306)' in first("database", mysql, Fact("host", "api", 1))[0]


def test_an_end_without_a_word_is_asked_of_the_engine() -> None:
    assert first("code", failed("exit"))[0].startswith("docker inspect --format '{{.State.OOMKilled}}")
