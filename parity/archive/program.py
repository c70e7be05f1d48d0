"""The process that an image, or a container that does not run, would start; told from its settings and its files."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from parity.archive.reduce import script
from parity.probe.kit import View
from parity.probe.process import accounts
from parity.probe.process.proc import PYTHON_NAME, Process
from parity.probe.python.located import DEFAULT_PATH, runnable

_SHELLS = frozenset({"sh", "bash", "dash", "ash", "busybox"})
_EXEC = "'''exec'"
"""How the second line of a script begins whose interpreter has too long a path for the first: a shell executes it,
and Python takes it for a text."""

_MOST_WORDS = 32
_NUMBER = re.compile(r"[0-9]{1,10}")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_OPERATOR = re.compile(r"[;&|<>()`$*?\n]")


def environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """The variables that a container is started with; the values stay in memory."""
    entries = settings.get("Env")
    pairs = [str(entry).partition("=") for entry in entries] if isinstance(entries, list) else []
    return {name: value for name, _, value in pairs}


def volumes(settings: Mapping[str, Any]) -> list[str]:
    """The paths that the image declares to be volumes."""
    declared = settings.get("Volumes")
    return [path for path in declared if isinstance(path, str)] if isinstance(declared, dict) else []


def process(view: View, settings: Mapping[str, Any], source: str) -> Process:
    """The process as its settings tell: environment, directory, user; and the arguments that its Python would have.

    `settings` are an image's `config`, or a container's with Entrypoint and Cmd as the engine joined them; `source`
    says whose they are.
    """
    argv = [*_words(settings.get("Entrypoint")), *_words(settings.get("Cmd"))][:_MOST_WORDS]
    directory = settings.get("WorkingDir")
    told = Process(0, environment(settings), cwd=directory if isinstance(directory, str) and directory else "/")
    told.source = source
    told.argv = _of_python(view, told, argv)
    told.status = _credentials(view, settings.get("User"))
    return told


def _on_path(name: str, told: Process) -> list[str]:
    directories = (told.variable("PATH") or DEFAULT_PATH).split(":")
    return [f"{directory.rstrip('/')}/{name}" for directory in directories if directory.startswith("/")]


def _words(value: Any) -> list[str]:
    return [str(word) for word in value] if isinstance(value, list) else []


def _of_python(view: View, told: Process, argv: Sequence[str]) -> list[str]:
    """The arguments of the first Python that a command line starts, itself first; else those of the command line.

    Programs that only start another (tini, an entrypoint script) leave it among their arguments.
    """
    for place, word in enumerate(argv):
        command = _shell_command(argv, place)
        if command:
            return _of_python(view, told, command)
        if word.startswith("-"):
            continue
        path = _program(view, told, word)
        if path is None:
            continue
        if PYTHON_NAME.match(PurePosixPath(path).name):
            return [path, *argv[place + 1 :]]
        interpreter = _interpreter(view, told, path)
        if interpreter is not None:
            # As the kernel does it: the interpreter, then the script by its path.
            return [interpreter, path, *argv[place + 1 :]]
    return list(argv)


def _shell_command(argv: Sequence[str], place: int) -> list[str] | None:
    """The words of a simple command that a shell is given by `-c`."""
    if PurePosixPath(argv[place]).name not in _SHELLS or len(argv) <= place + 2 or argv[place + 1] != "-c":
        return None
    if _OPERATOR.search(argv[place + 2]):
        return None
    try:
        words = shlex.split(argv[place + 2])[:_MOST_WORDS]
    except ValueError:
        return None
    while words and (words[0] == "exec" or _ASSIGNMENT.match(words[0])):
        words.pop(0)
    return words


def _program(view: View, told: Process, word: str) -> str | None:
    if "/" in word:
        paths = [str(PurePosixPath(told.cwd or "/") / word)]
    else:
        paths = _on_path(word, told)
    return next((path for path in paths if runnable(view, path)), None)


def _interpreter(view: View, told: Process, path: str) -> str | None:
    """The Python that a script names in its first line, or in the second as installers write it for long paths."""
    try:
        start = view.reduced(path, script)
    except OSError:
        return None
    lines = start.decode("utf-8", "replace").splitlines()[:2] if start else []
    for line in lines:
        words = _first_words(line)
        if words and PurePosixPath(words[0]).name == "env":
            words = [word for word in words[1:] if not word.startswith("-") and not _ASSIGNMENT.match(word)]
        found = _program(view, told, words[0]) if words else None
        if found is not None and PYTHON_NAME.match(PurePosixPath(found).name):
            return found
    return None


def _first_words(line: str) -> list[str]:
    if line.startswith("#!"):
        return line[2:].split()
    try:
        return shlex.split(line.removeprefix(_EXEC)) if line.startswith(_EXEC) else []
    except ValueError:
        return []


def _credentials(view: View, user: Any) -> dict[str, str]:
    """Uid and Gid as /proc/PID/status would tell them; {} where the user is not in the image's passwd."""
    name, _, group = (user if isinstance(user, str) else "").partition(":")
    uid, gid = _number(name or "0"), _number(group)
    for row in accounts.rows(_text(view, "/etc/passwd"), 4):
        if row[0] == name or (uid is not None and row[2] == uid):
            uid = row[2]
            gid = gid if group else _number(str(row[3]))
            break
    if group and gid is None:
        gid = next((row[2] for row in accounts.rows(_text(view, "/etc/group"), 3) if row[0] == group), None)
        if gid is None:
            return {}
    if uid is None:
        return {}
    return {"Uid": "\t".join([str(uid)] * 4), "Gid": "\t".join([str(gid or 0)] * 4)}


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _text(view: View, path: str) -> str:
    try:
        return str(view.text(path))
    except OSError:
        return ""
