"""The child that asks from inside the target: a question in its script, a section's envelope on standard output.

Run as `python -I -S -B -` with these in its globals:

    MODULES    {name: source} of the parts of the probe that it needs
    QUESTION   JSON of {"user": [uid, gid, [group, ...]] or null, "drivers": [[name, [module, ...]], ...],
               "path": [...], "parameters": {...}, "until": `time.monotonic()`}

Nothing of the program is on `sys.path`: a finder of its own lets through a driver's modules by name.

Floor: Python 3.8, standard library only.
"""

import json
import os
import sys
import time

MEMORY = 1 << 30
"""Bytes of address space: a driver makes room for whatever size of row a server announces."""

REFUSED = 77
"""Its exit status when it may not become the user that it is to ask as (sysexits.h, EX_NOPERM)."""

_PACKAGES = ("parity", "parity.probe", "parity.probe.postgres")
_LAST = 1.0
"""Seconds after which one that hangs in a driver's own code is ended from outside of it."""


class Parts:
    """A finder and loader over {module name: source}."""

    def __init__(self, modules):
        self.modules = modules

    def find_spec(self, name, path=None, target=None):
        if name in self.modules or name in _PACKAGES:
            return type(sys.__spec__)(name, self, is_package=name in _PACKAGES)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        if module.__name__ in self.modules:
            exec(compile(self.modules[module.__name__], module.__name__, "exec"), module.__dict__)


class Alone:
    """Finds these top-level modules in the directories of the program's path, and no others."""

    def __init__(self, names, path):
        from importlib.machinery import PathFinder

        self.names = names
        self.path = path
        self.finder = PathFinder

    def find_spec(self, name, path=None, target=None):
        return self.finder.find_spec(name, self.path) if path is None and name in self.names else None

    def find_distributions(self, context=None):
        # psycopg and pg8000 ask for their own version; the path of the context would be the empty one.
        from importlib.metadata import DistributionFinder

        name = getattr(context, "name", None)
        if (name or "").replace("-", "_").lower() not in self.names:
            return iter(())
        return self.finder.find_distributions(DistributionFinder.Context(name=name, path=self.path))


def main(modules, question):
    """Answer the question."""
    seconds = question["until"] - time.monotonic()
    _become(question["user"])
    _bounded(seconds)
    sys.meta_path.insert(0, Parts(modules))
    names = {name for _, own in question["drivers"] for name in own}
    sys.meta_path.append(Alone(names, question["path"]))
    from parity.probe.postgres.session import read

    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    drivers = [name for name, _ in question["drivers"]]
    json.dump(read(drivers, question["parameters"], seconds, inside=True), output)
    output.flush()
    # Nothing of a driver's is to run at the end, threads and finalizers least of all.
    os._exit(0)


def _become(user):
    if user is None:
        return
    uid, gid, groups = user
    try:
        os.setgroups(groups)
        os.setgid(gid)
        os.setuid(uid)
    except OSError:
        os._exit(REFUSED)


def _bounded(seconds):
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        # A system without the limit, or one that is lower already.
        pass
    import faulthandler

    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(seconds + _LAST, exit=True, file=os.fdopen(os.dup(nowhere.fileno()), "w"))


if "QUESTION" in globals():
    main(globals()["MODULES"], json.loads(globals()["QUESTION"]))
