"""Where a program's extension modules are: the `*.so` files below the directories of its path.

What a distribution's RECORD lists is taken from there; only directories that no RECORD claims are
walked, and never through a link, into another file system, or into a name that no import could spell.
Outside of site-packages only packages proper are walked: the working directory may hold anything.

Floor: Python 3.8, standard library only.
"""

import os
import stat

from parity.probe.kit import why

MOST_MODULES = 20000
MOST_DIRECTORIES = 5000
"""Directories walked below one directory of the path."""

RECORD_LIMIT = 32 << 20
LINE = 512
"""Bytes of a line in which its first component ends, and FEW, of the lines that one distribution's metadata has."""
FEW = 2048

CROWDED = 4 << 20
"""Bytes of a directory's own size above which it holds data and not modules."""

_NEVER = frozenset({"__pycache__", "node_modules"})


class Extensions:
    """What was found.

    modules   {path: label}, the label being the module's path in its directory without its suffixes:
              "psycopg2/_psycopg"
    names     top-level names below the path's directories, for telling which packages are there
    shipped   names of the shared libraries that a RECORD lists, wherever in its distribution
    cut       {directory: reason} of what was not looked at whole
    """

    def __init__(self):
        self.modules = {}
        self.names = set()
        self.shipped = set()
        self.cut = {}


def find(view):
    """The Extensions of the interpreter of a view: standard library first, then its path."""
    found = Extensions()
    directory = standard(view)
    if directory:
        for name in sorted(view.names(directory)):
            if name.endswith(".so"):
                found.modules[os.path.join(directory, name)] = "lib-dynload/" + name.partition(".")[0]
    for directory in directories(view):
        try:
            paths = _below(view, directory, found)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            found.cut[directory] = why(error)
            continue
        above = directory.rstrip("/") + "/"
        for path in sorted(paths):
            if len(found.modules) >= MOST_MODULES:
                found.cut[directory] = "more extension modules than are read"
                break
            found.modules.setdefault(above + path, label(path))
    return found


def directories(view):
    """The directories of the path, without those that hold the system itself (a program started in `/`)."""
    return [directory for directory in view.interpreter.path if not "/usr/lib/".startswith(directory.rstrip("/") + "/")]


def label(path):
    """ "psycopg2/_psycopg" of "psycopg2/_psycopg.cpython-311-x86_64-linux-gnu.so"."""
    head, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    return head + "/" + stem if head else stem


def standard(view):
    """The directory of the standard library's own extension modules, or None where they are built in."""
    release = ".".join(view.interpreter.version.split(".")[:2])
    for lib in ("lib", "lib64"):
        for name in (release, release + "t"):
            directory = os.path.join(view.interpreter.base_prefix, lib, "python" + name, "lib-dynload")
            if view.exists(directory):
                return directory
    return None


def _records(view, directory, names):
    for name in names:
        if name.endswith(".dist-info"):
            try:
                yield view.read(directory + "/" + name + "/RECORD", RECORD_LIMIT)
            except OSError:
                continue


def _below(view, directory, found):
    """Paths, relative to `directory`, of the extension modules below it."""
    names = view.names(directory)
    paths = {name for name in names if name.endswith(".so")}
    claimed = set()
    for data in _records(view, directory, names):
        parse_record(data, paths, claimed, found.shipped)
    top = [name for name in names if name not in claimed and (name.isidentifier() or name.endswith(".egg"))]
    found.names.update(name.partition(".")[0] for name in names)
    found.names.update(claimed)
    loose = view.interpreter.origins.get(directory, "").endswith("site")
    _walk(view, directory, top, paths, found, loose)
    return paths


def parse_record(data, paths, claimed, shipped):
    """Add what a RECORD lists: extension modules to `paths`, the names of shared libraries to `shipped`, and its
    top-level directories to `claimed`.

    Searches over the bytes instead of a CSV reader: a RECORD has ten thousands of lines and a handful
    that matter. Format: packaging.python.org, "Recording installed projects".
    """
    place = data.find(b".so")
    while place >= 0:
        after = data[place + 3 : place + 4]
        if after == b",":
            path = data[data.rfind(b"\n", 0, place) + 1 : place + 3].decode("utf-8", "backslashreplace")
            above, slash, name = path.rpartition("/")
            if slash:
                shipped.add(name)
            if path[:1] != "/" and ".libs/" not in path and ".." not in above.split("/"):
                paths.add(path)
        elif after == b".":
            slash = data.rfind(b"/", 0, place)
            if slash > data.rfind(b"\n", 0, place):
                end = data.find(b",", place)
                shipped.add(data[slash + 1 : end if end >= 0 else None].decode("utf-8", "backslashreplace"))
        place = data.find(b".so", place + 3)
    place, size = 0, len(data)
    while 0 <= place < size:
        end = data.find(b"\n", place)
        slash = data.find(b"/", place, min(end if end >= 0 else size, place + LINE))
        if slash >= 0:
            name = data[place:slash]
            claimed.add(name.decode("utf-8", "backslashreplace"))
            # Lines of one directory stand together: go on behind the last of them. Those of the metadata are few,
            # and mostly the first: the last of them would be looked for through all of the file.
            few = name == b".." or name.endswith(b".dist-info")
            last = data.rfind(b"\n" + name + b"/", place, place + FEW if few else size)
            if last >= 0:
                end = data.find(b"\n", last + 1)
        place = end + 1 or size


def _walk(view, directory, names, paths, found, loose):
    budget = MOST_DIRECTORIES
    device = view.stat(directory).st_dev
    waiting = list(names)
    while waiting:
        relative = waiting.pop()
        path = os.path.join(directory, relative)
        try:
            status = view.stat(path, follow=False)
            if not stat.S_ISDIR(status.st_mode) or status.st_dev != device or status.st_size > CROWDED:
                continue
            inside = view.names(path)
        except OSError:
            continue
        budget -= 1
        if budget < 0:
            found.cut[directory] = "more directories than are walked"
            return
        if "pyvenv.cfg" in inside or not (loose or "__init__.py" in inside):
            continue
        for name in inside:
            if name.endswith(".so"):
                paths.add(relative + "/" + name)
            elif name.isidentifier() and name not in _NEVER:
                waiting.append(relative + "/" + name)
