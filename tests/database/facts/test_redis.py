"""Redis's answers into the section."""

from __future__ import annotations

import pytest

from parity.database.facts.redis import class_of, read_info, typed
from parity.probe.kit import Section

REDIS = """\
# Server
redis_version:7.4.1
redis_mode:standalone
executable:/srv/private/redis-server
config_file:/srv/private/redis.conf

# Clients
connected_clients:4

# Memory
used_memory:1048576
maxmemory:2147483648
maxmemory_policy:volatile-lru

# Persistence
aof_enabled:1

# Replication
role:slave
master_host:db.internal

# Modules
module:name=ReJSON,ver=20609,api=1,filters=0,usedby=[search],using=[],options=[handle-io-errors]
module:name=search,ver=20813,api=1,filters=0,usedby=[],using=[ReJSON],options=[]

# Cluster
cluster_enabled:0
"""


def test_info() -> None:
    section = Section()
    read_info(REDIS.replace("\n", "\r\n"), section)
    assert section.items == {
        "product": "Redis",
        "server_version": "7.4.1",
        "replica": True,
        "maxmemory": "1 GB to 16 GB",
        "maxmemory_policy": "volatile-lru",
        "appendonly": True,
        "cluster_enabled": False,
        "modules.ReJSON": {"version": "20609"},
        "modules.search": {"version": "20813"},
    }
    assert section.volatile == {"connections": 4, "used_memory": 1048576}


@pytest.mark.parametrize(
    ("lines", "product", "version"),
    [
        ("redis_version:7.2.4\nserver_name:valkey\nvalkey_version:8.1.1", "Valkey", "8.1.1"),
        ("redis_version:7.2.4\ndragonfly_version:df-v1.20.1", "Dragonfly", "1.20.1"),
        ("redis_version:7.2.4\ndragonfly_version:{odd}", "Dragonfly", "7.2.4"),
    ],
)
def test_product_that_speaks_as_another(lines: str, product: str, version: str) -> None:
    section = Section()
    read_info(lines, section)
    assert section.items == {"product": product, "server_version": version, "redis_version": "7.2.4"}


@pytest.mark.parametrize("text", ["", "OK", "redis_version:secret", "version:7"])
def test_what_is_no_info(text: str) -> None:
    with pytest.raises(ValueError, match=r"\A\Z"):
        read_info(text, Section())


def test_module_of_an_odd_name() -> None:
    section = Section()
    read_info("redis_version:7.0.0\nmodule:name=a b,ver=1", section)
    assert section.hidden == ["modules.*"]


def test_classes_of_memory() -> None:
    sizes = [class_of(size) for size in (0, 1, 64 << 20, 1 << 30, 16 << 30)]
    assert sizes == ["no limit", "under 64 MB", "64 MB to 1 GB", "1 GB to 16 GB", "16 GB and more"]


def test_value() -> None:
    assert typed("save", "3600 1 300 100") is True
    assert typed("save", "") is False
    assert typed("replica_read_only", "no") is False
    assert typed("timeout", "0") == 0
    assert typed("notify_keyspace_events", "AKE") == "AKE"
