"""Limits: as much as the program had where it works, in the compose file, the manifest, or by its keeper."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from parity.fix.context import Context
from parity.fix.deployment import compose_service, restarted, workload
from parity.fix.model import Command, Edit, Remedy
from parity.policy.model import Finding
from parity.profile.model import Item

TITLE = "a limit that is lower"

_MIB = 1 << 20
_ULIMITS = {
    "nofile": "nofile",
    "nofile_hard": "nofile",
    "processes": "nproc",
    "stack": "stack",
    "core": "core",
    "data": "data",
    "address_space": "as",
    "memlock": "memlock",
    "file_size": "fsize",
}
_SYSTEMD = {
    "nofile": "LimitNOFILE",
    "nofile_hard": "LimitNOFILE",
    "processes": "LimitNPROC",
    "stack": "LimitSTACK",
    "core": "LimitCORE",
    "data": "LimitDATA",
    "address_space": "LimitAS",
    "memlock": "LimitMEMLOCK",
    "file_size": "LimitFSIZE",
    "memory": "MemoryMax",
    "pids": "TasksMax",
    "cpu": "CPUQuota",
}
_COMPOSE = {"memory": "mem_limit", "pids": "pids_limit", "cpu": "cpus", "shm": "shm_size", "swap": "memswap_limit"}
_FLAGS = {"memory": "--memory", "pids": "--pids-limit", "cpu": "--cpus", "shm": "--shm-size", "swap": "--memory-swap"}


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Raise one limit to what it is on the other side."""
    key = finding.key
    if finding.section != "limits" or context.side(finding) == "local":
        return
    if key not in {*_ULIMITS, *_COMPOSE}:
        return
    wanted = context.wanted("production", "limits", key)
    value = _value(key, wanted, context)
    if value is None:
        return
    edits = tuple(_edits(key, value, context))
    commands = tuple(restarted(context)) if edits else tuple(_commands(key, value, context))
    yield Remedy(f"raise {key} in production to {_told(key, value, wanted)}", "production", commands, edits)


def _value(key: str, wanted: Item, context: Context) -> str | None:
    """The number to write; "-1" for unlimited. Without any limit locally memory gets twice what there is now."""
    if isinstance(wanted, bool) or wanted is None:
        return None
    if isinstance(wanted, int | float):
        return str(wanted)
    if wanted != "unlimited":
        return None
    now = context.has("production", "limits", key)
    if key in ("memory", "shm", "swap") and isinstance(now, int):
        return str(2 * now)
    if key == "cpu" and isinstance(now, int | float):
        return str(max(1, round(2 * now)))
    return "-1"


def _told(key: str, value: str, wanted: Item) -> str:
    if value == "-1":
        return "unlimited"
    amount = (
        f"{int(value) // _MIB} MiB"
        if key in ("memory", "shm", "swap", "data", "stack") and value.isdecimal()
        else value
    )
    return amount if wanted != "unlimited" else f"{amount}, twice of what it is; locally it is unlimited"


def _edits(key: str, value: str, context: Context) -> Iterator[Edit]:
    service, pod = compose_service(context), workload(context)
    edit = None
    if service is not None:
        if key in _ULIMITS:
            hard = service[0].put(service[1], ("ulimits", _ULIMITS[key]), value)
            edit = hard if service[1].get("ulimits", _ULIMITS[key], "soft") is None else None
            if edit is None and service[1].get("ulimits", _ULIMITS[key], "soft") is not None:
                for bound in ("soft", "hard"):
                    one = service[0].put(service[1], ("ulimits", _ULIMITS[key], bound), value)
                    if one is not None:
                        yield one
        else:
            deployed = {"memory": "memory", "cpu": "cpus", "pids": "pids"}.get(key)
            limits = ("deploy", "resources", "limits")
            there = deployed and service[1].get(*limits, deployed) is not None
            path = (*limits, str(deployed)) if there else (_COMPOSE[key],)
            edit = service[0].put(service[1], path, f'"{value}"' if key == "cpu" else value)
    elif pod is not None and key in ("memory", "cpu") and value != "-1":
        written = f"{int(value) // _MIB}Mi" if key == "memory" else f'"{value}"'
        edit = pod[0].put(pod[2], ("resources", "limits", key), written)
    elif pod is not None and key == "shm":
        mounted = pod[0].item(pod[2], ("volumeMounts",), ("name: shm", "mountPath: /dev/shm"))
        volume = pod[0].item(
            pod[1], ("volumes",), ("name: shm", "emptyDir:", "  medium: Memory", f"  sizeLimit: {int(value) // _MIB}Mi")
        )
        yield from (one for one in (mounted, volume) if one is not None)
    if edit is not None:
        yield edit


def _commands(key: str, value: str, context: Context) -> Iterator[Command]:
    at = context.place
    if at.kind == "systemd":
        setting = _SYSTEMD.get(key)
        shown = "infinity" if value == "-1" else f"{round(float(value) * 100)}%" if key == "cpu" else value
        if setting is not None and key in ("memory", "pids", "cpu"):
            yield Command(
                f"sudo systemctl set-property {quote(at.name)} {setting}={shown}",
                "holds at once, and stays",
                "production",
            )
        elif setting is not None:
            yield Command(
                f"sudo systemctl edit {quote(at.name)}",
                f"opens a file for [Service] and {setting}={shown}",
                "production",
            )
            yield Command(f"sudo systemctl restart {quote(at.name)}", "starts it with the limit", "production")
    elif at.kind == "kubernetes" and key in ("memory", "cpu") and value != "-1":
        amount = f"{int(value) // _MIB}Mi" if key == "memory" else value
        yield Command(at.keeper("set", "resources", at.name, f"--limits={key}={amount}"), "rolls it out", "production")
    elif at.kind == "docker" and key in ("memory", "cpu", "pids"):
        swap = f" --memory-swap {value}" if key == "memory" else ""
        yield Command(
            f"docker update {_FLAGS[key]} {value}{swap} {at.name}",
            "holds at once, until it is made again",
            "production",
        )
    elif key in _FLAGS:
        yield Command(f"docker run {_FLAGS[key]} {value} …", "starts it with the limit", "production")
    else:
        bound = f"{value}:{value}" if value != "-1" else "-1:-1"
        yield Command(f"docker run --ulimit {_ULIMITS[key]}={bound} …", "starts it with the limit", "production")
