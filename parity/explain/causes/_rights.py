"""Whether what is known of a path refuses it to production's user and not to local's. Support of the files beside it.

Who may do what with a file: path_resolution(7). Root goes past owner and mode (capabilities(7), CAP_DAC_OVERRIDE), but
runs no file that has no x bit (execve(2)), and nothing from a mount with noexec (mount(8)).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from parity.explain.case import Case
from parity.profile.item import field
from parity.profile.model import Item

OWNED, ROOT, OPEN, UNSHOWN = 0.85, 0.85, 0.45, 0.35
"""Owner and mode refuse it to the one and not to the other; root lost its rights; root lost them, and the directory is
open to all; nothing shows that it is who the process is."""

_EXECUTES = re.compile(
    r"/(?:subprocess|asyncio/subprocess|asyncio/base_events|pty|ptyprocess|pexpect)\w*\.py\Z|\A<frozen subprocess>"
)
_CALLS = re.compile(r"\b(?:os\.(?:exec|spawn|posix_spawn)\w{0,4}|_execute_child|_fork_exec|posix_spawnp?)\b")
_SHELL = re.compile(
    r"(?:^|[\s/])(?:ba|da|z|k|a)?sh(?:\[\d+\])?: (?:line )?(?:\d+: )?(?P<path>/\S+): permission denied", re.MULTILINE
)
_DENIED = re.compile(r"permission denied|operation not permitted|\[errno (?:1|13)\]")


def executes(case: Case) -> bool:
    """Whether what is refused is to run a file: by Python's calls for it, or by a shell's words."""
    if not _DENIED.search(case.text):
        return False
    if _SHELL.search(case.text):
        return True
    for raised in case.failure.chain if case.failure else ():
        if not _DENIED.search(raised.message.lower()):
            continue
        if any(_EXECUTES.search(frame.file) or _CALLS.search(frame.code) for frame in raised.frames[-2:]):
            return True
    return False


def refused(case: Case, paths: Iterable[str]) -> float:
    """How likely it is who the process is, 0 to 1, that a path is refused to it."""
    local, production = (_Who(side) for side in case.items("process"))
    if local.uid == production.uid and local.groups == production.groups:
        return UNSHOWN
    best = 0.0
    for path in [*paths] or [""]:
        best = max(best, _refused(case, path, local, production))
    return best


def loses(case: Case, capability: str = "") -> bool:
    """Whether local's process is root, or has a capability, and production's is not, or has it no more."""
    local, production = case.items("process")
    here, there = (field(side.get("capabilities"), "effective") for side in (local, production))
    if capability and isinstance(here, tuple) and isinstance(there, tuple):
        return capability in here and capability not in there
    return local.get("uid") == 0 and production.get("uid") != 0


class _Who:
    def __init__(self, items: Mapping[str, Item]) -> None:
        uid, gid = items.get("uid"), items.get("gid")
        ids, held = field(items.get("groups"), "ids"), field(items.get("capabilities"), "effective")
        self.uid = uid if isinstance(uid, int) else None
        self.groups = {str(gid), *(ids if isinstance(ids, tuple) else ())}
        # A root whose capabilities are not told has them.
        self.root = self.uid == 0 and (not isinstance(held, tuple) or "DAC_OVERRIDE" in held)

    def may(self, item: Item) -> bool | None:
        """Whether it may write to what a volume's item tells of; None where that tells no owner and mode."""
        mode, uid, gid = (field(item, name) for name in ("mode", "uid", "gid"))
        if self.root:
            return True
        if not isinstance(mode, str) or not isinstance(uid, int) or self.uid is None:
            return None
        bits = int(mode, 8) if re.fullmatch(r"[0-7]{3,5}", mode) else 0
        if self.uid == uid:
            return bool(bits & 0o200)
        return bool(bits & (0o020 if str(gid) in self.groups else 0o002))


def _refused(case: Case, path: str, local: _Who, production: _Who) -> float:
    item = _above(case.items("volumes")[1], path)
    may = production.may(item) if item is not None else None
    if may is False and local.may(item):
        return OWNED
    if _directory(case, path):
        return OWNED
    if local.root and not production.root:
        # What everybody may write to refuses files that another user has left there, and no others.
        return OPEN if may and _holds(item, path) else ROOT
    return UNSHOWN


def _directory(case: Case, path: str) -> bool:
    """Whether it lies below the working directory or the home, that local alone can write to."""
    for key in ("working_directory", "home"):
        here, there = (side.get(key) for side in case.items("process"))
        place = field(there, "path")
        if isinstance(place, str) and len(place) > 1 and f"{path}/".startswith(f"{place.rstrip('/')}/"):
            return field(here, "writable") is True and field(there, "writable") is False
    return False


def _above(volumes: Mapping[str, Item], path: str) -> Item:
    """The volume that a path lies on: the longest start of it."""
    held = [key for key in volumes if path and (path == key or path.startswith(key.rstrip("/") + "/"))]
    return volumes[max(held, key=len)] if held else None


def _holds(item: Item, path: str) -> bool:
    mode = field(item, "mode")
    return bool(path) and isinstance(mode, str) and mode.endswith("7")
