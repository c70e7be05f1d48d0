"""One container, told from its files as the engine streams them, and from the engine's own record.

For what does not run, is paused, or has nothing that could run the probe. It is never started or unpaused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parity.archive import declared
from parity.archive.layers import Indexer
from parity.archive.program import process
from parity.archive.reading import keeper, prepare, read_files
from parity.archive.stream import Malformed
from parity.archive.view import TarView
from parity.engine import limits
from parity.engine.container import Look, mount_kind
from parity.engine.save import exported
from parity.errors import Incomplete
from parity.probe.process.mountinfo import below
from parity.profile import Section, Status
from parity.profile.model import Item
from parity.snapshot.target import Reading
from parity.text import visible


def read(look: Look, why: str) -> Reading:
    """The reading of a container that nothing can be run in; `why` is the reason, for a person.

    Raises Incomplete, and Unreachable when the engine fails.
    """
    place = f"container {look.name}"
    look.progress(f"{look.name}: reading its files")
    indexer = Indexer(keeper(look.request), look.deadline)
    try:
        with exported(look.client, look.name, place, look.deadline) as source:
            root = indexer.merged([indexer.layer(source, None, b"", whiteouts=False)])
    except Malformed as error:
        raise Incomplete(f"the files of {place} cannot be read: {error}") from None
    settings = {**look.container["Config"], "Entrypoint": [look.container.get("Path")], "Cmd": look.container["Args"]}
    view = TarView(root, source, look.deadline)
    guessed = prepare(view, process(view, settings, "engine"), indexer, look.request)
    read = read_files(view, indexer, look.request, look.name, look.progress)
    mounts = _mounts(look.container)
    sections = {name: _without_volumes(section, view, list(mounts)) for name, section in read.sections.items()}
    reason = f"{why}: this is what the engine starts it with"
    if "environment" in sections:
        sections["environment"] = declared.environment_section(sections["environment"], reason)
    sections["process"] = declared.process_section(view, reason)
    sections["limits"] = limits.of_record(look.container, why)
    sections["volumes"] = declared.volumes_section(settings, mounts, reason)
    untold = dict.fromkeys(("cpu", "network"), Section(Status.UNAVAILABLE, f"{why}, and files do not tell"))
    reading = Reading({**untold, **sections}, {"image": str(look.container["Image"])}, read.timings)
    for name in sections:
        reading = reading.with_note(name, f"read from the container's files and the engine's record: {why}")
    return reading.with_note("python", guessed) if guessed else reading


def _mounts(container: Mapping[str, Any]) -> dict[str, Item]:
    """{path: item} of what the engine mounts."""
    found: dict[str, Item] = {}
    for mount in container.get("Mounts") or ():
        found[str(mount.get("Destination"))] = {"kind": mount_kind(mount), "read_only": not mount.get("RW", True)}
    return found


def _without_volumes(section: Section, view: TarView, mounts: list[str]) -> Section:
    """A section, partial where what is mounted may hold some of what it tells: that is in no export."""
    if view.executable is None or section.status not in {Status.OK, Status.PARTIAL}:
        return section
    interpreter = view.interpreter
    sites = [path for path in interpreter.path if interpreter.origins[path].endswith("site")]
    places = [interpreter.prefix, interpreter.base_prefix, *interpreter.path]
    covered = sorted(
        mount
        for mount in mounts
        if any(below(place, mount) for place in places) or any(below(mount, site) for site in sites)
    )
    if not covered:
        return section
    reason = "what is mounted is not among the container's files: " + visible(", ".join(covered))
    whole = "; ".join([*([section.reason] if section.reason else []), reason])
    return replace(section, status=Status.PARTIAL, reason=whole, hidden=tuple(sorted({*section.hidden, "*"})))
