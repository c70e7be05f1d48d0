"""Whatever explain can name, fix has a remedy for, or says in one line why there is none and what a person does."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tests.explain.causes
from parity.explain.causes import mechanisms
from parity.fix.answer import chosen, fix
from parity.fix.by_hand import by_hand, lines
from parity.fix.context import Context
from parity.fix.model import Fix
from parity.fix.repository import Repository
from parity.policy.model import Sides
from parity.profile.model import Source
from tests.explain.cases import case
from tests.explain.causes.examples import package
from tests.fix.cases import COMPOSE, DEBIAN, DOCKERFILE, commands, edits, fixed, only

if TYPE_CHECKING:
    from tests.explain.causes.examples import Example

NAMES = sorted(set(mechanisms()) - {"without_log"})
"""Without a log a cause is a finding, of which remedies have rows of their own."""

NAMED: list[tuple[str, Example, str]] = [
    (name, one, label)
    for name in NAMES
    if (Path(next(iter(tests.explain.causes.__path__))) / f"{name}.py").exists()
    for one in import_module(f"tests.explain.causes.{name}").EXAMPLES
    for label in one.causes
]


def closed(example: Example, label: str) -> Fix:
    """What closes a cause, where production is a container of Debian's that a Dockerfile makes."""
    met = case(example.log, example.local, example.production, example.sources, example.declared)
    production = replace(met.sides.production, target=Source("docker", "web"))
    sides = Sides(met.sides.local, production, met.sides.use)
    picked = chosen(met.findings, met.comparison.differences, (label,))
    return fix(picked, Context(sides, Repository({"Dockerfile": DOCKERFILE}), named=True))


@pytest.mark.parametrize(
    ("name", "example", "label"), NAMED, ids=[f"{name}-{label}-{one.says[:30]}" for name, one, label in NAMED]
)
def test_every_cause_is_closed_or_said_how(name: str, example: Example, label: str) -> None:
    (treated,) = closed(example, label).treated
    assert treated.label == label
    if treated.remedies:
        assert all(one.commands or one.edits or one.notes for one in treated.remedies)
    else:
        assert treated.unknown
        assert "\n" not in treated.unknown
        assert "no remedy is known" not in treated.unknown


def test_every_section_that_a_cause_looks_at_has_a_line_by_hand() -> None:
    sections = {section for one in mechanisms().values() for section in one.needs}
    assert {section for section in sections if not by_hand(f"{section}.anything")} <= {"platform"}
    assert all(words == "-" or (words[0].islower() and not words.endswith(".")) for _, words in lines())


def test_a_uid_without_an_account_is_given_one() -> None:
    local = {"process.uid": 1000, "process.user": "dev", "process.passwd_entry": True, **DEBIAN}
    production = {"process.uid": 1000650000, "process.user": None, "process.passwd_entry": False, **DEBIAN}
    for label in ("process.uid", "process.user", "process.passwd_entry"):
        (command,) = commands(fixed(local, production, label=label))
        assert "useradd --uid 1000650000" in command


def test_a_uid_with_an_account_becomes_that_which_works() -> None:
    local, production = {"process.uid": 0, "process.gid": 0}, {"process.uid": 33, "process.gid": 33}
    assert commands(fixed(local, production, label="process.uid")) == ["docker run --user 0:0 …"]


@pytest.mark.parametrize(
    ("target", "texts", "words"),
    [
        (("docker", "web"), {}, "docker run --workdir /app …"),
        (("systemd", "web.service"), {}, "WorkingDirectory=/app"),
        (("compose", "web"), {"compose.yaml": COMPOSE}, "working_dir: /app"),
    ],
)
def test_a_working_directory_is_where_the_program_is(
    target: tuple[str, str], texts: dict[str, str], words: str
) -> None:
    local, production = ({"process.working_directory": {"path": path, "exists": True}} for path in ("/app", "/"))
    found = fixed(local, production, texts, label="process.working_directory", target=target)
    told = [one for treated in found.treated for remedy in treated.remedies for one in remedy.commands]
    lines = [*(f"{one.text} {one.tells}" for one in told), *(line for edit in edits(found) for line in edit.lines)]
    assert any(words in line for line in lines), lines


def test_no_directory_of_a_laptop_goes_to_production() -> None:
    local, production = ({"process.working_directory": {"path": path}} for path in ("/home/ada/shop", "/"))
    (command,) = commands(fixed(local, production, label="process.working_directory"))
    assert command == "docker run --workdir DIR …"


def test_a_last_step_that_several_share_stands_once_at_the_end() -> None:
    local = {"time.zone": "Asia/Tokyo", "executables.jq": "/usr/bin", **DEBIAN}
    production = {"time.zone": "UTC", "executables": None, **DEBIAN}
    found = fixed(local, production, {"Dockerfile": DOCKERFILE})
    assert len(found.treated) == 2
    assert [one for one in commands(found) if one.startswith("docker build")] == commands(found)[-1:]
    assert all(remedy.edits for one in found.treated for remedy in one.remedies)


def test_one_by_itself_keeps_its_last_step() -> None:
    local, production = {"time.zone": "Asia/Tokyo"}, {"time.zone": "UTC"}
    assert commands(fixed(local, production, {"Dockerfile": DOCKERFILE})) == ["docker build --tag IMAGE ."]


def test_what_both_sides_have_in_their_own_way_is_closed_where_it_is_named() -> None:
    held = {"packages.fast": package("1.0", tags=["cp311-cp311-manylinux_2_17_x86_64"])}
    treated = only(fixed({**held, "packages.x": package("1")}, held, label="packages.fast"))
    assert treated.label == "packages.fast"
    assert treated.remedies or treated.unknown
