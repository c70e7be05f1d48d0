"""The proof: what fails in production does not once the fix is applied to a copy of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.program import environment, parity
from tests.images.build import wheels
from tests.images.fixtures import RunContainer
from tests.proof.profiles import WHOLE, profile, section
from tests.services import program

if TYPE_CHECKING:
    from docker import DockerClient

VARIABLE = {"STRIPE_KEY": "of-a-test"}

DOCKERFILE = """\
# The shop, as it is deployed.
ARG BASE
FROM ${BASE}
RUN python3 -m venv /app/.venv && mkdir /data
COPY wheels /wheels

# What it needs.
COPY requirements.txt /tmp/requirements.txt
RUN /app/.venv/bin/pip install --quiet --no-index --no-deps --find-links /wheels --requirement /tmp/requirements.txt
COPY shop.py /app/shop.py
# What it keeps.
VOLUME /data
ENV PATH=/app/.venv/bin:/usr/bin:/bin
WORKDIR /app
USER 1000:1000
CMD ["python", "shop.py"]
"""

SHOP = """\
import os
import time

import itsdangerous

KEY = os.environ.get("STRIPE_KEY")
print("serving", flush=True)
time.sleep(600)
"""

WAITING = ["python", "-c", "print('serving', flush=True); import time; time.sleep(600)"]

FAILING = {
    "packages.itsdangerous": "import itsdangerous",
    "environment.STRIPE_KEY": "import os; os.environ['STRIPE_KEY']",
    "volumes./data": "open('/data/orders', 'w').close()",
    "python.flags.optimize": "import sys; sys.exit(sys.flags.optimize)",
    "time.zone": "import sys, time; sys.exit(time.tzname[0] != 'JST')",
}
"""{the difference: a program that it breaks}."""


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop as it was deployed: itsdangerous is not locked, and Python's -O is on."""
    root = tmp_path_factory.mktemp("shop")
    locked = root / "locked.txt"
    locked.write_text("click==8.1.7\nitsdangerous==2.2.0\n")
    (root / "wheels").mkdir()
    for wheel in wheels(locked, "3.11"):
        shutil.copy(wheel, root / "wheels")
    locked.unlink()
    (root / "requirements.txt").write_text("click==8.1.7\n")
    (root / "shop.py").write_text(SHOP)
    (root / "Dockerfile").write_text(DOCKERFILE.replace("WORKDIR", "ENV PYTHONOPTIMIZE=1\nWORKDIR"))
    return root


Build = Callable[[Path], str]


@pytest.fixture(scope="module")
def build(docker_engine: DockerClient, base_image: Callable[[str], str]) -> Build:
    """build(directory) -> the id of its image, whose layers the next run finds in the engine's cache."""
    base = base_image("bookworm")

    def make(directory: Path) -> str:
        image, _ = docker_engine.images.build(path=str(directory), buildargs={"BASE": base}, rm=True, forcerm=True)
        return str(image.id)

    return make


def runs(engine: DockerClient, name: str, code: str) -> bool:
    """Whether a program ends well in a container."""
    return bool(engine.containers.get(name).exec_run(["python", "-c", code]).exit_code == 0)


@pytest.mark.docker
def test_applied_to_a_copy_of_production_the_failures_go_away(
    docker_engine: DockerClient, run_for_module: RunContainer, build: Build, repository: Path, tmp_path: Path
) -> None:
    works = tmp_path / "works"
    shutil.copytree(repository, works)
    (works / "requirements.txt").write_text("click==8.1.7\nitsdangerous==2.2.0\n")
    (works / "Dockerfile").write_text(DOCKERFILE.replace("VOLUME", "RUN chown 1000:1000 /data\nVOLUME"))
    local = run_for_module(build(works), WAITING, ready="serving", environment={**VARIABLE, "TZ": "Asia/Tokyo"})
    production = run_for_module(build(repository), WAITING, ready="serving")
    assert {label: runs(docker_engine, local, code) for label, code in FAILING.items()} == dict.fromkeys(FAILING, True)
    assert {label: runs(docker_engine, production, code) for label, code in FAILING.items()} == dict.fromkeys(
        FAILING, False
    )

    causes = [word for label in FAILING for word in ("--cause", label)]
    words: tuple[str | Path, ...] = (
        "fix",
        f"docker://{local}",
        f"docker://{production}",
        "--declared",
        repository,
        *causes,
    )
    result = parity(*words, "--write", tmp_path / "fixes", "--format", "json")
    assert result.code == 0, result.err
    assert {one["label"] for one in result.document["treated"] if one["remedies"]} == set(FAILING)
    assert VARIABLE["STRIPE_KEY"] not in result.out

    copy = tmp_path / "copy"
    shutil.copytree(repository, copy)
    subprocess.run(
        [program("patch"), "-p1", "-i", "../fixes/fix.patch"], cwd=copy, check=True, stdout=subprocess.DEVNULL
    )
    assert (repository / "Dockerfile").read_text() != (copy / "Dockerfile").read_text()
    check = (tmp_path / "fixes" / "check_environment.py").read_text()
    fixed = build(copy)
    stopped = run_for_module(fixed, WAITING, ready="serving")
    assert not runs(docker_engine, stopped, check)
    mended = run_for_module(fixed, WAITING, ready="serving", environment=VARIABLE)
    assert runs(docker_engine, mended, check)
    assert {label: runs(docker_engine, mended, code) for label, code in FAILING.items()} == dict.fromkeys(FAILING, True)


SETTINGS: dict[str, tuple[Any, Any, str]] = {
    "statement_timeout": ("0ms", "20ms", "SELECT pg_sleep(0.1)"),
    "search_path": ('"$user", public', "nowhere", "SELECT * FROM fixed"),
    "DateStyle": ("ISO, DMY", "ISO, MDY", "SELECT '31.12.2026'::date"),
}
"""{setting: (where it works, in production, a statement that fails there)}."""


@pytest.mark.postgres
@pytest.mark.docker
@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_what_it_was_locally_once_the_statement_ran(
    name: str, postgres_servers: dict[int, str], tmp_path: Path
) -> None:
    local, production, statement = SETTINGS[name]
    server = postgres_servers[15]
    database = f"fix_{name.lower()}"
    psql = [program("psql"), "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1"]
    dsn = server.rpartition("/")[0] + f"/{database}"
    subprocess.run([*psql, server, "-c", f"CREATE DATABASE {database}"], check=True)
    try:
        subprocess.run([*psql, dsn, "-c", "CREATE TABLE public.fixed ()"], check=True)
        value = production if name == "search_path" else f"'{production}'"
        subprocess.run([*psql, server, "-c", f"ALTER DATABASE {database} SET {name} = {value}"], check=True)
        failing = [*psql, dsn, "-c", statement]
        assert subprocess.run(failing, check=False, capture_output=True).returncode != 0
        for side, held in (("local", local), ("production", production)):
            (tmp_path / f"{side}.json").write_bytes(profile({**WHOLE, "database": section(**{name: held})}, name=side))
        label = f"database.{name}"
        result = parity("fix", "local.json", "production.json", "--cause", label, "--format", "json", cwd=tmp_path)
        [command] = [one["command"] for one in result.document["treated"][0]["remedies"][0]["commands"]]
        given = environment({"DATABASE_URL": dsn})
        subprocess.run(command, shell=True, env=given, check=True, stdout=subprocess.DEVNULL)
        assert subprocess.run(failing, check=False, capture_output=True).returncode == 0
    finally:
        subprocess.run([*psql, server, "-c", f"DROP DATABASE {database}"], check=True)
