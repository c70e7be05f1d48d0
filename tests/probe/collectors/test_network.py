"""How this machine and a container find others: kinds of addresses and names, and no address."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parity.probe import nameservice
from parity.probe.collectors import network
from parity.probe.kit import READ_LIMIT, Unavailable, View
from parity.probe.process.proc import Process
from tests.images.fixtures import RunContainer
from tests.probe.running import run, run_inside

if TYPE_CHECKING:
    from docker import DockerClient

SECTION = {"sections": ["network"]}


def test_this_machine_tells_no_address() -> None:
    answer = run(SECTION, env={"https_proxy": "http://u:PROXYPW@10.9.8.7:3128", "NO_PROXY": "", "ALL_PROXY": "x"})
    items = answer.items("network")
    assert items["proxies"] == {"names": ["ALL_PROXY", "https_proxy"]}
    assert {"resolvers", "search", "ndots", "ipv6"} <= items.keys()
    assert not re.search(rb"\d+\.\d+\.\d+\.\d+", answer.out)
    assert b"PROXYPW" not in answer.out


class Etc(View):
    """A view of this machine whose /etc is a directory."""

    def __init__(self, etc: Path) -> None:
        super().__init__()
        self.etc = etc

    def read(self, path: str, limit: int = READ_LIMIT, follow: bool = False, start: int = 0) -> bytes:
        data: bytes = super().read(path.replace("/etc/", f"{self.etc}/"), limit, follow, start)
        return data


def look(etc: Path) -> dict[str, object]:
    view = Etc(etc)
    view.process = Process(1, {})
    return dict(network.collect(view).as_dict())


def test_without_any_file_names_are_asked_of_this_machine(tmp_path: Path) -> None:
    section = look(tmp_path)
    items = section["items"]
    assert isinstance(items, dict)
    assert items["resolvers"] == {"count": 1, "kinds": ["loopback stub"]}
    assert (items["search"], items["ndots"]) == ({"domains": []}, 1)
    assert "nsswitch_hosts" not in items
    assert section["hidden"] == []


def test_what_cannot_be_read_is_hidden_and_not_empty(tmp_path: Path) -> None:
    for name in ("hosts", "resolv.conf", "nsswitch.conf"):
        (tmp_path / name).mkdir()
    section = look(tmp_path)
    assert section["status"] == "partial"
    assert section["hidden"] == ["hosts.*", "ndots", "nsswitch_hosts", "resolvers", "search"]


def test_a_file_that_is_as_long_as_may_be_is_recorded_in_part(tmp_path: Path) -> None:
    (tmp_path / "resolv.conf").write_text("search " + " ".join(f"d{number}.example" for number in range(10_000)))
    section: Any = look(tmp_path)
    assert section["hidden"] == ["search"]
    assert len(section["items"]["search"]["domains"]) == nameservice.SEARCH_LIMIT


def test_neither_name_of_this_machine_is_recorded(tmp_path: Path) -> None:
    (tmp_path / "hostname").write_text("box.alice.example\n")
    (tmp_path / "hosts").write_text("127.0.1.1 box.alice.example box\n10.0.0.2 boxer\n")
    items: Any = look(tmp_path)["items"]
    assert [key for key in items if key.startswith("hosts.")] == ["hosts.boxer"]


def test_an_environment_that_was_refused_may_hold_proxies(tmp_path: Path) -> None:
    view = Etc(tmp_path)
    view.process = Process(1, None, refused={"environ": "EACCES permission denied"})
    section = network.collect(view).as_dict()
    assert section["hidden"] == ["proxies"]
    assert "proxies" not in section["items"]


def test_what_does_not_run_has_no_network() -> None:
    view = View()
    view.process = Process(0)
    with pytest.raises(Unavailable, match="running process"):
        network.collect(view)


@pytest.mark.docker
def test_a_container_as_it_is(
    docker_engine: DockerClient, run_container: RunContainer, base_image: Callable[[str], str]
) -> None:
    name = run_container(
        base_image("bookworm"),
        ["sleep", "60"],
        extra_hosts={"db.internal": "10.1.2.3", "api": "203.0.113.9"},
        dns=["10.255.255.53"],
        dns_search=["shop.example"],
        dns_opt=["ndots:5"],
        environment={"HTTP_PROXY": "http://user:PROXYPW@proxy:3128"},
    )
    answer = run_inside(docker_engine, name, SECTION)
    items = answer.items("network")
    assert {key: kind for key, kind in items.items() if key.startswith("hosts.")} == {
        "hosts.db.internal": "private",
        "hosts.api": "public",
    }
    assert items["resolvers"] == {"count": 1, "kinds": ["other"]}
    assert (items["search"], items["ndots"]) == ({"domains": ["shop.example"]}, 5)
    assert items["nsswitch_hosts"] == "files dns"
    assert items["proxies"] == {"names": ["HTTP_PROXY"]}
    assert b"PROXYPW" not in answer.out
