"""Imports the probe's modules out of the one script that holds them all.

The bundle executes this file with `MODULES`, {module name: source}, in its globals; nothing else is
imported from the target but its standard library.

Floor: Python 3.8, standard library only.
"""

import sys
from importlib.machinery import ModuleSpec

PACKAGES = ("parity", "parity.probe", "parity.probe.collectors")


class Bundle:
    """A finder and loader over {module name: source}; each source is compiled when it is first imported."""

    def __init__(self, modules):
        self.modules = modules

    def find_spec(self, name, path=None, target=None):
        if name in self.modules or name in PACKAGES:
            return ModuleSpec(name, self, is_package=name in PACKAGES)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        name = module.__name__
        if name in self.modules:
            exec(compile(self.modules[name], name, "exec"), module.__dict__)


def start(modules):
    """Run the bundled probe with the arguments of this process; returns its exit status."""
    sys.meta_path.insert(0, Bundle(modules))
    from parity.probe import bootstrap

    return bootstrap.main(sys.argv[1:], modules)


if "MODULES" in globals():
    sys.exit(start(globals()["MODULES"]))
