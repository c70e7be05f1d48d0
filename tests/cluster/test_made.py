"""How a container of a pod is made, by its spec."""

from __future__ import annotations

from typing import Any

from parity.cluster.made import of_pod
from parity.profile import Status
from tests.kubernetes_api import DIGEST

POD: dict[str, Any] = {"restartPolicy": "OnFailure", "hostNetwork": True, "securityContext": {"runAsUser": 1000}}
CONTAINER: dict[str, Any] = {
    "name": "web",
    "image": "registry.example/web:1",
    "command": ["/app/bin/serve", "--token=ARGPW"],
    "args": ["ARGPW"],
    "env": [{"name": "TOKEN", "value": "ENVPW"}],
    "readinessProbe": {"exec": {"command": ["ARGPW"]}},
    "ports": [{"containerPort": 8000}, {"containerPort": 53, "protocol": "UDP", "name": "dns"}],
    "securityContext": {
        "capabilities": {"add": ["NET_ADMIN"], "drop": ["ALL"]},
        "readOnlyRootFilesystem": True,
        "runAsUser": 2000,
    },
}


def test_a_spec_that_says_it_all() -> None:
    section = of_pod(POD, CONTAINER, {"imageID": f"registry.example/web@{DIGEST}"})
    assert section.items == {
        "image": "registry.example/web:1",
        "digest": DIGEST,
        "user": "2000",
        "entrypoint": "serve",
        "healthcheck": True,
        "restart_policy": "on-failure",
        "network_mode": "host",
        "published_ports": {"ports": ("53/udp", "8000/tcp")},
        "capabilities_added": {"names": ("NET_ADMIN",)},
        "capabilities_dropped": {"names": ("ALL",)},
        "privileged": False,
        "read_only_root": True,
    }
    assert section.status is Status.PARTIAL
    assert section.hidden == ("command", "created", "init", "platform")
    assert "PW" not in repr(section)


def test_what_a_spec_leaves_open_is_hidden_and_not_absent() -> None:
    section = of_pod({}, {"name": "web", "image": "web"}, {})
    assert section.hidden == ("command", "created", "digest", "entrypoint", "init", "platform", "user")
    assert (section.items["restart_policy"], section.items["network_mode"]) == ("always", "pod")
    assert of_pod(POD, {"name": "web"}, {}).items["user"] == "1000"
