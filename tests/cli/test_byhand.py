"""The probe run by a person: `python3 - < probe.py > production.json`, and the file that every command takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from parity.profile.load import load
from tests.cli.program import parity
from tests.images.fixtures import RunContainer

if TYPE_CHECKING:
    from docker import DockerClient


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """probe.py, as `parity probe` prints it."""
    path = tmp_path_factory.mktemp("probe") / "probe.py"
    path.write_bytes(parity("probe").stdout)
    return path


def by_hand(command: list[str], script: Path, out: Path) -> Path:
    """`COMMAND < probe.py > out`, with nothing said on standard error."""
    with script.open("rb") as stdin, out.open("wb") as stdout:
        done = subprocess.run(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    return out


@pytest.fixture
def production(script: Path, tmp_path: Path) -> Path:
    """production.json of this machine."""
    return by_hand([sys.executable, "-"], script, tmp_path / "production.json")


def test_every_command_takes_the_file(production: Path, tmp_path: Path) -> None:
    schema = json.loads(parity("schema").stdout)
    jsonschema.validate(json.loads(production.read_bytes()), schema)
    shown = parity("show", production)
    assert (shown.code, shown.err) == (0, "")
    assert "by-hand" in shown.out
    assert parity("show", "-", stdin=production.read_bytes()).out == shown.out
    for local, other in ((production, production), ("-", production), (production, "-")):
        same = parity("diff", local, other, "--fail-on", "info", stdin=production.read_bytes())
        assert (same.code, same.err) == (0, ""), same.out
    again = parity("snapshot", production, "--name", "production", "-o", tmp_path / "again.json")
    assert (again.code, again.err) == (0, "")
    assert load(tmp_path / "again.json").sections == load(production).sections
    many = parity("snapshot", production, production, "-o", tmp_path / "many")
    assert (many.code, len(list((tmp_path / "many").iterdir()))) == (0, 2)


def test_it_tells_of_this_machine_what_a_snapshot_tells(production: Path) -> None:
    document = parity("diff", "local", production, "--format", "json", "--all").document
    # The shell of the one who ran it is not the shell of this test, and neither is how it was started.
    elsewhere = {one["section"] for one in document["findings"]} - {"environment", "locale", "process", "python"}
    assert elsewhere == set()
    assert {"packages", "libraries", "platform", "system_packages"} <= {one["section"] for one in document["compared"]}


@pytest.mark.docker
def test_in_a_container_it_tells_what_docker_tells(
    script: Path, run_container: RunContainer, app_image: str, tmp_path: Path
) -> None:
    name = run_container(app_image, ready="serving")
    taken = by_hand(["docker", "exec", "-i", name, "python3", "-"], script, tmp_path / "production.json")
    result = parity("diff", f"docker://{name}", taken, "--format", "json")
    assert result.code == 0, result.out
    document = result.document
    compared = {one["section"] for one in document["compared"]}
    assert {"python", "packages", "platform", "system_packages", "libraries", "environment"} <= compared
    # That the volume has no name is the engine's to know.
    assert {(one["section"], one["key"], one["severity"]) for one in document["findings"]} <= {
        ("volumes", "/data", "info")
    }


@pytest.mark.docker
def test_what_lies_in_the_directory_it_is_run_in_is_not_imported(
    script: Path, docker_engine: DockerClient, run_container: RunContainer, app_image: str, tmp_path: Path
) -> None:
    name = run_container(app_image, ["sleep", "infinity"])
    modules = "json re os struct hashlib random site sitecustomize"
    plant = f'for m in {modules}; do echo \'open("/tmp/ran", "a")\' > /tmp/$m.py; done'
    assert docker_engine.containers.get(name).exec_run(["sh", "-c", plant]).exit_code == 0
    by_hand(["docker", "exec", "-i", "-w", "/tmp", name, "python3", "-"], script, tmp_path / "production.json")
    assert load(tmp_path / "production.json").sections["packages"].items
    assert docker_engine.containers.get(name).exec_run(["ls", "/tmp/ran"]).exit_code != 0


def test_half_of_a_file_is_refused(production: Path) -> None:
    whole = production.read_bytes()
    for part in (b"", whole[: len(whole) // 2], whole.replace(b'"state": "set"', b'"state": "empty"', 1)):
        result = parity("show", "-", stdin=part)
        assert (result.code, result.out) == (2, "")
        assert result.line().startswith("invalid profile: ")
