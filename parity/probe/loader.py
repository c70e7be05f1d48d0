"""Imports the probe's modules out of the one script that holds them all.

The bundle executes this file with `MODULES`, {module name: source}, in its globals, and `FINGERPRINT_KEY` in
hexadecimal where there is one; nothing else is imported from the target but its standard library.

Floor: Python 3.8, standard library only.
"""

import sys

# The class is reached without an import: nothing may be imported before `start` has seen to the path.
ModuleSpec = type(sys.__spec__)


class Bundle:
    """A finder and loader over {module name: source}; each source is compiled when it is first imported."""

    def __init__(self, modules):
        self.modules = modules
        self.packages = {name[:place] for name in modules for place, sign in enumerate(name) if sign == "."}

    def find_spec(self, name, path=None, target=None):
        if name in self.modules or name in self.packages:
            return ModuleSpec(name, self, is_package=name in self.packages)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        name = module.__name__
        if name in self.modules:
            exec(compile(self.modules[name], name, "exec"), module.__dict__)


def start(modules, key):
    """Run the bundled probe with the arguments of this process; returns its exit status. `key`: bytes, or None."""
    if not (sys.flags.isolated and sys.flags.no_site):
        standard_library_only()
    sys.meta_path.insert(0, Bundle(modules))
    from parity.probe import bootstrap

    return bootstrap.main(sys.argv[1:], modules, key)


def standard_library_only():
    """Take the working directory, PYTHONPATH, installed packages and their import hooks off the path.

    A person who runs the script by hand gives no flags. A json.py that lies in that directory must not be
    imported until the probe has started itself over with them.
    """
    library = sys.modules["encodings"].__path__[0].rpartition("/")[0]
    prefixes = (sys.base_exec_prefix, sys.base_prefix)
    sys.path[:] = [
        entry
        for entry in sys.path
        if entry == library or (entry.endswith("/lib-dynload") and entry.startswith(prefixes))
    ]
    sys.meta_path[:] = [
        finder for finder in sys.meta_path if "_frozen_importlib" in str(getattr(finder, "__module__", ""))
    ]


if "MODULES" in globals():
    sys.exit(start(globals()["MODULES"], bytes.fromhex(globals().get("FINGERPRINT_KEY", "")) or None))
