"""Services that tests need: a Docker Engine, PostgreSQL's programs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import docker
import pytest

from tests.skips import in_ci


def missing(reason: str) -> NoReturn:
    """Give up a test whose service is not there: a failure in CI, a skip that says why elsewhere."""
    if in_ci():
        pytest.fail(f"CI must provide this: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def docker_engine() -> Iterator[docker.DockerClient]:
    """A client of an engine that answers."""
    try:
        client = docker.from_env(timeout=600)
        client.ping()
    except (docker.errors.DockerException, OSError) as error:
        missing(f"no Docker Engine answers ({type(error).__name__})")
    yield client
    client.close()


@pytest.fixture(scope="session")
def postgres_programs() -> Path:
    """The directory of `initdb` and `postgres`, the newest that this machine has."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    # Debian keeps them off PATH, one directory a major version.
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not versions:
        missing("no PostgreSQL server programs (initdb) on this machine")
    return max(versions, key=lambda path: int(path.parent.name))


def program(name: str) -> str:
    """The path of a program that a test runs, looked for where administrators' programs are, too."""
    search = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])
    found = shutil.which(name, path=search)
    if found is None:
        missing(f"no {name} on this machine")
    return found
