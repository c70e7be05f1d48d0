"""Images, and containers that are always removed again."""

from __future__ import annotations

import subprocess
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.images import pair
from tests.images.build import ImageError, base, build
from tests.services import missing, program

if TYPE_CHECKING:
    from docker import DockerClient
    from docker.models.containers import Container

BuildImage = Callable[..., str]
RunContainer = Callable[..., str]
Exported = Callable[[str], Path]

LEFT_OUT = ("dev/*", "usr/share/doc", "usr/share/i18n", "usr/share/locale", "usr/share/man", "var/cache", "var/log")
"""What no section is read from, and a tree of files is large without it."""

READY_SECONDS = 30.0


@pytest.fixture(scope="session")
def build_image(docker_engine: DockerClient) -> BuildImage:
    """build_image(name, release, on=tag, **arguments) -> tag: the image of tests/images/NAME.

    It stands on the release's base, or on the image `on`.
    """

    def make(name: str, release: str = "bookworm", *, on: str | None = None, **arguments: str) -> str:
        try:
            return build(docker_engine, name, on or base(docker_engine, release), release, arguments)
        except ImageError as error:
            missing(str(error))

    return make


@pytest.fixture(scope="session")
def base_image(docker_engine: DockerClient) -> Callable[[str], str]:
    """base_image(release) -> tag: Debian with its own Python and nothing else."""

    def make(release: str) -> str:
        try:
            return base(docker_engine, release)
        except ImageError as error:
            missing(str(error))

    return make


@pytest.fixture(scope="session")
def app_image(build_image: BuildImage) -> str:
    """The application on bookworm, Python 3.11: what works."""
    return build_image("app", "bookworm")


@pytest.fixture(scope="session")
def deployed_image(build_image: BuildImage) -> str:
    """The application on trixie, Python 3.13, as it was deployed: app/requirements-production.txt tells the faults."""
    return build_image("app", "trixie", REQUIREMENTS="requirements-production.txt")


@pytest.fixture(scope="session")
def pair_image(build_image: BuildImage, app_image: str) -> str:
    """The application's image with one known difference in each section."""
    return build_image("pair", "bookworm", on=app_image)


@pytest.fixture(scope="session")
def ssh_image(build_image: BuildImage, app_image: str) -> str:
    """The application's image with an sshd in it that nobody has started (tests/images/ssh.py does)."""
    return build_image("ssh", "bookworm", on=app_image)


@pytest.fixture(scope="session")
def exported(docker_engine: DockerClient, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """exported(image) -> a directory with the files of a container of that image, made once; nobody writes to it."""

    @cache
    def unpack(image: str) -> Path:
        directory = tmp_path_factory.mktemp("exported")
        container = docker_engine.containers.create(image, "true")
        try:
            words = ["-x", "-C", str(directory), "--no-same-owner", *(f"--exclude={pattern}" for pattern in LEFT_OUT)]
            with subprocess.Popen([program("tar"), *words], stdin=subprocess.PIPE) as tar:
                assert tar.stdin is not None
                for part in container.export():
                    tar.stdin.write(cast("bytes", part))
                tar.stdin.close()
            assert tar.returncode == 0
        finally:
            container.remove(force=True, v=True)
        return directory

    return unpack


@contextmanager
def containers(engine: DockerClient) -> Iterator[RunContainer]:
    """run(image, command=None, ready=None, **options) -> name of a started container, removed when the block is left.

    Options are docker-py's. `ready` is a word that its output must show before the call returns. `named_volumes`
    makes volumes of its own ({label: {"bind": "/data", "mode": "rw"}}); they go with it.
    """
    started: list[Container] = []
    volumes: list[str] = []

    def run(image: str, command: list[str] | None = None, *, ready: str | None = None, **options: Any) -> str:
        name = f"parity-test-{uuid.uuid4().hex[:12]}"
        mounts: Mapping[str, Mapping[str, str]] = options.pop("named_volumes", {})
        named = {f"{name}-{label}": dict(where) for label, where in mounts.items()}
        volumes.extend(named)
        if named:
            options["volumes"] = {**options.get("volumes", {}), **named}
        container = engine.containers.create(image, command, name=name, **options)
        started.append(container)
        container.start()
        if ready is not None:
            _wait(container, ready)
        return name

    try:
        yield run
    finally:
        for container in started:
            container.remove(force=True, v=True)
        for volume in volumes:
            engine.api.remove_volume(volume, force=True)


@pytest.fixture
def run_container(docker_engine: DockerClient) -> Iterator[RunContainer]:
    """`containers` that live as long as one test."""
    with containers(docker_engine) as run:
        yield run


@pytest.fixture(scope="module")
def run_for_module(docker_engine: DockerClient) -> Iterator[RunContainer]:
    """`containers` that live as long as the tests of one file: for those that only look."""
    with containers(docker_engine) as run:
        yield run


def _wait(container: Container, word: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while word.encode() not in container.logs():
        container.reload()
        if time.monotonic() > until or container.status == "exited":
            pytest.fail(f"{container.name} did not come up: {container.logs(tail=20).decode('utf-8', 'replace')}")
        time.sleep(0.05)


@pytest.fixture
def serving(run_container: RunContainer, app_image: str) -> str:
    """A container whose PID 1 is a Python server, as uid 1000."""
    return run_container(app_image, ready="serving")


@pytest.fixture
def dropped(run_container: RunContainer, app_image: str) -> str:
    """A container whose server was started as root and gave root up for 1000:1000."""
    command = ["python", "server.py", "--drop", "1000:1000"]
    return run_container(app_image, command, user="root", ready="serving")


@pytest.fixture
def idle(run_container: RunContainer, app_image: str) -> str:
    """A container in which no Python runs."""
    return run_container(app_image, ["sleep", "infinity"])


@pytest.fixture(scope="module")
def seeded_pair(run_for_module: RunContainer, app_image: str, pair_image: str) -> tuple[str, str]:
    """(local, production): two serving containers that differ as tests/images/pair.py says."""
    local = run_for_module(app_image, ready="serving", **pair.LOCAL)
    return local, run_for_module(pair_image, ready="serving", **pair.PRODUCTION)


@pytest.fixture(scope="session")
def postgres_servers(docker_engine: DockerClient, build_image: BuildImage) -> Iterator[dict[int, str]]:
    """{15: dsn, 17: dsn}: two real servers, a superuser without a password."""
    containers = []
    servers = {}
    try:
        for major, release in ((15, "bookworm"), (17, "trixie")):
            name = f"parity-test-postgres-{major}-{uuid.uuid4().hex[:8]}"
            container = docker_engine.containers.run(build_image("postgres", release), name=name, detach=True)
            containers.append(container)
            _wait(container, "ready to accept connections")
            container.reload()
            address = container.attrs["NetworkSettings"]["IPAddress"]
            servers[major] = f"postgresql://postgres@{address}:5432/postgres"
        yield servers
    finally:
        for container in containers:
            container.remove(force=True, v=True)
