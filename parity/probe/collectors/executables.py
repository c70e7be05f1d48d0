"""What the process can run by a bare name: the programs on its PATH, and which file of several wins."""

import os
import re
import stat
import time

from parity.probe.kit import Section, Unavailable, why
from parity.probe.process import accounts, home
from parity.probe.process.mountinfo import below
from parity.probe.python.located import DEFAULT_PATH
from parity.probe.system_packages.installed import DATABASES

TITLE = "Executables"
WHY = "a program that is started by its name fails where no directory of PATH has it"
COMPARED = {"*.version": "version", "python": "exact", "python3": "exact", "*": "present", "is": "told"}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ("/etc/passwd", "/etc/group", *DATABASES)

MOST_NAMES = 5000
MOST_DIRECTORIES = 64
NAME = re.compile(r"[A-Za-z0-9_\[][A-Za-z0-9_.+\[-]{0,63}\Z")
"""What a program is called that somebody starts by its name."""

_WON = [name for name, comparison in COMPARED.items() if comparison == "exact"]
"""Of these it matters which of several files wins."""

_SHARED = frozenset(["awk", "date", "find", "grep", "nc", "sed", "sendmail", "sh", "sort", "tar", "xargs"])
"""Names that several programs bear, each with a language or options of its own: of these it is told which one it is."""

PATIENCE = 2.0
"""Seconds that a program has to tell its version."""
_SHARE = 1 / 5
"""The part of the whole time that they all have together: less than a section's, which ends with its programs."""


def collect(view):
    process = view.process
    if process is None:
        raise Unavailable("nothing tells the PATH")
    section = Section()
    search = _search(view, section)
    own_home = home.directory(process, accounts.read(view))[0]
    seen, found = set(), {}
    for entry in search[:MOST_DIRECTORIES]:
        # Before it is touched: to ask a mount that hangs for its real path hangs, too.
        real = None if _risky(view, entry) else view.real(entry)
        if real in seen:
            continue
        seen.add(real)
        if real is None or _risky(view, real):
            section.hide("*", "a directory of PATH is on a mount that may hang")
        else:
            _take(view, section, entry, found)
    if len(search) > MOST_DIRECTORIES or len(found) > MOST_NAMES:
        section.hide("*", "PATH has more than %d directories or %d names" % (MOST_DIRECTORIES, MOST_NAMES))
    if process.environ is None and not view.live:
        # Of a file system another PATH may find more, and another Python before the system's.
        section.hide("*", process.refused.get("environ", "the variables of the process are not known"))
        found = {name: found[name] for name in found if name not in _WON}
    names = sorted(found)[:MOST_NAMES]
    # Many programs stand in few directories.
    shown = {directory: home.shortened(directory, process, own_home) for directory in set(found.values())}
    section.items = {name: shown[found[name]] for name in names}
    for name in _SHARED.intersection(found):
        section.items[name] = {"directory": shown[found[name]], "is": _behind(view, found[name], name)}
    until = time.monotonic() + _SHARE * float(view.options.get("timeout") or 30.0)
    for name in view.options.get("executables") or ():
        if name in found:
            _version(view, section, name, found[name], min(PATIENCE, until - time.monotonic()))
    return section


def _search(view, section):
    """The absolute directories of the process's PATH, in its order."""
    process = view.process
    if process.environ is not None:
        path = process.variable("PATH") or os.defpath
    else:
        path = (os.environ.get("PATH") if view.live else None) or DEFAULT_PATH
        section.note("the PATH of the process cannot be read: this is the one that the engine or the system gives")
    whole = (os.path.join(process.cwd or "/", entry) for entry in path.split(os.pathsep) if entry)
    return list(dict.fromkeys(map(os.path.normpath, whole)))


def _risky(view, directory):
    table = view.process.mounts if view.process.runs else None
    return table is not None and table.risky(directory)


def _take(view, section, directory, found):
    try:
        names = view.names(directory)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        section.hide("*", "a directory of PATH cannot be listed: " + why(error))
        return
    for name in names:
        if name not in found and NAME.match(name) and _runnable(view, directory + "/" + name):
            found[name] = directory


def _runnable(view, path):
    try:
        status = view.stat(path)
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and bool(status.st_mode & 0o111)


def _behind(view, directory, name):
    """What a name leads to: "dash", "busybox"; of one of a set that keeps the name also the set ("coreutils/sort")."""
    above, last = os.path.split(view.real(directory + "/" + name))
    kept = os.path.basename(above)
    if last == name and above.startswith("/usr/lib") and NAME.match(kept):
        return kept + "/" + last
    return last if NAME.match(last) else None


def _version(view, section, name, directory, seconds):
    """Add the version of a program that was asked for: the package's of its name, else what it says itself."""
    from parity.probe import program_version

    version = program_version.packaged(view, name) if below(directory, "/usr") or directory == "/bin" else None
    if version is None and view.live and seconds > 0:
        version = program_version.told(os.path.join(directory, name), seconds, _user(view.process))
    if version is None:
        section.note("a program that was asked for does not tell its version")
    else:
        section.items[name + ".version"] = version


def _user(process):
    """Whom a program runs as: whoever serves, for nothing that they may have written is to be run as root."""
    if os.geteuid() != 0 or not process.uid or process.gid is None:
        return None
    return process.uid, process.gid, process.groups
