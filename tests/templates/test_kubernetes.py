"""The Job: by the schemas of Kubernetes, and by running its command with the rights of its Role, and no more."""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from parity import __version__
from tests.cli.program import parity
from tests.kubernetes_api import KubernetesApi
from tests.proof.profiles import profile
from tests.services import program
from tests.templates.written import PROGRAMS, ran, written

RESOURCES = ("pods", "pods/exec", "deployments", "statefulsets", "daemonsets", "replicasets", "jobs", "namespaces")


def manifests(directory: Path, *options: str) -> dict[str, dict[str, Any]]:
    """{kind: object} of what is written there."""
    path = written("kubernetes", directory, *options)
    assert path == directory / "deploy" / "parity-job.yaml"
    return {one["kind"]: one for one in yaml.safe_load_all(path.read_text())}


def test_every_object_is_valid(tmp_path: Path) -> None:
    found = manifests(tmp_path)
    assert found.keys() == {"ServiceAccount", "Role", "RoleBinding", "Job"}
    judge: list[str | Path] = [PROGRAMS / "kubernetes-validate", "--strict", "--kubernetes-version"]
    for version in ("1.28", "1.37"):
        ran([*judge, version, tmp_path / "deploy" / "parity-job.yaml"], tmp_path)
    pod = found["Job"]["spec"]["template"]["spec"]
    assert pod["serviceAccountName"] == found["ServiceAccount"]["metadata"]["name"]
    assert {one["metadata"]["namespace"] for one in found.values()} == {"default"}
    assert found["RoleBinding"]["roleRef"]["name"] == found["Role"]["metadata"]["name"]
    assert pod["containers"][0]["image"] == f"parity:{__version__}"
    assert {one["name"] for one in pod["volumes"]} == {one["name"] for one in pod["containers"][0]["volumeMounts"]}


def test_its_command_needs_no_more_than_its_role_grants(tmp_path: Path) -> None:
    program("kubectl")
    target = f"kubernetes://shop/deployment/web?python={sys.executable}"
    found = manifests(tmp_path, "--target", target)
    assert {one["metadata"]["namespace"] for one in found.values()} == {"shop"}
    granted = {pair for rule in found["Role"]["rules"] for pair in product(rule["verbs"], rule["resources"])}
    (container,) = found["Job"]["spec"]["template"]["spec"]["containers"]
    (tmp_path / "local.json").write_bytes(profile(name="laptop"))
    words = [word.replace("/profiles", str(tmp_path)) for word in (*container["command"], *container["args"])]
    assert words.pop(0) == "parity"
    with KubernetesApi() as server:
        server.write_kubeconfig(tmp_path / "kubeconfig")
        server.cluster.forbidden = set(product(("get", "list", "create"), RESOURCES)) - granted
        server.cluster.add_workload("deployments", "web", {"matchLabels": {"app": "web"}})
        server.cluster.add_pod("web-1")
        result = parity(*words, env={"KUBECONFIG": str(tmp_path / "kubeconfig"), "HOME": str(tmp_path)})
        assert len(server.cluster.executions) == 1
    # Which process of this machine stands for the pod's, and whether its environment may be read, is the machine's.
    assert (result.code in (1, 3), result.err) == (True, "")
    assert "forbidden" not in result.out
    assert "kubernetes://shop/deployment/web" in result.out
