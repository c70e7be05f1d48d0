"""Which files of the repository are shell, and what they and the containers' own commands start and read.

A script counts as the program's own where a container, a Procfile or another such script starts it, or where its name
says so (entrypoint.sh, start.sh); any other is for whoever works on the repository.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from parity.declared.commands.line import of_script, of_text
from parity.declared.facts import Facts, Files, Import, Place, Program, Started
from parity.declared.source.modules import Modules, is_dev, of_packages
from parity.declared.text import decoded

MAX_FILE = 256 << 10
"""Bytes of one script: a longer one unpacks itself."""
MAX_FILES = 500

_SCRIPT = re.compile(r".*\.(?:sh|bash|ash|ksh)\Z")
_SHEBANG = re.compile(r"#![^\n]*\b(?:ba|da|a|k)?sh\b")
_PROCFILE = re.compile(r"Procfile(?:\.[\w-]+)?\Z")
_PROCESS = re.compile(r"[A-Za-z0-9_-]+:[ \t]*(\S.*)\Z")
_ENTRY = re.compile(
    r"(?:docker[-_]?)?(?:entry[-_]?point|start|run|serve|server|boot|init|prestart|launch|worker|web|beat|celery|migrate"
    r"|cmd|command|gunicorn|uvicorn)(?:[-_]\w+)*(?:\.\w+)?\Z"
)
_DEV = re.compile(r"(?:\A|[._/-])(?:dev|devel|development|test|tests|ci|local|hack|lint|build|release)(?=[._/-]|\Z)")

_INSTALLING = frozenset({"pip", "ensurepip", "venv"})
"""What `python -m` starts to install, and not to run."""


def read(files: Files, contained: Sequence[Started] = ()) -> Facts:
    """What the scripts and the Procfiles say, and what becomes of all that containers start."""
    data = of_packages(files.paths)
    paths = [path for path in files.paths if path not in data]
    scripts = {path: posixpath.basename(path) for path in paths if _is_script(path)}
    parts = [Facts(started=tuple(contained))]
    for path in paths:
        if _PROCFILE.match(posixpath.basename(path)) and not _is_dev(path):
            parts += _procfile(files, path)
    waiting = [path for path, name in scripts.items() if _ENTRY.match(name) and not _is_dev(path)]
    waiting += _among(scripts, parts)
    seen: set[str] = set()
    while waiting and len(seen) < MAX_FILES:
        path = waiting.pop(0)
        if path not in seen:
            seen.add(path)
            parts.append(_script(files, path, dev=False))
            waiting += _among(scripts, parts[-1:])
    others = [path for path in scripts if path not in seen and _SCRIPT.match(path)]
    parts += [_script(files, path, dev=True) for path in others[: MAX_FILES - len(seen)]]
    return _resolved(Facts.joined(parts), frozenset(scripts.values()), Modules(files.paths).names())


def _is_script(path: str) -> bool:
    base = posixpath.basename(path)
    return _SCRIPT.match(base) is not None or ("." not in base and _ENTRY.match(base) is not None)


def _is_dev(path: str) -> bool:
    return is_dev(path) or path.startswith(".") or _DEV.search(path.lower()) is not None


def _among(scripts: dict[str, str], parts: Sequence[Facts]) -> list[str]:
    """The repository's scripts that are started; where a file lies in an image is another matter than here."""
    names = {one.file for part in parts for one in part.started if one.file and not one.dev}
    return [path for path, name in scripts.items() if name in names]


def _script(files: Files, path: str, *, dev: bool) -> Facts:
    text = _text(files, path)
    if _SCRIPT.match(path) or _SHEBANG.match(text):
        return of_script(text, path, dev=dev)
    return Facts()


def _procfile(files: Files, path: str) -> list[Facts]:
    lines = enumerate(_text(files, path).split("\n"), 1)
    found = ((number, _PROCESS.match(text.strip())) for number, text in lines)
    return [of_text(match[1], Place(path, number)) for number, match in found if match]


def _text(files: Files, path: str) -> str:
    try:
        return decoded(files.read(path, MAX_FILE))
    except (OSError, ValueError):
        # What is no text, or too long for a script, starts nothing that can be told.
        return ""


def _resolved(found: Facts, scripts: frozenset[str], own: frozenset[str]) -> Facts:
    """Programs and imports of what is started."""
    programs: list[Program] = []
    imports: list[Import] = []
    for one in found.started:
        first = one.module.partition(".")[0]
        if first and first not in own and first not in _INSTALLING:
            imports.append(Import(first, one.at, module=one.module, dev=one.dev))
        elif one.program and one.program not in scripts:
            programs.append(Program(one.program, one.at, one.dev))
    # Those of the containers are theirs to tell.
    reads = tuple(sorted(found.read_names, key=lambda one: (one.at, one.name)))
    return Facts(read_names=reads, programs=tuple(programs), imports=tuple(imports))
