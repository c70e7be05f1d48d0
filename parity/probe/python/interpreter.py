"""The Python that the program runs on: its executable, its prefix and its kind.

A virtual environment is told by its `pyvenv.cfg`. How the rest is told stands in live.py and onfile.py.

Floor: Python 3.8, standard library only.
"""

import os

from parity.probe.python import build


class Interpreter:
    """The program's Python.

    executable   as the process was started with it, not resolved: a venv is told by it
    build        what it was built as (parity.probe.python.build.Build): where the probe runs in the target, of the
                 interpreter that runs it (the bootstrap re-runs itself until the two are one)
    version      "3.12.1"; "3.12" where files tell no more
    prefix       where packages are installed; base_prefix, where the standard library is
    kind         "venv", "conda" or "system"
    path         [directory or zip file, ...] in the order of `sys.path`, standard library left out
    origins      {entry of the path: "program", "PYTHONPATH", "site", "user site", "system site" or "NAME.pth"}
    pth          {file: {"directories": [...], "code": whether it has lines that `site` would execute}}
    problems     {path: reason} of what could not be read on the way
    foreign      None, or why this probe does not run on that Python: what it knows of itself is not true there
    """

    def __init__(self, executable, prefix, base_prefix, kind, built=None):
        self.executable = executable
        self.build = built or build.running()
        self.version = self.build.version
        self.prefix = prefix
        self.base_prefix = base_prefix
        self.kind = kind
        self.path = []
        self.origins = {}
        self.pth = {}
        self.problems = {}
        self.foreign = None


def shares_system(config):
    """Whether the base interpreter's packages are on the path, by the settings of pyvenv.cfg; None: no venv."""
    # One that does not say so shares the system's packages, as `site` reads it.
    return config is None or config.get("include-system-site-packages", "true").lower() == "true"


def pyvenv(view, executable):
    """(settings of pyvenv.cfg, the environment's directory), or (None, None) outside a venv."""
    directory = os.path.dirname(executable)
    parent = os.path.dirname(directory)
    for place in (directory, parent):
        try:
            text = view.text(os.path.join(place, "pyvenv.cfg"), 1 << 16)
        except OSError:
            continue
        pairs = (line.partition("=") for line in text.splitlines())
        return {key.strip().lower(): value.strip() for key, _, value in pairs}, parent
    return None, None
