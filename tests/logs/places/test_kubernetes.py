"""The logs of pods, by the real kubectl."""

from __future__ import annotations

import pytest

from parity.errors import Unreachable
from tests.kubernetes_api import Cluster
from tests.logs.places.reading import kept, shown, understood

TRACE = """\
2026-03-01T10:00:0{0}.5Z Traceback (most recent call last):
2026-03-01T10:00:0{0}.6Z   File "/app/app.py", line 1, in <module>
2026-03-01T10:00:0{0}.7Z KeyError: 'NO_SUCH'
"""


def test_a_pod_and_what_it_wrote_before_it_crashed(cluster: Cluster) -> None:
    cluster.add_pod("web-1")
    cluster.logs["web-1", "web", False] = "2026-03-01T10:00:09Z started\n"
    cluster.logs["web-1", "web", True] = TRACE.format(1)
    log = understood("kubernetes://shop/pod/web-1")
    assert [one.message for one in log.failures] == ["KeyError: 'NO_SUCH'"]
    assert log.lines == 4
    assert (log.first_time, log.last_time) == ("2026-03-01T10:00:01Z", "2026-03-01T10:00:09Z")


def test_one_that_never_crashed_has_no_log_before(cluster: Cluster) -> None:
    cluster.add_pod("web-1")
    cluster.logs["web-1", "web", False] = TRACE.format(1)
    assert understood("kubernetes://shop/pod/web-1").failures[0].count == 1


def test_every_pod_and_container_of_a_workload_by_time(cluster: Cluster) -> None:
    cluster.add_workload("deployments", "web", {"matchLabels": {"app": "web"}})
    cluster.add_pod("web-1", "web", "proxy")
    cluster.add_pod("web-2", ready=False)
    cluster.add_pod("other-1", labels={"app": "other"})
    cluster.logs["web-1", "web", False] = TRACE.format(3)
    cluster.logs["web-1", "proxy", False] = "2026-03-01T10:00:03.55Z proxied\n"
    cluster.logs["web-2", "web", False] = TRACE.format(2)
    lines = b"".join(kept("kubernetes://stage/shop/deploy/web")).splitlines()
    assert [line.partition(b"]")[0][1:].decode() for line in lines] == [
        *["pod/web-2/web"] * 3,
        "pod/web-1/web",
        "pod/web-1/proxy",
        *["pod/web-1/web"] * 2,
    ]
    failure = understood("kubernetes://shop/deploy/web").failures[0]
    assert (failure.message, failure.count) == ("KeyError: 'NO_SUCH'", 2)
    only = b"".join(kept("kubernetes://shop/deploy/web?container=web"))
    assert b"proxied" not in only
    expected = "kubectl --context=stage --namespace=shop logs deployments/web"
    assert shown("kubernetes://stage/shop/deploy/web") == expected


def test_what_is_forbidden_says_the_verb(cluster: Cluster) -> None:
    cluster.add_pod("web-1")
    cluster.forbidden.add(("get", "pods/log"))
    with pytest.raises(Unreachable, match="forbids to get pods/log"):
        kept("kubernetes://shop/pod/web-1")


def test_a_pod_that_is_not_there(cluster: Cluster) -> None:
    with pytest.raises(Unreachable, match="has no pod none"):
        kept("kubernetes://shop/pod/none")
