"""How a container of a pod is made, as the pod's spec and status tell: the `container` section.

Format: Kubernetes API v1, Container, PodSpec and ContainerStatus. What a spec leaves open is the image's, and is
hidden: a cluster tells nothing of images.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parity.engine.made import DIGEST, capabilities, ports, program, reference
from parity.profile import Section, Status
from parity.profile.model import Item

REASON = "what the pod's spec leaves to the image cannot be told"

_OPEN = ("command", "created", "digest", "entrypoint", "image", "init", "platform", "user")
"""Keys of the section that a spec may not tell."""
_RESTARTS = {"Always": "always", "OnFailure": "on-failure", "Never": "no"}
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")


def of_pod(pod: Mapping[str, Any], spec: Mapping[str, Any], status: Mapping[str, Any]) -> Section:
    """The section of one container. `pod` is the pod's spec, `spec` and `status` are the container's own."""
    own, whole = spec.get("securityContext") or {}, pod.get("securityContext") or {}
    changed = own.get("capabilities") or {}
    exposed = spec.get("ports") or ()
    items: dict[str, Item] = {
        "healthcheck": any(spec.get(name) for name in _PROBES),
        "restart_policy": _RESTARTS.get(str(pod.get("restartPolicy") or "Always")),
        "network_mode": "host" if pod.get("hostNetwork") else "pod",
        "published_ports": {"ports": ports(map(_port, exposed))},
        "capabilities_added": {"names": capabilities(changed.get("add"))},
        "capabilities_dropped": {"names": capabilities(changed.get("drop"))},
        "privileged": bool(own.get("privileged")),
        "read_only_root": bool(own.get("readOnlyRootFilesystem")),
    }
    digest = DIGEST.search(str(status.get("imageID", "")))
    user = own.get("runAsUser", whole.get("runAsUser"))
    known: dict[str, Item] = {
        "image": reference(spec.get("image")),
        "digest": digest[0] if digest else None,
        "user": str(user) if isinstance(user, int) else None,
        "entrypoint": program(spec.get("command")),
    }
    items.update((key, value) for key, value in known.items() if value is not None)
    return Section(Status.PARTIAL, REASON, items, hidden=tuple(key for key in _OPEN if key not in items))


def _port(declared: Mapping[str, Any]) -> str:
    return f"{declared.get('containerPort')}/{str(declared.get('protocol') or 'TCP').lower()}"
