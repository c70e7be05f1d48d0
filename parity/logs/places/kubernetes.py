"""The logs of a pod, or of every pod of a workload, through kubectl: of the containers that run, and of those before
them that ended."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from parity.errors import Incomplete
from parity.logs.merged import by_time
from parity.logs.places import LINES

if TYPE_CHECKING:
    from parity.cluster.kubectl import Kubectl
    from parity.targets.kubernetes import Kubernetes

_AT_ONCE = 50
"""Streams that kubectl may hold open: as many as it may meet, for its own limit of five ends it."""


def shown(target: Kubernetes) -> str:
    """kubectl logs KIND/NAME."""
    context = f"--context={target.context} " if target.context else ""
    kind = target.resource.partition(".")[0]
    return f"kubectl {context}--namespace={target.namespace} logs {kind}/{target.name}"


def read(target: Kubernetes, seconds: float) -> Iterator[bytes]:
    """Every line after its pod's and container's name, and its time."""
    from parity.cluster.kubectl import Kubectl
    from parity.cluster.pods import selector

    deadline = time.monotonic() + seconds
    kubectl = Kubectl(target.context, target.namespace)
    kind = target.resource.partition(".")[0].removesuffix("s")
    place = f"the log of {kind} {target.name}"
    if target.resource == "pods":
        which = [target.name]
    else:
        workload = kubectl.get([target.resource, target.name], f"{kind} {target.name}", deadline)
        which = [f"--selector={selector(workload)}"]
    containers = [f"--container={target.container}"] if target.container else ["--all-containers"]
    words = [*which, *containers, "--prefix", "--timestamps", f"--tail={LINES}", f"--max-log-requests={_AT_ONCE}"]
    now = _lines(kubectl, words, place, deadline)
    # What crashed wrote its last words before it was started anew; of a pod that never was, kubectl has no such log.
    before = _lines(kubectl, [*words, "--previous"], None, deadline) if target.resource == "pods" else []
    yield from by_time([_sorted(before), _sorted(now)])


def _lines(kubectl: Kubectl, words: Sequence[str], place: str | None, deadline: float) -> list[bytes]:
    """The lines, or without a place to name in an error, none where there are none to have."""
    from parity.snapshot.transport import execute, last_words

    result = execute(kubectl.logs_argv(words), b"", deadline)
    if result.cut != "output" and (result.code != 0 or result.cut is not None):
        if place is None:
            return []
        raise kubectl.diagnose(result, place) or Incomplete(
            f"kubectl could not read {place}: {last_words(result)}",
            hint="--log FILE names a log that was kept elsewhere",
        )
    found: list[bytes] = result.out.splitlines(keepends=True)
    return found


def _sorted(found: list[bytes]) -> Iterator[bytes]:
    """The lines of several pods, which kubectl shows one after the other, in the order of their times."""
    by_source: dict[bytes, list[bytes]] = {}
    for line in found:
        by_source.setdefault(line.partition(b"] ")[0], []).append(line)
    return by_time(by_source.values())
