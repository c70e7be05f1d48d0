"""A command for production that is pasted into a shell here must not act on this machine, nor delete anything here."""

from __future__ import annotations

import re
from typing import Any

import pytest

from parity.fix.model import Remedy
from tests.fix.cases import COMPOSE, DOCKERFILE, fixed
from tests.fix.remedies.cases import ROWS, Row

TARGETS = (
    ("docker", "web"),
    ("compose", "web"),
    ("kubernetes", "prod/shop/deployment/web"),
    ("ssh", "web.internal"),
    ("local", "local"),
)
ELSEWHERE = re.compile(
    r"docker (?:run .*…$|exec |update |compose |cp )|kubectl |ssh |export (\w+)|read -rs \w+$|umask \d+$|env -u \w+ …$"
    r"|sudo systemctl (?:edit|restart|set-property) |echo \"\$ADDRESS \S+\" \| ssh "
)
"""What goes to production by itself, lacks a word that only a person knows, or sets something for one shell."""

DELETES = re.compile(r"--clear\b|\brm -r|\bchown -R|\buninstall\b|\buserdel\b|\bprune\b|--force\b")
OLDER: Any = {"python.executable": "/app/.venv/bin/python", "python.prefix": "/app/.venv"}


def said(row: Row, target: tuple[str, str], texts: dict[str, str]) -> list[Remedy]:
    section = row.label.partition(".")[0]

    def items(value: Any, more: Any) -> dict[str, Any]:
        return {section: None, **row.beside, **more, **({row.label: value} if value is not None else {})}

    found = fixed(
        items(row.local, row.here), items(row.production, row.there), texts, label=row.label, target=target,
        side="production",
    )  # fmt: skip
    return [remedy for one in found.treated for remedy in one.remedies]


@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one[0])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}-{row.label}-{row.target[0]}")
def test_what_is_for_production_goes_there(row: Row, target: tuple[str, str]) -> None:
    for remedy in said(row, target, {}):
        for command in remedy.commands:
            if command.where == "production":
                assert ELSEWHERE.match(command.text), command.text
            elif command.where == "repository":
                assert not DELETES.search(command.text), command.text


@pytest.mark.parametrize("texts", [{"Dockerfile": DOCKERFILE}, {"compose.yaml": COMPOSE}], ids=["image", "compose"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}-{row.label}-{row.target[0]}")
def test_beside_a_repository_nothing_is_deleted_here(row: Row, texts: dict[str, str]) -> None:
    for remedy in said(row, ("local", "local"), texts):
        for command in remedy.commands:
            assert command.text.startswith("ssh ") or not DELETES.search(command.text), command.text


@pytest.mark.parametrize(
    ("target", "texts", "command"),
    [
        (("local", "local"), {}, "ssh HOST 'python3.11 -m venv /app/.venv-3.11'"),
        (("ssh", "web.internal"), {}, "ssh web.internal 'python3.11 -m venv /app/.venv-3.11'"),
        (("local", "local"), {"uv.lock": "", "pyproject.toml": ""}, "ssh HOST 'uv venv --python 3.11 /app/.venv-3.11'"),
        (("docker", "web"), {}, None),
        (("kubernetes", "prod/shop/deployment/web"), {}, None),
        (("docker", "web"), {"uv.lock": "", "pyproject.toml": ""}, None),
    ],
)
def test_another_python_empties_no_environment(
    target: tuple[str, str], texts: dict[str, str], command: str | None
) -> None:
    local, production = {"python.version": "3.11.9"}, {"python.version": "3.12.1", **OLDER}
    found = fixed(local, production, texts, label="python.version", target=target, side="production")
    (remedy,) = found.treated[0].remedies
    assert [one.text for one in remedy.commands] == ([command] if command else [])
    (note,) = remedy.notes
    assert ("install what is locked into /app/.venv-3.11" if command else "base the image on python:3.11") in note


@pytest.mark.parametrize("where", ["/", "/etc", "/tmp", "/var/log"])
def test_what_many_programs_share_is_given_to_none(where: str) -> None:
    item = {"exists": True, "writable": True, "kind": "directory"}
    found = fixed(
        {f"volumes.{where}": item}, {f"volumes.{where}": {**item, "writable": False}}, label=f"volumes.{where}"
    )
    assert "is given to no one program" in found.treated[0].unknown
