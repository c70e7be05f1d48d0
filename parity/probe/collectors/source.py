"""The program's own code: a manifest of its files, the commit they are of, and bytecode that stands in for them."""

import os
import stat
import time

from parity.probe.kit import Absent, Section, Unavailable, literal, why
from parity.probe.process import accounts, home
from parity.probe.source import bytecode, checkout, codebase, manifest

TITLE = "Source"
WHY = "code that was committed and not deployed, or left over from another release, is another program"
COMPARED = {
    "digest": "exact",
    "executable": "flag",
    "bytecode": "exact",
    "commit": "exact",
    "branch": "exact",
    "dirty": "exact",
    ".env*": "present",
    ".flaskenv": "present",
    "*.env": "present",
}
SEVERITY = {"missing": "warning", "changed": "warning", "extra": "info"}
READS = (
    "*/.git",
    "*/.git/HEAD",
    "*/.git/commondir",
    "*/.git/packed-refs",
    "*/.git/refs/heads/*",
    "/etc/passwd",
    "/etc/group",
)
PLACES = [
    "app",
    "application",
    "backend",
    "code",
    "deploy",
    "function",
    "home",
    "opt",
    "project",
    "service",
    "site",
] + ["src", "srv", "usr/src", "var/task", "var/www", "web", "workspace", "www"]
"""Where the code of images is: of a stream of files no other is digested."""
REDUCES = tuple(("/%s/*" % place, manifest.imprint) for place in PLACES)

MOST_ENTRIES = 20000
MOST_BYTES = 64 << 20
"""Bytes that are digested."""
DEEPEST = 24
SECONDS = 5.0
MOST_BYTECODE = 500

_FACTS = ("branch", "commit", "dirty")


def collect(view):
    if view.process is None:
        raise Unavailable("nothing tells where the code is")
    own_home = home.directory(view.process, accounts.read(view))[0]
    root, asked = codebase.locate(view, own_home)
    section = Section()
    walk = _Walk(view, section, root)
    walk.run()
    if not any("digest" in one for one in walk.items.values()) and not asked and not section.hidden:
        raise Absent("no code is in the working directory")
    section.note("keys are relative to " + home.shortened(root, view.process, own_home))
    found = checkout.read(view, root)
    if len(walk.items) > manifest.MOST_ITEMS:
        section.note("more than %d files: each directory has one digest" % manifest.MOST_ITEMS)
        section.items.update(manifest.directories(walk.items))
        section.items.update((path, walk.items[path]) for path in manifest.shadowing(walk.items))
    else:
        section.items.update(walk.items)
    # Whether there is one is what matters: what it says is nobody's to know.
    section.items.update(dict.fromkeys(walk.dotenvs, True))
    _bytecode(view, section, walk)
    if found is not None:
        _commit(section, walk, found)
    return section


class _Walk:
    """The files below a directory, those of mounts below it left out.

    items    {path: what a manifest says of it}
    sources  {path of a Python source: (its time, its size)}
    caches   directories called `__pycache__`
    kept     paths of profiles
    dotenvs  names of dotenv files in the directory itself
    """

    def __init__(self, view, section, root):
        self.view, self.section, self.root = view, section, root
        self.items, self.sources, self.caches, self.kept, self.dotenvs = {}, {}, [], set(), []
        self.left, self.bytes = MOST_ENTRIES, MOST_BYTES
        self.until = min(time.monotonic() + SECONDS, view.deadline)
        table = view.process.mounts if view.process.runs else None
        self.mounts = {mount.path for mount in table.visible()} if table else set()

    def run(self):
        waiting = [("", 0)]
        for directory, depth in waiting:
            try:
                names = sorted(self.view.names(os.path.join(self.root, directory)))
            except OSError as error:
                if not directory:
                    raise Unavailable("the working directory cannot be listed: " + why(error))
                self.section.hide(literal(directory) + "/*", "a directory cannot be listed: " + why(error))
                continue
            if directory and not manifest.MARKS.isdisjoint(names):
                continue
            self.left -= len(names)
            if self.left < 0 or time.monotonic() > self.until:
                self.section.hide("*", "more than %d files, or too slow: the rest was not looked at" % MOST_ENTRIES)
                return
            waiting += [(path, depth + 1) for path in self._directories(directory, names, depth)]

    def _directories(self, directory, names, depth):
        """Take the files of a directory into the manifest; yields the directories in it."""
        for name in names:
            path = directory + "/" + name if directory else name
            whole = os.path.join(self.root, path)
            what = manifest.kind(name)
            try:
                status = self.view.stat(whole, follow=False)
                if stat.S_ISLNK(status.st_mode):
                    status = self._led(whole)
            except OSError as error:
                if what == "code":
                    self.section.hide(literal(path), "a file cannot be looked at: " + why(error))
                continue
            if status is None:
                continue
            if stat.S_ISDIR(status.st_mode):
                if name == "__pycache__":
                    self.caches.append(path)
                elif manifest.enters(name) and not stat.S_ISLNK(status.st_mode):
                    if whole in self.mounts:
                        self.section.hide(literal(path) + "/*", "a mount below the code is not walked")
                    elif depth >= DEEPEST:
                        self.section.hide(literal(path) + "/*", "too deep")
                    else:
                        yield path
            elif stat.S_ISREG(status.st_mode) and what is not None and path not in _FACTS:
                self._take(path, whole, what, status, names)
            elif stat.S_ISREG(status.st_mode) and not directory and manifest.dotenv(name):
                self.dotenvs.append(name)

    def _led(self, whole):
        """What a link to a file within the code leads to; a directory is found where it is."""
        real = self.view.real(whole)
        if not real.startswith(self.view.real(self.root).rstrip("/") + "/"):
            return None
        status = self.view.stat(real)
        return status if stat.S_ISREG(status.st_mode) and manifest.kind(os.path.basename(real)) else None

    def _take(self, path, whole, what, status, names):
        executable = bool(status.st_mode & 0o111)
        if what == "bytecode":
            # Beside a source it is never asked for; alone it is the module.
            if path.rpartition("/")[2][:-1] in names:
                return
            what = "code"
        elif path.endswith(".py"):
            self.sources[path] = (status.st_mtime, status.st_size)
        if what == "other":
            self.items[path] = manifest.item(status.st_size, executable)
            return
        seen = None
        if status.st_size > min(manifest.LARGEST, self.bytes):
            self.section.hide(literal(path), "beyond the %d MB that are digested" % (MOST_BYTES >> 20))
        else:
            self.bytes -= status.st_size
            try:
                seen = self.view.reduced(whole, manifest.imprint)
            except OSError as error:
                self.section.hide(literal(path), "a file cannot be read: " + why(error))
        if seen == manifest.KEPT:
            self.kept.add(path)
        else:
            self.items[path] = manifest.item(status.st_size, executable, seen)


def _bytecode(view, section, walk):
    """Add what import would load in place of a source that is there, by the interpreter that serves."""
    tag = _tag(view)
    if tag is None or not walk.caches:
        return
    if not view.live:
        # A stream of files keeps no content of so many, and tells no times.
        section.hide("*__pycache__/*", "whether bytecode stands in for its source takes a place that is live")
        return
    count, listed = 0, len(walk.items) <= manifest.MOST_ITEMS
    for cache in walk.caches:
        try:
            names = sorted(view.names(os.path.join(walk.root, cache)))
        except OSError:
            continue
        for name in names:
            known = bytecode.named(name)
            source = cache[: -len("__pycache__")] + known[0] + ".py" if known else ""
            if source not in walk.sources or known[1] != tag or known[2]:
                continue
            count += 1
            if count > MOST_BYTECODE or time.monotonic() > walk.until:
                section.note("only the first %d files of bytecode were looked into" % (count - 1))
                return
            told = _loaded(view, walk, cache + "/" + name, source, listed)
            if told is not None:
                section.items[cache + "/" + name] = told


def _loaded(view, walk, path, source, listed):
    modified, size = walk.sources[source]
    try:
        data = view.read(os.path.join(walk.root, path), bytecode.LARGEST)
        text = view.read(os.path.join(walk.root, source), bytecode.LARGEST, follow=True)
    except OSError:
        return None
    state = bytecode.state(data, text, modified, size)
    if state is None or (state == "loaded" and not listed):
        return None
    return {"bytecode": state, "digest": manifest.digest(bytecode.texts(data))}


def _tag(view):
    """The cache tag of the program's Python ("cpython-311"), None where there is none."""
    try:
        build = view.interpreter.build if view.interpreter else None
    except OSError:
        return None
    if build is None or build.release[1] is None:
        return None
    return "%s-%d%d" % (build.implementation, build.release[0], build.release[1])


def _commit(section, walk, found):
    section.items.update({"commit": found.commit} if found.commit else {})
    section.items.update({"branch": found.branch} if found.branch else {})
    if found.tracked:
        # Of what the manifest leaves out nothing is known.
        tracked = {path: size for path, size in found.tracked.items() if _told(path, walk)}
        section.items["dirty"] = checkout.departs(tracked, {path: one["size"] for path, one in walk.items.items()})


def _told(path, walk):
    *directories, name = path.split("/")
    kind = manifest.kind(name)
    if kind not in ("code", "other") or path in _FACTS or path in walk.kept:
        return False
    if not all(map(manifest.enters, directories)):
        return False
    return not any(path.startswith(pattern[:-1]) for pattern in walk.section.hidden if pattern.endswith("/*"))
