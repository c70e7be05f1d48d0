"""Many looks at once: when each starts and ends, and what their files are called."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest

from parity.errors import Unreachable, UsageError
from parity.snapshot import many
from parity.snapshot.many import as_they_end, file_names, open_many
from parity.snapshot.request import Request


def named(*wanted: str) -> list[str]:
    return file_names(wanted, ["docker"] * len(wanted))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["web", "web", "Web", "web-2"], ["web", "web-2", "Web-3", "web-2-2"]),
        (["production.json", "app.cdx.json", "image.tar.gz"], ["production", "app.cdx", "image"]),
        (["shop/deployment/web", "prod/shop/deployment/web"], ["shop-deployment-web", "prod-shop-deployment-web"]),
        (["registry.example.org:5000/web:1.4"], ["registry.example.org-5000-web-1.4"]),
        (["[2001:db8::1]:22", "web-1?unit=web.service"], ["2001-db8-1-22", "web-1-unit-web.service"]),
        (["../../etc/passwd", "..", "/", "-", "-rf"], ["etc-passwd", "docker", "docker-2", "docker-3", "rf"]),
        (["a\x00b\n", "caf\u00e9 & co", "\u202e"], ["a-b", "caf-co", "docker"]),
        (["x" * 500], ["x" * 100]),
    ],
)  # fmt: skip
def test_names_of_files(wanted: list[str], expected: list[str]) -> None:
    assert named(*wanted) == expected


def test_every_word_is_checked_before_anything_is_read() -> None:
    with pytest.raises(UsageError):
        open_many(["docker://web", "docker://a b"], Request())
    with pytest.raises(UsageError, match="only one"):
        open_many(["-", "local", "sbom:-"], Request())
    with pytest.raises(UsageError, match="--name names one profile"):
        open_many(["local", "docker://web"], Request(name="web"))
    opened = open_many(["local", "docker://web", "profiles/web.json", "docker://db?name=store"], Request())
    assert [one.name for one in opened] == ["local", "web", "web-2", "store"]
    assert [one.request.name for one in opened] == [None, None, None, "store"]


def test_each_is_told_as_it_ends_and_a_failure_is_its_own() -> None:
    def slow() -> str:
        time.sleep(0.3)
        return "slow"

    def fails() -> str:
        raise Unreachable("gone")

    found = list(as_they_end([slow, fails, lambda: "fast"]))
    assert [place for place, _ in found][-1] == 0
    outcomes = dict(found)
    assert outcomes[0] == "slow"
    assert outcomes[2] == "fast"
    assert isinstance(outcomes[1], Unreachable)
    assert list(as_they_end([])) == []


class Gates:
    """Looks that wait for each other, and the most that were in at one time."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.lock = threading.Lock()

    def look(self, seconds: float) -> None:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(seconds)
        with self.lock:
            self.now -= 1


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    def of(seconds: float) -> None:
        monkeypatch.setattr(many, "MOMENTS", seconds)

    return of


def test_no_more_than_so_many_work_at_once(moments: Callable[[float], None]) -> None:
    moments(60.0)
    gates = Gates()
    assert len(list(as_they_end([partial(gates.look, 0.05)] * 50))) == 50
    assert gates.most == many.AT_ONCE


def test_looks_that_only_wait_hold_up_no_others(moments: Callable[[float], None]) -> None:
    moments(0.05)
    gates = Gates()
    began = time.monotonic()
    assert len(list(as_they_end([partial(gates.look, 1.0)] * 50))) == 50
    # Sixteen at a time it would be four seconds.
    assert time.monotonic() - began < 2.5
    assert many.AT_ONCE < gates.most <= many.MOST


def test_there_is_a_bound_on_those_that_wait(moments: Callable[[float], None]) -> None:
    moments(0.0)
    gates = Gates()
    assert len(list(as_they_end([partial(gates.look, 0.3)] * (many.MOST + 20)))) == many.MOST + 20
    assert gates.most == many.MOST
