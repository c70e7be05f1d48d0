"""The real kubectl against an API server on loopback: what works, and every way in which it does not."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from parity.errors import Incomplete, TargetError, Unreachable
from parity.profile.document import render
from parity.snapshot.request import Request
from parity.targets import open_target
from parity.targets.kubernetes import AT_ONCE
from tests.channels import Fault
from tests.images.fixtures import RunContainer
from tests.kubernetes_api import DIGEST, Cluster
from tests.targets.looking import Told, states, take

PYTHON = f"python={sys.executable}"
POD = f"kubernetes://shop/pod/web-1?{PYTHON}"
WORKLOAD = f"kubernetes://shop/deploy/web?{PYTHON}"


@pytest.fixture
def web(cluster: Cluster) -> Cluster:
    """One pod that runs."""
    cluster.add_pod("web-1")
    return cluster


@pytest.fixture
def replicas(cluster: Cluster) -> Cluster:
    """A deployment of three ready pods, one that is not ready, and a pod of somebody else."""
    cluster.add_workload("deployments", "web", {"matchLabels": {"app": "web"}})
    for number in (1, 2, 3):
        cluster.add_pod(f"web-{number}")
    cluster.add_pod("web-4", ready=False)
    cluster.add_pod("other-1", labels={"app": "other"})
    return cluster


def test_a_pod_gives_a_profile(web: Cluster) -> None:
    profile = take(f"k8s://stage/shop/po/web-1?{PYTHON}")
    assert (profile.target.kind, profile.target.reference) == ("kubernetes", "stage/shop/pod/web-1")
    # The stub runs it beside PID 1 of this machine, whose environment may be refused: flags are unknown then.
    assert profile.sections["python"].status.looked
    assert dict(profile.identity) == {"image": DIGEST, "container": "web"}
    assert web.executions == [("web-1", "web", (sys.executable, "-I", "-S", "-B", "-"))]


def test_a_name_without_an_interpreter_tries_where_one_may_be(web: Cluster) -> None:
    web.run = lambda pod, container, command: (
        [sys.executable, *command[1:]] if command[0] == "/opt/venv/bin/python" else ["no-such-program"]
    )
    assert take("k8s://shop/pod/web-1").sections["python"].status.looked
    assert [command[0] for _, _, command in web.executions][:3] == ["python3", "python", "/usr/local/bin/python3"]
    web.run = lambda pod, container, command: ["no-such-program"]
    with pytest.raises(Incomplete, match=r"no Python was found in pod web-1") as caught:
        take("k8s://shop/pod/web-1")
    assert "?python=" in (caught.value.hint or "")


def test_the_container_that_is_meant_is_looked_into_once(cluster: Cluster) -> None:
    cluster.add_pod("web-1", "istio-proxy", "web")
    assert take(POD).identity["container"] == "web"
    assert [container for _, container, _ in cluster.executions][-1] == "web"
    cluster.executions.clear()
    assert take(f"{POD}&container=istio-proxy").identity["container"] == "istio-proxy"
    assert [container for _, container, _ in cluster.executions] == ["istio-proxy"]


def test_several_containers_are_named(cluster: Cluster) -> None:
    cluster.add_pod("web-1", "web", "worker")
    notes = take(POD).sections["process"].notes
    assert "the pod has several containers, web, worker: this is web; ?container=NAME names one" in notes


def test_a_pod_that_is_not_ready_is_looked_at_and_said_to_be(cluster: Cluster) -> None:
    cluster.add_pod("web-1", ready=False)
    assert "the pod is not ready: NotReady" in take(POD).sections["process"].notes


def test_a_workload_is_all_its_ready_pods(replicas: Cluster) -> None:
    told = Told()
    profile = take(WORKLOAD, told)
    assert profile.target.reference == profile.name == "shop/deployment/web"
    assert profile.identity["replicas"] == "3"
    assert sorted(pod for pod, _, _ in replicas.executions) == ["web-1", "web-2", "web-3"]
    assert not any("differs" in note for note in profile.sections["environment"].notes)
    assert told.warnings == []
    assert any(step.startswith("pod web-2, container web: ") for step in told.steps)


@pytest.mark.docker
def test_what_differs_between_replicas_is_told(
    replicas: Cluster, run_container: RunContainer, app_image: str, deployed_image: str
) -> None:
    old, new = (run_container(image, ready="serving") for image in (app_image, deployed_image))
    replicas.run = lambda pod, container, command: ["docker", "exec", "-i", new if pod == "web-3" else old, *command]
    profile = take("k8s://shop/deployment/web", sections=frozenset({"python", "packages"}))
    versions = [note for note in profile.sections["python"].notes if "replicas: version is 3.11" in note]
    assert len(versions) == 1
    assert " in 2, 3.13" in versions[0]
    assert any("differs between replicas" in note for note in profile.sections["packages"].notes)


def test_pods_are_read_side_by_side_and_bounded(cluster: Cluster) -> None:
    cluster.add_workload(
        "statefulsets", "web", {"matchExpressions": [{"key": "app", "operator": "In", "values": ["web"]}]}
    )
    for number in range(AT_ONCE + 3):
        cluster.add_pod(f"web-{number:02d}")
    cluster.run = lambda pod, container, command: ["sh", "-c", 'sleep 0.5; exec "$@"', "sh", *command]
    profile = take(f"k8s://shop/sts/web?{PYTHON}", sections=frozenset({"platform"}))
    assert profile.identity["replicas"] == str(AT_ONCE + 3)
    assert 2 <= cluster.at_once <= AT_ONCE


@pytest.mark.parametrize("kind", ["truncated", "killed", "gone"])
def test_a_pod_that_is_cut_off_is_incomplete_whatever_the_status_says(web: Cluster, kind: str) -> None:
    web.faults["web-1"] = Fault(kind, after=700)
    with pytest.raises(Incomplete, match="the answer from pod web-1 is incomplete") as caught:
        take(POD)
    assert {"truncated": "exit status 0", "killed": "killed by signal 9", "gone": "exit status 1"}[kind] in str(
        caught.value
    )


def test_a_replica_that_dies_midway_costs_itself_only(replicas: Cluster) -> None:
    replicas.faults["web-1"] = Fault("killed", after=700)
    told = Told()
    profile = take(WORKLOAD, told)
    assert profile.identity["replicas"] == "2"
    (warning,) = told.warnings
    assert warning.startswith("1 of 3 replicas could not be read: web-1: the answer from pod web-1, container web")
    assert warning in profile.sections["process"].notes


def test_when_no_replica_answers_the_reason_of_the_first_is_told(replicas: Cluster) -> None:
    replicas.faults = {f"web-{number}": Fault("truncated", after=700) for number in (1, 2, 3)}
    with pytest.raises(Incomplete, match="the answer from pod web-1, container web is incomplete: exit status 0"):
        take(WORKLOAD)


def test_a_container_that_never_answers_costs_its_deadline(web: Cluster) -> None:
    web.faults["web-1"] = Fault("silent")
    began = time.monotonic()
    with pytest.raises(Unreachable, match="pod web-1 gave no answer within the deadline"):
        take(POD, timeout=1)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("refused", "word", "verb", "resource"),
    [
        ([("get", "pods")], POD, "get", "pods"),
        ([("get", "deployments")], WORKLOAD, "get", "deployments.apps"),
        ([("list", "pods")], WORKLOAD, "list", "pods"),
        ([("get", "pods/exec"), ("create", "pods/exec")], POD, "create", "pods/exec"),
        ([("get", "pods/exec"), ("create", "pods/exec")], WORKLOAD, "create", "pods/exec"),
    ],
)
def test_a_refusal_names_the_verb_and_the_resource(
    replicas: Cluster, refused: list[tuple[str, str]], word: str, verb: str, resource: str
) -> None:
    replicas.forbidden.update(refused)
    with pytest.raises(Unreachable) as caught:
        take(word)
    assert str(caught.value) == f"the cluster forbids to {verb} {resource} in namespace shop"
    assert f"kubectl auth can-i {verb} {resource}" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("k8s://shop/pod/web-9", "namespace shop has no pod web-9"),
        ("k8s://shop/deploy/api", "namespace shop has no deployment api"),
        ("k8s://shop/sts/web", "namespace shop has no statefulset web"),
        ("k8s://nowhere/shop/pod/web-1", "kubectl knows no context nowhere"),
        ("k8s://arn:aws:eks:eu-west-1:1234:cluster/live/shop/pod/web-1", "kubectl knows no context arn:aws:eks"),
        ("k8s://shop/job/migrate", "namespace shop has no job migrate"),
    ],
)
def test_what_is_not_there_is_named(web: Cluster, word: str, says: str) -> None:
    with pytest.raises(Unreachable) as caught:
        take(word)
    assert says in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_workload_without_a_ready_pod_says_why(cluster: Cluster) -> None:
    waiting = {"name": "web", "state": {"waiting": {"reason": "CrashLoopBackOff"}}}
    cluster.add_workload("deployments", "web", {"matchLabels": {"app": "web"}})
    cluster.add_pod("web-1", waiting, ready=False)
    cluster.add_pod("web-2", deleted=True)
    with pytest.raises(Unreachable, match="no pod that is ready: 1 CrashLoopBackOff, 1 Terminating") as caught:
        take(WORKLOAD)
    assert "shop/pod/NAME" in (caught.value.hint or "")


def test_a_container_that_waits_says_why(cluster: Cluster) -> None:
    cluster.add_pod("web-1", {"name": "web", "state": {"waiting": {"reason": "ImagePullBackOff"}}}, ready=False)
    with pytest.raises(Unreachable, match="container web of pod web-1 does not run: ImagePullBackOff"):
        take(POD)


def test_credentials_that_are_not_accepted(web: Cluster) -> None:
    web.unauthorized = True
    with pytest.raises(Unreachable, match="the cluster does not accept the credentials"):
        take(POD)


def test_no_cluster_is_configured(web: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", "/nonexistent/config")
    with pytest.raises(Unreachable, match="kubectl has no cluster configured"):
        take(POD)


def test_kubectl_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreachable, match="kubectl: is not installed here"):
        take(POD)


def test_no_value_and_no_annotation_reaches_a_profile(cluster: Cluster) -> None:
    secret = [{"name": "TOKEN", "value": "k8rZ-canary"}, {"name": "BROUGHT", "valueFrom": {"secretKeyRef": {}}}]
    annotations = {"kubectl.kubernetes.io/last-applied-configuration": "k8rZ-canary"}
    cluster.add_pod("web-1", {"name": "web", "env": secret}, annotations=annotations)
    cluster.run = lambda pod, container, command: ["env", "TOKEN=k8rZ-canary", *command]
    assert "k8rZ-canary" not in render(take(POD, sections=None))


@pytest.mark.parametrize(
    "word",
    [
        "kubernetes://",
        "kubernetes://shop",
        "kubernetes://shop/web",
        "kubernetes://shop/pod/",
        "kubernetes:///pod/web",
        "kubernetes://shop/secret/web",
        "kubernetes://shop/--all/web",
        "kubernetes://--kubeconfig=x/pod/web",
        "kubernetes://--kubeconfig=x/shop/pod/web",
        "kubernetes://-x/shop/pod/web",
        "kubernetes://Shop/pod/web",
        "kubernetes://shop/pod/-web",
        "kubernetes://shop/pod/we b",
        "kubernetes://shop/pod/a;b",
        "kubernetes://shop/pod/a..b/",
        "kubernetes://shop/pod/web?container=-c",
        "kubernetes://shop/pod/web?container=a;b",
        "kubernetes://shop/pod/web?container=",
        "kubernetes://shop/pod/web?namespace=x",
        "kubernetes://$(touch x)/shop/pod/web",
        "k8s://shop/pod/" + "a" * 254,
        "k8s://" + "a" * 4096,
    ],
)
def test_hostile_names_are_refused_before_anything_starts(word: str, traced: Path) -> None:
    with pytest.raises(TargetError):
        open_target(word, Request())
    assert not traced.exists()


@pytest.mark.docker
def test_through_a_pod_the_process_that_serves_is_seen(cluster: Cluster, serving: str) -> None:
    cluster.add_pod("web-1")
    cluster.run = lambda pod, container, command: ["docker", "exec", "-i", serving, *command]
    straight = take(f"docker://{serving}", sections=None)
    through = take("k8s://shop/pod/web-1", sections=None)
    for name in ("python", "packages", "platform", "libraries", "system_packages", "environment", "process"):
        assert through.sections[name].items == straight.sections[name].items, name
    assert states(through)
