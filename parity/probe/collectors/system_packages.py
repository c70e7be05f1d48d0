"""What the operating system's package manager has installed, read from its own database.

One item a package, {"version": as the manager writes it, "manager": "debian", "rpm" or "apk"}: the manager's name is
that of the comparison which orders its versions, and COMPARED says so with "$manager". A package of a
foreign architecture has the key `name:architecture`. `state` is there only where an installation stopped
midway, `also` where several versions of one package are installed side by side (rpm, kernels): the older ones.

Floor: Python 3.8, standard library only.
"""

import re
import sys

from parity.probe.kit import Absent, Section, Unavailable
from parity.probe.system_packages import dpkg
from parity.probe.system_packages.installed import DATABASES, there

TITLE = "System packages"
WHY = "libraries and tools that the program finds outside of Python come from here"
COMPARED = {"version": "$manager", "manager": "exact", "state": "exact"}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = DATABASES

_ANY = ("all", "noarch")


def collect(view):
    if view.live and sys.platform != "linux":
        raise Unavailable("not Linux")
    section = Section()
    found = False
    for manager, database in _databases(view):
        packages = database.read(view, section)
        if packages is not None:
            found = True
            native = dpkg.native(view, packages) if database is dpkg else _usual(packages)
            _add(section, packages, manager, native)
    if not found:
        raise Absent("no database of dpkg, apk or rpm")
    return section


def _databases(view):
    """(name, reader) of each manager that may be there; a reader is compiled only where it is needed."""
    yield "debian", dpkg
    if there(view, "/lib/apk/db") or there(view, "/usr/lib/apk/db"):
        from parity.probe.system_packages import apk

        yield "apk", apk
    if any(there(view, directory) for directory in ("/var/lib/rpm", "/usr/lib/sysimage/rpm", "/usr/share/rpm")):
        from parity.probe.system_packages import rpm

        yield "rpm", rpm


def _add(section, packages, manager, native):
    versions = {}
    for package in packages:
        key = package.name
        if package.architecture != native and package.architecture not in _ANY:
            key += ":" + package.architecture
        if key in section.items and section.items[key]["manager"] != manager:
            # Another manager's tools are installed here, and its database has packages of its own.
            key += ":" + manager
        item = section.items[key] = {"version": package.version, "manager": manager}
        if package.state:
            item["state"] = package.state
        versions.setdefault(key, []).append(package.version)
    twice = [key for key, found in versions.items() if len(found) > 1]
    for key in twice if manager == "rpm" else ():
        *others, section.items[key]["version"] = sorted(set(versions[key]), key=_natural)
        if others:
            section.items[key]["also"] = sorted(others)
    if twice and manager != "rpm":
        section.note("%d packages stand more than once in the database; the last entry counts" % len(twice))


def _natural(version):
    """Numbers as numbers: enough to tell the newest of a package's own builds."""
    return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in re.findall("[0-9]+|[a-zA-Z]+", version)]


def _usual(packages):
    """The architecture that most packages have: apk and rpm name no native one."""
    counts = {}
    for package in packages:
        if package.architecture not in _ANY:
            counts[package.architecture] = counts.get(package.architecture, 0) + 1
    return max(sorted(counts), key=counts.get) if counts else None
