"""What git says of the directory that a repository is in: its commit, what departs from it, and what is ignored.

A repository's own configuration can name programs: a monitor of files, hooks, filters, a way to fetch what is
missing. None of them is started. What is asked is `git status` with a lock on nothing; every such setting is
overridden, and where one cannot be, git is not asked at all. Format: git-status(1), "Porcelain Format Version 2".
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from parity.child import Result, run
from parity.declared.facts import Checkout

SECONDS = 20.0
"""After which git is not waited for any longer."""
MAX_LISTED = 10_000
"""Modified and unknown files that are kept."""
_LEVELS = 64

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "core.sshCommand": "false",
    "core.untrackedCache": "false",
    "credential.helper": "",
    "protocol.allow": "never",
    "status.submoduleSummary": "false",
    "submodule.recurse": "false",
}
_STATUS = (
    "status",
    "--porcelain=v2",
    "-z",
    "--branch",
    "--no-renames",
    "--untracked-files=all",
    "--ignored=matching",
    # To look into a submodule is to run git there, under the submodule's own configuration.
    "--ignore-submodules=dirty",
)


def read(root: Path, environ: Mapping[str, str] | None = None) -> Checkout | None:
    """What git says of the working tree around a directory, None where there is none. Never raises for its sake."""
    root = root.resolve()
    top = next((one for one in (root, *list(root.parents)[:_LEVELS]) if os.path.lexists(one / ".git")), None)
    if top is None:
        return None
    environ = os.environ if environ is None else environ
    git = _program(environ, top)
    if git is None:
        return Checkout(None, refused="git is not installed")
    where = root.relative_to(top).as_posix()
    try:
        status = _status(git, top, where, environ)
    except OSError:
        return Checkout(None, refused="git could not be started")
    if isinstance(status, str):
        return Checkout(None, refused=status)
    return _checkout(status, "" if where == "." else f"{where}/")


def _status(git: str, top: Path, where: str, environ: Mapping[str, str]) -> bytes | str:
    """The output of git status for a part of the working tree, or a clause that says why there is none."""
    # The configuration may not put the working tree elsewhere.
    command: list[str | bytes] = [
        git,
        "--no-optional-locks",
        "--literal-pathspecs",
        f"--work-tree={top}",
        "-C",
        str(top),
    ]
    command += [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    deadline = time.monotonic() + SECONDS
    filters = _run([*command, "config", "--null", "--name-only", "--get-regexp", r"^filter\."], environ, deadline)
    if filters.cut or filters.code not in (0, 1):
        return _reason(filters)
    names = [name for name in filters.out.split(b"\0") if name]
    if any(b"=" in name for name in names):
        return "its configuration names a filter that cannot be switched off"
    # The filters that .gitattributes asks for are programs of the configuration's choice.
    off = [word for name in names for word in (b"-c", name + b"=")]
    status = _run([*command, *off, *_STATUS, "--", where], environ, deadline)
    return _reason(status) if status.cut or status.code != 0 else status.out


def _program(environ: Mapping[str, str], top: Path) -> str | None:
    """The path of git, of PATH's absolute directories that are no part of the repository."""
    places = environ.get("PATH", os.defpath).split(os.pathsep)
    trusted = [one for one in places if one.startswith("/") and not Path(one).resolve().is_relative_to(top)]
    return shutil.which("git", path=os.pathsep.join(trusted)) if trusted else None


def _run(command: Sequence[str | bytes], environ: Mapping[str, str], deadline: float) -> Result:
    # GIT_DIR and its kin would name another repository, or switch off the check of who owns this one.
    kept = {name: value for name, value in environ.items() if not name.startswith("GIT_")}
    own = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
    words = [os.fsdecode(word) for word in command]
    return run(words, seconds=max(0.1, deadline - time.monotonic()), env={**kept, **own})


def _reason(result: Result) -> str:
    if result.cut == "timeout":
        return f"git gave no answer within {SECONDS:.0f} s"
    if result.cut:
        return "git's answer is too long"
    if b"dubious ownership" in result.err or b"unsafe repository" in result.err:
        return "another user owns it: git refuses, unless its safe.directory names it"
    return "git could not read it"


def _checkout(output: bytes, prefix: str) -> Checkout:
    commit = branch = None
    found: dict[str, list[str]] = {"modified": [], "untracked": [], "ignored": []}
    for kind, path in _entries(output):
        if kind == "branch.oid":
            commit = None if path == "(initial)" else path
        elif kind == "branch.head":
            branch = None if path == "(detached)" else path
        elif kind in found and path.startswith(prefix) and (kind == "ignored" or len(found[kind]) < MAX_LISTED):
            found[kind].append(path[len(prefix) :])
    return Checkout(
        commit, branch, tuple(sorted(found["modified"])), tuple(sorted(found["untracked"])), tuple(found["ignored"])
    )


def _entries(output: bytes) -> Iterator[tuple[str, str]]:
    """(kind, path or value) of each entry; fields stand before the path, as many as the kind of entry has."""
    for entry in output.split(b"\0"):
        text = os.fsdecode(entry)
        if text.startswith("# "):
            kind, _, value = text[2:].partition(" ")
            yield kind, value
        elif text[:2] in ("1 ", "u "):
            fields = 8 if text[0] == "1" else 10
            yield "modified", text.split(" ", fields)[-1]
        elif text[:2] == "? ":
            yield "untracked", text[2:]
        elif text[:2] == "! ":
            yield "ignored", text[2:]
