"""Services that a real docker-compose started, and what is read where none runs."""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parity.compose.containers import Replica, of_files
from parity.errors import TargetError, Unreachable, UsageError
from parity.profile import Status
from parity.snapshot.request import Request
from parity.targets import open_target
from parity.targets.compose import Compose, _choose
from tests.cli.program import parity
from tests.proof.statuses import statuses
from tests.services import program
from tests.targets.looking import Told, take

if TYPE_CHECKING:
    from docker import DockerClient
    from docker.models.containers import Container


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("compose://web", Compose("web")),
        ("compose://Web.1_x-2", Compose("Web.1_x-2")),
        ("compose://web?project=shop", Compose("web", "shop")),
        ("compose://web?file=a.yaml&file=/b.yaml&name=x", Compose("web", None, ("a.yaml", "/b.yaml"))),
    ],
)
def test_words_that_are_right(word: str, expected: Compose) -> None:
    assert open_target(word, Request())[0] == expected


@pytest.mark.parametrize(
    "word",
    [
        "compose://",
        "compose://-web",
        "compose://a b",
        "compose://a;b",
        "compose://a/b",
        "compose://web?project=",
        "compose://web?project=-H tcp",
        "compose://web?project=UP",
        "compose://web?file=",
        "compose://web?fiel=x",
        "compose://" + "a" * 200,
    ],
)
def test_words_that_are_wrong(word: str) -> None:
    with pytest.raises(TargetError):
        open_target(word, Request())


# Which project is meant


def made(container: str, project: str, directory: str = "/srv", file: str = "compose.yaml") -> Replica:
    return Replica(container, project, 1, "running", "sha256:0", 0, frozenset({f"{directory}/{file}"}))


FOUND = [made("a-web-1", "a", "/srv/a"), made("b-web-1", "b", "/srv/b")]


def chosen(target: Compose, directory: Path, **environ: str) -> list[str]:
    return [one.container for one in _choose(target, FOUND, environ, directory).replicas]


def test_of_several_projects_one_has_to_be_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="several projects have a service web: a; b") as caught:
        chosen(Compose("web"), tmp_path)
    assert "?project=" in str(caught.value.hint)
    assert chosen(Compose("web", "b"), tmp_path) == ["b-web-1"]
    assert chosen(Compose("web"), tmp_path, COMPOSE_PROJECT_NAME="a") == ["a-web-1"]
    assert chosen(Compose("web", "c"), tmp_path) == []


def test_a_file_picks_the_project_by_the_labels_without_being_read(tmp_path: Path) -> None:
    assert chosen(Compose("web", None, ("/srv/b/compose.yaml",)), tmp_path) == ["b-web-1"]
    assert chosen(Compose("web"), tmp_path, COMPOSE_FILE="/srv/a/compose.yaml:/srv/x.yaml") == ["a-web-1"]


def test_a_file_picks_the_project_by_its_name_where_it_was_made_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "b" / "compose.yaml"
    file.parent.mkdir()
    file.write_text("services: {web: {image: x}}")
    assert chosen(Compose("web", None, (str(file),)), tmp_path) == ["b-web-1"]
    # The one of the working directory does so, too; one of another project leaves the choice open.
    assert chosen(Compose("web"), file.parent) == ["b-web-1"]
    file.write_text("name: c\nservices: {web: {image: x}}")
    with pytest.raises(UsageError, match="several projects"):
        chosen(Compose("web"), file.parent)
    assert chosen(Compose("web", None, (str(file),)), tmp_path) == []
    file.write_text("name: c\nservices: {webb: {image: x}}")
    with pytest.raises(UsageError, match="has no service web") as caught:
        chosen(Compose("web", None, (str(file),)), tmp_path)
    assert caught.value.hint == "did you mean webb ?"


def test_a_path_of_a_label_matches_however_it_is_spelled(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    replica = made("web", "a", str(real))
    assert of_files([replica], [tmp_path / "link" / "compose.yaml"]) == [replica]
    assert of_files([replica], [real / "other.yaml"]) == []


# Real services


@dataclass(frozen=True, slots=True)
class Project:
    """A directory with a compose file, its services started by docker-compose, v1 or v2."""

    engine: DockerClient
    directory: Path

    @property
    def name(self) -> str:
        return self.directory.name

    @property
    def file(self) -> Path:
        return self.directory / "docker-compose.yml"

    def compose(self, *words: str) -> None:
        """Run docker-compose in the directory."""
        done = subprocess.run(
            [program("docker-compose"), *words], cwd=self.directory, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def container(self, number: int) -> Container:
        """One of the containers of `web`: the two versions name them in two ways."""
        names = (f"{self.name}{mark}web{mark}{number}" for mark in "_-")
        every = {one.name: one for one in self.engine.containers.list(all=True)}
        return next(every[name] for name in names if name in every)

    def services(self, **images: str) -> None:
        """Write the file: {service: image}."""
        services = {
            name: {"image": image, "network_mode": "none", "environment": {"APP_SECRET": "SECRET-of-the-file"}}
            for name, image in images.items()
        }
        self.file.write_text(json.dumps({"version": "3.8", "services": services}))


@pytest.fixture
def project(docker_engine: DockerClient, app_image: str, tmp_path: Path) -> Iterator[Project]:
    """A project with a service `web`; whatever was started goes."""
    directory = tmp_path / f"paritytest{uuid.uuid4().hex[:10]}"
    directory.mkdir()
    one = Project(docker_engine, directory)
    one.services(web=app_image)
    try:
        yield one
    finally:
        label = f"com.docker.compose.project.working_dir={directory}"
        for container in docker_engine.containers.list(all=True, filters={"label": label}):
            container.remove(force=True, v=True)


@pytest.mark.docker
def test_replicas_are_compared_with_one_another(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.compose("up", "-d", "--scale", "web=3", "web")
    gone = "import glob, shutil; shutil.rmtree(*glob.glob('/app/.venv/lib/python*/site-packages/flask-*'))"
    done = project.container(2).exec_run(["/app/.venv/bin/python", "-c", gone], user="root")
    assert done.exit_code == 0, done.output
    profile = take(f"compose://web?project={project.name}", sections=frozenset({"packages", "environment"}))
    assert (profile.name, profile.target.kind) == (f"web?project={project.name}", "compose")
    assert profile.identity["replicas"] == "3"
    notes = profile.sections["packages"].notes
    assert any(note.startswith("differs between replicas: flask is ") and "not there in 1" in note for note in notes)
    assert profile.sections["environment"].items["APP_SECRET"] == {"state": "set", "from": "process"}
    # The compose file of the working directory picks the project, wherever it was started from.
    monkeypatch.chdir(project.directory)
    assert take("compose://web").identity["replicas"] == "3"
    assert take(f"compose://web?file={project.file}&name=shop").name == "shop"


@pytest.mark.docker
def test_one_container_tells_what_docker_tells_of_it(project: Project) -> None:
    project.compose("up", "-d", "web")
    # A container that was made to run one command is none of the service's.
    project.compose("run", "-d", "web", "sleep", "60")
    word = f"compose://web?file={project.file}"
    result = parity("diff", f"docker://{project.container(1).name}", word, "--fail-on", "info", "--format", "json")
    assert (result.code, result.err) == (0, ""), result.err
    assert (result.document["findings"], result.document["unknown"]) == ([], [])
    taken = parity("snapshot", word)
    assert {name: one["status"] for name, one in taken.document["sections"].items()} == statuses()[
        "`compose://`, running"
    ]
    assert "replicas" not in taken.document["identity"]
    assert taken.document["target"] == {"kind": "compose", "reference": "web"}
    assert "SECRET-of-the-file" not in taken.out
    assert str(project.directory) not in taken.out


@pytest.mark.docker
def test_replicas_that_do_not_run_are_left_out_and_counted(project: Project) -> None:
    project.compose("up", "-d", "--scale", "web=2", "web")
    paused = project.container(1)
    paused.pause()
    try:
        profile = take(f"compose://web?project={project.name}")
    finally:
        paused.unpause()
    note = f"1 of 2 replicas left out: {paused.name} is paused"
    assert note in profile.sections["process"].notes


@pytest.mark.docker
def test_two_projects_of_one_file_are_named(project: Project) -> None:
    project.compose("up", "-d", "web")
    project.compose("-p", f"{project.name}b", "up", "-d", "web")
    result = parity("snapshot", f"compose://web?file={project.file}")
    assert result.code == 2
    assert result.line() == f"several projects have a service web: {project.name}; {project.name}b"
    assert take(f"compose://web?project={project.name}b").sections["process"].status is Status.OK


@pytest.mark.docker
@pytest.mark.parametrize("stopped", [True, False], ids=["stopped", "never started"])
def test_where_nothing_runs_the_image_is_read(project: Project, stopped: bool) -> None:
    if stopped:
        project.compose("up", "-d", "web")
        project.compose("kill", "web")
    told = Told()
    profile = take(f"compose://web?file={project.file}", told, sections=frozenset({"packages", "process"}))
    assert told.warnings == ["service web does not run: this is what its image holds"]
    assert told.warnings[0] in profile.sections["process"].notes
    assert profile.sections["process"].status is Status.PARTIAL
    assert "flask" in profile.sections["packages"].items
    assert (profile.name, profile.target.kind) == ("web", "compose")


@pytest.fixture
def small_image(docker_engine: DockerClient) -> Iterator[str]:
    """An image with nothing in it but its configuration."""
    name = f"parity-test-empty-{uuid.uuid4().hex[:12]}"
    empty = io.BytesIO()
    tarfile.open(fileobj=empty, mode="w").close()
    docker_engine.api.import_image_from_data(empty.getvalue(), name, "latest", changes=["USER 12345"])
    yield name
    docker_engine.images.remove(name, force=True)


@pytest.mark.docker
def test_an_image_that_a_variable_names(project: Project, small_image: str, monkeypatch: pytest.MonkeyPatch) -> None:
    project.services(web="${PARITY_TEST_IMAGE}")
    word = f"compose://web?file={project.file}"
    with pytest.raises(UsageError, match="depends on the variable PARITY_TEST_IMAGE, which is not set here"):
        take(word)
    monkeypatch.setenv("PARITY_TEST_IMAGE", small_image)
    assert take(word).sections["process"].items["uid"] == 12345


@pytest.mark.docker
def test_an_image_that_is_built(docker_engine: DockerClient, project: Project, small_image: str) -> None:
    project.file.write_text('services: {web: {build: "."}}')
    word = f"compose://web?file={project.file}"
    with pytest.raises(Unreachable, match="its image was not built here") as caught:
        take(word)
    assert caught.value.hint == "`docker compose build web`"
    docker_engine.images.get(small_image).tag(f"{project.name}_web")
    try:
        assert take(word).sections["process"].items["uid"] == 12345
    finally:
        docker_engine.images.remove(f"{project.name}_web", noprune=True)


@pytest.mark.docker
def test_a_service_that_nobody_knows(project: Project) -> None:
    result = parity("snapshot", "compose://parity-test-nobody", cwd=Path("/"))
    assert result.code == 3
    assert result.line() == "the engine knows of no service parity-test-nobody"
    wrong = parity("snapshot", f"compose://wbe?file={project.file}")
    assert (wrong.code, wrong.line()) == (2, f"{project.file} has no service wbe")
    gone = parity("snapshot", f"compose://web?file={project.directory}/gone.yaml")
    assert (gone.code, gone.line()) == (2, f"no such compose file: {project.directory}/gone.yaml")


def test_without_an_engine_it_says_so() -> None:
    result = parity("snapshot", "compose://web", env={"DOCKER_HOST": f"unix:///nonexistent-{os.getpid()}.sock"})
    assert result.code == 3
    assert result.line() == "no Docker Engine here: its socket does not exist"
