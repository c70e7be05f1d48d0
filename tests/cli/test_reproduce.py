"""parity reproduce: the files, and the environment that they bring up."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.program import parity
from tests.images.build import HERE, wheels
from tests.images.fixtures import RunContainer
from tests.proof.profiles import WHOLE, profile, section
from tests.services import program

if TYPE_CHECKING:
    from docker import DockerClient

SET = {"state": "set"}
VOLUME = {"exists": True, "kind": "volume", "uid": 0, "gid": 0, "mode": "0755", "readable": True, "writable": False}

PRODUCTION: dict[str, Any] = {
    **WHOLE,
    "python": section(version="3.12.4", base_prefix="/usr/local", prefix="/app/.venv", kind="venv"),
    "packages": section(
        flask={"version": "3.0.0"},
        tool={"version": "1.0", "source": "git https://example.org/tool", "revision": "0a1b2c"},
        shop={"version": "1", "source": "local", "editable": True},
        evil={"version": "1.0; touch /tmp/x"},
    ),
    "platform": section(
        distribution="debian 12", distribution_name="Debian GNU/Linux 12 (bookworm)", architecture="x86_64"
    ),
    "environment": section(**{"STRIPE_KEY": SET, "EMPTY": {"state": "empty"}, "TZ": SET, "PATH": SET, "a.b": SET}),
    "process": section(uid=10001, gid=10001, user="app", read_only_root=True, no_new_privileges=True),
    "time": section(zone="Europe/Berlin", zone_source="variable"),
    "volumes": section(
        **{
            "/data": VOLUME,
            "/tmp": {**VOLUME, "kind": "tmpfs", "size": 8 << 20},
            "/x; rm -rf /": VOLUME,
        }
    ),
    "limits": section(memory=512 << 20, nofile=1024, cpu=0.5, pids=100, shm=64 << 20),
    "system_packages": section(
        curl={"manager": "debian", "version": "7.88.1-10"}, **{"$(id)": {"manager": "debian", "version": "1"}}
    ),
    "database": section(
        **{
            "server_version": "15.8",
            "statement_timeout": "5000ms",
            "search_path": '"$user", public',
            "encoding": "UTF8",
            "extensions.hstore": {"version": "1.8"},
            "schemas.shop": {"usable": True},
        }
    ),
}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The files for a production that has something of everything."""
    (tmp_path / "production.json").write_bytes(profile(PRODUCTION, name="production"))
    result = parity("reproduce", "production.json", "-o", "out", cwd=tmp_path)
    assert result.code == 0, result.err
    return tmp_path / "out"


def test_packages_are_production_s_exactly(written: Path) -> None:
    lines = (written / "constraints.txt").read_text().splitlines()
    assert lines[1:] == ["flask==3.0.0", "tool @ git+https://example.org/tool@0a1b2c"]
    page = (written / "README.md").read_text()
    assert "packages.shop: shop is installed from a checkout" in page
    assert "packages.evil" in page


def test_the_image_is_production_s_distribution_python_and_user(written: Path) -> None:
    text = (written / "Dockerfile").read_text()
    assert "ARG BASE=python:3.12.4-slim-bookworm\nFROM ${BASE}\n" in text
    assert "useradd --uid 10001 --gid 10001 --create-home app" in text
    assert "install -d -o 0 -g 0 -m 0755 /data" in text
    assert "ENV TZ=Europe/Berlin\n" in text
    assert "USER 10001:10001\n" in text
    assert "rm -rf / " not in text
    assert (written / "system-packages.txt").read_text() == "curl 7.88.1-10\n"


def test_variables_are_names_alone(written: Path) -> None:
    lines = (written / ".env.example").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["EMPTY=", "STRIPE_KEY="]


def test_compose_takes_the_file_and_reads_it_as_it_is_meant(written: Path) -> None:
    import yaml

    shutil.copy(written / ".env.example", written / ".env")
    words = [program("docker-compose"), "--file", "compose.yaml", "config"]
    done = subprocess.run(words, cwd=written, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"]
    web, database = services["program"], services["database"]
    assert (web["user"], web["read_only"], web["tmpfs"]) == ("10001:10001", True, ["/tmp:size=8388608"])
    assert web["ulimits"] == {"nofile": 1024}
    assert database["image"] == "postgres:15.8"
    assert "statement_timeout=5000ms" in database["command"]
    assert {'search_path="$$user", public', 'search_path="$user", public'} & set(database["command"])
    assert (written / "database.sql").read_text().splitlines() == [
        'CREATE SCHEMA IF NOT EXISTS "shop";',
        'CREATE EXTENSION IF NOT EXISTS "hstore";',
    ]


def test_a_database_that_is_not_postgresql_is_told_and_not_written(tmp_path: Path) -> None:
    mysql = section(product="MySQL", server_version="8.4.0", sql_mode="", wait_timeout=600)
    (tmp_path / "production.json").write_bytes(profile({**PRODUCTION, "database": mysql}, name="production"))
    assert parity("reproduce", "production.json", "-o", "out", cwd=tmp_path).code == 0
    assert "postgres" not in (tmp_path / "out" / "compose.yaml").read_text()
    assert "production's is MySQL" in (tmp_path / "out" / "README.md").read_text()


def test_nothing_is_written_over(written: Path) -> None:
    before = (written / "Dockerfile").read_bytes()
    result = parity("reproduce", "production.json", "-o", "out", cwd=written.parent)
    assert result.code == 2
    assert "it is there already" in result.line()
    assert (written / "Dockerfile").read_bytes() == before


def test_a_profile_that_tells_little_still_makes_files(tmp_path: Path) -> None:
    (tmp_path / "production.json").write_bytes(profile(WHOLE))
    result = parity("reproduce", "production.json", "-o", "out", cwd=tmp_path)
    assert result.code == 0, result.err
    assert "system_packages: not in the profile" in result.out
    assert not (tmp_path / "out" / "database.sql").exists()


@pytest.mark.docker
def test_what_it_builds_is_in_parity_with_production(
    docker_engine: DockerClient,
    run_container: RunContainer,
    deployed_image: str,
    base_image: Callable[[str], str],
    tmp_path: Path,
) -> None:
    names = {"QUEUE_URL": "x", "STRIPE_KEY": "x", "LANG": "C.UTF-8"}
    production = run_container(deployed_image, ready="serving", environment=names)
    saved = parity("snapshot", f"docker://{production}", "--name", "production", "-o", "production.json", cwd=tmp_path)
    assert saved.code == 0, saved.err
    assert parity("reproduce", "production.json", "-o", "out", cwd=tmp_path).code == 0
    out = tmp_path / "out"
    (out / "wheels").mkdir()
    for wheel in wheels(HERE / "app" / "requirements-production.txt", "3.13"):
        shutil.copy(wheel, out / "wheels")
    arguments = {"BASE": base_image("trixie"), "PIP_NO_INDEX": "1"}
    image, _ = docker_engine.images.build(
        path=str(out), buildargs=arguments, network_mode="host", rm=True, forcerm=True
    )
    lines = (out / ".env.example").read_text().splitlines()
    filled = {line.rstrip("="): "x" for line in lines if not line.startswith("#")}
    made = run_container(str(image.id), environment=filled)
    result = parity("diff", f"docker://{made}", "production.json", "--all", "--format", "json", cwd=tmp_path)
    differing = {f"{one['section']}.{one['key']}" for one in result.document["findings"] if one["kind"]}
    assert {one for one in differing if one.startswith(("packages.", "python.", "environment."))} == set()
    compared = {one["section"] for one in result.document["compared"]}
    assert {"packages", "python", "environment", "system_packages"} <= compared
