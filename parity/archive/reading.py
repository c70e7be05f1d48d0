"""The collectors, run over the files of an archive."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from dataclasses import replace

from parity import sections
from parity.archive.layers import MOST_MEMBERS, Indexer
from parity.archive.reduce import Keeper
from parity.archive.tree import walk
from parity.archive.view import TarView
from parity.probe.kit import Absent, Unavailable, literal
from parity.probe.process.proc import PYTHON_NAME, Process
from parity.probe.python import onfile, places
from parity.probe.python.located import runnable
from parity.profile import Section, Status
from parity.profile.document import sections_from
from parity.snapshot.request import Progress, Request
from parity.snapshot.target import Reading

OF_FILES = frozenset(
    {"environment", "executables", "libraries", "packages", "platform", "python", "source", "system_packages"}
    | {"locale", "time", "tls"}
)
"""The sections whose collectors need no process."""


def keeper(request: Request) -> Keeper:
    """What keeps the files that a request needs: those of the collectors, and the dotenv files that it names."""
    return Keeper("*" + literal(posixpath.normpath("/" + name.lstrip("/"))) for name in request.env_files)


def prepare(view: TarView, told: Process, indexer: Indexer, request: Request) -> str | None:
    """Tell the view which process its program would be, and which Python; returns a note where that is a guess."""
    view.describe = onfile.describe
    view.options = {
        "env_files": list(request.env_files),
        "python": request.python,
        "source": request.source,
        **request.of_values(),
    }
    view.process = told
    named = told.argv[0] if told.argv else ""
    if request.python is None and named.startswith("/") and PYTHON_NAME.match(posixpath.basename(named)):
        view.executable = named
        return None
    view.executable, note = places.locate(view)
    if view.executable is None and request.python is None:
        # Of an archive all is known: a Python in an odd place is found, and where there is none there is none.
        view.executable = next((path for path in _pythons(view) if runnable(view, path)), None)
        view.without = Unavailable(_cut()) if indexer.cut else Absent("no file in it is a Python")
        note = "no interpreter is in a usual place: it is the first that was found; ?python= names one"
    return note if view.executable is not None else None


def _pythons(view: TarView) -> list[str]:
    """Paths of files that are called like a Python, the highest up in the tree first."""
    paths = [path for path, _ in walk(view.root) if PYTHON_NAME.match(path.rpartition("/")[2])]
    return sorted(paths, key=lambda path: (path.count("/"), path))


def read_files(view: TarView, indexer: Indexer, request: Request, place: str, progress: Progress) -> Reading:
    """The sections that are read from files, those that are wanted. `place` is a safe name for the progress."""
    from parity.probe.supervise import run_one

    answers, timings = {}, {}
    for name in sections.names():
        if name in OF_FILES and request.wants(name):
            progress(f"{place}: {name}")
            timings[name], answer = run_one(name, view)
            answers[name] = json.loads(answer)
    read = {name: _bounded(section, indexer) for name, section in sections_from(answers).items()}
    return Reading(read, timings=timings)


def _bounded(section: Section, indexer: Indexer) -> Section:
    """The section, as partial as the tree that it was read from."""
    reasons = list(_reasons(indexer))
    if not reasons or section.status not in {Status.OK, Status.PARTIAL, Status.ABSENT}:
        return section
    whole = "; ".join([*([section.reason] if section.reason else []), *reasons])
    return replace(section, status=Status.PARTIAL, reason=whole, hidden=tuple(sorted({*section.hidden, "*"})))


def _reasons(indexer: Indexer) -> Iterable[str]:
    if indexer.odd:
        yield f"{indexer.odd} of its members have names or links that no file can have"
    if indexer.cut:
        yield _cut()


def _cut() -> str:
    return f"it has more than {MOST_MEMBERS:,} files and directories"
