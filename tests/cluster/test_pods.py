"""Which container of a pod is meant, which pods are ready, what a selector asks for."""

from __future__ import annotations

from typing import Any

import pytest

from parity.cluster.pods import choose, not_ready, read_pod, read_pods, selector
from parity.errors import Incomplete, ParityError, TargetError, Unreachable
from tests.kubernetes_api import DIGEST, Cluster

WAITING = {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off"}}
ENDED = {"terminated": {"reason": "Completed", "exitCode": 0}}


def pod(*containers: Any, **changes: Any) -> dict[str, Any]:
    cluster = Cluster()
    cluster.add_pod("web-1", *containers, **changes)
    return cluster.pods["web-1"]


def annotated(name: str) -> dict[str, str]:
    return {"kubectl.kubernetes.io/default-container": name}


@pytest.mark.parametrize(
    ("data", "asked", "chosen", "guessed"),
    [
        (pod("web"), None, "web", False),
        (pod("web", "worker"), None, "web", True),
        (pod("web", "worker"), "worker", "worker", False),
        (pod("web", "worker", annotations=annotated("worker")), None, "worker", False),
        (pod("web", "worker", annotations=annotated("gone")), None, "web", True),
        (pod("istio-proxy", "web"), None, "web", False),
        (pod("istio-proxy"), None, "istio-proxy", False),
        (pod("web", init=[{"name": "proxy", "restartPolicy": "Always"}]), None, "web", False),
        (pod("web", init=[{"name": "proxy", "restartPolicy": "Always"}]), "proxy", "proxy", False),
        (pod("web", ephemeral=["debugger"]), None, "web", False),
        (pod("web", ephemeral=["debugger"]), "debugger", "debugger", False),
    ],
)
def test_the_container_that_is_meant(data: dict[str, Any], asked: str | None, chosen: str, guessed: bool) -> None:
    container, note = choose(read_pod(data), asked)
    assert container.name == chosen
    assert (note is not None) == guessed
    assert note is None or "web, worker" in note


def test_a_container_that_the_pod_does_not_have_is_told_with_those_it_has() -> None:
    data = pod("web", init=["migrate", {"name": "proxy", "restartPolicy": "Always"}], ephemeral=["debugger"])
    with pytest.raises(TargetError, match="pod web-1 has no container nginx") as caught:
        choose(read_pod(data), "nginx")
    assert caught.value.hint == "it has: web, migrate (init), proxy (sidecar), debugger (ephemeral)"


@pytest.mark.parametrize(
    ("data", "asked", "says"),
    [
        (pod({"name": "web", "state": WAITING}), None, "container web of pod web-1 does not run: CrashLoopBackOff"),
        (pod({"name": "web", "state": {}}), None, "does not run: not started"),
        (pod("web", init=[{"name": "migrate", "state": ENDED}]), "migrate", "has ended, as init containers do"),
        (pod({"name": "web", "state": ENDED}), None, "does not run: Completed"),
    ],
)
def test_a_container_that_does_not_run(data: dict[str, Any], asked: str | None, says: str) -> None:
    with pytest.raises(Unreachable) as caught:
        choose(read_pod(data), asked)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (pod("web"), "ready"),
        (pod("web", ready=False), "NotReady"),
        (pod("web", deleted=True), "Terminating"),
        (pod({"name": "web", "state": WAITING}, ready=False), "CrashLoopBackOff"),
        (pod({"name": "web", "state": {}}, ready=False, phase="Pending"), "not started"),
        (pod({"name": "web", "state": ENDED}, ready=False, phase="Succeeded"), "Succeeded"),
        (pod("web", ready=False, phase="Failed"), "Failed"),
    ],
)
def test_whether_a_pod_is_ready_and_why_not(data: dict[str, Any], state: str) -> None:
    found = read_pod(data)
    assert (found.ready, found.state) == (state == "ready", state)


def test_why_no_pod_is_ready_is_counted() -> None:
    waiting = read_pod(pod({"name": "web", "state": WAITING}, ready=False))
    assert not_ready([waiting, waiting, read_pod(pod("web", deleted=True))]) == "2 CrashLoopBackOff, 1 Terminating"
    assert not_ready([]) == "it has no pods"


def test_of_a_spec_names_and_digests_are_kept_and_no_value() -> None:
    variables = [
        {"name": "TOKEN", "value": "k8rZ-canary"},
        {"name": "EMPTY", "value": ""},
        {"name": "FROM_SECRET", "valueFrom": {"secretKeyRef": {"name": "k8rZ-canary", "key": "k"}}},
        {"name": "NOTHING"},
    ]
    data = pod({"name": "web", "env": variables, "envFrom": [{"secretRef": {"name": "k8rZ-canary"}}]})
    data["metadata"]["annotations"] = {"kubectl.kubernetes.io/last-applied-configuration": "k8rZ-canary"}
    found = read_pod(data)
    (container,) = found.containers
    assert dict(container.variables) == {"TOKEN": "set", "EMPTY": "empty", "FROM_SECRET": "set", "NOTHING": "empty"}
    assert container.open_ended
    assert container.image == DIGEST
    assert "k8rZ-canary" not in repr(found)


@pytest.mark.parametrize(
    ("image", "digest"),
    [
        (f"docker-pullable://registry.example/web@{DIGEST}", DIGEST),
        (DIGEST, DIGEST),
        (f"docker://{DIGEST}", DIGEST),
        ("", None),
        ("registry.example/web:latest", None),
    ],
)
def test_the_digest_of_an_image(image: str, digest: str | None) -> None:
    assert read_pod(pod({"name": "web", "imageID": image})).containers[0].image == digest


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ({"matchLabels": {"app": "web"}}, "app=web"),
        ({"matchLabels": {"tier": "front", "app": "web"}}, "app=web,tier=front"),
        ({"matchExpressions": [{"key": "tier", "operator": "In", "values": ["a", "b"]}]}, "tier in (a,b)"),
        ({"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["a"]}]}, "tier notin (a)"),
        ({"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "x", "operator": "Exists"}]}, "a=b,x"),
        ({"matchExpressions": [{"key": "x", "operator": "DoesNotExist"}]}, "!x"),
    ],
)
def test_a_selector_as_the_query_has_it(asked: dict[str, Any], query: str) -> None:
    assert selector({"spec": {"selector": asked}}) == query


@pytest.mark.parametrize("data", [None, [], {}, {"items": 3}, {"items": [None]}, {"metadata": [], "spec": {}}, "text"])
def test_what_is_no_answer_of_the_api_is_incomplete(data: Any) -> None:
    for read in (read_pods, read_pod, selector):
        with pytest.raises(ParityError) as caught:
            read(data)
        assert isinstance(caught.value, Incomplete)


def test_a_workload_that_selects_everything_is_refused() -> None:
    with pytest.raises(Incomplete, match="selects no pods of its own"):
        selector({"spec": {"selector": {}}})
