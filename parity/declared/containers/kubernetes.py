"""Kubernetes manifests: what the containers of the project's own workloads are given.

Names alone: of a Secret and a ConfigMap the keys are read, never what stands behind them. Format: the Kubernetes API
reference (workload resources, config and storage resources), kustomize's generators, Bitnami's SealedSecret.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from parity.declared.commands.line import of_words
from parity.declared.containers.document import Node, NotYaml, documents
from parity.declared.containers.image import is_server, python_of, server_of
from parity.declared.facts import DeclaredName, Facts, Fault, Mount, Place, PythonVersion, ServerVersion, User
from parity.probe.collectors.environment import is_name

_HIDES = (("environment", "*"), ("database", "server_version"))
_TEMPLATE = ("spec", "template", "spec")
_PODS = {
    "Pod": ("spec",),
    "CronJob": ("spec", "jobTemplate", *_TEMPLATE),
    **dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Rollout"), _TEMPLATE),
}
"""{kind: where the pod's own specification stands}; a Knative Service has it where a Deployment does."""
_KEYS = {"ConfigMap": ("data",), "Secret": ("data", "stringData"), "SealedSecret": ("encryptedData",)}
_REFERENCE = re.compile(r"(?<!\$)\$\((\w+)\)", re.ASCII)
_GENERATORS = ("configMapGenerator", "secretGenerator")


@dataclass(slots=True)
class Manifests:
    """What the manifests of a repository say, before names are followed from one to another."""

    pythons: list[PythonVersion] = field(default_factory=list)
    names: list[DeclaredName] = field(default_factory=list)
    commands: list[Facts] = field(default_factory=list)
    users: list[User] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    servers: list[ServerVersion] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    keys: dict[str, list[DeclaredName]] = field(default_factory=dict)
    """{name of a ConfigMap or a Secret: its keys}."""
    wanted: list[tuple[str, str, Place]] = field(default_factory=list)
    """(name of a ConfigMap or a Secret all of whose keys are set, prefix, where)."""
    env_files: list[tuple[str, str]] = field(default_factory=list)
    """(name of a ConfigMap or a Secret, dotenv file that it is generated from)."""

    def facts(self) -> Facts:
        """Everything that they say together."""
        names, faults = list(self.names), list(self.faults)
        for name, prefix, at in self.wanted:
            if name in self.keys:
                keys = (one for one in self.keys[name] if is_name(prefix + one.name))
                names += (DeclaredName(prefix + one.name, one.at, one.set, one.empty) for one in keys)
            else:
                faults.append(Fault(f"{at}: sets all keys of {name}, which no file declares", (("environment", "*"),)))
        commands = Facts.joined(self.commands)
        return Facts(
            pythons=tuple(self.pythons),
            declared_names=tuple(names),
            read_names=commands.read_names,
            started=commands.started,
            users=tuple(self.users),
            mounts=tuple(self.mounts),
            server_versions=tuple(self.servers),
            faults=tuple(faults),
        )


def looks_like_one(text: bytes) -> bool:
    """Whether a file of YAML may be a manifest: the rest of a repository's YAML is not read."""
    return (b"kind:" in text and b"apiVersion:" in text) or any(one.encode() in text for one in _GENERATORS)


def read(texts: Mapping[str, str]) -> Manifests:
    """The manifests in {name: text}."""
    found = Manifests()
    templates = []
    for name, text in sorted(texts.items()):
        if "{{" in text and any(line.lstrip("- ").startswith("{{") for line in text.split("\n")):
            templates.append(name)
            continue
        try:
            roots = documents(text)
        except NotYaml as error:
            if "{{" in text:
                templates.append(name)
            else:
                found.faults.append(Fault(f"{name}: {error}", _HIDES))
            continue
        for root in roots:
            for one in [root, *root.each("items")] if root.said("kind") == "List" else [root]:
                _resource(found, one, name)
    if templates:
        rest = f" and {len(templates) - 1} more" if len(templates) > 1 else ""
        found.faults.append(Fault(f"{templates[0]}{rest}: templates of a chart, not read", (("environment", "*"),)))
    return found


def _resource(found: Manifests, node: Node, name: str) -> None:
    kind = node.said("kind") or ""
    if kind in _KEYS:
        keys = found.keys.setdefault(node.said("metadata", "name") or "", [])
        for part in _KEYS[kind]:
            parts = ("spec", part) if kind == "SealedSecret" else (part,)
            data = node.get(*parts)
            for key, value, line in data.pairs() if data else ():
                keys.append(DeclaredName(key, Place(name, line), True, value.text == ""))
    for generator in _GENERATORS:
        for one in node.each(generator):
            _generated(found, one, name)
    path = _PODS.get(kind)
    if kind == "Service" and (node.said("apiVersion") or "").startswith("serving.knative.dev/"):
        path = _TEMPLATE
    pod = node.get(*path) if path else None
    if pod is not None:
        _pod(found, pod, name)


def _generated(found: Manifests, node: Node, name: str) -> None:
    generated = node.said("name") or ""
    keys = found.keys.setdefault(generated, [])
    for one in node.each("literals"):
        key, equals, value = (one.text or "").partition("=")
        if equals:
            keys.append(DeclaredName(key, Place(name, one.line), True, not value))
    for one in node.each("envs"):
        if one.text:
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(name), one.text))
            found.env_files.append((generated, beside))


def _pod(found: Manifests, pod: Node, name: str) -> None:
    user = _user(pod.get("securityContext"), name)
    for container in (*pod.each("initContainers"), *pod.each("containers")):
        image = container.said("image") or ""
        at = Place(name, container.line)
        found.pythons += filter(None, [python_of(image, at)])
        found.servers += filter(None, [server_of(image, at)])
        if is_server(image):
            continue
        found.users += filter(None, [_user(container.get("securityContext"), name) or user])
        for one in container.each("volumeMounts"):
            target = one.said("mountPath") or ""
            if target.startswith("/"):
                found.mounts.append(Mount(posixpath.normpath(target), Place(name, one.line)))
        found.names += _variables(container.each("env"), name)
        given = container.get("command") or container.get("args")
        if given is not None and given.elements:
            words = [one.text or "" for key in ("command", "args") for one in container.each(key)]
            # $(NAME) is filled in by the kubelet from the container's own variables.
            filled = [_REFERENCE.sub(r"${\1}", one) for one in words]
            found.commands.append(
                of_words(filled, Place(name, given.line), certain=container.get("command") is not None)
            )
        for one in container.each("envFrom"):
            prefix = one.said("prefix") or ""
            for reference in ("configMapRef", "secretRef"):
                wanted = one.said(reference, "name")
                if wanted:
                    found.wanted.append((wanted, prefix, Place(name, one.line)))


def _variables(entries: Iterable[Node], name: str) -> Iterator[DeclaredName]:
    for one in entries:
        key = one.said("name") or ""
        if is_name(key):
            value = one.get("value")
            empty = one.get("valueFrom") is None and (value is None or value.null or value.text == "")
            yield DeclaredName(key, Place(name, one.line), True, empty)


def _user(context: Node | None, name: str) -> User | None:
    user = context.said("runAsUser") if context else None
    if context is None or user is None or not user.isdecimal():
        return None
    group = context.said("runAsGroup") or ""
    at = context.get("runAsUser")
    return User(f"{user}:{group}" if group.isdecimal() else user, Place(name, at.line if at else context.line))
