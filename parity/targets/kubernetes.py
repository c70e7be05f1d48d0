"""A pod, or every ready pod of a workload, through kubectl.

The pods of a workload are read side by side, and what differs between them is told beside the sections. Of a pod's
own description a profile keeps the digest of the image and names: no annotation, no value.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from parity.errors import Incomplete, ParityError, TargetError, Unreachable
from parity.profile import Profile, Section, Status
from parity.snapshot.request import Progress, Request
from parity.snapshot.target import Reading
from parity.text import safe

if TYPE_CHECKING:
    from parity.cluster.kubectl import Kubectl
    from parity.cluster.pods import Container, Pod
    from parity.snapshot.transport import Diagnosis

SUMMARY = "a pod, or every ready pod of a workload, in a Kubernetes cluster"
EXAMPLE = "kubernetes://shop/deployment/web"
OPTIONS: tuple[str, ...] = ("container",)

AT_ONCE = 8
"""Pods that are read at the same time."""

_KINDS = {
    "pods": "pod pods po",
    "deployments.apps": "deployment deployments deploy",
    "statefulsets.apps": "statefulset statefulsets sts",
    "daemonsets.apps": "daemonset daemonsets ds",
    "replicasets.apps": "replicaset replicasets rs",
    "jobs.batch": "job jobs",
}
_RESOURCES = {word: resource for resource, words in _KINDS.items() for word in words.split()}

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
"""A DNS label, RFC 1123."""
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
"""A DNS subdomain, RFC 1123."""
_CONTEXT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:@/+-]{0,252}")
"""Cloud providers put slashes and colons into a context's name: arn:aws:eks:REGION:ACCOUNT:cluster/NAME."""


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Kubernetes:
    """kubernetes://[CONTEXT/]NAMESPACE/KIND/NAME[?container=NAME]."""
    *before, namespace, kind, name = ["", "", "", *reference.split("/")]
    context = "/".join(before[3:]) or None
    container = options["container"][-1] if "container" in options else None
    resource = _RESOURCES.get(kind)
    if not _LABEL.fullmatch(namespace) or not kind or not _NAME.fullmatch(name):
        shown = f"'{safe(reference[:60])}'" if reference else "nothing"
        _refuse(f"kubernetes:// is followed by [CONTEXT/]NAMESPACE/KIND/NAME, not by {shown}")
    if resource is None:
        _refuse(f"{safe(kind[:40])!r} is no kind that has pods", hint="pod, deployment, statefulset, daemonset, job")
    if context is not None and not _CONTEXT.fullmatch(context):
        _refuse(f"'{safe(context[:60])}' cannot be a context of kubectl")
    if container is not None and not _LABEL.fullmatch(container):
        _refuse(f"'{safe(container[:60])}' cannot be a container")
    return Kubernetes(context, namespace, resource, name, container)


def _refuse(message: str, hint: str = f"like {EXAMPLE}") -> NoReturn:
    raise TargetError(message, hint=hint)


@dataclass(frozen=True, slots=True)
class Kubernetes:
    """A pod or a workload of one namespace."""

    context: str | None
    namespace: str
    resource: str
    name: str
    container: str | None = None
    kind: str = "kubernetes"

    @property
    def reference(self) -> str:
        """[CONTEXT/]NAMESPACE/KIND/NAME, the kind in its long form, and ?container= when one was named."""
        kind = _KINDS[self.resource].split()[0]
        parts = [*([self.context] if self.context else []), self.namespace, kind, self.name]
        return "/".join(parts) + (f"?container={self.container}" if self.container else "")

    def profile(self, request: Request, progress: Progress) -> Profile:
        from parity.cluster.kubectl import Kubectl
        from parity.database import read_database
        from parity.snapshot.assemble import assemble
        from parity.snapshot.probe import cutoff
        from parity.snapshot.replicas import combine

        deadline = time.monotonic() + cutoff(request)
        look = _Look(Kubectl(self.context, self.namespace), request, self.container, deadline, progress)
        if self.resource == "pods":
            progress(f"reading pod {self.name}")
            readings = [look.at_pod(self.name)]
        else:
            readings = look.at_workload(self.resource, self.name)
        of_host = read_database(request, of_this_machine=False, deadline=deadline)
        return combine([assemble(self, reading, request, of_host) for reading in readings])


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at a namespace, until a deadline."""

    kubectl: Kubectl
    request: Request
    asked: str | None
    deadline: float
    progress: Progress

    def at_pod(self, name: str) -> Reading:
        """One pod. Its description is fetched while the container that kubectl takes by itself is read already."""
        from parity.cluster.pods import choose, read_pod

        with ThreadPoolExecutor(1) as pool:
            early = pool.submit(self._probe, name, self.asked)
            pod = read_pod(self.kubectl.get(["pods", name], f"pod {name}", self.deadline))
            container, note = choose(pod, self.asked)
            taken = self.asked or pod.first()
            reading = early.result() if taken == container.name else self._probe(name, container.name)
        notes = [note, None if pod.ready else f"the pod is not ready: {pod.state}"]
        return _described(reading, container, *notes)

    def at_workload(self, resource: str, name: str) -> list[Reading]:
        """Every ready pod of a workload that can be read, by name; a note tells of those that could not."""
        from parity.cluster.pods import not_ready, read_pods, selector

        place = f"{_KINDS[resource].split()[0]} {name}"
        self.progress(f"asking the cluster about {place}")
        selected = selector(self.kubectl.get([resource, name], place, self.deadline))
        found = self.kubectl.get(["pods", f"--selector={selected}"], f"the pods of {place}", self.deadline)
        pods = read_pods(found)
        ready = [pod for pod in pods if pod.ready]
        if not ready:
            raise Unreachable(
                f"{place} has no pod that is ready: {not_ready(pods)}",
                hint=f"one that runs without being ready can be named: {self.kubectl.namespace}/pod/NAME",
            )
        self.progress(f"reading {len(ready)} pods of {place}")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            outcomes = list(pool.map(self._try, ready))
        readings = [one for one in outcomes if isinstance(one, Reading)]
        failures = [
            f"{pod.name}: {one}" for pod, one in zip(ready, outcomes, strict=True) if isinstance(one, ParityError)
        ]
        if not readings:
            raise next(one for one in outcomes if isinstance(one, ParityError))
        if failures:
            told = "; ".join(failures[:3]) + ("; …" if len(failures) > 3 else "")
            note = f"{len(failures)} of {len(ready)} replicas could not be read: {told}"
            self.progress.warn(note)
            readings[0] = readings[0].with_note("process", note)
        return readings

    def _try(self, pod: Pod) -> Reading | ParityError:
        from parity.cluster.pods import choose

        try:
            container, note = choose(pod, self.asked)
            return _described(self._probe(pod.name, container.name), container, note)
        except TargetError:
            raise
        except ParityError as error:
            return error

    def _probe(self, pod: str, container: str | None) -> Reading:
        from parity.cluster.kubectl import NoPython
        from parity.engine.container import interpreters
        from parity.snapshot.ask import ask
        from parity.snapshot.transport import PYTHON_WORDS, converse

        question = ask(self.request, container=True, python=self.request.python)
        place = f"pod {pod}" + (f", container {container}" if container else "")
        for python in interpreters({"Config": {}}, self.request.python):
            argv = self.kubectl.exec_argv(pod, container, [python, *PYTHON_WORDS])
            try:
                return converse(argv, question, place, self.deadline, self.progress, self._diagnosis(place))
            except NoPython:
                continue
        raise Incomplete(f"no Python was found in {place}", hint="name it: ?python=/path/to/python")

    def _diagnosis(self, place: str) -> Diagnosis:
        return lambda result: self.kubectl.diagnose(result, place)


def _described(reading: Reading, container: Container, *notes: str | None) -> Reading:
    """The reading with what only the cluster knows, and its identity."""
    for note in notes:
        reading = reading.with_note("process", note) if note else reading
    sections = {**reading.sections, "container": container.made}
    environment = sections.get("environment")
    if environment is not None and environment.status is Status.UNAVAILABLE:
        sections["environment"] = _specified(environment, container)
    identity = {"image": container.image, "container": container.name}
    return replace(reading, sections=sections, identity={key: value for key, value in identity.items() if value})


def _specified(refused: Section, container: Container) -> Section:
    from parity.probe.collectors.environment import from_pairs

    # Only whether a variable is empty is known here, and that is all that a profile tells.
    pairs = {name: "" if state == "empty" else state for name, state in container.variables.items()}
    items, notes = from_pairs(pairs, "engine", {})
    return Section(
        status=Status.PARTIAL,
        reason=f"the environment of the process was refused ({refused.reason}); these are the names in the pod's spec",
        items=items,
        notes=(*notes, *(("envFrom brings more of them",) if container.open_ended else ())),
        hidden=("*",),
    )
