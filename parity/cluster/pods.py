"""Pods from the JSON of the API: which containers they have, which of them is meant, and whether it runs.

Format: Kubernetes API v1, PodSpec and PodStatus. Annotations and values of variables are read past: the only
annotation looked at is the one that names the default container.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from parity.cluster.made import of_pod
from parity.errors import Incomplete, TargetError, Unreachable
from parity.profile import Section
from parity.text import safe

DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container"

INJECTED = frozenset(
    {"aws-otel-collector", "cloud-sql-proxy", "cloudsql-proxy", "consul-dataplane", "daprd", "envoy", "istio-proxy"}
    | {"kuma-sidecar", "linkerd-proxy", "vault-agent"}
)
"""Names that injectors give to the sidecars that they add as ordinary containers."""

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Container:
    """One container of a pod, by what its spec and its status say."""

    name: str
    kind: str
    """"container", "sidecar" (an init container that stays), "init" or "ephemeral"."""
    running: bool
    state: str
    """Why it does not run: "CrashLoopBackOff", "Completed"; "running" when it does."""
    image: str | None
    """The digest of the image that it runs."""
    variables: Mapping[str, str]
    """{name of a variable: "set" or "empty"} in its spec."""
    open_ended: bool
    """Whether it takes variables from elsewhere, too (envFrom), so that `variables` are not all."""
    made: Section
    """How it is made."""


@dataclass(frozen=True, slots=True)
class Pod:
    """One pod."""

    name: str
    containers: tuple[Container, ...]
    ready: bool
    state: str
    """Why it is not ready, in a word: "Pending", "CrashLoopBackOff", "Terminating", "NotReady"."""
    default: str | None
    """The container that the pod's author named as the default."""

    def first(self) -> str | None:
        """The container that kubectl takes by itself."""
        names = [container.name for container in self.containers if container.kind == "container"]
        return self.default if self.default in names else next(iter(names), None)


def read_pods(data: Any) -> list[Pod]:
    """The pods of a list of the API, by name. Raises Incomplete."""
    with _api_json():
        return sorted((_pod(entry) for entry in data["items"]), key=lambda pod: pod.name)


def read_pod(data: Any) -> Pod:
    """The pod of an answer of the API. Raises Incomplete."""
    with _api_json():
        return _pod(data)


def choose(pod: Pod, asked: str | None) -> tuple[Container, str | None]:
    """(the container to look into, a note where it had to be guessed among several).

    Raises TargetError for a name that the pod does not have, Unreachable when the container does not run.
    """
    ordinary = [one for one in pod.containers if one.kind == "container"]
    main = [one for one in ordinary if one.name not in INJECTED] or ordinary
    note = None
    if asked is not None:
        chosen = next((one for one in pod.containers if one.name == asked), None)
        if chosen is None:
            raise TargetError(f"pod {pod.name} has no container {asked}", hint=f"it has: {_names(pod.containers)}")
    elif not main:
        raise Unreachable(f"pod {pod.name} has no container")
    else:
        chosen = next((one for one in ordinary if one.name == pod.default), main[0])
        if len(main) > 1 and chosen.name != pod.default:
            note = f"the pod has several containers, {_names(main)}: this is {chosen.name}; ?container=NAME names one"
    if not chosen.running:
        state = "has ended, as init containers do" if chosen.kind == "init" else f"does not run: {chosen.state}"
        hint = f"`kubectl logs {pod.name} -c {chosen.name}` may tell why" if chosen.kind != "init" else None
        raise Unreachable(f"container {chosen.name} of pod {pod.name} {state}", hint=hint)
    return chosen, note


def selector(workload: Any) -> str:
    """A workload's selector as the API's query has it: app=web,tier in (a,b). Raises Incomplete."""
    with _api_json():
        asked = workload["spec"]["selector"]
        parts = [f"{key}={value}" for key, value in sorted((asked.get("matchLabels") or {}).items())]
        parts += [_expression(one) for one in asked.get("matchExpressions") or ()]
    if not parts:
        raise Incomplete("the workload selects no pods of its own")
    return ",".join(parts)


@contextmanager
def _api_json() -> Iterator[None]:
    try:
        yield
    except (AttributeError, KeyError, TypeError) as error:
        raise Incomplete("the cluster's answer is not one of the Kubernetes API") from error


def _expression(one: Mapping[str, Any]) -> str:
    key, operator = str(one["key"]), one["operator"]
    if operator == "Exists":
        return key
    if operator == "DoesNotExist":
        return f"!{key}"
    values = ",".join(str(value) for value in one["values"])
    return f"{key} {'in' if operator == 'In' else 'notin'} ({values})"


def not_ready(pods: Sequence[Pod]) -> str:
    """`2 CrashLoopBackOff, 1 Pending`: why no pod of a workload can be looked at."""
    states = [pod.state for pod in pods]
    return ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states))) or "it has no pods"


def _names(containers: Sequence[Container]) -> str:
    shown = [one.name if one.kind == "container" else f"{one.name} ({one.kind})" for one in containers]
    return ", ".join(shown)


def _pod(data: Mapping[str, Any]) -> Pod:
    metadata, spec, status = data["metadata"], data["spec"], data.get("status") or {}
    containers = tuple(_containers(spec, status))
    conditions = {one.get("type"): one.get("status") for one in status.get("conditions") or ()}
    leaving = metadata.get("deletionTimestamp") is not None
    ready = conditions.get("Ready") == "True" and not leaving
    annotations = metadata.get("annotations") or {}
    default = annotations.get(DEFAULT_CONTAINER)
    return Pod(
        name=safe(metadata["name"]),
        containers=containers,
        ready=ready,
        state="ready" if ready else _state("Terminating" if leaving else None, status, containers),
        default=default if isinstance(default, str) else None,
    )


def _state(leaving: str | None, status: Mapping[str, Any], containers: Sequence[Container]) -> str:
    waiting = next((one.state for one in containers if one.kind == "container" and not one.running), None)
    phase = safe(status.get("phase", "Unknown"))
    return leaving or (waiting if waiting and phase in ("Pending", "Running") else None) or _phase(phase)


def _phase(phase: str) -> str:
    return "NotReady" if phase == "Running" else phase


def _containers(spec: Mapping[str, Any], status: Mapping[str, Any]) -> Iterator[Container]:
    for group, statuses, kind in (
        ("containers", "containerStatuses", "container"),
        ("initContainers", "initContainerStatuses", "init"),
        ("ephemeralContainers", "ephemeralContainerStatuses", "ephemeral"),
    ):
        known = {one["name"]: one for one in status.get(statuses) or ()}
        for one in spec.get(group) or ():
            # An init container that is always restarted is a sidecar: it stays for the life of the pod.
            stays = kind == "init" and one.get("restartPolicy") == "Always"
            yield _container(spec, one, known.get(one["name"]) or {}, "sidecar" if stays else kind)


def _container(pod: Mapping[str, Any], spec: Mapping[str, Any], status: Mapping[str, Any], kind: str) -> Container:
    state = status.get("state") or {}
    halted = state.get("waiting") or state.get("terminated") or {}
    digest = _DIGEST.search(str(status.get("imageID", "")))
    running = "running" in state
    return Container(
        name=safe(spec["name"]),
        kind=kind,
        running=running,
        state="running" if running else safe(halted.get("reason") or "not started")[:60],
        image=digest[0] if digest else None,
        variables={
            safe(one["name"]): "set" if one.get("value") or one.get("valueFrom") else "empty"
            for one in spec.get("env") or ()
        },
        open_ended=bool(spec.get("envFrom")),
        made=of_pod(pod, spec, status),
    )
