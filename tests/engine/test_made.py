"""How a container is made: names and flags of closed forms, and nothing of what may be a secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from parity.engine import made
from parity.profile import Status
from tests.images.fixtures import RunContainer
from tests.targets.looking import take

if TYPE_CHECKING:
    from docker import DockerClient

DIGEST = f"sha256:{'a' * 64}"


def container(host: dict[str, Any] | None = None, **config: Any) -> dict[str, Any]:
    """An engine's record of a container."""
    return {"Config": config, "HostConfig": host or {}}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("registry.example.org:5000/shop/web:1.4", "registry.example.org:5000/shop/web:1.4"),
        (f"shop/web@{DIGEST}", f"shop/web@{DIGEST}"),
        (DIGEST, DIGEST),
        ("user:IMAGEPW@registry.example.org/web", "registry.example.org/web"),
        (f"user:IMAGEPW@registry.example.org/web@{DIGEST}", f"registry.example.org/web@{DIGEST}"),
        ("https://user:IMAGEPW@registry.example.org/web", "registry.example.org/web"),
        ("", None),
        (None, None),
    ],
)
def test_references_without_credentials(text: object, shown: str | None) -> None:
    assert made.reference(text) == shown


@pytest.mark.parametrize(
    ("entrypoint", "command", "expected"),
    [
        (None, ["/usr/local/bin/gunicorn", "--bind", "ARGPW"], (None, "gunicorn")),
        (["/docker-entrypoint.sh"], ["gunicorn", "ARGPW"], ("docker-entrypoint.sh", "gunicorn")),
        (["tini", "--"], ["python3.11", "-m", "ARGPW"], ("tini", "python3.11")),
        # What follows an entrypoint is an argument, unless it is known to be a program.
        (["/app/serve"], ["ARGPW"], ("serve", "nothing")),
        (["/app/serve"], ["--token=ARGPW"], ("serve", "nothing")),
        (["sh", "-c", "exec ARGPW"], None, ("sh", "nothing")),
        (None, ["echo ARGPW"], (None, None)),
        (None, None, (None, None)),
        (None, ["-x"], (None, None)),
    ],
)
def test_programs_are_told_and_arguments_never(
    entrypoint: object, command: object, expected: tuple[object, ...]
) -> None:
    section = made.of_container(container(Entrypoint=entrypoint, Cmd=command), None)
    assert (section.items["entrypoint"], section.items.get("command", "nothing")) == expected
    assert "ARGPW" not in repr(section)


@pytest.mark.parametrize(
    ("host", "key", "value"),
    [
        ({"NetworkMode": "default"}, "network_mode", "bridge"),
        ({"NetworkMode": "host"}, "network_mode", "host"),
        ({"NetworkMode": "container:4f"}, "network_mode", "container"),
        ({"NetworkMode": "shop_default"}, "network_mode", "user-defined"),
        ({"RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 3}}, "restart_policy", "on-failure"),
        ({}, "restart_policy", "no"),
        ({"CapAdd": ["CAP_SYS_PTRACE", "net_admin"]}, "capabilities_added", {"names": ("NET_ADMIN", "SYS_PTRACE")}),
        ({"CapDrop": ["ALL"]}, "capabilities_dropped", {"names": ("ALL",)}),
        (
            {"PortBindings": {"8000/tcp": [{"HostPort": "80"}], "53/udp": [{}], "9/tcp": None, "x": [{}]}},
            "published_ports",
            {"ports": ("53/udp", "8000/tcp")},
        ),
        ({"Init": None}, "init", False),
        ({"Init": True}, "init", True),
    ],
)
def test_what_the_engine_is_told_to_do(host: dict[str, Any], key: str, value: object) -> None:
    assert made.of_container(container(host), None).items[key] == value


@pytest.mark.parametrize(
    ("check", "expected"), [(None, False), ({"Test": ["NONE"]}, False), ({"Test": ["CMD", "x"]}, True), ({}, False)]
)
def test_health_checks(check: object, expected: bool) -> None:
    assert made.of_settings({"Healthcheck": check})["healthcheck"] is expected


def test_an_image_that_is_gone_leaves_its_facts_unknown() -> None:
    section = made.of_container(container(Image="web:1"), None)
    assert section.status is Status.PARTIAL
    assert section.hidden == ("created", "digest", "platform")
    image = {"Created": "2026-03-01T12:00:00.123Z", "Os": "linux", "Architecture": "arm64", "Variant": "v8"}
    whole = made.of_container(container(Image="web:1"), {**image, "RepoDigests": [f"web@{DIGEST}"]})
    assert whole.status is Status.OK
    assert [whole.items[key] for key in ("created", "digest", "platform")] == [
        "2026-03-01T12:00:00Z",
        DIGEST,
        "linux/arm64/v8",
    ]


@pytest.mark.docker
def test_a_container_as_it_is(
    docker_engine: DockerClient, run_container: RunContainer, base_image: Callable[[str], str]
) -> None:
    name = run_container(
        base_image("bookworm"),
        ["sleep", "60"],
        user="1000:1000",
        cap_add=["NET_ADMIN"],
        cap_drop=["MKNOD"],
        read_only=True,
        init=True,
        network_mode="none",
        restart_policy={"Name": "always"},
        healthcheck={"test": ["CMD", "true"]},
        labels={"secret": "LABELPW"},
    )
    section = take(f"docker://{name}", sections=frozenset({"container"})).sections["container"]
    told = {key: item for key, item in section.items.items() if key not in {"created", "digest", "image", "platform"}}
    assert told == {
        "capabilities_added": {"names": ("NET_ADMIN",)},
        "capabilities_dropped": {"names": ("MKNOD",)},
        "command": "sleep",
        "entrypoint": None,
        "healthcheck": True,
        "init": True,
        "network_mode": "none",
        "privileged": False,
        "published_ports": {"ports": ()},
        "read_only_root": True,
        "restart_policy": "always",
        "user": "1000:1000",
    }
    assert section.items["image"] == base_image("bookworm")
    assert str(section.items["platform"]).startswith("linux/")
    assert "LABELPW" not in repr(section)
