"""The distributions that a program can import: which there are, and which of them wins.

`scan(view)` reads the directories of the program's path once, and one file of each distribution for its name and
version; more is read when it is asked for. What it found stays with the view, for every collector that needs it.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import NotRegular, why
from parity.probe.packages import archive, metadata

HEAD = 1 << 14
HEAD_LIMIT = 1 << 20
"""Bytes at the start of METADATA in which its headers must end."""

RECORD_LIMIT = 32 << 20
ZIP_LIMIT = 64 << 20
MOST = 20000
"""Distributions that are looked at."""

_FILES = {"dist-info": "METADATA", "egg-info": "PKG-INFO", "egg": "PKG-INFO"}
_NUMBERS = re.compile(r"[0-9]+")


class Distribution:
    """One installed distribution.

    key, name, version  the normalised name, the name as written, the version
    kind       "dist-info", "egg-info" or "egg"
    directory  the entry of the path that it stands in; path, its own directory (or file, or place in a zip)
    origin     what put that entry on the path (parity.probe.python.interpreter.Interpreter.origins)
    headers    parity.probe.packages.metadata.Headers
    files      names in its own directory
    develop    whether an egg-link makes it a checkout that is worked on
    """

    def __init__(self, kind, directory, path, origin, members=None):
        self.kind = kind
        self.directory = directory
        self.path = path
        self.origin = origin
        self.key = self.name = self.version = self.headers = None
        self.files = frozenset(members or ())
        self.develop = False
        self._members = members

    def read(self, view, name, size):
        """At most the first `size` bytes of one of its files; b"" where there is none. Raises OSError."""
        if name not in self.files:
            return b""
        if self._members is not None:
            return self._members[name][:size]
        path = self.path + "/" + name
        try:
            return view.head(path, size, follow=False)
        except NotRegular:
            # uv's symlink mode: the same file of the same distribution, in a cache. No other link is followed.
            target = view.real(path)
            same = os.path.basename(target) == name and os.path.basename(os.path.dirname(target)) == self._own_name
            if target == path or not same:
                raise
            return view.head(target, size, follow=False)

    @property
    def _own_name(self):
        return os.path.basename(self.path)

    def record(self, view):
        """The RECORD of what was installed, b"" where there is none."""
        return self.read(view, "RECORD", RECORD_LIMIT)


class Scan:
    """What the path holds.

    found      {key: Distribution}: the ones that win
    shadowed   {key: [Distribution]} behind them, in the order of the path
    problems   {key or "*": reason} of what could not be read
    notes      sentences
    """

    def __init__(self):
        self.found = {}
        self.shadowed = {}
        self.problems = {}
        self.notes = []


def scan(view):
    """The Scan of a view's interpreter, made once."""
    kept = getattr(view, "distributions", None)
    if kept is None:
        kept = view.distributions = _Scanner(view).run()
    return kept


class _Scanner:
    def __init__(self, view):
        self.view = view
        self.scan = Scan()
        self.leftovers = 0
        self.empty = 0
        self.links = {}
        self.count = 0

    def run(self):
        interpreter = self.view.interpreter
        for directory in interpreter.path:
            try:
                names = self.view.names(directory)
            except FileNotFoundError:
                continue
            except NotADirectoryError:
                self._zip(directory, interpreter.origins[directory])
                continue
            except OSError as error:
                self.scan.problems["*"] = "a directory of the path cannot be read: " + why(error)
                continue
            self._directory(directory, names, interpreter.origins[directory])
        self._links()
        if self.leftovers:
            self.scan.notes.append("leftovers of an interrupted pip (names that start with ~): %d" % self.leftovers)
        if self.empty:
            self.scan.notes.append("directories of distributions that hold nothing: %d" % self.empty)
        return self.scan

    def _directory(self, directory, names, origin):
        here = {}
        for name in sorted(names):
            _, dot, suffix = name.rpartition(".")
            suffix = suffix.lower() if dot else ""
            if name.startswith("~"):
                self.leftovers += 1
            elif suffix in ("dist-info", "egg-info"):
                self._add(Distribution(suffix, directory, directory + "/" + name, origin), here)
            elif suffix == "egg-link":
                self._link(directory + "/" + name)
        if directory.lower().endswith(".egg") and "EGG-INFO" in names:
            self._add(Distribution("egg", directory, os.path.join(directory, "EGG-INFO"), origin), here)
        self._merge(here)

    def _zip(self, path, origin):
        try:
            data = self.view.read(path, ZIP_LIMIT, follow=True)
        except OSError as error:
            self.scan.notes.append("an entry of the path is no directory and cannot be read: " + why(error))
            return
        here = {}
        for name, members in sorted(archive.distributions(data).items()):
            kind = "egg" if name == "EGG-INFO" else name[-9:]
            self._add(Distribution(kind, path, os.path.join(path, name), origin, members), here)
        self._merge(here)

    def _add(self, distribution, here):
        self.count += 1
        if self.count > MOST:
            self.scan.problems["*"] = "more distributions than are read"
            return
        problem = self._identify(distribution)
        if distribution.key is None:
            if problem:
                self.scan.problems["*"] = problem
            return
        if problem:
            self.scan.problems[distribution.key] = problem
        if distribution.version is not None:
            here.setdefault(distribution.key, []).append(distribution)

    def _identify(self, distribution):
        """Fill key, name, version, headers; returns what was wrong, or None. No key: it is not to be stored."""
        name, version = metadata.stem(os.path.basename(self._named_by(distribution)))
        wanted, problem = _FILES[distribution.kind], None
        data = b""
        try:
            data = self._headers(distribution, wanted)
            if not data:
                if not distribution.files - {"__pycache__"}:
                    self.empty += 1
                    return None
                problem = wanted + " is missing"
        except OSError as error:
            problem = "%s cannot be read: %s" % (wanted, why(error))
        distribution.headers = headers = metadata.parse(data)
        if data:
            if headers.name is None or headers.version is None:
                problem = wanted + " tells no name or no version"
            elif not headers.utf8:
                problem = wanted + " is not UTF-8"
            elif not headers.whole and len(data) >= HEAD_LIMIT:
                problem = "the headers of %s are larger than the bound" % wanted
        name, version = headers.name or name, headers.version or version
        if name is None:
            return "a distribution has no valid name"
        distribution.key, distribution.name, distribution.version = metadata.normalised(name), name, version
        return problem

    def _named_by(self, distribution):
        # An egg's metadata is in EGG-INFO: the name stands in that of the egg.
        return distribution.directory if distribution.kind == "egg" else distribution.path

    def _headers(self, distribution, wanted):
        """The start of METADATA or PKG-INFO, as far as its headers go. Raises OSError."""
        if not distribution.files:
            try:
                distribution.files = frozenset(self.view.names(distribution.path))
            except NotADirectoryError:
                # distutils wrote a single file in the place of the directory.
                return self._growing(lambda size: self.view.head(distribution.path, size, follow=False))
        return self._growing(lambda size: distribution.read(self.view, wanted, size))

    def _growing(self, read):
        size = HEAD
        while True:
            data = read(size)
            if len(data) < size or size >= HEAD_LIMIT or b"\n\n" in data or b"\n\r\n" in data:
                return data
            size *= 8

    def _merge(self, here):
        """Add the distributions of one directory: those of earlier directories win."""
        for key, several in here.items():
            # Two versions in one directory are a broken upgrade, and which files won is not written anywhere.
            several.sort(key=_order, reverse=True)
            if len(several) > 1:
                self.scan.notes.append(_told_twice(key, [one.version for one in several]))
            if key not in self.scan.found:
                self.scan.found[key] = several.pop(0)
            if several:
                self.scan.shadowed.setdefault(key, []).extend(several)

    def _link(self, path):
        try:
            line = os.fsdecode(self.view.head(path, 4096, follow=False)).partition("\n")[0].strip()
        except OSError as error:
            self.scan.notes.append("an .egg-link cannot be read: " + why(error))
            return
        self.links[os.path.normpath(os.path.join(os.path.dirname(path), line))] = os.path.basename(path)

    def _links(self):
        for distribution in self.scan.found.values():
            distribution.develop = distribution.directory in self.links
        for target, name in sorted(self.links.items()):
            if target not in self.view.interpreter.origins:
                self.scan.notes.append("%s names a directory that is not on the path" % name)


def _told_twice(key, versions):
    if len(set(versions)) == 1:
        return "one directory holds %s %s more than once" % (key, versions[0])
    return "one directory holds more than one version of %s: %s" % (key, ", ".join(versions))


def _order(distribution):
    numbers = [int(part[:18]) for part in _NUMBERS.findall(distribution.version)]
    return numbers, distribution.version, distribution.path
