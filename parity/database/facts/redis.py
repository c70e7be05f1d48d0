"""Redis, Valkey and the like: version, role, memory and what happens when it is full, persistence, modules.

`INFO` tells most of it and any user may be let run it; the rest is `CONFIG GET`'s, which an ACL or the service that
runs the server often refuses. How much memory there may be is told by its class: what is full at 100 MB there is not
at 4 GB here, and the exact number is seldom meant to be the same.

Sources: Redis's "INFO", "CONFIG GET" and redis.conf; Valkey's the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from parity.database.look import Part
from parity.products import settings

_OF_INFO = {"maxmemory_policy": "maxmemory_policy", "cluster_enabled": "cluster_enabled", "aof_enabled": "appendonly"}
"""{field of INFO: the setting that it tells}."""

_ASKED = tuple(sorted({*settings("redis")} - {"maxmemory", *_OF_INFO.values()}))
"""What only CONFIG GET tells."""

_YES = {"yes": True, "no": False, "1": True, "0": False}
_WHETHER = frozenset({"cluster_enabled", "appendonly", "replica_read_only", "stop_writes_on_bgsave_error"})

_RELEASE = re.compile(r"[0-9]+(?:\.[0-9]+){1,3}")
_FORM = re.compile(r"[A-Za-z0-9_ .$-]{0,100}")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_NUMBER = re.compile(r"[0-9]{1,18}")

_CLASSES = ((64 << 20, "under 64 MB"), (1 << 30, "64 MB to 1 GB"), (16 << 30, "1 GB to 16 GB"))
_PRODUCTS = {"valkey": "Valkey", "keydb": "KeyDB", "dragonfly": "Dragonfly"}


def _server(connection: Any, section: Any) -> None:
    read_info(str(connection.ask("INFO")), section)
    section.items["ssl_in_use"] = connection.tls


def read_info(text: str, section: Any) -> None:
    """Fill the section with what INFO says, `field:value` a line. Raises ValueError for what is no such text."""
    pairs = [line.partition(":") for line in text.splitlines() if line and not line.startswith("#")]
    info = {name: value for name, _, value in pairs if name != "module"}
    like = info.get("redis_version", "")
    if not _RELEASE.fullmatch(like):
        raise ValueError
    product = _product(info)
    version = next((info[f"{one}_version"] for one in _PRODUCTS if info.get(f"{one}_version")), like).removeprefix(
        "df-v"
    )
    section.items["product"] = product
    section.items["server_version"] = version if _RELEASE.fullmatch(version) else like
    if product != "Redis":
        section.items["redis_version"] = like
    if "role" in info:
        section.items["replica"] = info["role"] == "slave"
    for name, key in _OF_INFO.items():
        if _FORM.fullmatch(info.get(name, "?")):
            section.items[key] = typed(key, info[name])
    if _NUMBER.fullmatch(info.get("maxmemory", "")):
        section.items["maxmemory"] = class_of(int(info["maxmemory"]))
    for field, key in (("connected_clients", "connections"), ("used_memory", "used_memory")):
        if _NUMBER.fullmatch(info.get(field, "")):
            section.volatile[key] = int(info[field])
    for name, _, value in pairs:
        if name == "module":
            _module(dict(pair.partition("=")[::2] for pair in value.split(",")), section)


def _product(info: Mapping[str, str]) -> str:
    named = [title for name, title in _PRODUCTS.items() if f"{name}_version" in info or info.get("server_name") == name]
    return named[0] if named else "Redis"


def _module(told: Mapping[str, str], section: Any) -> None:
    name, version = told.get("name", ""), told.get("ver", "")
    if _NAME.fullmatch(name):
        section.items[f"modules.{name}"] = {"version": version if _NUMBER.fullmatch(version) else "unknown"}
    else:
        section.hide("modules.*", "a module has a name of an unknown form")


def class_of(bytes_: int) -> str:
    """How much memory the data may take, in words: 0 bytes are no limit."""
    if bytes_ == 0:
        return "no limit"
    return next((words for limit, words in _CLASSES if bytes_ < limit), "16 GB and more")


def typed(key: str, text: str) -> bool | int | str:
    """A setting's value: yes or no, a number, or the text as it is; of `save` only whether there is any."""
    if key == "save":
        return bool(text.strip())
    if key in _WHETHER and text in _YES:
        return _YES[text]
    return int(text) if _NUMBER.fullmatch(text) else text


def _settings(connection: Any, section: Any) -> None:
    for key in _ASKED:
        answer = connection.ask("CONFIG", "GET", key.replace("_", "-"))
        # A server that is older than a setting answers with an empty list.
        if not answer:
            continue
        if _FORM.fullmatch(str(answer[1])):
            section.items[key] = typed(key, str(answer[1]))
        else:
            section.hide(key, "a setting's value has no known form")


PARTS = (
    Part(("*",), _server),
    Part(_ASKED, _settings),
)
