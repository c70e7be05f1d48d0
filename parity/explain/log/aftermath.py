"""What follows from a failure, told with it: a server that shuts down, a worker that exits, a process that is over.

A program that fails at its start is told of by everything that waited for it: its server, its master, its supervisor.
None of them says why. Where the log has what failed before them, they are lines beside that; where it has not, they
stand by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.explain.log.tally import Entry
from parity.explain.log.trouble import ENDS, Weight, ends

NEAR = {Weight.FATAL: 120, Weight.LOGGED: 40}
"""{weight of what failed: lines of the log within which what follows is taken to follow from it}."""

LATE = 20
"""Lines that what follows may stand before it, in a log of several streams."""


def folded(entries: Sequence[Entry]) -> list[Entry]:
    """The failures, each with what followed from it beside it, in their order."""
    followers = [one for one in entries if follows(one)]
    roots = [one for one in entries if one.weight in NEAR and one not in followers]
    kept = []
    for one in entries:
        root = _root(one, roots) if one in followers else None
        if root is None:
            kept.append(one)
        else:
            root.beside([(one.last[0], one.message)])
    return kept


def follows(entry: Entry) -> bool:
    """Whether it tells that something ended, and not of what."""
    if entry.weight not in (Weight.WARNED, Weight.AFTERMATH):
        return False
    if entry.kind == "exception":
        return entry.chain[-1].type.rpartition(".")[2] in ENDS
    return entry.kind in ("exit", "signal") or ends(entry.message)


def _root(one: Entry, roots: Sequence[Entry]) -> Entry | None:
    """The nearest failure before it, or else right after it."""
    found = [(behind, root) for root in roots for behind in _behind(one, root) if -LATE <= behind <= NEAR[root.weight]]
    return min(found, key=lambda each: (each[0] < 0, abs(each[0])), default=(0, None))[1]


def _behind(one: Entry, root: Entry) -> Iterator[int]:
    """How many lines it stands after the other, by the first and the last of each."""
    return (mine - its for mine in (one.first[0], one.last[0]) for its in (root.first[0], root.last[0]))
