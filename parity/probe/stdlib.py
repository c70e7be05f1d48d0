"""Which modules of the standard library this build has, of those that a build or a distribution can lack.

A module is told by its files, without an import: its source below the standard library, and the extension
module that it stands on in lib-dynload or built in. CPython leaves an extension out when a header was
missing at compile time; Debian, Fedora and Alpine ship tkinter, venv, distutils and others as packages.

Floor: Python 3.8, standard library only.
"""

import os
import sys

MODULES = {
    "asyncio": ("asyncio/__init__.py", "_socket"),
    "bz2": ("bz2.py", "_bz2"),
    "ctypes": ("ctypes/__init__.py", "_ctypes"),
    "curses": ("curses/__init__.py", "_curses"),
    "dbm.gnu": ("dbm/gnu.py", "_gdbm"),
    "dbm.ndbm": ("dbm/ndbm.py", "_dbm"),
    "distutils": ("distutils/core.py", None),
    "ensurepip": ("ensurepip/__init__.py", None),
    "hashlib": ("hashlib.py", "_hashlib"),
    "lib2to3": ("lib2to3/pygram.py", None),
    "lzma": ("lzma.py", "_lzma"),
    "multiprocessing": ("multiprocessing/__init__.py", "_multiprocessing"),
    "readline": (None, "readline"),
    "sqlite3": ("sqlite3/__init__.py", "_sqlite3"),
    "ssl": ("ssl.py", "_ssl"),
    "tkinter": ("tkinter/__init__.py", "_tkinter"),
    "unittest": ("unittest/__init__.py", None),
    "uuid": ("uuid.py", None),
    "venv": ("venv/__init__.py", None),
    "xml": ("xml/__init__.py", "pyexpat"),
    "zlib": (None, "zlib"),
}
"""{module: (a source that it cannot be without, the extension module that it cannot be without)}."""


def directory():
    """Where the standard library of this interpreter is."""
    return os.path.dirname(os.path.abspath(os.__file__))


def present(view):
    """Names of MODULES that are there, sorted. Raises OSError where the standard library cannot be listed."""
    base = directory()
    top = set(view.names(base))
    built = set(sys.builtin_module_names)
    built.update(name.partition(".")[0] for name in _extensions(view, base))
    found = []
    for name, (source, extension) in MODULES.items():
        if extension is not None and extension not in built:
            continue
        if source is not None:
            head, slash, _ = source.partition("/")
            if head not in top or (slash and not view.exists(os.path.join(base, source))):
                continue
        found.append(name)
    return sorted(found)


def _extensions(view, base):
    places = [os.path.join(base, "lib-dynload")]
    places += [entry for entry in sys.path if entry.endswith("lib-dynload") and entry not in places]
    names = []
    for place in places:
        try:
            names += [name for name in view.names(place) if name.endswith((".so", ".pyd"))]
        except OSError:
            continue
    return names
