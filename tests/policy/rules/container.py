"""Severities of `container`."""

from __future__ import annotations

from tests.policy.findings import INFO, WARNING, Case

OTHER, IMAGE, STARTED = ("other", INFO), ("image", INFO), ("started", INFO)
ENTRYPOINT, PROVIDED = ("entrypoint", WARNING), ("provided", WARNING)
PRIVILEGES, NETWORK = ("privileges", WARNING), ("network", WARNING)
ADMIN = {"names": ["NET_ADMIN"]}

CASES: list[Case] = [
    ({"image": "web:1"}, {"image": "web:2"}, {"image": IMAGE}),
    ({"digest": "sha256:1"}, {"image": "web:2"}, {"digest": IMAGE, "image": IMAGE}),
    ({"platform": "linux/amd64"}, {"platform": "linux/arm64"}, {"platform": IMAGE}),
    ({"created": "2026-03-01T12:00:00Z"}, {"created": "2026-03-02T12:00:00Z"}, {}),
    ({"user": None}, {"user": "app"}, {"user": ("user", WARNING)}),
    ({"user": "app"}, {"user": None}, {"user": ("user", WARNING)}),
    ({"entrypoint": "tini"}, {"entrypoint": None}, {"entrypoint": STARTED}),
    ({"command": "gunicorn"}, {"command": "uvicorn"}, {"command": STARTED}),
    ({"entrypoint": "docker-entrypoint.sh"}, {"entrypoint": None}, {"entrypoint": ENTRYPOINT}),
    ({"entrypoint": "docker-entrypoint.sh"}, {"entrypoint": "gunicorn"}, {"entrypoint": ENTRYPOINT}),
    ({"entrypoint": None}, {"entrypoint": "docker-entrypoint.sh"}, {"entrypoint": STARTED}),
    ({"restart_policy": "no"}, {"restart_policy": "always"}, {"restart_policy": OTHER}),
    ({"restart_policy": "unless-stopped"}, {"restart_policy": "no"}, {"restart_policy": PROVIDED}),
    ({"restart_policy": "unless-stopped"}, {"restart_policy": "always"}, {"restart_policy": OTHER}),
    ({"healthcheck": True}, {"healthcheck": False}, {"healthcheck": PROVIDED}),
    ({"healthcheck": False}, {"healthcheck": True}, {"healthcheck": OTHER}),
    ({"init": True}, {"init": False}, {"init": PROVIDED}),
    ({"init": False}, {"init": True}, {"init": OTHER}),
    # What follows from a root that is read-only is told of the process and its volumes.
    ({"read_only_root": False}, {"read_only_root": True}, {"read_only_root": OTHER}),
    ({"published_ports": {"ports": ["80/tcp"]}}, {"published_ports": {"ports": []}}, {"published_ports": OTHER}),
    (
        {"network_mode": "bridge", "published_ports": {"ports": ["80/tcp"]}},
        {"network_mode": "bridge", "published_ports": {"ports": []}},
        {"published_ports": PROVIDED},
    ),
    (
        {"network_mode": "bridge", "published_ports": {"ports": ["80/tcp"]}},
        {"network_mode": "bridge", "published_ports": {"ports": ["8080/tcp"]}},
        {"published_ports": OTHER},
    ),
    # On a network of their own another container reaches it by its name, and publishes in its place.
    (
        {"network_mode": "user-defined", "published_ports": {"ports": ["80/tcp"]}},
        {"network_mode": "user-defined", "published_ports": {"ports": []}},
        {"published_ports": OTHER},
    ),
    ({"network_mode": "host"}, {"network_mode": "bridge"}, {"network_mode": NETWORK}),
    ({"network_mode": "bridge"}, {"network_mode": "none"}, {"network_mode": NETWORK}),
    ({"network_mode": "user-defined"}, {"network_mode": "bridge"}, {"network_mode": NETWORK}),
    ({"network_mode": "user-defined"}, {"network_mode": "pod"}, {"network_mode": ("network", INFO)}),
    ({"privileged": True}, {"privileged": False}, {"privileged": PRIVILEGES}),
    ({"privileged": False}, {"privileged": True}, {"privileged": OTHER}),
    ({"capabilities_added": ADMIN}, {"capabilities_added": {"names": []}}, {"capabilities_added": PRIVILEGES}),
    ({"capabilities_added": {"names": []}}, {"capabilities_added": ADMIN}, {"capabilities_added": OTHER}),
    ({"capabilities_dropped": {"names": []}}, {"capabilities_dropped": ADMIN}, {"capabilities_dropped": PRIVILEGES}),
    # Between a container and none there is one difference, and not as many as a container has facts.
    ({}, {"image": "web:1", "init": False, "user": "app"}, {"image": ("one-sided", INFO)}),
    ({"image": "web:1", "init": False, "user": "app"}, {}, {"image": ("one-sided", INFO)}),
]
