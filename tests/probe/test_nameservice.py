"""Hosts files, resolvers and their order: what a name leads to, and never an address."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.probe import nameservice


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.1.1", "loopback"),
        ("10.1.2.3", "private"),
        ("172.15.0.1", "public"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("100.64.0.1", "private"),
        ("100.128.0.1", "public"),
        ("169.254.169.254", "link-local"),
        ("0.0.0.0", "unspecified"),
        ("8.8.8.8", "public"),
        ("256.1.1.1", None),
        ("1.2.3", None),
        ("::1", "loopback"),
        ("0:0:0:0:0:0:0:1", "loopback"),
        ("::", "unspecified"),
        ("fe80::1%eth0", "link-local"),
        ("fd12:3456::1", "private"),
        ("2001:db8::1", "public"),
        ("::ffff:10.0.0.1", "private"),
        ("1::1", "public"),
        ("db.internal", None),
        ("", None),
    ],
)
def test_kinds_of_addresses(address: str, kind: str | None) -> None:
    assert nameservice.kind(address) == kind


@given(st.ip_addresses())
def test_kinds_agree_with_the_standard_library(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    kind = nameservice.kind(str(address))
    assert kind is not None
    assert (kind == "loopback") == (address.is_loopback and not getattr(address, "ipv4_mapped", None))
    assert (kind == "link-local") == address.is_link_local
    assert kind != "private" or address.is_private or not address.is_global


HOSTS = """\
127.0.0.1\tlocalhost localhost.localdomain
::1\tlocalhost ip6-localhost ip6-loopback
127.0.1.1 laptop.corp.example laptop
10.1.2.3\tDB.internal db   # the database
2001:db8::9 db
0.0.0.0 ads.example
\t172.17.0.2 4f1c2d3e4f5a
nonsense here
10.9.9.9 bad|name -x
10.9.9.9
"""


def test_a_hosts_file() -> None:
    found = nameservice.hosts(HOSTS, {"laptop", "4f1c2d3e4f5a"})
    assert found == ({"db.internal": "private", "db": "private", "ads.example": "unspecified"}, False)


def test_of_a_long_list_of_what_is_blocked_the_others_are_kept() -> None:
    blocked = "\n".join(f"0.0.0.0 a{number}.example" for number in range(300))
    found, cut = nameservice.hosts(f"{blocked}\n10.0.0.1 zeta\n", set())
    assert cut
    assert len(found) == nameservice.HOSTS_LIMIT
    assert found["zeta"] == "private"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ([], [], 1)),
        ("nameserver 127.0.0.53\nsearch corp.example lan\n", (["loopback stub"], ["corp.example", "lan"], 1)),
        ("nameserver 10.0.0.2\nnameserver ::1\n", (["other", "loopback stub"], [], 1)),
        (
            "search shop.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5 timeout:2\n",
            (["other"], ["shop.svc.cluster.local", "svc.cluster.local"], 5),
        ),
        ("domain old.example\nsearch New.Example.\n", ([], ["new.example"], 1)),
        ("; nameserver 10.0.0.1\n# search x\nsearch . a|b\noptions ndots:x\nnameserver\n", ([], [], 1)),
        ("options ndots:99\n", ([], [], 15)),
    ],
)
def test_a_resolver(text: str, expected: object) -> None:
    assert nameservice.resolver(text) == expected


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("passwd: files\nhosts:          files dns\n", "files dns"),
        ("hosts:files mdns4_minimal [NOTFOUND=return] dns\n", "files mdns4_minimal [NOTFOUND=return] dns"),
        ("# hosts: files\n", None),
        ("hosts:\n", None),
        ("hosts : files \x1b[31m dns\n", "files other other"),
        (
            "hosts: files [!UNAVAIL=return success = continue] dns=s3cret s3cret\n",
            "files [!UNAVAIL=return success = continue] other other",
        ),
        ("hosts: " + "files " * 100_000, " ".join(["files"] * 16)),
    ],
)
def test_the_order_of_sources(text: str, order: str | None) -> None:
    assert nameservice.order(text) == order
