"""The probe started from its own files, for targets on this machine: no bundle to build or to compile.

Run as `python -I -S -B .../parity/probe/__main__.py [TOKEN [REQUEST]]`. Only `parity.probe` can be imported from
here: the packages around it, and those in it, are made empty, so that nothing else of parity, and nothing installed
beside it, is on the path, and none is looked for.

Floor: Python 3.8, standard library only.
"""

import gc
import os
import sys
from types import ModuleType


def _packages(directory):
    _package("parity", [])
    probe = _package("parity.probe", [directory])
    for name in os.listdir(directory):
        if "." not in name and not name.startswith("_"):
            setattr(probe, name, _package("parity.probe." + name, [os.path.join(directory, name)]))


def _package(name, path):
    package = sys.modules[name] = ModuleType(name)
    package.__path__ = path
    return package


if __name__ == "__main__":
    gc.disable()
    _packages(os.path.dirname(os.path.abspath(__file__)))
    from parity.probe import bootstrap

    code = bootstrap.main(sys.argv[1:], None)
    if sys.stderr is not None:
        sys.stderr.flush()
    # The answer is written: what is held is the system's to take back, sooner than the interpreter would let go of it.
    os._exit(code)
