"""Which migrations of a source a database has not had, and which it had that the source does not know.

A revision is written "NAME", with "<A B" behind it where it follows others, and "=A B" where it stands for them.

Floor: Python 3.8, standard library only.
"""

import re

_WRITTEN = re.compile(r"([^<=]+)(?:<([^=]*))?(?:=(.*))?", re.DOTALL)


def standing(written, heads, names, applied):
    """((pending, ...), (unknown, ...)): in the source and not applied; applied last and not in the source.

    written  the source's revisions, as above
    heads    what was applied last; names, all that was, () where the tool does not keep them
    applied  whether anything was
    """
    revisions = _read(written)
    unknown = tuple(name for name in heads if name not in revisions and not _stood_for(name, revisions))
    had = set(names)
    if had:
        pending = [
            name
            for name, (_, replaces) in revisions.items()
            if name not in had and not (replaces and had.issuperset(replaces)) and not _squashed(name, revisions, had)
        ]
        return tuple(pending), unknown
    if applied and unknown:
        # Where the database is on a way that the source does not know, nothing tells how far it is on this one.
        return (), unknown
    past = _before(heads, revisions)
    chain = _joined(heads, revisions) if applied else set(revisions)
    return tuple(name for name in revisions if name in chain and name not in past), unknown


def _read(written):
    """{name: (what it follows, what it stands for)}"""
    found = filter(None, map(_WRITTEN.fullmatch, written))
    return {one.group(1): ((one.group(2) or "").split(), (one.group(3) or "").split()) for one in found}


def _stood_for(name, revisions):
    return any(name in replaces for _, replaces in revisions.values())


def _squashed(name, revisions, had):
    """Whether one that was applied stands for it."""
    return any(name in replaces and one in had for one, (_, replaces) in revisions.items())


def _before(heads, revisions):
    """The heads and everything that they follow, in any number of steps."""
    waiting, seen = list(heads), set()
    while waiting:
        name = waiting.pop()
        if name not in seen and name in revisions:
            seen.add(name)
            waiting += revisions[name][0]
    return seen


def _joined(heads, revisions):
    """Every revision of the chains that the heads are in: a source may hold those of several databases."""
    beside = {name: set() for name in revisions}
    for name, (follows, _) in revisions.items():
        for one in follows:
            if one in beside:
                beside[one].add(name)
                beside[name].add(one)
    waiting, seen = [name for name in heads if name in beside], set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += beside[name]
    return seen
