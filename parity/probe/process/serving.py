"""Which process serves.

A snapshot is of the process that does the work (PID 1 of a container or its Python descendant), not of the shell that
asks.

Floor: Python 3.8, standard library only.
"""

import os

from parity.probe.process import proc


def find(options):
    """The process that serves, by what the host asked for. Raises Unavailable when there is no such process.

    options["root"] is a directory in which there is a root file system, and nothing else is known.
    options["pid"] or options["unit"] names one; options["container"] looks below PID 1, and so does
    options["entered"] where this process was put into a container from outside. Otherwise nothing serves: the
    place is the one that options["launcher"] was started in, or this process, which is right for a script that
    a person runs by hand where the program runs.
    """
    if options.get("root"):
        process = proc.Process(0)
        process.root = options["root"]
        return process
    if options.get("pid") or options.get("unit"):
        from parity.probe.process import named

        return named.find(options)
    if options.get("container") or (options.get("entered") and _entered()):
        return _below_init()
    place = proc.read(int(options.get("launcher") or os.getpid()))
    if not place.status or place.environ is None:
        place = proc.read(os.getpid())
    # The arguments and the executable are parity's own, and no part of what would serve.
    place.argv, place.exe, place.serves = [], None, False
    return place


def _entered():
    """Whether this process has a parent outside of what /proc shows, as `docker exec` and `nsenter` leave it."""
    pid = os.getpid()
    while pid > 1:
        process = proc.glance(pid)
        if not process.status or process.parent == 0:
            return bool(process.status)
        pid = process.parent
    return False


def _below_init():
    from parity.probe.process import descent

    first = proc.glance(1)
    here = proc.glance(os.getpid()).namespace
    alone = first.namespace == here
    if alone and first.python and not first.starter:
        return proc.read(1)
    own = descent.ancestry(os.getpid())
    processes = {pid: proc.glance(pid) for pid in proc.pids() if pid not in own}
    if not alone:
        # PID 1 is the host's (--pid=host) or the pod's (a shared PID namespace): ours are those that see our mounts.
        processes = {pid: process for pid, process in processes.items() if process.namespace == here}
    tops = [1] if alone else [pid for pid in sorted(processes) if processes[pid].parent not in processes][:1]
    ordered = descent.generations(processes, tops)
    return descent.foremost(ordered) if ordered else descent.inferred(1)
