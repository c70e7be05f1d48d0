"""Which file a shared library's name resolves to, as the dynamic linker would look for it.

The order of ld.so(8): DT_RPATH of the file and of those that loaded it (unless the file has
DT_RUNPATH), LD_LIBRARY_PATH of the process that serves, DT_RUNPATH, /etc/ld.so.cache, the default
directories. musl's own (ldso/dynlink.c): LD_LIBRARY_PATH, either path of the file and of those that loaded
it, then one list of directories. A name already loaded is never looked for again. Nothing is executed.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import why
from parity.probe.libraries import elf, ldcache

MOST_FILES = 2000
"""Files of one closure that are followed; a hostile web of libraries ends here."""

_MUSL_OWN = re.compile(r"^lib(c|pthread|rt|m|dl|util|xnet)\.")
_MUSL_DEFAULT = "/lib:/usr/local/lib:/usr/lib"
_TRIPLETS = {"arm": "arm-linux-gnueabihf", "i686": "i386-linux-gnu", "ppc64le": "powerpc64le-linux-gnu"}


def linker_of(view, executable):
    """The Linker of a view's interpreter, made once. Raises OSError, or elf.NotElf."""
    kept = getattr(view, "linker", None)
    if kept is None:
        kept = view.linker = Linker(view, view.real(executable))
    return kept


def uses_musl(view, executable):
    """Whether a view's interpreter is of musl: its own file tells, without the search for its libraries.

    Raises OSError, or elf.NotElf.
    """
    kept = getattr(view, "linker", None)
    return _of_musl(elf.read(view, view.real(executable))) if kept is None else kept.musl


def _of_musl(program):
    return os.path.basename(program.interpreter or "").startswith("ld-musl-")


class Edge:
    """One name that one file needs, and the path that it resolved to (None: it does not).

    requirer  path of the file that needs it; the first of a closure is the module itself
    depth     0 for what the module itself needs
    """

    __slots__ = ("depth", "name", "path", "requirer")

    def __init__(self, requirer, name, path, depth):
        self.requirer = requirer
        self.name = name
        self.path = path
        self.depth = depth


class Linker:
    """The search for one interpreter.

    path      of its program; program, its Elf; musl, whether its dynamic linker is musl's
    own       {name: path} of what the interpreter has loaded when the first extension module comes
    edges     of the interpreter itself
    problems  {path: reason} of what could not be read on the way
    unsure    names that were not found, where a file that could have been it was not readable
    """

    def __init__(self, view, path):
        self.view = view
        self.path = path
        self.problems = {}
        self.unsure = set()
        self._files = {}
        self._found = {}
        self._closures = {}
        self._here = (view.process.cwd if view.process is not None else None) or "/"
        self.program = elf.read(view, path)
        loader = self.program.interpreter or ""
        self.musl = _of_musl(self.program)
        self._cache = {} if self.musl else self._read_cache()
        self._default = self._musl_path(loader) if self.musl else self._glibc_path(loader)
        self._library_path = self._variable_path()
        self._inherited = ()
        self.own = {}
        if loader and self.file(loader):
            self.own[os.path.basename(loader)] = loader
        if self.musl:
            self.own["libc.so"] = loader
        self.edges, self.own = self._walk(path, self.program)
        # DT_RPATH of the executable serves everything that is loaded later; DT_RUNPATH does not.
        if self.program.rpath and (self.musl or self.program.runpath is None):
            self._inherited = self._expand(self.program.rpath, os.path.dirname(path))

    def closure(self, path, file):
        """([Edge, ...], {name: path or None}) of an extension module; modules that ask alike share one answer."""
        origin = ""
        if "$" in (file.rpath or "") or "$" in (file.runpath or ""):
            origin = os.path.dirname(path)
        key = (file.needed, file.rpath, file.runpath, origin)
        if key not in self._closures:
            self._closures[key] = self._walk(path, file)
        return self._closures[key]

    def file(self, path):
        """The Elf at a path if this interpreter could load it, else None."""
        if path not in self._files:
            self._files[path] = self._load(path)
        return self._files[path]

    def find(self, name, file=None, directory="/", inherited=()):
        """The path that `name` resolves to for a file in `directory`, or None."""
        if "/" in name:
            path = os.path.normpath(os.path.join(self._here, _origin(name, directory)))
            return path if self.file(path) else None
        if self.musl and _MUSL_OWN.match(name):
            return self.own["libc.so"]
        directories = self._directories(file, directory, inherited)
        key = (name, directories)
        if key not in self._found:
            self._found[key] = self._search(name, directories)
        return self._found[key]

    def _walk(self, path, file):
        loaded = dict(self.own)
        edges = []
        queue = [(path, file, self._inherited, 0)]
        for place, (requirer, asker, inherited, depth) in enumerate(queue):
            if place >= MOST_FILES:
                break
            directory = os.path.dirname(requirer)
            for name in asker.needed:
                if name in loaded:
                    edges.append(Edge(requirer, name, loaded[name], depth))
                    continue
                found = loaded[name] = self.find(name, asker, directory, inherited)
                edges.append(Edge(requirer, name, found, depth))
                if found is None:
                    continue
                library = self.file(found)
                if library.soname:
                    loaded.setdefault(library.soname, found)
                onward = inherited
                if asker.rpath and (self.musl or asker.runpath is None):
                    onward = self._expand(asker.rpath, directory) + inherited
                if self.musl and asker.runpath:
                    onward = self._expand(asker.runpath, directory) + onward
                queue.append((found, library, onward, depth + 1))
        return edges, loaded

    def _directories(self, file, directory, inherited):
        rpath = self._expand(file.rpath, directory) if file and file.rpath else ()
        runpath = self._expand(file.runpath, directory) if file and file.runpath else ()
        if self.musl:
            return self._library_path + (runpath or rpath) + inherited
        if runpath:
            return self._library_path + runpath
        return rpath + inherited + self._library_path

    def _search(self, name, directories):
        candidates = [os.path.join(directory, name) for directory in directories]
        candidates += self._cache.get(name, [])
        candidates += [directory + "/" + name for directory in self._default]
        for path in candidates:
            if self.file(path):
                return path
        if any(path in self.problems for path in candidates):
            self.unsure.add(name)
        return None

    def _load(self, path):
        try:
            found = elf.read(self.view, path)
        except (elf.NotElf, FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self.problems[path] = why(error)
            return None
        return found if found.kind == self.program.kind else None

    def _expand(self, text, directory):
        # What is not absolute counts from the working directory, not from the file.
        parts = [_origin(part, directory) for part in text.split(":") if part]
        return tuple([os.path.normpath(os.path.join(self._here, part)) for part in parts])

    def _variable_path(self):
        process = self.view.process
        text = process.variable("LD_LIBRARY_PATH") if process is not None else None
        if not text:
            return ()
        return tuple([os.path.normpath(os.path.join(self._here, part)) for part in re.split("[:;]", text)])

    def _read_cache(self):
        try:
            return ldcache.parse(self.view.read(ldcache.PATH, ldcache.LIMIT, follow=True))
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.problems[ldcache.PATH] = why(error)
        except ValueError:
            self.problems[ldcache.PATH] = "not understood"
        return {}

    def _glibc_path(self, loader):
        machine = self.program.machine
        triplet = _TRIPLETS.get(machine, "%s-linux-gnu" % machine)
        wide = ["/lib64", "/usr/lib64"] if self.program.kind[0] == 64 else []
        # A C library that is not the system's (Nix, Guix) looks beside itself.
        beside = [os.path.dirname(self.view.real(loader))] if loader else []
        return ["/lib/" + triplet, "/usr/lib/" + triplet] + wide + ["/lib", "/usr/lib"] + beside

    def _musl_path(self, loader):
        # /lib/ld-musl-x86_64.so.1 reads /etc/ld-musl-x86_64.path
        path = "/etc/%s.path" % os.path.basename(loader).split(".so")[0]
        try:
            text = self.view.text(path, 1 << 16)
        except OSError:
            text = _MUSL_DEFAULT
        return [part for part in re.split("[:\n]", text) if part]


def _origin(text, directory):
    return text.replace("${ORIGIN}", directory).replace("$ORIGIN", directory)
