"""PostgreSQL 18: what no release of Debian has yet is read like the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.database.conftest import Look
from tests.database.test_look import assert_whole
from tests.images.fixtures import BuildImage, RunContainer

if TYPE_CHECKING:
    from docker import DockerClient

pytestmark = [pytest.mark.docker, pytest.mark.postgres]


def test_eighteen(
    docker_engine: DockerClient, build_image: BuildImage, run_container: RunContainer, look: Look
) -> None:
    name = run_container(build_image("postgres18", "bookworm"), ready="ready to accept connections")
    address = docker_engine.containers.get(name).attrs["NetworkSettings"]["IPAddress"]
    section = look(f"postgresql://postgres@{address}:5432/postgres")
    assert_whole(section, 18)
    assert section.items["ssl_required"] is False
    assert section.items["schemas.public"] == {"exists": True, "usable": True, "writable": True}
    assert section.items["default_privileges.tables"] == {"granted": ()}
