"""The children that parse a repository's Python files, and what becomes of a file that one dies of.

A syntax tree nested deeply enough ends some interpreters (CPython 3.10: a name with 200,000 attributes), and a large
one takes memory that is not given back. Both stay with the child. Its answers come file by file, so that the first
one that is missing is the one that it died of.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from parity.child import run
from parity.declared.source.modules import Modules
from parity.declared.source.rows import Rows, from_json
from parity.together import together

SECONDS = 60.0
"""After which the files that are left are not read."""
MAX_DEATHS = 5
BATCH = 2_000
"""Files that one child is given: its answer is held in memory as a whole."""
ALONE = 150
"""Files up to which a second child costs more than it saves."""
_MOST = 4


def scanned(root: Path, names: Sequence[str]) -> dict[str, Rows]:
    """{file: what it says by itself}; one that could not be read has its fault."""
    if not names:
        return {}
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    count = 1 if len(names) <= ALONE else min(_MOST, cores)
    first_party = sorted(Modules(names).names())
    deadline = time.monotonic() + SECONDS
    # Every so manieth file each: large ones stand together in a directory.
    looks = [partial(_share, root, names[number::count], first_party, deadline) for number in range(count)]
    found: dict[str, Rows] = {}
    for answer in together(looks):
        found.update(answer)
    return dict(sorted(found.items()))


def _share(root: Path, names: Sequence[str], first_party: Sequence[str], deadline: float) -> dict[str, Rows]:
    return dict(_answers(root, names, first_party, deadline))


def _answers(
    root: Path, names: Sequence[str], first_party: Sequence[str], deadline: float
) -> Iterator[tuple[str, Rows]]:
    deaths = 0
    while names:
        batch = names[:BATCH]
        answers, ended = _asked(root, batch, first_party, deadline)
        yield from zip(batch, answers, strict=False)
        names = names[len(answers) :]
        if ended == "died":
            yield names[0], Rows(fault="the parser of Python ends at it")
            names = names[1:]
            deaths += 1
        if ended in ("late", "not started") or deaths == MAX_DEATHS:
            why = "not read: the files before it took too long" if ended == "late" else "not read: no parser is left"
            yield from ((name, Rows(fault=why)) for name in names)
            return


def _asked(
    root: Path, names: Sequence[str], first_party: Sequence[str], deadline: float
) -> tuple[list[Rows], str | None]:
    """What a child says of the files, in their order, and why it said no more."""
    # Never the working directory, which an empty entry stands for.
    path = [entry for entry in sys.path if Path(entry).is_absolute()]
    question = {"path": path, "root": str(root), "names": list(names), "first_party": list(first_party)}
    argv = [sys.executable, "-I", "-B", "-X", "utf8", str(Path(__file__).with_name("__main__.py"))]
    kept = {name: value for name, value in os.environ.items() if name in ("LD_LIBRARY_PATH", "SYSTEMROOT")}
    try:
        result = run(argv, json.dumps(question).encode(), seconds=max(0.1, deadline - time.monotonic()), env=kept)
    except OSError:
        return [], "not started"
    # A line that a dying child left half written is none.
    answers = [from_json(json.loads(line)) for line in result.out.split(b"\n")[:-1]]
    if result.cut == "timeout":
        return answers, "late"
    return answers, "died" if len(answers) < len(names) else None
