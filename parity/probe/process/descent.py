"""Of the processes below others, which comes first, and which of them serves.

Floor: Python 3.8, standard library only.
"""

from parity.probe.process import proc


def generations(processes, tops):
    """`tops` and their descendants, the nearest first."""
    children = {}
    for pid in sorted(processes):
        children.setdefault(processes[pid].parent, []).append(pid)
    ordered, seen = [], set()
    generation = list(tops)
    while generation:
        seen.update(generation)
        ordered += [processes[pid] for pid in generation if pid in processes]
        generation = [child for pid in generation for child in children.get(pid, []) if child not in seen]
    return ordered


def ancestry(pid):
    """This process and those above it, up to but without PID 1: the probe is not what serves."""
    found = set()
    while pid > 1 and pid not in found:
        found.add(pid)
        pid = proc.glance(pid).parent
    return found


def foremost(ordered):
    """Of processes, the likeliest first, the one that serves: a Python, or else the first, and a word about it."""
    for fits in (
        lambda process: process.python and not process.starter,
        lambda process: process.python,
        lambda process: process.opaque,
    ):
        for process in ordered:
            if fits(process):
                return proc.read(process.pid)
    return inferred(ordered[0].pid)


def inferred(pid):
    """The process, of which nothing but its place says that it serves."""
    process = proc.read(pid)
    process.inferred = "no Python process runs there; the interpreter is the first on the PATH of PID %d" % pid
    return process
