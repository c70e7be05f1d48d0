"""The interpreter that serves, told by the one that runs the probe.

The probe runs under `-I -S`, so its own prefix, flags and path are not the program's: the path is computed
(parity/probe/python/sitepath.py).

Floor: Python 3.8, standard library only.
"""

import os
import sys

from parity.probe.process import arguments
from parity.probe.python import sitepath
from parity.probe.python.interpreter import Interpreter, pyvenv, shares_system
from parity.probe.python.located import same_file


def describe(view, executable):
    """The Interpreter of a view of the live target, its path computed as `site` would for the process that serves."""
    if view.options.get("rerun") is False and sys.executable:
        # A wrapper or a shim was named, and this is what it started.
        executable = sys.executable
    process = view.process
    config, home = pyvenv(view, executable)
    base_prefix = sys.base_prefix
    if process.variable("PYTHONHOME") and not arguments.flags(process)["ignore_environment"]:
        base_prefix = process.variable("PYTHONHOME").split(os.pathsep)[0]
    if config is not None:
        prefix, kind = home, "venv"
    else:
        prefix = base_prefix
        kind = "conda" if view.exists(os.path.join(prefix, "conda-meta")) else "system"
    found = Interpreter(executable, prefix, base_prefix, kind)
    if not same_file(view, executable, sys.executable or executable):
        found.foreign = "the probe cannot run on the interpreter of the program (it needs Python 3.8 or later)"
        return found
    sitepath.compute(view, found, shares_system(config))
    return found
