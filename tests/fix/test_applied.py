"""The proof, for what belongs to the system under a program: what a fix says is done, and the failure is gone."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.program import environment, parity
from tests.images.fixtures import READY_SECONDS, RunContainer
from tests.proof.profiles import WHOLE, profile, section
from tests.services import program

if TYPE_CHECKING:
    from docker import DockerClient
    from docker.models.containers import Container

DOCKERFILE = """\
# A program on a bare system.
ARG BASE
FROM ${BASE}
COPY run.sh /app/run.sh
WORKDIR /app
USER 4242:4242
CMD ["sleep", "600"]
"""

MEMORY = 64 << 20

DIFFERS: Mapping[str, tuple[Any, Any]] = {
    "libraries.libyaml-0.so.2": ({"resolved": True}, {"resolved": False, "needed_by": ["yaml/_yaml"]}),
    "executables.jq": ("/usr/bin", None),
    "locale.available.de_DE.UTF-8": (True, None),
    "process.passwd_entry": (True, False),
    "source.run.sh": ({"digest": "aa", "size": 9, "executable": True}, {"digest": "aa", "size": 9}),
}
"""{label: what each side has}."""

FAILING = {
    "libraries.libyaml-0.so.2": ["python3", "-c", "import ctypes; ctypes.CDLL('libyaml-0.so.2')"],
    "executables.jq": ["jq", "--version"],
    "locale.available.de_DE.UTF-8": ["python3", "-c", "import locale as l; l.setlocale(l.LC_ALL, 'de_DE.UTF-8')"],
    "process.passwd_entry": ["python3", "-c", "import getpass; getpass.getuser()"],
    "source.run.sh": ["/app/run.sh"],
}
"""{label: a program that the difference breaks}."""


def profiles(directory: Path, differs: Mapping[str, tuple[Any, Any]], name: str = "web") -> None:
    """local.json and production.json: Debian 12, the second of a container, and what differs."""
    for place, side in enumerate(("local", "production")):
        items: dict[str, dict[str, Any]] = {
            "platform": {"distribution": "debian 12"},
            "process": {"uid": 4242, "gid": 4242},
            "source": {"app.py": {"digest": "bb", "size": 1}},
            "executables": {"sh": "/bin"},
        }
        for label, held in differs.items():
            part, _, key = label.partition(".")
            if held[place] is not None:
                items.setdefault(part, {})[key] = held[place]
            items.setdefault(part, {})
        sections = {**WHOLE, **{part: section(**held) for part, held in items.items()}}
        target = {"kind": "docker", "reference": name}
        (directory / f"{side}.json").write_bytes(profile(sections, name=side, target=target))


def fixed(directory: Path, *labels: str, declared: Path | None = None) -> dict[str, Any]:
    """What `fix` says of these causes, its files written to fixes/."""
    causes = [word for label in labels for word in ("--cause", label)]
    place = ("--declared", declared, "--write", directory / "fixes") if declared is not None else ("--no-declared",)
    words = ("fix", "local.json", "production.json", *causes, *place, "--format", "json")
    result = parity(*words, cwd=directory)
    assert result.code == 0, result.err
    return result.document


def commands(document: Mapping[str, Any], where: str) -> list[str]:
    """Every command for a place."""
    remedies = [remedy for one in document["treated"] for remedy in one["remedies"]]
    return [one["command"] for remedy in remedies for one in remedy["commands"] if one["where"] == where]


def works(container: Container) -> dict[str, bool]:
    """Which of the programs end well."""
    return {label: container.exec_run(words).exit_code == 0 for label, words in FAILING.items()}


@pytest.mark.docker
def test_an_image_with_the_patch_has_what_it_lacked(
    docker_engine: DockerClient, base_image: Callable[[str], str], run_container: RunContainer, tmp_path: Path
) -> None:
    copy = tmp_path / "program"
    copy.mkdir()
    (copy / "Dockerfile").write_text(DOCKERFILE)
    (copy / "run.sh").write_text("#!/bin/sh\n")
    for words in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run([program("git"), *words], cwd=copy, check=True)

    def built() -> Container:
        image, _ = docker_engine.images.build(
            path=str(copy), buildargs={"BASE": base_image("bookworm")}, network_mode="host", rm=True, forcerm=True
        )
        return docker_engine.containers.get(run_container(str(image.id)))

    assert works(built()) == dict.fromkeys(FAILING, False)
    profiles(tmp_path, DIFFERS)
    document = fixed(tmp_path, *DIFFERS, declared=copy)
    assert {one["label"] for one in document["treated"] if one["remedies"]} == set(DIFFERS)
    shutil.copy(tmp_path / "fixes" / "fix.patch", tmp_path)
    subprocess.run([program("patch"), "-p1", "-i", "../fix.patch"], cwd=copy, check=True, stdout=subprocess.DEVNULL)
    *told, build = commands(document, "repository")
    assert build == "docker build --tag IMAGE ."
    for command in told:
        subprocess.run(command, shell=True, cwd=copy, check=True)
    assert works(built()) == dict.fromkeys(FAILING, True)


@pytest.mark.docker
def test_a_container_with_more_memory_is_not_killed(
    docker_engine: DockerClient, base_image: Callable[[str], str], run_container: RunContainer, tmp_path: Path
) -> None:
    name = run_container(
        base_image("bookworm"), ["sleep", "600"], mem_limit=MEMORY, memswap_limit=MEMORY, oom_score_adj=0
    )
    container = docker_engine.containers.get(name)
    hungry = ["python3", "-c", f"bytearray({2 * MEMORY})"]
    assert container.exec_run(hungry).exit_code == 137
    profiles(tmp_path, {"limits.memory": (4 * MEMORY, MEMORY)}, name)
    (command,) = commands(fixed(tmp_path, "limits.memory"), "production")
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)
    assert container.exec_run(hungry).exit_code == 0


PSQL = ["--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1"]


def answers(dsn: str, statement: str) -> bool:
    """Whether a server takes a statement."""
    words = [program("psql"), *PSQL, dsn, "-c", statement]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def run(command: str, dsn: str) -> None:
    """A command of a fix, with the variables that it names."""
    given = environment({"DATABASE_URL": dsn, "ADMIN_URL": dsn})
    subprocess.run(command, shell=True, env=given, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.postgres
@pytest.mark.docker
def test_an_extension_that_is_offered_is_there_once_the_statement_ran(
    postgres_servers: dict[int, str], tmp_path: Path
) -> None:
    server = postgres_servers[15]
    dsn = server.rpartition("/")[0] + "/fix_extension"
    assert answers(server, "CREATE DATABASE fix_extension")
    try:
        using = "SELECT 'a=>1'::hstore"
        assert not answers(dsn, using)
        offered = {"database.available_extensions.hstore": ("1.8", "1.8")}
        profiles(tmp_path, {**offered, "database.extensions.hstore": ("1.8", None)})
        (command,) = commands(fixed(tmp_path, "database.extensions.hstore"), "database")
        run(command, dsn)
        assert answers(dsn, using)
    finally:
        assert answers(server, "DROP DATABASE fix_extension")


@pytest.mark.postgres
@pytest.mark.docker
def test_what_a_server_takes_at_its_start_is_there_after_the_next(
    docker_engine: DockerClient, build_image: Callable[..., str], run_container: RunContainer, tmp_path: Path
) -> None:
    container = docker_engine.containers.get(
        run_container(build_image("postgres", "bookworm"), ready="ready to accept connections")
    )

    def dsn() -> str:
        container.reload()
        return f"postgresql://postgres@{container.attrs['NetworkSettings']['IPAddress']}:5432/postgres"

    prepared = "BEGIN; PREPARE TRANSACTION 'one'"
    assert not answers(dsn(), prepared)
    profiles(tmp_path, {"database.max_prepared_transactions": (8, 0)})
    (command,) = commands(fixed(tmp_path, "database.max_prepared_transactions"), "database")
    run(command, dsn())
    assert not answers(dsn(), prepared)
    container.restart(timeout=5)
    until = time.monotonic() + READY_SECONDS
    while not answers(dsn(), "SELECT 1") and time.monotonic() < until:
        time.sleep(0.1)
    assert answers(dsn(), prepared)
