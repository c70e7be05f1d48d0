"""What an interpreter was built as: the facts that the probe knows of itself, or reads from files (onfile.py).

Floor: Python 3.8, standard library only.
"""

import os
import sys

IMPRINTED = (
    "*/bin/python*",
    "*/bin/pypy*",
    "*/libpython3*.so*",
    "*/libpypy3*.so*",
    "*/lib-dynload/_sqlite3.*",
    "*/lib-dynload/_ssl.*",
    "*/lib-dynload/zlib.*",
    "*/libcrypto*.so*",
    "*/libsqlite3*.so*",
    "*/libz.so*",
    "*/libz-*.so*",
)
"""Patterns (fnmatch, absolute) of the files that may be looked through from end to end."""


def imprint(at):
    """What the bytes of a file say of itself: parity.probe.python.imprint.read, which few have need of."""
    from parity.probe.python.imprint import read

    return read(at)


class Build:
    """One build of Python.

    release         like `sys.version_info`; its third is None where only "3.11" could be told
    implementation  "cpython", "pypy"
    flags           `sys.abiflags`: "", "t", "d", "td"
    soabi           what stands in the names of extension modules, cpython-311-x86_64-linux-gnu; or None
    machine         the architecture in the words of `uname -m`, or None
    platform_tag    linux_x86_64, or None
    debug           whether it counts references
    lib             "lib" or "lib64": where below its prefix it keeps platform-specific files
    exec_prefix     None where it is the base prefix
    standard        directory of its standard library, or None
    dynload         directories of the standard library's extension modules
    builtin         names of the modules that are built in, or None where that cannot be told
    """

    def __init__(self):
        self.release = (3, None, None, "final", 0)
        self.implementation = "cpython"
        self.flags = ""
        self.soabi = None
        self.machine = None
        self.platform_tag = None
        self.debug = False
        self.lib = "lib"
        self.exec_prefix = None
        self.standard = None
        self.dynload = []
        self.builtin = None

    @property
    def version(self):
        """ "3.12.1", or "3.12" where no more is known."""
        return ".".join([str(number) for number in self.release[:3] if number is not None])

    @property
    def free_threaded(self):
        return "t" in self.flags

    @property
    def abi(self):
        """The ABI tag of wheels for it: cp311, cp313t, pypy310_pp73."""
        if self.implementation == "cpython":
            return "cp%d%d%s" % (self.release[0], self.release[1], self.flags)
        return "_".join((self.soabi or "").split("-")[:2])

    @property
    def directory(self):
        """python3.11, python3.13t, pypy3.10: the directory that is its own, below `lib`."""
        name = "pypy" if self.implementation == "pypy" else "python"
        return "%s%d.%d%s" % (name, self.release[0], self.release[1], "t" if self.free_threaded else "")


class _Running(Build):
    """The interpreter that runs this; what costs an import is told when it is asked for."""

    def __init__(self):
        self.release = sys.version_info
        self.implementation = sys.implementation.name
        self.flags = getattr(sys, "abiflags", "")
        self.machine = os.uname().machine
        self.debug = hasattr(sys, "gettotalrefcount")
        self.lib = getattr(sys, "platlibdir", "lib")
        self.exec_prefix = sys.base_exec_prefix
        self.standard = os.path.dirname(os.path.abspath(os.__file__))
        self.dynload = [os.path.join(self.standard, "lib-dynload")]
        self.dynload += [entry for entry in sys.path if entry.endswith("lib-dynload") and entry not in self.dynload]
        self.builtin = frozenset(sys.builtin_module_names)

    @property
    def soabi(self):
        import _imp

        suffixes = _imp.extension_suffixes()
        return suffixes[0].strip(".").rpartition(".")[0] or None if suffixes else None

    @property
    def platform_tag(self):
        if not sys.platform.startswith("linux"):
            import sysconfig

            return sysconfig.get_platform().replace("-", "_").replace(".", "_")
        if sys.maxsize <= 1 << 32:
            # A 32-bit interpreter under a 64-bit kernel.
            return "linux_" + {"x86_64": "i686", "aarch64": "armv8l"}.get(self.machine, self.machine)
        return "linux_" + self.machine


def running():
    """The Build that runs this."""
    return _Running()
