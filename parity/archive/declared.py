"""Sections that an image, or a container that does not run, declares rather than has.

Each is partial at most: what a container is started with may add to it, or change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parity.archive.program import volumes
from parity.probe.kit import View
from parity.probe.process import accounts
from parity.probe.process.proc import Process
from parity.profile import Section, Status
from parity.profile.model import Field, Item
from parity.text import visible

_ALL = ("*",)


def environment_section(read: Section, reason: str) -> Section:
    """The names that every container is given; one may be given more."""
    return replace(read, status=Status.PARTIAL, reason=reason, hidden=_ALL)


def process_section(view: View, reason: str) -> Section:
    """The user that the process of a view is started as."""
    told: Process = view.process
    items: dict[str, Item] = {}
    if told.uid is not None:
        known = accounts.read(view)
        items = {"uid": told.uid, "gid": told.gid, "user": known.users.get(told.uid)}
        if known.readable:
            items["passwd_entry"] = told.uid in known.homes
    return Section(Status.PARTIAL, reason, items, hidden=_ALL)


def volumes_section(settings: Mapping[str, Any], mounts: Mapping[str, Item] | None, reason: str) -> Section:
    """The volumes that an image declares, and {path: item} of what the engine mounts, None where that is not known."""
    items = {visible(path): item for path, item in (mounts or {}).items()}
    for path in volumes(settings):
        item: dict[str, Field] = {"kind": "declared volume"}
        items.setdefault(visible(path), item if mounts is None else {**item, "mounted": False})
    return Section(Status.PARTIAL, reason, items, hidden=_ALL)
