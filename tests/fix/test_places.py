"""Where a line goes in a Dockerfile, a compose file and a manifest; what cannot be placed is no edit."""

from __future__ import annotations

import pytest

from parity.fix.dockerfile import Dockerfile
from parity.fix.manifest import Yaml
from parity.fix.model import Edit
from parity.fix.patch import applied
from parity.fix.repository import Repository, wanted
from tests.fix.cases import COMPOSE, DOCKERFILE, MANIFEST


def put(text: str, edit: Edit | None) -> str:
    assert edit is not None
    return applied(text, [edit])


def test_what_is_done_as_root_is_done_before_the_user_and_the_volume() -> None:
    file = Dockerfile("Dockerfile", DOCKERFILE)
    assert "RUN x\nVOLUME /data\n" in put(DOCKERFILE, file.prepared("x", path="/data"))
    assert "VOLUME /data\nRUN x\nUSER app\n" in put(DOCKERFILE, file.prepared("x", path="/cache"))
    assert "FROM python:3.12-slim\nRUN x\nCOPY --from" in put(DOCKERFILE, file.installed("x"))
    assert "ENV APP_SETTINGS=production\nENV TZ=UTC\n" in put(DOCKERFILE, file.variable("TZ", "UTC"))


def test_a_user_that_is_not_root_is_left_and_taken_up_again() -> None:
    text = 'FROM a\nUSER app\nVOLUME ["/data"]\nCMD x\n'
    found = put(text, Dockerfile("Dockerfile", text).prepared("x", path="/data"))
    assert found == 'FROM a\nUSER app\nUSER root\nRUN x\nUSER app\nVOLUME ["/data"]\nCMD x\n'


def test_a_stage_has_the_user_of_the_one_that_it_stands_on() -> None:
    text = "FROM a AS base\nUSER app\nFROM b AS other\nUSER root\nFROM base\nCMD x\n"
    found = put(text, Dockerfile("Dockerfile", text).installed("x"))
    assert found.endswith("FROM base\nUSER root\nRUN x\nUSER app\nCMD x\n")


def test_an_instruction_over_several_lines_is_not_broken() -> None:
    text = "FROM a\nENV A=1 \\\n    # why\n    B=2\nRUN <<END\ntrue\nEND\n"
    file = Dockerfile("Dockerfile", text)
    assert "    B=2\nENV C=3\nRUN" in put(text, file.variable("C", "3"))
    assert put(text, file.prepared("x", path="")).endswith("END\nRUN x\n")


@pytest.mark.parametrize("text", ["", "# nothing\n", "ARG A\n"])
def test_without_a_stage_there_is_no_place(text: str) -> None:
    file = Dockerfile("Dockerfile", text)
    assert file.installed("x") is file.prepared("x", path="") is file.variable("A", "1") is file.based_on("b") is None


def test_the_base_image_keeps_its_platform_and_name() -> None:
    text = "FROM --platform=linux/amd64 python:3.11-slim AS app\n"
    assert put(text, Dockerfile("D", text).based_on("python:3.12-slim")) == text.replace("3.11", "3.12")
    assert Dockerfile("D", "ARG B\nFROM ${B}\n").based_on("x") is None


def test_a_scalar_keeps_its_comment() -> None:
    file = Yaml("web.yaml", MANIFEST)
    pair = file.container("web")
    assert pair is not None
    found = put(MANIFEST, file.put(pair[1], ("resources", "limits", "memory"), "256Mi"))
    assert found == MANIFEST.replace("128Mi", "256Mi")


def test_what_is_missing_on_the_way_is_made() -> None:
    file = Yaml("compose.yaml", COMPOSE)
    service = file.service()
    assert service is not None
    found = put(COMPOSE, file.put(service, ("deploy", "resources", "limits", "memory"), "1g"))
    assert "    deploy:\n      resources:\n        limits:\n          memory: 1g\n    build: .\n" in found
    assert "# where the queue is" in found


@pytest.mark.parametrize(
    "environment",
    ["environment: {A: b}", "environment: &e\n      <<: *x", "environment:"],
    ids=["flow", "merged", "null"],
)
def test_what_is_written_in_another_way_is_left_to_a_person(environment: str) -> None:
    text = f"x: &x {{B: c}}\nservices:\n  web:\n    build: .\n    {environment}\n"
    file = Yaml("compose.yaml", text)
    service = file.service()
    assert service is not None
    edit = file.put(service, ("environment", "NAME"), "x")
    if edit is not None:
        node = Yaml("compose.yaml", applied(text, [edit])).service()
        assert node is not None
        assert node.said("environment", "NAME") == "x"


def test_of_several_workloads_none_is_guessed() -> None:
    two = f"{MANIFEST}---\n{MANIFEST.replace('name: web', 'name: worker', 1)}"
    assert Yaml("a.yaml", two).container() is None
    assert Yaml("a.yaml", two).container("worker") is not None


@pytest.mark.parametrize(
    ("paths", "tool"),
    [
        (("uv.lock", "pyproject.toml"), "uv"),
        (("poetry.lock", "requirements.txt"), "poetry"),
        (("Pipfile", "requirements.txt"), "pipenv"),
        (("requirements.in", "requirements.txt"), "pip-tools"),
        (("requirements.txt",), "pip"),
        ((), "pip"),
    ],
)
def test_the_tool_is_told_by_its_files(paths: tuple[str, ...], tool: str) -> None:
    assert Repository(dict.fromkeys(paths, "")).tool == tool


@pytest.mark.parametrize(
    ("paths", "chosen"),
    [
        (("Dockerfile",), "Dockerfile"),
        (("Dockerfile", "Dockerfile.dev"), "Dockerfile"),
        (("Dockerfile", "Dockerfile.prod"), "Dockerfile.prod"),
        (("docker/web.Dockerfile",), "docker/web.Dockerfile"),
        (("a/Dockerfile", "b/Dockerfile"), None),
        (("tests/Dockerfile",), None),
    ],
)
def test_production_s_dockerfile_is_chosen_or_none(paths: tuple[str, ...], chosen: str | None) -> None:
    assert all(map(wanted, paths))
    assert Repository(dict.fromkeys(paths, "FROM a\n")).dockerfile == chosen
