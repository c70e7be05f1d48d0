"""Which modules of the standard library this build has, of those that a build or a distribution can lack.

A module is told by its files, without an import: its source below the standard library, and the extension
module that it stands on in lib-dynload or built in. CPython leaves an extension out when a header was
missing at compile time; Debian, Fedora and Alpine ship tkinter, venv, distutils and others as packages.

Floor: Python 3.8, standard library only.
"""

import errno
import os

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


def present(view, build):
    """Names of MODULES that a build (parity.probe.python.build.Build) has, and of those that it may have built in where
    that cannot be told, both sorted. Raises OSError where the standard library cannot be listed."""
    if build.standard is None:
        raise FileNotFoundError(errno.ENOENT, "no standard library")
    top = set(view.names(build.standard))
    built = set(build.builtin or ())
    built.update(extensions(view, build))
    found, uncertain = [], []
    for name, (source, extension) in MODULES.items():
        if source is not None:
            head, slash, _ = source.partition("/")
            if head not in top or (slash and not view.exists(os.path.join(build.standard, source))):
                continue
        if extension is None or extension in built:
            found.append(name)
        elif build.builtin is None:
            uncertain.append(name)
    return sorted(found), sorted(uncertain)


def extensions(view, build):
    """{name: path} of the extension modules that stand in files of their own."""
    found = {}
    for place in build.dynload:
        try:
            names = view.names(place)
        except OSError:
            continue
        for name in names:
            if name.endswith((".so", ".pyd")):
                found.setdefault(name.partition(".")[0], os.path.join(place, name))
    return found
