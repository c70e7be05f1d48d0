"""How the last run of a container ended, as the engine's record tells (Docker Engine API, ContainerState)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from parity.profile.model import Item

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z")


def facts(container: Mapping[str, Any]) -> dict[str, Item]:
    """{"exit_code": number, "oom_killed": yes or no} of one that has run and does not now; else nothing."""
    state = container.get("State") or {}
    if state.get("Running") or state.get("Status") not in ("exited", "dead"):
        return {}
    code = state.get("ExitCode")
    told: dict[str, Item] = {"oom_killed": bool(state.get("OOMKilled"))}
    return {**told, "exit_code": code} if isinstance(code, int) else told


def words(container: Mapping[str, Any]) -> str:
    """A clause; "" for one that runs, never ran, or ended well."""
    found = facts(container)
    code = found.get("exit_code")
    if found.get("oom_killed"):
        return f"OOMKilled: its last run was killed for want of memory (exit code {code})"
    return f"its last run exited with code {code}" if code else ""


def line(container: Mapping[str, Any], name: str) -> bytes:
    """The same as a line of its log, with its time as the engine writes it; b"" where there is nothing to tell."""
    told = words(container)
    if not told:
        return b""
    moment = _MOMENT.fullmatch(str((container.get("State") or {}).get("FinishedAt")))
    return f"{moment[0] + ' ' if moment else ''}container {name}: {told}\n".encode()
