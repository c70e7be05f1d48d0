"""An API server of Kubernetes on loopback, as much of it as kubectl needs to find pods and to run a command in one.

Formats: Kubernetes API v1 and its discovery, the subprotocol v5.channel.k8s.io over WebSocket (RFC 6455). A command
runs as a process of this machine, or as whatever `run` makes of it.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.channels import PROTOCOL, Execution, Fault, accept

NAMESPACE = "shop"
DIGEST = "sha256:" + "ab" * 32

_GROUPS = {
    "v1": [("pods", "Pod"), ("namespaces", "Namespace")],
    "apps/v1": [
        ("deployments", "Deployment"),
        ("statefulsets", "StatefulSet"),
        ("daemonsets", "DaemonSet"),
        ("replicasets", "ReplicaSet"),
    ],
    "batch/v1": [("jobs", "Job")],
}


@dataclass
class Cluster:
    """What the server answers with; tests change it as they like."""

    pods: dict[str, dict[str, Any]] = field(default_factory=dict)
    workloads: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """{(resource, name): object}"""
    forbidden: set[tuple[str, str]] = field(default_factory=set)
    """{(verb, resource)}"""
    faults: dict[str, Fault] = field(default_factory=dict)
    """{pod: what goes wrong}"""
    unauthorized: bool = False
    run: Callable[[str, str, Sequence[str]], Sequence[str]] = lambda pod, container, command: command
    """(pod, container, command) -> what is run here."""
    executions: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    """(pod, container, command) of every exec that was asked for."""
    logs: dict[tuple[str, str, bool], str] = field(default_factory=dict)
    """{(pod, container, of the one before that ended): what it wrote, with times}"""
    at_once: int = 0
    """The most execs that ran at the same time."""

    def add_pod(self, name: str, *containers: Mapping[str, Any] | str, **changes: Any) -> None:
        """A running, ready pod. A container is its name, or a dict of spec and status fields by name.

        changes: labels, annotations, ready, phase, init, ephemeral, deleted.
        """
        ordinary = [_container(one) for one in containers or ("web",)]
        init = [_container(one) for one in changes.get("init", ())]
        ephemeral = [_container(one) for one in changes.get("ephemeral", ())]
        metadata: dict[str, Any] = {
            "name": name,
            "namespace": NAMESPACE,
            "labels": changes.get("labels", {"app": "web"}),
        }
        metadata["annotations"] = changes.get("annotations", {})
        if changes.get("deleted"):
            metadata["deletionTimestamp"] = "2026-03-01T12:00:00Z"
        ready = "True" if changes.get("ready", True) else "False"
        self.pods[name] = {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": metadata,
            "spec": {
                "containers": [spec for spec, _ in ordinary],
                "initContainers": [spec for spec, _ in init],
                "ephemeralContainers": [spec for spec, _ in ephemeral],
            },
            "status": {
                "phase": changes.get("phase", "Running"),
                "conditions": [{"type": "Ready", "status": ready}],
                "containerStatuses": [status for _, status in ordinary],
                "initContainerStatuses": [status for _, status in init],
                "ephemeralContainerStatuses": [status for _, status in ephemeral],
            },
        }

    def add_workload(self, resource: str, name: str, selector: Mapping[str, Any]) -> None:
        """A workload that selects pods: {"matchLabels": …, "matchExpressions": …}."""
        kind = dict(entry for entries in _GROUPS.values() for entry in entries)[resource]
        version = next(version for version, entries in _GROUPS.items() if (resource, kind) in entries)
        self.workloads[resource, name] = {
            "apiVersion": version,
            "kind": kind,
            "metadata": {"name": name, "namespace": NAMESPACE},
            "spec": {"selector": dict(selector)},
        }


def _container(given: Mapping[str, Any] | str) -> tuple[dict[str, Any], dict[str, Any]]:
    fields = {"name": given} if isinstance(given, str) else dict(given)
    status: dict[str, Any] = {
        "name": fields["name"],
        "state": fields.pop("state", {"running": {}}),
        "imageID": fields.pop("imageID", f"registry.example/web@{DIGEST}"),
    }
    return fields, status


class KubernetesApi:
    """The server, running until the block is left."""

    def __init__(self) -> None:
        self.cluster = Cluster()

        class Handler(_Handler):
            pass

        Handler.cluster, Handler.lock = self.cluster, threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> KubernetesApi:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def write_kubeconfig(self, path: Path, context: str = "stage") -> None:
        """A configuration whose current context is this server."""
        address = f"http://127.0.0.1:{self._server.server_address[1]}"
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": context,
            "clusters": [{"name": "here", "cluster": {"server": address}}],
            "users": [{"name": "dev", "user": {"token": "token-of-a-test"}}],
            "contexts": [{"name": context, "context": {"cluster": "here", "user": "dev"}}],
        }
        path.write_text(json.dumps(config), "utf-8")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    cluster: Cluster
    lock: threading.Lock
    running = 0

    def log_message(self, *arguments: object) -> None:
        """Nothing: a test's output is its own."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if self.cluster.unauthorized:
            self._refuse(401, "Unauthorized", "Unauthorized")
        elif url.path == "/version":
            self._answer({"major": "1", "minor": "32", "gitVersion": "v1.32.0"})
        elif url.path == "/api":
            self._answer({"kind": "APIVersions", "versions": ["v1"]})
        elif url.path == "/apis":
            self._answer({"kind": "APIGroupList", "apiVersion": "v1", "groups": list(map(_group, ("apps", "batch")))})
        elif url.path.endswith("/v1") and url.path.count("/") <= 3:
            self._answer(_resources(url.path.removeprefix("/apis/").removeprefix("/api/")))
        else:
            self._object(url.path.strip("/").split("/"), parse_qs(url.query))

    def do_POST(self) -> None:
        """What kubectl falls back to when it is refused a WebSocket."""
        if not self._forbidden("create", "pods/exec", urlsplit(self.path).path.split("/")[-2]):
            self._refuse(400, "BadRequest", "no SPDY here")

    def _object(self, parts: list[str], query: Mapping[str, list[str]]) -> None:
        group, rest = ("", parts[2:]) if parts[0] == "api" else (parts[1], parts[3:])
        if len(rest) == 2:
            self._namespace(rest[1])
            return
        resource, *named = rest[2:]
        if named[1:] == ["exec"]:
            if not self._forbidden("get", "pods/exec", named[0]):
                self._exec(named[0], query)
        elif named[1:] == ["log"]:
            if not self._forbidden("get", "pods/log", named[0]):
                self._log(named[0], query)
        elif not self._forbidden("get" if named else "list", resource, named[0] if named else "", group):
            self._get(resource, named, group, query)

    def _namespace(self, name: str) -> None:
        if name == NAMESPACE:
            self._answer({"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": name}})
        else:
            self._refuse(404, "NotFound", f'namespaces "{name}" not found')

    def _get(self, resource: str, named: list[str], group: str, query: Mapping[str, list[str]]) -> None:
        if not named:
            pods = [pod for pod in self.cluster.pods.values() if _selected(pod, query.get("labelSelector", [""])[0])]
            self._answer({"kind": "PodList", "apiVersion": "v1", "items": pods})
            return
        here = f"/namespaces/{NAMESPACE}/" in self.path
        known = {**self.cluster.workloads, **{("pods", name): pod for name, pod in self.cluster.pods.items()}}
        found = known.get((resource, named[0])) if here else None
        if found is None:
            self._refuse(404, "NotFound", f'{resource}{"." + group if group else ""} "{named[0]}" not found')
        else:
            self._answer(found)

    def _forbidden(self, verb: str, resource: str, name: str, group: str = "") -> bool:
        if (verb, resource) not in self.cluster.forbidden:
            return False
        shown = f' "{name}"' if name else ""
        message = (
            f'{resource.partition("/")[0]}{shown} is forbidden: User "dev" cannot {verb} resource "{resource}" '
            f'in API group "{group}" in the namespace "{NAMESPACE}"'
        )
        self._refuse(403, "Forbidden", message)
        return True

    def _refuse(self, code: int, reason: str, message: str) -> None:
        status = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message, "reason": reason}
        self._answer({**status, "code": code}, code)

    def _answer(self, document: object, code: int = 200) -> None:
        body = json.dumps(document).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _log(self, pod: str, query: Mapping[str, list[str]]) -> None:
        previous = query.get("previous") == ["true"]
        text = self.cluster.logs.get((pod, query.get("container", ["web"])[0], previous))
        if text is None and previous:
            self._refuse(400, "BadRequest", f'previous terminated container "web" in pod "{pod}" not found')
            return
        body = (text or "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _exec(self, pod: str, query: Mapping[str, list[str]]) -> None:
        specs = self.cluster.pods.get(pod, {}).get("spec", {})
        names = [one["name"] for group in specs.values() for one in group]
        if pod not in self.cluster.pods:
            self._refuse(404, "NotFound", f'pods "{pod}" not found')
            return
        container = query.get("container", names[:1])[0]
        if container not in names:
            self._refuse(400, "BadRequest", f"container {container} is not valid for pod {pod}")
            return
        if PROTOCOL not in self.headers.get("Sec-WebSocket-Protocol", ""):
            self._refuse(400, "BadRequest", f"only {PROTOCOL} is spoken here")
            return
        command = tuple(query["command"])
        with self.lock:
            self.cluster.executions.append((pod, container, command))
            type(self).running += 1
            self.cluster.at_once = max(self.cluster.at_once, self.running)
        try:
            self._upgrade()
            Execution(self.rfile, self.wfile, self.cluster.faults.get(pod)).run(
                list(self.cluster.run(pod, container, command))
            )
        except (BrokenPipeError, ConnectionResetError):
            pass  # The client has left, as it does at its deadline.
        finally:
            with self.lock:
                type(self).running -= 1
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    def _upgrade(self) -> None:
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept(self.headers["Sec-WebSocket-Key"]))
        self.send_header("Sec-WebSocket-Protocol", PROTOCOL)
        self.end_headers()
        self.wfile.flush()


def _group(name: str) -> dict[str, Any]:
    version = {"groupVersion": f"{name}/v1", "version": "v1"}
    return {"name": name, "versions": [version], "preferredVersion": version}


def _resources(version: str) -> dict[str, Any]:
    verbs = ["get", "list"]
    entries = [
        {"name": name, "singularName": kind.lower(), "namespaced": name != "namespaces", "kind": kind, "verbs": verbs}
        for name, kind in _GROUPS[version]
    ]
    return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version, "resources": entries}


def _selected(pod: Mapping[str, Any], selector: str) -> bool:
    """Of the selectors' language: key=value, key, !key, key in (a,b)."""
    labels = pod["metadata"]["labels"]
    rest = selector
    while rest:
        key, _, values = rest.partition(" in (")
        if values and "," not in key:
            members, _, rest = values.partition(")")
            if labels.get(key) not in members.split(","):
                return False
            rest = rest.removeprefix(",")
            continue
        term, _, rest = rest.partition(",")
        name, equals, value = term.partition("=")
        if equals and labels.get(name) != value:
            return False
        if not equals and (term.removeprefix("!") in labels) == term.startswith("!"):
            return False
    return True
